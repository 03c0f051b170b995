//! `POST /v1/subscriptions/{id}`: reading what is to change. Working it out is `plan`, doing it `commit`.

mod commit;
mod plan;

use super::close::{set_cancel_at, set_cancel_at_period_end};
use super::create::{check_open, read_collection, read_payment_settings, read_trial_settings};
use super::given::LARGEST_QUANTITY;
use super::new::OneTimeItem;
use super::{
    NewItem, NewSubscription, PausedCollection, PausedInvoices, PaymentBehavior, Status,
    Subscription,
};
use crate::stripe::call::Call;
use crate::stripe::discount::{NewDiscount, Scope};
use crate::stripe::error::{Error, Result};
use crate::stripe::json::Value;
use crate::stripe::params::{Change, Metadata, Params};
use crate::stripe::price::Price;
use crate::stripe::timer::SubscriptionStep;

pub(crate) use commit::PendingUpdate;

/// Whether a change within a period is billed: with the next invoice, at once, or not at all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Prorations {
    AlwaysInvoice,
    #[default]
    Create,
    None,
}

impl Prorations {
    pub(crate) const NAMES: &[(&'static str, Prorations)] = &[
        ("always_invoice", Prorations::AlwaysInvoice),
        ("create_prorations", Prorations::Create),
        ("none", Prorations::None),
    ];
}

#[derive(Debug, Clone)]
pub(crate) enum ItemEdit {
    Add(Box<NewItem>),
    Change {
        id: String,
        price: Option<Box<Price>>,
        quantity: Option<i64>,
        metadata: Option<Metadata>,
        discounts: Option<Vec<NewDiscount>>,
    },
    Delete(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TrialEnd {
    Now,
    At(i64),
}

/// A change to what is billed, and when.
#[derive(Debug, Clone, Default)]
pub(crate) struct Edit {
    pub items: Vec<ItemEdit>,
    pub once: Vec<OneTimeItem>,
    pub prorations: Prorations,
    pub proration_date: Option<i64>,
    pub anchor_now: bool,
    pub trial_end: Option<TrialEnd>,
}

impl Edit {
    fn changes_nothing(&self) -> bool {
        self.items.is_empty()
            && self.once.is_empty()
            && !self.anchor_now
            && self.trial_end.is_none()
    }
}

impl Call<'_> {
    pub(crate) fn update_subscription(&mut self, id: &str, mut params: Params) -> Result<Value> {
        let old = self.subscription(id)?.clone();
        let mut next = old.clone();
        let behavior = read_payment_behavior(&mut params)?;
        let off_session = params.boolean("off_session")?.unwrap_or(false);
        let edit = self.read_edit(&mut params, &old)?;
        let others = params.has_others(&["cancellation_details", "metadata"]);
        if others || !edit.changes_nothing() {
            check_open(old.status)?;
        }
        if old.status == Status::Incomplete && !edit.changes_nothing() {
            return Err(Error::invalid(
                "An incomplete subscription can only change its metadata and how it is paid, until its first invoice \
                 is paid.",
            ));
        }
        (next.collection_method, next.days_until_due) = read_collection(
            &mut params,
            Some((old.collection_method, old.days_until_due)),
        )?;
        if let Change::Set(method) = params.change("default_payment_method")? {
            self.check_customers_method(&method, &old.customer, "default_payment_method")?;
            next.default_payment_method = Some(method);
        }
        params.change("description")?.apply(&mut next.description);
        next.metadata = params.metadata(&old.metadata)?;
        read_payment_settings(
            &mut params,
            &mut next.payment_settings,
            &mut next.saves_method,
        )?;
        if let Some(missing) = read_trial_settings(&mut params)? {
            next.missing_payment_method = missing;
        }
        self.read_changed_end(&mut params, &mut next)?;
        Self::read_cancellation(&mut params, &mut next.cancellation)?;
        let pause = params.change_map("pause_collection")?;
        pause
            .map(|pause| self.read_pause(pause))?
            .apply(&mut next.pause_collection);
        let discounts = self.read_discounts(&mut params, Some(&old.customer))?;

        let mut dropped = Vec::new();
        if let Some(discounts) = discounts {
            let scope = Scope::Subscription(id.to_owned());
            let kept = self.redeem(discounts, Some(&old.customer), &scope);
            dropped = std::mem::replace(&mut next.discounts, kept);
            dropped.retain(|id| !next.discounts.contains(id));
        }
        let redeemed = next.discounts.clone();
        let change = self.plan_change(&next, edit);
        if let Err(error) = self.commit_change(&old, &next, change, behavior, off_session) {
            let new: Vec<String> = redeemed
                .into_iter()
                .filter(|id| !old.discounts.contains(id))
                .collect();
            self.take_back(&new);
            return Err(error);
        }
        for id in &dropped {
            self.end_discount(id);
        }
        self.tell_of_discounts(&redeemed);
        let changed = self.subscription(id)?.clone();
        if changed.cancel_at != old.cancel_at
            && let Some(at) = changed.cancel_at
        {
            self.set_subscription_timer(id, at, SubscriptionStep::Ends);
        }
        if let Some(at) = changed.pause_collection.and_then(|it| it.resumes_at) {
            self.set_subscription_timer(id, at, SubscriptionStep::CollectionResumes);
        }
        self.subscription_json(id)
    }

    /// Reads everything that changes what is billed.
    pub(crate) fn read_edit(&mut self, params: &mut Params, old: &Subscription) -> Result<Edit> {
        let mut edit = Edit {
            items: self.read_item_edits(params, old)?,
            ..Edit::default()
        };
        let mut scratch = NewSubscription::new(old.customer.clone(), Vec::new());
        scratch.currency = Some(old.currency.clone());
        edit.once = self.read_once(params, &scratch)?;
        self.read_prorations(params, old, &mut edit)?;
        if let Some(mut anchor) = params.map("billing_cycle_anchor")? {
            edit.anchor_now = anchor
                .choice("type", &[("now", true), ("unchanged", false)])?
                .ok_or_else(|| anchor.missing("type"))?;
        }
        if params.is_text("trial_end", "now") {
            edit.trial_end = old.is_trialing(self.now).then_some(TrialEnd::Now);
        } else {
            edit.trial_end = self.read_future(params, "trial_end")?.map(TrialEnd::At);
        }
        Ok(edit)
    }

    pub(super) fn read_prorations(
        &self,
        params: &mut Params,
        old: &Subscription,
        edit: &mut Edit,
    ) -> Result<()> {
        if let Some(prorations) = params.choice("proration_behavior", Prorations::NAMES)? {
            edit.prorations = prorations;
        }
        let Some(date) = params.integer("proration_date")? else {
            return Ok(());
        };
        let start = old.items.iter().map(|item| item.period.start).max();
        let end = old.renews_at();
        if start.is_some_and(|start| date < start) || end.is_some_and(|end| date > end) {
            return Err(Error::invalid(
                "Cannot specify a proration date outside of the subscription's current period.",
            )
            .param(params.name("proration_date")));
        }
        edit.proration_date = Some(date);
        Ok(())
    }

    /// Reads `items`: those with an id change or go, others come.
    fn read_item_edits(
        &mut self,
        params: &mut Params,
        old: &Subscription,
    ) -> Result<Vec<ItemEdit>> {
        let Some(mut list) = params.map("items")? else {
            return Ok(Vec::new());
        };
        let mut edits = Vec::new();
        for mut item in list.items()? {
            let (id_at, price_at) = (item.name("id"), item.name("price"));
            let id = item.text("id")?;
            let deleted = item.boolean("deleted")?.unwrap_or(false);
            if let Some(id) = &id
                && !old.items.iter().any(|kept| kept.id == *id)
            {
                return Err(Error::missing_param("subscription_item", id, &id_at));
            }
            edits.push(match (id, deleted) {
                (Some(id), true) => ItemEdit::Delete(id),
                (Some(id), false) => self.read_item_change(&mut item, id, old)?,
                (None, _) => {
                    let price = self.read_recurring_price(&mut item, Some(&old.currency))?;
                    let price = price.ok_or_else(|| item.missing("price"))?;
                    self.check_new_price(old, &price, &price_at)?;
                    ItemEdit::Add(Box::new(self.read_new_item(
                        &mut item,
                        price,
                        &old.customer,
                    )?))
                }
            });
        }
        let deleted = edits
            .iter()
            .filter(|edit| matches!(edit, ItemEdit::Delete(_)))
            .count();
        let added = edits.iter().any(|edit| matches!(edit, ItemEdit::Add(_)));
        if deleted >= old.items.len() && !added {
            return Err(last_item());
        }
        Ok(edits)
    }

    pub(super) fn check_new_price(
        &self,
        subscription: &Subscription,
        price: &Price,
        param: &str,
    ) -> Result<()> {
        let known = subscription.items.iter().any(|it| it.price == price.id);
        if !known {
            return Ok(());
        }
        Err(Error::invalid(format!(
            "A subscription item with the price `{}` is already there: change its quantity.",
            price.id
        ))
        .param(param))
    }

    pub(super) fn read_item_change(
        &mut self,
        item: &mut Params,
        id: String,
        old: &Subscription,
    ) -> Result<ItemEdit> {
        let price = self.read_recurring_price(item, Some(&old.currency))?;
        let quantity = item.integer_in("quantity", 0..=LARGEST_QUANTITY)?;
        let discounts = self.read_discounts(item, Some(&old.customer))?;
        let kept = old.items.iter().find(|kept| kept.id == id);
        let metadata = match kept.filter(|_| item.has("metadata")) {
            None => None,
            Some(kept) => Some(item.metadata(&kept.metadata)?),
        };
        Ok(ItemEdit::Change {
            id,
            price: price.map(Box::new),
            quantity,
            metadata,
            discounts,
        })
    }

    fn read_changed_end(&self, params: &mut Params, next: &mut Subscription) -> Result<()> {
        params.only_one_of(&["cancel_at", "cancel_at_period_end"])?;
        if let Some(cancels) = params.boolean("cancel_at_period_end")?
            && cancels != next.cancel_at_period_end
        {
            set_cancel_at_period_end(next, cancels, self.now);
        }
        let named = ["max_billed_until", "max_period_end", "min_period_end"];
        let change = if params.is_text("cancel_at", "") {
            Change::Unset
        } else if let Some(name) = named.iter().find(|name| params.is_text("cancel_at", name)) {
            let ends = next.items.iter().map(|item| item.period.end);
            let end = match *name {
                "min_period_end" => ends.min(),
                _ => ends.max(),
            };
            end.map_or(Change::Keep, Change::Set)
        } else {
            let at = self.read_future(params, "cancel_at")?;
            at.map_or(Change::Keep, Change::Set)
        };
        set_cancel_at(next, change, self.now);
        Ok(())
    }

    fn read_pause(&self, mut pause: Params) -> Result<PausedCollection> {
        let behavior = pause.choice(
            "behavior",
            &[
                ("keep_as_draft", PausedInvoices::KeepAsDraft),
                ("mark_uncollectible", PausedInvoices::MarkUncollectible),
                ("void", PausedInvoices::Void),
            ],
        )?;
        let paused = PausedCollection {
            behavior: behavior.ok_or_else(|| pause.missing("behavior"))?,
            resumes_at: self.read_future(&mut pause, "resumes_at")?,
        };
        Ok(paused)
    }
}

pub(super) fn read_payment_behavior(params: &mut Params) -> Result<PaymentBehavior> {
    let behavior = params.choice("payment_behavior", PaymentBehavior::NAMES)?;
    Ok(behavior.unwrap_or(PaymentBehavior::AllowIncomplete))
}

pub(super) fn last_item() -> Box<Error> {
    Error::invalid(
        "A subscription must have at least one active plan. To cancel it, delete the subscription.",
    )
}
