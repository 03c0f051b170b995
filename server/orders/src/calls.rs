//! The calls a payment makes to Stripe, written down byte for byte before they are made.

use checkout::attempt::Plan;
use checkout::{Details, IntentId, Operation, Order, OrderKey, ShopId, TokenId};
use stripe_rest::Call;
use stripe_rest::form::Form;

use crate::store::{StoreError, random};

/// What a call does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallKind {
    /// Creates an intent and confirms it.
    Create,
    /// Sets an intent's amount to the order's total.
    Update,
    /// Confirms an intent that waits for a method.
    Confirm,
    /// Takes money that an intent holds.
    Capture,
    /// Cancels an intent.
    Cancel,
    /// Gives an intent's money back.
    Refund,
}

impl CallKind {
    const ALL: [CallKind; 6] = [
        CallKind::Create,
        CallKind::Update,
        CallKind::Confirm,
        CallKind::Capture,
        CallKind::Cancel,
        CallKind::Refund,
    ];

    /// Its name in the books and the log.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            CallKind::Create => "create",
            CallKind::Update => "update",
            CallKind::Confirm => "confirm",
            CallKind::Capture => "capture",
            CallKind::Cancel => "cancel",
            CallKind::Refund => "refund",
        }
    }

    pub(crate) fn parse(name: &str) -> Option<CallKind> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A call to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCall {
    /// The idempotency key: 128 random bits, so that no two calls ever share one.
    pub id: String,
    /// The attempt it belongs to.
    pub number: Option<u32>,
    /// The operation it makes; an attempt's call makes none.
    pub operation: Option<String>,
    /// What it does.
    pub kind: CallKind,
    /// The intent it is about.
    pub intent: Option<IntentId>,
    /// Where it goes.
    pub path: String,
    /// What it says.
    pub body: String,
}

impl NewCall {
    fn new(
        kind: CallKind,
        number: Option<u32>,
        intent: Option<&IntentId>,
        path: String,
        body: &Form,
    ) -> Result<NewCall, StoreError> {
        let id = random()?
            .iter()
            .fold("till_".to_owned(), |id, byte| format!("{id}{byte:02x}"));
        Ok(NewCall {
            id,
            number,
            operation: None,
            kind,
            intent: intent.cloned(),
            path,
            body: body.encode(),
        })
    }

    /// The call, as an operation of that name.
    fn of(self, name: String) -> NewCall {
        NewCall {
            operation: Some(name),
            ..self
        }
    }

    /// The amount it names, minor units; none where it names none.
    #[must_use]
    pub fn amount_minor(&self) -> Option<i64> {
        let mut pairs = self.body.split('&');
        pairs
            .find_map(|pair| pair.strip_prefix("amount="))
            .and_then(|amount| amount.parse().ok())
    }

    /// The call as it is sent, and sent again.
    #[must_use]
    pub fn call(&self) -> Call {
        Call {
            idempotency_key: self.id.clone(),
            path: self.path.clone(),
            body: self.body.clone(),
        }
    }
}

/// When a shop takes the money. <https://docs.stripe.com/payments/place-a-hold-on-a-payment-method>
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Capture {
    /// With the payment.
    #[default]
    Automatic,
    /// Later, by the merchant; until then it is held.
    Manual,
}

/// What every intent of this shop carries, and where its shoppers come back to.
#[derive(Debug, Clone)]
pub struct Letterhead {
    /// `metadata[shop_id]`
    pub shop: ShopId,
    /// The shop's own address, without a slash at the end; never taken from a request.
    pub site_url: String,
    /// When the money is taken.
    pub capture: Capture,
}

/// The calls of an attempt, in order. Amount, shipping, receipt and `return_url` are the order's, whatever the
/// token carries: values of the request win over the token's.
pub(crate) fn of_attempt(
    order: &Order,
    details: &Details,
    plan: &Plan,
    number: u32,
    token: &TokenId,
    letterhead: &Letterhead,
) -> Result<Vec<NewCall>, StoreError> {
    let (attempt, number) = (number, Some(number));
    let with_method = |form: Form| confirmation(form, order, details, token, letterhead);
    let confirm = |intent: &IntentId| {
        let path = format!("/v1/payment_intents/{intent}/confirm");
        NewCall::new(
            CallKind::Confirm,
            number,
            Some(intent),
            path,
            &with_method(Form::new()),
        )
    };
    Ok(match plan {
        Plan::Create => {
            let capture = match letterhead.capture {
                Capture::Automatic => None,
                Capture::Manual => Some("manual"),
            };
            let form = Form::new()
                .field("amount", order.total.amount_minor())
                .field("currency", order.total.currency().code())
                .optional("capture_method", capture)
                .field("confirm", true)
                .field("description", format!("Order {}", order.key.reference()))
                .nested(
                    "metadata",
                    Form::new()
                        .field("shop_id", &letterhead.shop)
                        .field("order_key", order.key.as_str())
                        .field("attempt", attempt),
                );
            vec![NewCall::new(
                CallKind::Create,
                number,
                None,
                "/v1/payment_intents".to_owned(),
                &with_method(form),
            )?]
        }
        Plan::Confirm(intent) => vec![confirm(intent)?],
        Plan::UpdateThenConfirm(intent) => {
            let path = format!("/v1/payment_intents/{intent}");
            let form = Form::new().field("amount", order.total.amount_minor());
            vec![
                NewCall::new(CallKind::Update, number, Some(intent), path, &form)?,
                confirm(intent)?,
            ]
        }
    })
}

/// What create and confirm have in common. <https://docs.stripe.com/api/payment_intents/confirm>
fn confirmation(
    form: Form,
    order: &Order,
    details: &Details,
    token: &TokenId,
    letterhead: &Letterhead,
) -> Form {
    let address = &details.address;
    let address = Form::new()
        .field("line1", &address.line1)
        .optional("line2", address.line2.as_ref())
        .field("city", &address.city)
        .optional("state", address.state.as_ref())
        .field("postal_code", &address.postal_code)
        .field("country", &address.country);
    form.field("confirmation_token", token)
        // In-page next actions must not hang on a default.
        .field("use_stripe_sdk", true)
        .field(
            "return_url",
            format!("{}{}", letterhead.site_url, order.key.order_page()),
        )
        .field("receipt_email", &details.email)
        .nested(
            "shipping",
            Form::new()
                .field("name", &details.name)
                .nested("address", address),
        )
}

/// How often the shop asks for what it does by itself: a call that Stripe failed with for good, and did nothing, is
/// followed by another under a new key.
pub(crate) const MOST_TURNS: u32 = 5;

/// The name of what the shop does by itself with an intent, `cancel` or `refund`, for the `turn`th time, counted from 1.
fn own_name(what: &str, intent: &IntentId, turn: u32) -> String {
    match turn {
        0 | 1 => format!("{what}_{intent}"),
        _ => format!("{what}_{intent}_{turn}"),
    }
}

/// Cancels an intent whose challenge the shopper left for another card, or that another one made useless: once for
/// each `turn`, however often that is found out.
pub(crate) fn abandon(intent: &IntentId, turn: u32) -> Result<NewCall, StoreError> {
    cancel(own_name("cancel", intent, turn), intent, "abandoned")
}

/// Gives all of an intent's money back: it was taken for an order that is paid already, or cancelled. Once for each
/// `turn`, however often that is found out.
pub(crate) fn give_back(
    key: &OrderKey,
    intent: &IntentId,
    shop: &ShopId,
    turn: u32,
) -> Result<NewCall, StoreError> {
    let form = Form::new().field("reason", "duplicate");
    let name = own_name("refund", intent, turn);
    refund(name, key, intent, shop, form)
}

/// The turn after `call`'s, if that is one of the shop's own and there may be another.
pub(crate) fn next_turn(
    call: &NewCall,
    key: &OrderKey,
    shop: &ShopId,
) -> Result<Option<NewCall>, StoreError> {
    let (Some(intent), Some(name)) = (&call.intent, &call.operation) else {
        return Ok(None);
    };
    for turn in 2..=MOST_TURNS {
        if *name == own_name("cancel", intent, turn - 1) {
            return abandon(intent, turn).map(Some);
        }
        if *name == own_name("refund", intent, turn - 1) {
            return give_back(key, intent, shop, turn).map(Some);
        }
    }
    Ok(None)
}

/// What the merchant asked for, under the name it was given.
pub(crate) fn of_operation(
    name: &str,
    operation: Operation,
    key: &OrderKey,
    intent: &IntentId,
    shop: &ShopId,
) -> Result<NewCall, StoreError> {
    let name = name.to_owned();
    match operation {
        Operation::Capture { amount_minor } => {
            let path = format!("/v1/payment_intents/{intent}/capture");
            let form = Form::new().field("amount_to_capture", amount_minor);
            let call = NewCall::new(CallKind::Capture, None, Some(intent), path, &form)?;
            Ok(call.of(name))
        }
        Operation::Cancel => cancel(name, intent, "requested_by_customer"),
        Operation::Refund { amount_minor } => {
            let form = Form::new().field("amount", amount_minor);
            refund(name, key, intent, shop, form)
        }
    }
}

/// <https://docs.stripe.com/api/payment_intents/cancel>
fn cancel(name: String, intent: &IntentId, reason: &str) -> Result<NewCall, StoreError> {
    let path = format!("/v1/payment_intents/{intent}/cancel");
    let form = Form::new().field("cancellation_reason", reason);
    Ok(NewCall::new(CallKind::Cancel, None, Some(intent), path, &form)?.of(name))
}

/// A refund carries its operation's name: found again by that, should the answer be lost for good.
/// <https://docs.stripe.com/api/refunds/create>
fn refund(
    name: String,
    key: &OrderKey,
    intent: &IntentId,
    shop: &ShopId,
    form: Form,
) -> Result<NewCall, StoreError> {
    let form = form.field("payment_intent", intent).nested(
        "metadata",
        Form::new()
            .field("shop_id", shop)
            .field("order_key", key.as_str())
            .field("operation", &name),
    );
    let path = "/v1/refunds".to_owned();
    Ok(NewCall::new(CallKind::Refund, None, Some(intent), path, &form)?.of(name))
}
