//! `POST /v1/subscriptions`: reading what is asked for, and checking it.

use super::{Cancellation, MissingPaymentMethod, NewSubscription, PaymentBehavior, Status};
use crate::stripe::calendar::{DAY_S, date, days_in_month, unix_days};
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::invoice::{CollectionMethod, PaymentSettings};
use crate::stripe::json::{Value, json};
use crate::stripe::money;
use crate::stripe::params::{Metadata, Params};

/// Trials end, and cycles begin, within five years.
const FARTHEST_S: i64 = 5 * 366 * DAY_S;

impl Call<'_> {
    pub(crate) fn create_subscription(&mut self, mut params: Params) -> Result<Value> {
        let customer = self.read_customer_id(&mut params)?;
        let customer = customer.ok_or_else(|| params.missing("customer"))?;
        let currency = money::currency(&mut params)?;
        let items = self.read_new_items(&mut params, &customer, currency.as_deref())?;
        let mut new = NewSubscription::new(customer, items);
        new.currency = currency;
        new.once = self.read_once(&mut params, &new)?;
        self.read_cycle(&mut params, &mut new)?;
        (new.collection_method, new.days_until_due) = read_collection(&mut params, None)?;
        if let Some(behavior) = params.choice("payment_behavior", PaymentBehavior::NAMES)? {
            new.payment_behavior = behavior;
        }
        if new.payment_behavior == PaymentBehavior::PendingIfIncomplete {
            return Err(Error::invalid(
                "`pending_if_incomplete` is for updates: a new subscription has nothing to go back to.",
            )
            .param("payment_behavior"));
        }
        if let Some(method) = params.text("default_payment_method")? {
            self.check_customers_method(&method, &new.customer, "default_payment_method")?;
            new.default_payment_method = Some(method);
        }
        let discounts = self.read_discounts(&mut params, Some(&new.customer))?;
        new.discounts = discounts.unwrap_or_default();
        new.description = params.text("description")?;
        new.metadata = params.metadata(&Metadata::new())?;
        new.off_session = params.boolean("off_session")?.unwrap_or(false);
        read_payment_settings(
            &mut params,
            &mut new.payment_settings,
            &mut new.saves_method,
        )?;
        if let Some(missing) = read_trial_settings(&mut params)? {
            new.missing_payment_method = missing;
        }
        if let Some(mut mode) = params.map("billing_mode")? {
            let kind = mode.one_of("type", &["classic", "flexible"])?;
            if kind.as_deref() == Some("classic") {
                new.billing_mode = json!({ "flexible": null, "type": "classic" });
            }
        }
        self.read_end(&mut params, &mut new)?;
        let id = self.subscribe(new)?;
        self.subscription_json(&id)
    }

    /// Reads what decides when its periods begin: a trial, an anchor.
    fn read_cycle(&self, params: &mut Params, new: &mut NewSubscription) -> Result<()> {
        let from_plan = params.boolean("trial_from_plan")?.unwrap_or(false);
        let days = params.integer_in("trial_period_days", 0..=730)?;
        let planned = new.items.iter().filter_map(|item| {
            let recurring = item.price.recurring.as_ref()?;
            recurring.trial_period_days.filter(|_| from_plan)
        });
        let days = days.or(planned.max()).filter(|days| *days > 0);
        let given = if params.is_text("trial_end", "now") {
            None
        } else {
            self.read_future(params, "trial_end")?
        };
        if given.is_some() && days.is_some() && !from_plan {
            return Err(params.exclusive("trial_end", "trial_period_days"));
        }
        params.only_one_of(&["billing_cycle_anchor", "billing_cycle_anchor_config"])?;
        new.trial_end = given.or(days.map(|days| self.now + days * DAY_S));
        new.billing_cycle_anchor = self.read_future(params, "billing_cycle_anchor")?;
        if let Some(config) = params.map("billing_cycle_anchor_config")? {
            let (config, anchor) = read_anchor_config(config, self.now)?;
            new.billing_cycle_anchor_config = Some(config);
            new.billing_cycle_anchor = Some(anchor);
        }
        if let (Some(anchor), Some(trial_end)) = (new.billing_cycle_anchor, new.trial_end)
            && anchor < trial_end
        {
            return Err(
                Error::invalid("The billing cycle cannot begin before the trial ends.")
                    .param("billing_cycle_anchor"),
            );
        }
        let proration = params.one_of(
            "proration_behavior",
            &["always_invoice", "create_prorations", "none"],
        )?;
        new.prorates = proration.as_deref() != Some("none");
        Ok(())
    }

    pub(crate) fn read_future(&self, params: &mut Params, field: &str) -> Result<Option<i64>> {
        let Some(time) = params.integer(field)? else {
            return Ok(None);
        };
        if (self.now + 1..=self.now + FARTHEST_S).contains(&time) {
            return Ok(Some(time));
        }
        Err(Error::invalid(format!(
            "Invalid timestamp: {field} must be in the future, within five years."
        ))
        .param(params.name(field)))
    }

    fn read_end(&self, params: &mut Params, new: &mut NewSubscription) -> Result<()> {
        let at_period_end = params.boolean("cancel_at_period_end")?.unwrap_or(false);
        let named = ["max_billed_until", "max_period_end", "min_period_end"];
        let by_name = named.iter().any(|name| params.is_text("cancel_at", name));
        if by_name {
        } else {
            new.cancel_at = self.read_future(params, "cancel_at")?;
        }
        new.cancel_at_period_end = at_period_end || by_name;
        if at_period_end && (by_name || new.cancel_at.is_some()) {
            return Err(params.exclusive("cancel_at", "cancel_at_period_end"));
        }
        if new.cancel_at_period_end || new.cancel_at.is_some() {
            new.cancellation = Cancellation {
                reason: Some("cancellation_requested".to_owned()),
                ..Cancellation::default()
            };
        }
        Ok(())
    }

    /// Whether a customer has this method to pay with.
    pub(crate) fn check_customers_method(
        &self,
        method: &str,
        customer: &str,
        param: &str,
    ) -> Result<()> {
        let kept = self.world.payment_methods.get(method);
        let owner = kept.and_then(|kept| kept.customer.as_deref());
        if owner == Some(customer) {
            return Ok(());
        }
        Err(Error::invalid(format!(
            "The customer does not have a payment method with the ID {method}. The payment method must be attached to \
             the customer."
        ))
        .code("resource_missing")
        .param(param))
    }
}

/// `collection_method` and `days_until_due`, which the one that sends needs.
pub(super) fn read_collection(
    params: &mut Params,
    kept: Option<(CollectionMethod, Option<i64>)>,
) -> Result<(CollectionMethod, Option<i64>)> {
    let given = params.choice("collection_method", CollectionMethod::NAMES)?;
    let days = params.integer_in("days_until_due", 0..=365)?;
    let (kept_method, kept_days) = kept.unwrap_or_default();
    let method = given.unwrap_or(kept_method);
    match method {
        CollectionMethod::ChargeAutomatically if days.is_some() => Err(Error::invalid(
            "You can only set `days_until_due` if `collection_method` is `send_invoice`.",
        )
        .param("days_until_due")),
        CollectionMethod::ChargeAutomatically => Ok((method, None)),
        CollectionMethod::SendInvoice => match days.or(kept_days) {
            None => Err(params.missing("days_until_due")),
            days => Ok((method, days)),
        },
    }
}

/// `payment_settings`: how invoices are paid, and whether what pays becomes the default.
pub(super) fn read_payment_settings(
    params: &mut Params,
    settings: &mut PaymentSettings,
    saves_method: &mut bool,
) -> Result<()> {
    let Some(mut given) = params.map("payment_settings")? else {
        return Ok(());
    };
    if let Some(saves) = given.choice(
        "save_default_payment_method",
        &[("off", false), ("on_subscription", true)],
    )? {
        *saves_method = saves;
    }
    settings.read(given)
}

pub(super) fn read_trial_settings(params: &mut Params) -> Result<Option<MissingPaymentMethod>> {
    let Some(mut settings) = params.map("trial_settings")? else {
        return Ok(None);
    };
    let end = settings.map("end_behavior")?;
    let mut end = end.ok_or_else(|| settings.missing("end_behavior"))?;
    let missing = end.choice(
        "missing_payment_method",
        &[
            ("cancel", MissingPaymentMethod::Cancel),
            ("create_invoice", MissingPaymentMethod::CreateInvoice),
            ("pause", MissingPaymentMethod::Pause),
        ],
    )?;
    Ok(missing)
}

/// The next time with this day of the month, and these hours and minutes, or else those of now.
fn read_anchor_config(mut params: Params, now: i64) -> Result<(Value, i64)> {
    let day = params.integer_in("day_of_month", 1..=31)?;
    let day = day.ok_or_else(|| params.missing("day_of_month"))?;
    let hour = params.integer_in("hour", 0..=23)?;
    let minute = params.integer_in("minute", 0..=59)?;
    let second = params.integer_in("second", 0..=59)?;
    let month = params.integer_in("month", 1..=12)?;
    let of_day = now.rem_euclid(DAY_S);
    let time = hour.unwrap_or(of_day / 3600) * 3600
        + minute.unwrap_or(of_day / 60 % 60) * 60
        + second.unwrap_or(of_day % 60);
    let (mut year, mut at_month, _) = date(now);
    let anchor = loop {
        let last = days_in_month(year, at_month);
        let anchor = unix_days(year, at_month, day.min(last)) * DAY_S + time;
        if anchor > now && month.is_none_or(|month| month == at_month) {
            break anchor;
        }
        (year, at_month) = match at_month {
            12 => (year + 1, 1),
            month => (year, month + 1),
        };
    };
    let config = json!({
        "day_of_month": day, "hour": hour, "minute": minute, "month": month, "second": second,
    });
    Ok((config, anchor))
}

/// Whether its parts may be changed by call.
pub(super) fn check_open(status: Status) -> Result<()> {
    match status {
        Status::Canceled | Status::IncompleteExpired => Err(Error::invalid(
            "A canceled subscription can only update its cancellation_details and metadata.",
        )
        .code("invalid_canceled_subscription_fields")),
        _ => Ok(()),
    }
}
