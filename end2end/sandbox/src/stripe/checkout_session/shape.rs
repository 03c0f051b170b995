//! A session on the wire.

mod included;

use super::settings::Creation;
use super::totals::Totals;
use super::{CheckoutSession, Mode, Status, UiMode};
use crate::stripe::json::{Value, json};
use crate::stripe::local_method::{LocalMethod, Reuse};
use crate::stripe::payment_intent;
use crate::stripe::world::World;

/// How long an expired session can be taken up again.
pub(super) const RECOVERABLE_S: i64 = 30 * 24 * 60 * 60;

impl CheckoutSession {
    pub(crate) fn json(&self, world: &World) -> Value {
        let totals = self.totals(world);
        let sells = self.mode != Mode::Setup;
        let done = self.status == Status::Complete;
        let mut json = json!({
            "id": self.id,
            "object": "checkout.session",
            "after_expiration": self.after_expiration(),
            "allowed_payment_method_types": self.settings.allowed_types,
            "amount_subtotal": sells.then(|| totals.subtotal()),
            "amount_total": sells.then(|| totals.total()),
            "automatic_tax": self.automatic_tax_json(&totals),
            "cancel_url": self.cancel_url,
            "client_secret": self.client_secret,
            "collected_information": self.collected_information(),
            "consent": self.consent(),
            "created": self.created,
            "currency": self.currency,
            "currency_conversion": null,
            "custom_fields": self.custom_fields_json(),
            "customer": self.customer,
            "customer_account": null,
            "customer_creation": self.customer_creation(),
            "customer_details": self.customer_details(world),
            "customer_email": self.customer_email,
            "discounts": sells.then(|| self.discounts_json()),
            "expires_at": self.expires_at,
            "invoice": self.invoice.as_ref().filter(|_| done),
            "invoice_creation": null,
            "livemode": false,
            "metadata": self.metadata,
            "mode": self.mode,
            "payment_intent": self.payment_intent.as_ref().filter(|_| self.mode == Mode::Payment),
            "payment_link": null,
            "payment_method_configuration_details": {
                "id": world.payment_method_configuration, "parent": null,
            },
            "payment_method_options": { "card": { "request_three_d_secure": self.request_three_d_secure() } },
            "payment_method_types": self.payment_method_types(totals.total()),
            "payment_status": self.payment_status(world),
            "recovered_from": self.recovered_from,
            "setup_intent": self.setup_intent.as_ref().filter(|_| self.mode == Mode::Setup),
            "shipping_address_collection": self.settings.ships_to.as_ref()
                .map(|countries| json!({ "allowed_countries": countries })),
            "shipping_cost": self.shipping_cost(&totals),
            "shipping_options": self.shipping_options_json(world),
            "status": self.status,
            "subscription": self.subscription.as_ref().filter(|_| done),
            "success_url": self.success_url,
            "total_details": sells.then(|| total_details(&totals)),
            "ui_mode": self.ui_mode,
            "url": self.url(),
        });
        if let Some(types) = &self.settings.excluded_types {
            json["excluded_payment_method_types"] = json!(types);
        }
        if let Some(url) = &self.return_url {
            json["return_url"] = json!(url);
        }
        if let (Value::Object(json), Value::Object(shown)) = (&mut json, &self.settings.shown) {
            for (name, value) in shown.iter() {
                json.insert(name.clone(), value.clone());
            }
        }
        json
    }

    /// The page, as long as there is something to do on it.
    pub(crate) fn url(&self) -> Option<String> {
        let is_hosted = self.ui_mode == UiMode::HostedPage && self.status == Status::Open;
        is_hosted.then(|| self.page())
    }

    pub(super) fn page(&self) -> String {
        format!("{}/c/pay/{}", self.origin, self.id)
    }

    fn after_expiration(&self) -> Option<Value> {
        let allow_promotion_codes = self.settings.recovery?;
        let link = self.recovery.as_ref();
        Some(json!({ "recovery": {
            "allow_promotion_codes": allow_promotion_codes,
            "enabled": true,
            "expires_at": link.map(|_| self.expires_at + RECOVERABLE_S),
            "url": link.map(|link| format!("{}/r/{link}", self.origin)),
        } }))
    }

    fn automatic_tax_json(&self, totals: &Totals) -> Value {
        let status = match totals.place {
            Some(_) => "complete",
            None => "requires_location_inputs",
        };
        json!({
            "enabled": self.automatic_tax,
            "liability": self.automatic_tax.then(|| json!({ "type": "self" })),
            "provider": self.automatic_tax.then_some("stripe"),
            "status": self.automatic_tax.then_some(status),
        })
    }

    fn collected_information(&self) -> Option<Value> {
        let collected = &self.collected;
        let asks = self.settings.ships_to.is_some()
            || self.settings.shown.get("name_collection").is_some()
            || collected.shipping.is_some();
        asks.then(|| {
            json!({
                "business_name": collected.business_name,
                "individual_name": collected.individual_name,
                "shipping_details": collected.shipping,
            })
        })
    }

    fn consent(&self) -> Option<Value> {
        let done = self.status == Status::Complete;
        let settings = &self.settings;
        (done && (settings.terms || settings.promotions)).then(|| {
            let opted = if self.collected.accepted_promotions {
                "opt_in"
            } else {
                "opt_out"
            };
            json!({
                "promotions": settings.promotions.then_some(opted),
                "terms_of_service": self.collected.accepted_terms.then_some("accepted"),
            })
        })
    }

    fn custom_fields_json(&self) -> Vec<Value> {
        let answers = &self.collected.custom_fields;
        let fields = self.settings.custom_fields.iter();
        fields
            .map(|field| field.json(answers.get(&field.key)))
            .collect()
    }

    fn customer_creation(&self) -> Option<Creation> {
        let usual = match self.mode {
            Mode::Payment => Some(Creation::IfRequired),
            Mode::Setup => None,
            Mode::Subscription => Some(Creation::Always),
        };
        // One that was created meanwhile was created by this.
        let given = self.customer.is_some() && self.collected.email.is_none();
        self.settings.customer_creation.or(usual.filter(|_| !given))
    }

    fn customer_details(&self, world: &World) -> Option<Value> {
        let customer = self.customer.as_ref();
        let customer = customer.and_then(|id| world.customers.get(id));
        let collected = &self.collected;
        let of_customer = customer.and_then(|customer| customer.email.clone());
        let email = collected
            .email
            .clone()
            .or(self.customer_email.clone())
            .or(of_customer);
        if email.is_none() && customer.is_none() {
            return None;
        }
        let tax_ids = collected.tax_id.iter();
        let tax_ids = tax_ids.map(|(kind, value)| json!({ "type": kind, "value": value }));
        let done = self.status == Status::Complete;
        Some(json!({
            "address": collected.address,
            "business_name": collected.business_name,
            "email": email,
            "individual_name": collected.individual_name,
            "name": collected.name,
            "phone": collected.phone,
            "tax_exempt": customer.and_then(|it| it.tax_exempt.as_deref()).unwrap_or("none"),
            "tax_ids": done.then(|| tax_ids.collect::<Vec<_>>()),
        }))
    }

    fn discounts_json(&self) -> Vec<Value> {
        let discounts = self.discounts.iter();
        discounts
            .map(|discount| {
                let coupon = discount
                    .promotion_code
                    .is_none()
                    .then_some(&discount.coupon);
                json!({ "coupon": coupon, "promotion_code": discount.promotion_code })
            })
            .collect()
    }

    fn request_three_d_secure(&self) -> &str {
        let options = self.settings.method_options.iter();
        let mut wanted = options.filter(|(name, _)| *name == "card[request_three_d_secure]");
        wanted.next().map_or("automatic", |(_, value)| value)
    }

    /// What can be paid with, before there is an intent to say so.
    pub(super) fn payment_method_types(&self, due: i64) -> Vec<&'static str> {
        let currency = self.currency();
        let settings = &self.settings;
        let is_given = |name: &str, value: Option<&str>| {
            let mut data = settings.data.iter();
            data.any(|(known, given)| known == name && value.is_none_or(|value| given == value))
        };
        let later = is_given("capture_method", Some("manual"));
        let saves = is_given("setup_future_usage", None);
        let debit = match currency {
            "eur" => Some("sepa_debit"),
            "usd" => Some("us_bank_account"),
            _ => None,
        };
        let fits = |method: &&LocalMethod| {
            self.mode == Mode::Payment
                && method.takes(due, currency)
                && (method.captures_later() || !later)
                && (method.reuse() != Reuse::Never || !saves)
        };
        let local = LocalMethod::for_currency(currency).iter();
        let local = local.filter(fits).map(|method| method.name());
        let welcome = |kind: &&str| {
            let listed = |list: &Vec<String>| list.iter().any(|listed| listed == kind);
            settings.allowed_types.as_ref().is_none_or(listed)
                && !settings.excluded_types.as_ref().is_some_and(listed)
        };
        std::iter::once("card")
            .chain(debit.filter(|_| !later))
            .chain(local)
            .filter(welcome)
            .collect()
    }

    pub(super) fn payment_status(&self, world: &World) -> &'static str {
        let nothing_due = match self.mode {
            Mode::Setup => true,
            Mode::Payment | Mode::Subscription => {
                self.payment_intent.is_none() && self.totals(world).total() == 0
            }
        };
        let intent = self.payment_intent.as_ref();
        let intent = intent.and_then(|id| world.payment_intents.get(id));
        match intent {
            _ if nothing_due => "no_payment_required",
            Some(intent) if intent.status == payment_intent::Status::Succeeded => "paid",
            _ => "unpaid",
        }
    }

    fn shipping_cost(&self, totals: &Totals) -> Option<Value> {
        let shipping = totals.shipping.as_ref()?;
        Some(json!({
            "amount_subtotal": shipping.subtotal,
            "amount_tax": shipping.tax(),
            "amount_total": shipping.total(),
            "shipping_rate": self.shipping_rate,
        }))
    }

    fn shipping_options_json(&self, world: &World) -> Vec<Value> {
        let options = self.shipping_options.iter();
        let rates = options.filter_map(|id| world.shipping_rates.get(id));
        rates
            .map(|rate| {
                json!({
                    "shipping_amount": rate.amount_in(self.currency()).unwrap_or(rate.amount),
                    "shipping_rate": rate.id,
                })
            })
            .collect()
    }
}

fn total_details(totals: &Totals) -> Value {
    json!({
        "amount_discount": totals.discount(),
        "amount_shipping": totals.shipping.as_ref().map_or(0, |shipping| shipping.subtotal),
        "amount_tax": totals.tax(),
    })
}
