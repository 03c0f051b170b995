//! `POST /v1/checkout/sessions`

use super::line_item::NewLine;
use super::settings::{Creation, Settings, mode_name};
use super::{CheckoutSession, Collected, Mode, Status, UiMode};
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::hosts;
use crate::stripe::json::Value;
use crate::stripe::money;
use crate::stripe::params::{Metadata, Params};
use crate::stripe::payment_intent::email;
use crate::stripe::shipping_rate::ShippingRate;
use crate::stripe::tax::Place;
use crate::stripe::timer::Timer;

const SHORTEST_LIFE_S: i64 = 30 * 60;
const LONGEST_LIFE_S: i64 = 24 * 60 * 60;
const MOST_LINES: usize = 100;
const MOST_OF_A_KIND: usize = 20;
const MOST_SHIPPING_OPTIONS: usize = 5;

/// A way to ship, which may have to be made first.
pub(super) enum NewShipping {
    Known(String),
    Inline(Box<ShippingRate>),
}

impl Call<'_> {
    pub(crate) fn create_checkout_session(
        &mut self,
        mut params: Params,
        origin: &str,
    ) -> Result<Value> {
        let mode = params.choice("mode", Mode::NAMES)?;
        let mode = mode.ok_or_else(|| params.missing("mode"))?;
        let ui_mode = params.choice("ui_mode", UiMode::NAMES)?;
        let ui_mode = ui_mode.unwrap_or(UiMode::HostedPage);
        let settings = Settings::read(&mut params, mode, ui_mode)?;
        check_combinations(&params, &settings)?;
        let urls = (
            params.text("success_url")?,
            params.url("cancel_url")?,
            params.url("return_url")?,
        );
        match ui_mode {
            UiMode::HostedPage if urls.0.is_none() => return Err(params.missing("success_url")),
            UiMode::EmbeddedPage if urls.2.is_none() && !settings.stays => {
                return Err(params.missing("return_url"));
            }
            _ => {}
        }
        let customer = self.read_customer_id(&mut params)?;
        let customer_email = params.text("customer_email")?;
        let customer_email = customer_email
            .map(|text| email(text, "customer_email"))
            .transpose()?;
        let expires_at = self.read_expiry(&mut params)?;
        let lines = params.map("line_items")?;
        let mut lines = self.read_items_sold(lines)?;
        if mode == Mode::Subscription {
            // What goes on being billed is no archived price.
            lines.iter_mut().for_each(|line| line.price.active = true);
        }
        let currency = money::currency(&mut params)?;
        let currency = check_lines(mode, &lines, currency)?;
        if currency.is_none() && settings.allowed_types.is_none() {
            return Err(params.missing("currency"));
        }
        let shipping = params.map("shipping_options")?;
        let shipping = self.read_shipping_options(shipping, currency.as_deref())?;
        let discounts = self.read_session_discounts(&mut params)?;
        let automatic_tax = match params.map("automatic_tax")? {
            None => false,
            Some(mut tax) => tax.boolean("enabled")?.unwrap_or(false),
        };
        if automatic_tax {
            self.check_tax_location(customer.as_deref(), &settings)?;
        }
        let metadata = params.metadata(&Metadata::new())?;
        let id = format!("cs_test_a1{}", self.world.random.letters(58));
        let secret = format!("{id}_secret_{}", self.world.random.letters(32));
        let mut session = CheckoutSession {
            id,
            created: self.now,
            expires_at,
            mode,
            status: Status::Open,
            ui_mode,
            origin: hosts::page_origin(origin, hosts::CHECKOUT),
            client_secret: (ui_mode != UiMode::HostedPage).then_some(secret),
            success_url: urls.0,
            cancel_url: urls.1,
            return_url: urls.2,
            currency,
            line_items: Vec::new(),
            discounts,
            shipping_options: Vec::new(),
            shipping_rate: None,
            automatic_tax,
            customer,
            customer_email,
            collected: Collected::default(),
            metadata,
            settings,
            payment_intent: None,
            setup_intent: None,
            subscription: None,
            invoice: None,
            awaits_payment: false,
            recovery: None,
            recovered_from: None,
        };
        // What was new in the request is made now, that nothing stands against it any more but the total.
        check_total(&session, &lines, &shipping)?;
        session.line_items = lines.into_iter().map(|line| self.keep_line(line)).collect();
        self.keep_shipping_options(&mut session, shipping);
        if mode == Mode::Setup {
            session.setup_intent = Some(self.open_session_setup(&session)?);
        }
        Ok(self.keep_new_session(session))
    }

    /// Stores it, and sees to its end.
    pub(super) fn keep_new_session(&mut self, session: CheckoutSession) -> Value {
        let timer = Timer::CheckoutSessionExpires {
            session: session.id.clone(),
        };
        self.set_timer(session.expires_at - self.now, timer);
        let json = session.json(self.world);
        self.world.checkout_sessions.put(session);
        json
    }

    fn read_expiry(&self, params: &mut Params) -> Result<i64> {
        let Some(expires_at) = params.integer("expires_at")? else {
            return Ok(self.now + LONGEST_LIFE_S);
        };
        if (SHORTEST_LIFE_S..=LONGEST_LIFE_S).contains(&(expires_at.saturating_sub(self.now))) {
            return Ok(expires_at);
        }
        Err(
            Error::invalid("`expires_at` must be between 30 minutes and 24 hours from now.")
                .param("expires_at"),
        )
    }

    pub(super) fn read_shipping_options(
        &mut self,
        options: Option<Params>,
        currency: Option<&str>,
    ) -> Result<Vec<NewShipping>> {
        let Some(mut options) = options else {
            return Ok(Vec::new());
        };
        let mut shipping = Vec::new();
        for mut option in options.items()? {
            option.only_one_of(&["shipping_rate", "shipping_rate_data"])?;
            let known = option.text("shipping_rate")?;
            let inline = option.map("shipping_rate_data")?;
            let param = option.name("shipping_rate");
            let rate = match (known, inline) {
                (Some(id), _) => {
                    let rate = self.shipping_rate(&id, &param)?;
                    if !rate.active {
                        return Err(
                            Error::invalid(format!("The shipping rate {id} is archived."))
                                .param(param),
                        );
                    }
                    rate.amount_in(currency.unwrap_or_default())?;
                    NewShipping::Known(id)
                }
                (None, Some(data)) => {
                    let rate = self.read_shipping_rate(data)?;
                    rate.amount_in(currency.unwrap_or_default())?;
                    NewShipping::Inline(Box::new(rate))
                }
                (None, None) => return Err(option.missing("shipping_rate")),
            };
            shipping.push(rate);
        }
        if shipping.len() > MOST_SHIPPING_OPTIONS {
            return Err(Error::invalid(format!(
                "There are up to {MOST_SHIPPING_OPTIONS} shipping options."
            ))
            .param("shipping_options"));
        }
        Ok(shipping)
    }

    /// The first is chosen, until the shopper chooses another.
    pub(super) fn keep_shipping_options(
        &mut self,
        session: &mut CheckoutSession,
        shipping: Vec<NewShipping>,
    ) {
        session.shipping_options = shipping
            .into_iter()
            .map(|option| match option {
                NewShipping::Known(id) => id,
                NewShipping::Inline(rate) => {
                    let id = rate.id.clone();
                    self.keep_shipping_rate(*rate);
                    id
                }
            })
            .collect();
        session.shipping_rate = session.shipping_options.first().cloned();
    }

    /// A customer's tax is calculated by the address on the customer, or by that entered, if it is to be saved there.
    fn check_tax_location(&self, customer: Option<&str>, settings: &Settings) -> Result<()> {
        let Some(customer) = customer.and_then(|id| self.world.customers.get(id)) else {
            return Ok(());
        };
        let addresses = [
            customer
                .shipping
                .as_ref()
                .map(|shipping| &shipping["address"]),
            customer.address.as_ref(),
        ];
        let located = addresses
            .into_iter()
            .flatten()
            .any(|it| Place::of(it).is_some());
        if located || settings.customer_update.address || settings.customer_update.shipping {
            return Ok(());
        }
        Err(Error::invalid(
            "Automatic tax needs an address on the customer that is precise enough, or `customer_update[address]` or \
             `customer_update[shipping]` as `auto`, so that the one entered is saved there.",
        )
        .code("customer_tax_location_invalid"))
    }
}

fn check_combinations(params: &Params, settings: &Settings) -> Result<()> {
    let both = |one: &str, other: &str| {
        Err(Error::invalid(format!(
            "You may only specify one of these parameters: {one}, {other}."
        ))
        .param(one))
    };
    if params.has("customer") && params.has("customer_email") {
        return both("customer", "customer_email");
    }
    if settings.allow_promotion_codes.is_some() && params.has("discounts") {
        return both("allow_promotion_codes", "discounts");
    }
    if params.has("customer") && settings.customer_creation == Some(Creation::Always) {
        return Err(Error::invalid(
            "A session with a `customer` creates none: leave out `customer_creation`.",
        )
        .param("customer_creation"));
    }
    let update = settings.customer_update;
    if !params.has("customer") && (update.address || update.name || update.shipping) {
        return Err(
            Error::invalid("`customer_update` needs a `customer`.").param("customer_update")
        );
    }
    Ok(())
}

/// One currency for all, and recurring prices where they belong.
fn check_lines(mode: Mode, lines: &[NewLine], currency: Option<String>) -> Result<Option<String>> {
    let refused = |message: String| Err(Error::invalid(message).param("line_items"));
    let Some(first) = lines.first() else {
        return match mode {
            Mode::Setup => Ok(currency),
            _ => Err(Error::invalid(format!(
                "Missing required param: line_items. The mode `{}` sells something.",
                mode_name(mode)
            ))
            .code("parameter_missing")
            .param("line_items")),
        };
    };
    if lines.len() > MOST_LINES {
        return refused(format!("There are up to {MOST_LINES} line items."));
    }
    let currency = currency.unwrap_or_else(|| first.price.currency.clone());
    if !lines.iter().all(|line| line.is_in(&currency)) {
        return refused(format!("All prices must be in one currency: {currency}."));
    }
    let recurring = lines.iter().filter(|line| line.price.recurring.is_some());
    let recurring = recurring.count();
    if mode == Mode::Subscription && recurring.max(lines.len() - recurring) > MOST_OF_A_KIND {
        return refused(format!(
            "A subscription has up to {MOST_OF_A_KIND} line items with recurring prices, and as many with one-time prices."
        ));
    }
    match (mode, recurring) {
        (Mode::Payment, 1..) => refused("Recurring prices are for `mode=subscription`.".to_owned()),
        (Mode::Subscription, 0) => {
            refused("The mode `subscription` needs at least one recurring price.".to_owned())
        }
        _ => Ok(Some(currency)),
    }
}

/// A payment is for nothing, or for as much as can be charged.
fn check_total(
    session: &CheckoutSession,
    lines: &[NewLine],
    shipping: &[NewShipping],
) -> Result<()> {
    if session.mode != Mode::Payment || !session.discounts.is_empty() || !shipping.is_empty() {
        return Ok(());
    }
    let costs = lines.iter().map(|line| {
        let quantity = line.item.quantity.unwrap_or(0);
        line.price.cost(session.currency(), quantity)
    });
    match costs.sum() {
        0 => Ok(()),
        total => money::check(total, session.currency()),
    }
}
