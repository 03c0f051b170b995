//! The calls on subscription items: the same changes as by updating the subscription, one item at a time.

use super::create::check_open;
use super::update::{Edit, ItemEdit, last_item, read_payment_behavior};
use super::{Item, PaymentBehavior, Subscription};
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::json::{Value, json};
use crate::stripe::list::Page;
use crate::stripe::params::Params;
use crate::stripe::table::{Row, Table};

impl Call<'_> {
    /// The subscription that has this item, and the item.
    fn item(&self, id: &str) -> Result<(&Subscription, &Item)> {
        let rows = self.world.subscriptions.of(id);
        let found = rows.iter().find_map(|subscription| {
            let item = subscription.items.iter().find(|item| item.id == id);
            item.map(|item| (subscription, item))
        });
        found.ok_or_else(|| Error::missing("subscription_item", id))
    }

    pub(crate) fn retrieve_subscription_item(&self, id: &str) -> Result<Value> {
        let (subscription, item) = self.item(id)?;
        Ok(item.json(self.world, &subscription.id))
    }

    pub(crate) fn create_subscription_item(&mut self, mut params: Params) -> Result<Value> {
        let id = params.required_text("subscription")?;
        let old = self.world.subscriptions.get(&id).cloned();
        let old = old.ok_or_else(|| Error::missing_param("subscription", &id, "subscription"))?;
        let place = params.name("price");
        let price = self.read_recurring_price(&mut params, Some(&old.currency))?;
        let price = price.ok_or_else(|| params.missing("price"))?;
        self.check_new_price(&old, &price, &place)?;
        let new = self.read_new_item(&mut params, price, &old.customer)?;
        let edit = ItemEdit::Add(Box::new(new));
        self.edit_item(&old, edit, params)?;
        let added = self.subscription(&id)?.items.last();
        Ok(added
            .map(|item| item.json(self.world, &id))
            .unwrap_or_default())
    }

    pub(crate) fn update_subscription_item(
        &mut self,
        id: &str,
        mut params: Params,
    ) -> Result<Value> {
        let old = self.item(id)?.0.clone();
        let edit = self.read_item_change(&mut params, id.to_owned(), &old)?;
        self.edit_item(&old, edit, params)?;
        self.retrieve_subscription_item(id)
    }

    pub(crate) fn delete_subscription_item(&mut self, id: &str, params: Params) -> Result<Value> {
        let old = self.item(id)?.0.clone();
        if old.items.len() == 1 {
            return Err(last_item());
        }
        self.edit_item(&old, ItemEdit::Delete(id.to_owned()), params)?;
        Ok(json!({ "id": id, "object": "subscription_item", "deleted": true }))
    }

    fn edit_item(&mut self, old: &Subscription, item: ItemEdit, mut params: Params) -> Result<()> {
        let mut edit = Edit {
            items: vec![item],
            ..Edit::default()
        };
        self.read_prorations(&mut params, old, &mut edit)?;
        let behavior: PaymentBehavior = read_payment_behavior(&mut params)?;
        let off_session = params.boolean("off_session")?.unwrap_or(false);
        check_open(old.status)?;
        let change = self.plan_change(old, edit);
        self.commit_change(old, old, change, behavior, off_session)
    }

    pub(crate) fn list_subscription_items(&self, mut params: Params) -> Result<Value> {
        let page = Page::read(&mut params)?;
        let id = params.required_text("subscription")?;
        let subscription = self.world.subscriptions.get(&id);
        let subscription = subscription
            .ok_or_else(|| Error::missing_param("subscription", &id, "subscription"))?;
        // A list pages through a table.
        let mut table = Table::default();
        for item in &subscription.items {
            table.put(item.clone());
        }
        page.of(
            &table.all(),
            "/v1/subscription_items",
            |_| true,
            |item: &Item| item.json(self.world, &id),
        )
    }
}

impl Row for Item {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }
}
