//! The calls on SetupIntents: create, update, confirm, cancel.

use super::{SetupIntent, Status, find};
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::list::Page;
use crate::stripe::params::{Metadata, Params};
use crate::stripe::payment_intent::{
    AllowRedirects, FutureUsage, Request3ds, read_automatic_payment_methods,
    refuse_payment_method_types,
};
use crate::stripe::payment_method::Method;
use serde_json::Value;

const NOT_MODELLED: &[&str] = &["flow_directions", "on_behalf_of", "single_use"];
const WITHOUT_EFFECT: &[&str] = &["mandate_data", "payment_method_configuration"];
const WITH_CONFIRM_ONLY: &[&str] = &[
    "confirmation_token",
    "mandate_data",
    "return_url",
    "single_use",
    "use_stripe_sdk",
];
const REASONS: &[&str] = &["abandoned", "duplicate", "requested_by_customer"];

/// The confirming parameters of a request.
struct Confirmation {
    method: Option<Method>,
    return_url: Option<String>,
    in_page: bool,
}

impl Call<'_> {
    pub(crate) fn create_setup_intent(&mut self, mut params: Params) -> Result<Value> {
        refuse_payment_method_types(&params)?;
        params.not_modelled(NOT_MODELLED)?;
        let confirm = params.boolean("confirm")?.unwrap_or(false);
        if !confirm && let Some(field) = WITH_CONFIRM_ONLY.iter().find(|field| params.has(field)) {
            return Err(Error::invalid(format!(
                "The parameter `{field}` cannot be passed when creating a SetupIntent unless `confirm` is set to true."
            ))
            .param(*field));
        }
        let confirmation = self.read_setup_confirmation(&mut params)?;
        let (automatic_payment_methods, allow_redirects) =
            read_automatic_payment_methods(&mut params)?;
        let id = self.world.random.id("seti_1");
        let mut intent = SetupIntent {
            client_secret: format!("{id}_secret_{}", self.world.random.letters(25)),
            id: id.clone(),
            created: self.now,
            status: Status::RequiresPaymentMethod,
            usage: params
                .choice("usage", FutureUsage::NAMES)?
                .unwrap_or(FutureUsage::OffSession),
            attach_to_self: false,
            automatic_payment_methods,
            allow_redirects,
            allowed_payment_method_types: None,
            excluded_payment_method_types: None,
            request_three_d_secure: Request3ds::default(),
            cancellation_reason: None,
            customer: None,
            description: None,
            last_setup_error: None,
            metadata: Metadata::new(),
            payment_method: None,
            authentication: None,
        };
        self.read_setup_fields(&mut intent, &mut params)?;
        params.without_effect(WITHOUT_EFFECT);
        params.finish()?;
        if confirm {
            let (method, in_page) = self.prepare_setup(&mut intent.clone(), confirmation)?;
            self.insert_setup(intent.clone());
            self.set_up(intent, method, in_page)?;
        } else {
            if let Some(method) = confirmation.method {
                self.give_setup_method(&mut intent, method)?;
            }
            self.insert_setup(intent);
        }
        Ok(find(self.world, &id)?.json(self.world))
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
        let allowed = params.change_list("allowed_payment_method_types")?;
        allowed.apply(&mut intent.allowed_payment_method_types);
        let excluded = params.change_list("excluded_payment_method_types")?;
        excluded.apply(&mut intent.excluded_payment_method_types);
        if let Some(request) = read_request_three_d_secure(params)? {
            intent.request_three_d_secure = request;
        }
        intent.metadata = params.metadata(&intent.metadata)?;
        Ok(())
    }

    fn read_setup_confirmation(&mut self, params: &mut Params) -> Result<Confirmation> {
        Ok(Confirmation {
            method: self.read_method_or_token(params)?,
            return_url: params.url("return_url")?,
            in_page: params.boolean("use_stripe_sdk")?.unwrap_or(true),
        })
    }

    fn give_setup_method(&mut self, intent: &mut SetupIntent, method: Method) -> Result<()> {
        self.usable_data(&method, intent.customer.as_deref())?;
        intent.payment_method = Some(self.keep_payment_method(method)?);
        intent.status = Status::RequiresConfirmation;
        Ok(())
    }

    pub(crate) fn update_setup_intent(&mut self, id: &str, mut params: Params) -> Result<Value> {
        refuse_payment_method_types(&params)?;
        params.not_modelled(NOT_MODELLED)?;
        let mut intent = find(self.world, id)?.clone();
        let old_customer = intent.customer.clone();
        self.read_setup_fields(&mut intent, &mut params)?;
        let method = self.read_method(&mut params)?;
        params.without_effect(&["payment_method_configuration"]);
        params.finish()?;
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

    pub(crate) fn confirm_setup_intent(&mut self, id: &str, mut params: Params) -> Result<Value> {
        refuse_payment_method_types(&params)?;
        let mut intent = find(self.world, id)?.clone();
        let confirmation = self.read_setup_confirmation(&mut params)?;
        if let Some(request) = read_request_three_d_secure(&mut params)? {
            intent.request_three_d_secure = request;
        }
        params.without_effect(&["allowed_payment_method_types", "mandate_data"]);
        params.finish()?;
        let (method, in_page) = self.prepare_setup(&mut intent, confirmation)?;
        self.set_up(intent, method, in_page)?;
        Ok(find(self.world, id)?.json(self.world))
    }

    /// Everything that can be wrong with a confirmation, with nothing changed yet.
    /// The method, and where to come back to if the shopper is to be sent away.
    fn prepare_setup(
        &mut self,
        intent: &mut SetupIntent,
        confirmation: Confirmation,
    ) -> Result<(Method, Option<String>)> {
        if !matches!(
            intent.status,
            Status::RequiresPaymentMethod | Status::RequiresConfirmation
        ) {
            return Err(intent.unexpected_state(
                self.world,
                format!(
                    "You cannot confirm this SetupIntent because it has a status of {}. Only a SetupIntent with one of \
                     the following statuses may be confirmed: requires_confirmation, requires_payment_method.",
                    intent.status.as_str()
                ),
            ));
        }
        let saved = intent.payment_method.clone().map(Method::Saved);
        let Some(method) = confirmation.method.or(saved) else {
            return Err(intent.unexpected_state(
                self.world,
                "You cannot confirm this SetupIntent because it's missing a payment method."
                    .to_owned(),
            ));
        };
        let data = self.usable_data(&method, intent.customer.as_deref())?;
        if !data.instrument.is_reusable() {
            return Err(Error::invalid(format!(
                "The sandbox cannot set up payment methods of type `{}`.",
                data.instrument.type_name()
            ))
            .param("payment_method"));
        }
        let mut return_url = confirmation.return_url;
        if let Method::Token(id) = &method
            && let Some(token) = self.world.confirmation_tokens.get(id)
        {
            token.check_setup(intent.usage, self.now)?;
            return_url = return_url.or_else(|| token.return_url.clone());
        }
        if return_url.is_none() && intent.allow_redirects == AllowRedirects::Always {
            return Err(Error::invalid(
                "This SetupIntent accepts payment methods that may redirect your customer off of your page, so you must \
                 provide a `return_url`. To accept none of them, create it with `automatic_payment_methods[enabled]` \
                 `true` and `automatic_payment_methods[allow_redirects]` `never`.",
            )
            .param("return_url"));
        }
        Ok((method, return_url.filter(|_| !confirmation.in_page)))
    }

    pub(crate) fn cancel_setup_intent(&mut self, id: &str, mut params: Params) -> Result<Value> {
        let mut intent = find(self.world, id)?.clone();
        let reason = params.one_of("cancellation_reason", REASONS)?;
        params.finish()?;
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
        params.not_modelled(&["customer_account"])?;
        params.finish()?;
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

fn read_request_three_d_secure(params: &mut Params) -> Result<Option<Request3ds>> {
    let Some(mut options) = params.map("payment_method_options")? else {
        return Ok(None);
    };
    let Some(mut card) = options.map("card")? else {
        return Ok(None);
    };
    card.not_modelled(&["mandate_options", "three_d_secure"])?;
    card.without_effect(&["moto", "network"]);
    let request = card.choice("request_three_d_secure", Request3ds::NAMES)?;
    card.finish()?;
    Ok(request)
}
