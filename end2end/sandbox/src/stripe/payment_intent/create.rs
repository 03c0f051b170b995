//! `POST /v1/payment_intents` and `POST /v1/payment_intents/{id}`.

use super::{
    AllowRedirects, CaptureMethod, CardOptions, FutureUsage, PaymentIntent, Request3ds, Status,
    find,
};
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::money;
use crate::stripe::params::{self, Change, Metadata, Params};
use serde_json::Value;

/// Parameters that need objects the sandbox does not have yet.
const NOT_MODELLED: &[&str] = &[
    "application_fee_amount",
    "hooks",
    "mandate",
    "on_behalf_of",
    "transfer_data",
];

/// Parameters that change nothing for a test card.
const WITHOUT_EFFECT: &[&str] = &[
    "amount_details",
    "mandate_data",
    "payment_details",
    "payment_method_configuration",
    "radar_options",
];

/// Parameters of a creation that only a confirmation can use.
const WITH_CONFIRM_ONLY: &[&str] = &[
    "confirmation_token",
    "error_on_requires_action",
    "mandate_data",
    "off_session",
    "return_url",
];

impl Call<'_> {
    pub(crate) fn create_payment_intent(&mut self, mut params: Params) -> Result<Value> {
        refuse_payment_method_types(&params)?;
        params.not_modelled(NOT_MODELLED)?;
        refuse_customers(&mut params)?;
        let confirm = params.boolean("confirm")?.unwrap_or(false);
        if !confirm && let Some(field) = WITH_CONFIRM_ONLY.iter().find(|field| params.has(field)) {
            return Err(Error::invalid(format!(
                "The parameter `{field}` cannot be passed when creating a PaymentIntent unless `confirm` is set to true."
            ))
            .param(*field));
        }
        let amount = params
            .integer("amount")?
            .ok_or_else(|| params.missing("amount"))?;
        let currency = money::currency(&mut params)?.ok_or_else(|| params.missing("currency"))?;
        let confirmation = self.read_confirmation(&mut params)?;
        let intent = self.read_intent(&mut params, amount, currency)?;
        params.without_effect(WITHOUT_EFFECT);
        params.finish()?;
        money::check(intent.amount, &intent.currency)?;

        let id = intent.id.clone();
        if confirm {
            let ready = self.prepare(intent.clone(), confirmation)?;
            self.insert(intent);
            self.carry_out(ready)?;
        } else {
            let mut intent = intent;
            if let Some(method) = confirmation.method {
                let method = self.keep_payment_method(method)?;
                intent.payment_method = Some(method);
                intent.status = Status::RequiresConfirmation;
            }
            self.insert(intent);
        }
        Ok(find(self.world, &id)?.json(self.world))
    }

    fn insert(&mut self, intent: PaymentIntent) {
        let json = intent.json(self.world);
        self.world.payment_intents.put(intent);
        self.emit("payment_intent.created", json, None);
    }

    fn read_intent(
        &mut self,
        params: &mut Params,
        amount: i64,
        currency: String,
    ) -> Result<PaymentIntent> {
        let allow_redirects = match params.map("automatic_payment_methods")? {
            None => AllowRedirects::Always,
            Some(mut automatic) => {
                let enabled = automatic
                    .boolean("enabled")?
                    .ok_or_else(|| automatic.missing("enabled"))?;
                let allow = automatic.choice(
                    "allow_redirects",
                    &[
                        ("always", AllowRedirects::Always),
                        ("never", AllowRedirects::Never),
                    ],
                )?;
                automatic.finish()?;
                // Switched off, only the allowed types are left: here that is cards, which stay on the page.
                let default = if enabled {
                    AllowRedirects::Always
                } else {
                    AllowRedirects::Never
                };
                allow.unwrap_or(default)
            }
        };
        if params.choice(
            "confirmation_method",
            &[("automatic", false), ("manual", true)],
        )? == Some(true)
        {
            return Err(Error::invalid(
                "The sandbox does not model `confirmation_method=manual` yet; Stripe itself knows it.",
            )
            .param("confirmation_method"));
        }
        let id = self.world.random.id("pi_3");
        let shipping_params = params.map("shipping")?;
        Ok(PaymentIntent {
            client_secret: format!("{id}_secret_{}", self.world.random.letters(25)),
            id,
            created: self.now,
            status: Status::RequiresPaymentMethod,
            amount,
            currency,
            amount_capturable: 0,
            amount_received: 0,
            capture_method: params
                .choice("capture_method", CaptureMethod::NAMES)?
                .unwrap_or(CaptureMethod::AutomaticAsync),
            card_options: read_card_options(params)?.unwrap_or_default(),
            allow_redirects,
            allowed_payment_method_types: params.list("allowed_payment_method_types")?,
            excluded_payment_method_types: params.list("excluded_payment_method_types")?,
            canceled_at: None,
            cancellation_reason: None,
            description: params.text("description")?,
            last_payment_error: None,
            latest_charge: None,
            metadata: params.metadata(&Metadata::new())?,
            authentication: None,
            payment_method: None,
            receipt_email: params.text("receipt_email")?.map(email).transpose()?,
            setup_future_usage: params.choice("setup_future_usage", FutureUsage::NAMES)?,
            shipping: params::shipping(shipping_params)?,
            statement_descriptor: params.text("statement_descriptor")?,
            statement_descriptor_suffix: params.text("statement_descriptor_suffix")?,
            transfer_group: params.text("transfer_group")?,
            confirmations: 0,
        })
    }

    pub(crate) fn update_payment_intent(&mut self, id: &str, mut params: Params) -> Result<Value> {
        refuse_payment_method_types(&params)?;
        params.not_modelled(NOT_MODELLED)?;
        refuse_customers(&mut params)?;
        let old = find(self.world, id)?.clone();
        let mut intent = old.clone();
        if let Some(amount) = params.integer("amount")? {
            intent.amount = amount;
        }
        if let Some(currency) = money::currency(&mut params)? {
            intent.currency = currency;
        }
        if let Some(method) = params.choice("capture_method", CaptureMethod::NAMES)? {
            intent.capture_method = method;
        }
        if let Some(options) = read_card_options(&mut params)? {
            intent.card_options = options;
        }
        if let Some(types) = params.list("allowed_payment_method_types")? {
            intent.allowed_payment_method_types = Some(types);
        }
        if let Some(types) = params.list("excluded_payment_method_types")? {
            intent.excluded_payment_method_types = Some(types);
        }
        if let Some(text) = params.text("description")? {
            intent.description = Some(text);
        }
        if let Some(text) = params.text("statement_descriptor")? {
            intent.statement_descriptor = Some(text);
        }
        if let Some(text) = params.text("statement_descriptor_suffix")? {
            intent.statement_descriptor_suffix = Some(text);
        }
        if let Some(text) = params.text("transfer_group")? {
            intent.transfer_group = Some(text);
        }
        intent.metadata = params.metadata(&intent.metadata)?;
        read_receipt_email(&mut params)?.apply(&mut intent.receipt_email);
        read_future_usage(&mut params)?.apply(&mut intent.setup_future_usage);
        read_shipping(&mut params)?.apply(&mut intent.shipping);
        let method = self.read_method(&mut params)?;
        params.without_effect(WITHOUT_EFFECT);
        params.finish()?;

        let open = matches!(
            old.status,
            Status::RequiresPaymentMethod | Status::RequiresConfirmation
        );
        let changed = if intent.amount != old.amount {
            Some("amount")
        } else if intent.currency != old.currency {
            Some("currency")
        } else if intent.capture_method != old.capture_method {
            Some("capture_method")
        } else if method.is_some() {
            Some("payment_method")
        } else {
            None
        };
        if let Some(field) = changed.filter(|_| !open) {
            return Err(old.unexpected_state(
                self.world,
                format!(
                    "This PaymentIntent's {field} could not be updated because it has a status of {}.",
                    old.status.as_str()
                ),
            ));
        }
        money::check(intent.amount, &intent.currency)?;
        if let Some(method) = method {
            intent.payment_method = Some(self.keep_payment_method(method)?);
            intent.status = Status::RequiresConfirmation;
        }
        let json = intent.json(self.world);
        self.world.payment_intents.put(intent);
        Ok(json)
    }
}

/// Removed with the endive train: docs.stripe.com/changelog/endive/2026-09-30.
pub(super) fn refuse_payment_method_types(params: &Params) -> Result<()> {
    if !params.has("payment_method_types") {
        return Ok(());
    }
    Err(Error::invalid(
        "`payment_method_types` is no longer supported in this API version. Use `allowed_payment_method_types` or \
         `excluded_payment_method_types`, or the Dashboard.",
    )
    .code("payment_method_types_no_longer_supported")
    .param("payment_method_types"))
}

/// No world has customers yet, so none can be found.
fn refuse_customers(params: &mut Params) -> Result<()> {
    for field in ["customer", "customer_account"] {
        if let Some(id) = params.text(field)? {
            return Err(Error::missing_param("customer", &id, field));
        }
    }
    Ok(())
}

pub(super) fn read_card_options(params: &mut Params) -> Result<Option<CardOptions>> {
    // Other methods' options concern methods that are never offered here.
    let Some(mut options) = params.map("payment_method_options")? else {
        return Ok(None);
    };
    let Some(mut card) = options.map("card")? else {
        return Ok(None);
    };
    card.not_modelled(&[
        "cvc_token",
        "installments",
        "mandate_options",
        "three_d_secure",
    ])?;
    card.without_effect(&[
        "moto",
        "network",
        "request_extended_authorization",
        "request_incremental_authorization",
        "request_multicapture",
        "request_overcapture",
        "require_cvc_recollection",
        "statement_descriptor_suffix_kana",
        "statement_descriptor_suffix_kanji",
    ]);
    let read = CardOptions {
        capture_manually: card
            .choice(
                "capture_method",
                &[("manual", true), ("manual_preferred", true)],
            )?
            .unwrap_or(false),
        request_three_d_secure: card
            .choice(
                "request_three_d_secure",
                &[
                    ("automatic", Request3ds::Automatic),
                    ("any", Request3ds::Any),
                    ("challenge", Request3ds::Challenge),
                ],
            )?
            .unwrap_or_default(),
        setup_future_usage: card
            .choice(
                "setup_future_usage",
                &[
                    ("off_session", Some(FutureUsage::OffSession)),
                    ("on_session", Some(FutureUsage::OnSession)),
                    ("none", None),
                ],
            )?
            .flatten(),
    };
    card.finish()?;
    Ok(Some(read))
}

fn email(text: String) -> Result<String> {
    let looks_right = text
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        && !text.contains(char::is_whitespace);
    if looks_right {
        return Ok(text);
    }
    Err(Error::invalid(format!("Invalid email address: {text}"))
        .code("email_invalid")
        .param("receipt_email"))
}

pub(super) fn read_receipt_email(params: &mut Params) -> Result<Change<String>> {
    Ok(match params.change("receipt_email")? {
        Change::Set(text) => Change::Set(email(text)?),
        other => other,
    })
}

pub(super) fn read_future_usage(params: &mut Params) -> Result<Change<FutureUsage>> {
    if params.is_text("setup_future_usage", "") {
        params.without_effect(&["setup_future_usage"]);
        return Ok(Change::Unset);
    }
    let usage = params.choice("setup_future_usage", FutureUsage::NAMES)?;
    Ok(usage.map_or(Change::Keep, Change::Set))
}

pub(super) fn read_shipping(params: &mut Params) -> Result<Change<Value>> {
    if params.is_text("shipping", "") {
        params.without_effect(&["shipping"]);
        return Ok(Change::Unset);
    }
    let shipping = params.map("shipping")?;
    Ok(params::shipping(shipping)?.map_or(Change::Keep, Change::Set))
}
