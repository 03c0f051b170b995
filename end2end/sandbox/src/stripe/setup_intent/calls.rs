//! The calls on SetupIntents: create, update, cancel, list.

use super::{SetupIntent, Status, find};
use crate::stripe::accepted_methods::AcceptedMethods;
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::json::Value;
use crate::stripe::list::Page;
use crate::stripe::money;
use crate::stripe::params::{Metadata, Params};
use crate::stripe::payment_intent::{
    FutureUsage, OptionsByMethod, Request3ds, read_method_options,
};
use crate::stripe::payment_method::Method;
use crate::stripe::setup_attempt::SetupAttemptStatus;

const WITH_CONFIRM_ONLY: &[&str] = &[
    "confirmation_token",
    "mandate_data",
    "return_url",
    "single_use",
    "use_stripe_sdk",
];
const REASONS: &[&str] = &["abandoned", "duplicate", "requested_by_customer"];

impl Call<'_> {
    pub(crate) fn create_setup_intent(&mut self, mut params: Params) -> Result<Value> {
        let confirm = params.boolean("confirm")?.unwrap_or(false);
        if !confirm && let Some(field) = WITH_CONFIRM_ONLY.iter().find(|field| params.has(field)) {
            return Err(Error::invalid(format!(
                "The parameter `{field}` cannot be passed when creating a SetupIntent unless `confirm` is set to true."
            ))
            .param(*field));
        }
        let confirmation = self.read_setup_confirmation(&mut params)?;
        let methods = AcceptedMethods::read(&mut params, self.world)?;
        let mut intent = self.new_setup(methods);
        let id = intent.id.clone();
        intent.usage = params
            .choice("usage", FutureUsage::NAMES)?
            .unwrap_or(FutureUsage::OffSession);
        intent.single_use = read_single_use(&mut params)?;
        self.read_setup_fields(&mut intent, &mut params)?;
        if confirm {
            let setup = self.prepare_setup(&intent, confirmation)?;
            self.insert_setup(intent.clone());
            self.set_up(intent, setup)?;
        } else {
            if let Some(method) = confirmation.method {
                self.give_setup_method(&mut intent, method)?;
            }
            self.insert_setup(intent);
        }
        Ok(find(self.world, &id)?.json(self.world))
    }

    /// An intent with Stripe's defaults, not stored yet.
    fn new_setup(&mut self, methods: AcceptedMethods) -> SetupIntent {
        let id = self.world.random.id("seti_1");
        SetupIntent {
            client_secret: format!("{id}_secret_{}", self.world.random.letters(25)),
            id,
            created: self.now,
            status: Status::RequiresPaymentMethod,
            usage: FutureUsage::OffSession,
            attach_to_self: false,
            methods,
            request_three_d_secure: Request3ds::default(),
            cancellation_reason: None,
            customer: None,
            description: None,
            last_setup_error: None,
            metadata: Metadata::new(),
            payment_method: None,
            authentication: None,
            acceptance: None,
            latest_attempt: None,
            mandate: None,
            single_use: None,
            single_use_mandate: None,
            flow_directions: None,
            method_options: OptionsByMethod::new(),
        }
    }

    /// An intent to save a method of this customer, for a subscription that is to be paid later.
    pub(crate) fn open_setup(&mut self, customer: String) -> String {
        let mut intent = self.new_setup(AcceptedMethods::any());
        intent.customer = Some(customer);
        let id = intent.id.clone();
        self.insert_setup(intent);
        id
    }

    fn insert_setup(&mut self, intent: SetupIntent) {
        let json = intent.json(self.world);
        self.world.setup_intents.put(intent);
        self.emit("setup_intent.created", json, None);
    }

    /// The fields that creating and updating share.
    fn read_setup_fields(&self, intent: &mut SetupIntent, params: &mut Params) -> Result<()> {
        if let Some(customer) = self.read_customer_id(params)? {
            intent.customer = Some(customer);
        }
        if let Some(text) = params.text("description")? {
            intent.description = Some(text);
        }
        if let Some(value) = params.boolean("attach_to_self")? {
            intent.attach_to_self = value;
        }
        if intent.attach_to_self && intent.customer.is_some() {
            return Err(Error::invalid(
                "`attach_to_self` cannot be true where a customer is given.",
            )
            .param("attach_to_self"));
        }
        intent.methods.update(params, self.world)?;
        let directions = params.change_list("flow_directions")?;
        directions.apply(&mut intent.flow_directions);
        read_setup_options(params, intent)?;
        intent.metadata = params.metadata(&intent.metadata)?;
        Ok(())
    }

    fn give_setup_method(&mut self, intent: &mut SetupIntent, method: Method) -> Result<()> {
        self.usable_data(&method, intent.customer.as_deref())?;
        intent.payment_method = Some(self.keep_payment_method(method)?);
        intent.status = Status::RequiresConfirmation;
        Ok(())
    }

    pub(crate) fn update_setup_intent(&mut self, id: &str, mut params: Params) -> Result<Value> {
        let mut intent = find(self.world, id)?.clone();
        let old_customer = intent.customer.clone();
        self.read_setup_fields(&mut intent, &mut params)?;
        let method = self.read_method(&mut params)?;
        let open = matches!(
            intent.status,
            Status::RequiresPaymentMethod | Status::RequiresConfirmation
        );
        if !open && (method.is_some() || intent.customer != old_customer) {
            return Err(intent.unexpected_state(
                self.world,
                format!(
                    "This SetupIntent could not be updated because it has a status of {}.",
                    intent.status.as_str()
                ),
            ));
        }
        if let Some(method) = method {
            self.give_setup_method(&mut intent, method)?;
        }
        let json = intent.json(self.world);
        self.world.setup_intents.put(intent);
        Ok(json)
    }

    pub(crate) fn cancel_setup_intent(&mut self, id: &str, mut params: Params) -> Result<Value> {
        let mut intent = find(self.world, id)?.clone();
        let reason = params.one_of("cancellation_reason", REASONS)?;
        if matches!(intent.status, Status::Succeeded | Status::Canceled) {
            return Err(intent.unexpected_state(
                self.world,
                format!(
                    "You cannot cancel this SetupIntent because it has a status of {}. Only a SetupIntent with one of \
                     the following statuses may be canceled: requires_payment_method, requires_confirmation, \
                     requires_action.",
                    intent.status.as_str()
                ),
            ));
        }
        let attempt = intent
            .latest_attempt
            .as_deref()
            .filter(|_| intent.status == Status::RequiresAction);
        self.end_setup_attempt(attempt, SetupAttemptStatus::Abandoned, |_| {});
        intent.status = Status::Canceled;
        intent.cancellation_reason = reason;
        intent.authentication = None;
        let json = intent.json(self.world);
        self.world.setup_intents.put(intent);
        self.emit("setup_intent.canceled", json.clone(), None);
        Ok(json)
    }

    pub(crate) fn list_setup_intents(&self, mut params: Params) -> Result<Value> {
        let page = Page::read(&mut params)?;
        let customer = params.text("customer")?;
        let method = params.text("payment_method")?;
        let attach = params.boolean("attach_to_self")?;
        let rows = self.world.setup_intents.of_first(&[&method, &customer]);
        page.of(
            &rows,
            "/v1/setup_intents",
            |intent| {
                (customer.is_none() || intent.customer == customer)
                    && (method.is_none() || intent.payment_method == method)
                    && attach.is_none_or(|attach| intent.attach_to_self == attach)
            },
            |intent| intent.json(self.world),
        )
    }
}

/// `payment_method_options`: changes those of each method that is named.
pub(super) fn read_setup_options(params: &mut Params, intent: &mut SetupIntent) -> Result<()> {
    let Some(mut options) = params.map("payment_method_options")? else {
        return Ok(());
    };
    read_method_options(&mut options, &mut intent.method_options)?;
    let Some(mut card) = options.map("card")? else {
        return Ok(());
    };
    if let Some(request) = card.choice("request_three_d_secure", Request3ds::NAMES)? {
        intent.request_three_d_secure = request;
    }
    Ok(())
}

/// The payment that a mandate for one is for.
fn read_single_use(params: &mut Params) -> Result<Option<(i64, String)>> {
    let Some(mut single) = params.map("single_use")? else {
        return Ok(None);
    };
    let amount = single.integer("amount")?;
    let currency = money::currency(&mut single)?;
    let amount = amount.ok_or_else(|| single.missing("amount"))?;
    let currency = currency.ok_or_else(|| single.missing("currency"))?;
    money::check(amount, &currency)?;
    Ok(Some((amount, currency)))
}
