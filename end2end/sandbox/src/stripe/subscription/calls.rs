//! Listing subscriptions.

use super::{Status, Subscription};
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::invoice::CollectionMethod;
use crate::stripe::json::Value;
use crate::stripe::list::Page;
use crate::stripe::params::Params;

impl Call<'_> {
    pub(crate) fn list_subscriptions(&self, mut params: Params) -> Result<Value> {
        let page = Page::read(&mut params)?;
        let customer = params.text("customer")?;
        let price = params.text("price")?;
        let status = params.text("status")?;
        let collection = params.choice("collection_method", CollectionMethod::NAMES)?;
        let named = Status::NAMES
            .iter()
            .find(|(name, _)| status.as_deref() == Some(name));
        let wanted = |it: &Subscription| match (status.as_deref(), named) {
            (None, _) => it.status != Status::Canceled,
            (Some("ended"), _) => it.status.has_ended(),
            (_, Some((_, status))) => it.status == *status,
            _ => true,
        };
        if named.is_none() && !matches!(status.as_deref(), None | Some("all" | "ended")) {
            return Err(Error::invalid(
                "Invalid status: must be one of active, all, canceled, ended, incomplete, incomplete_expired, past_due, \
                 paused, trialing, unpaid",
            )
            .param("status"));
        }
        let rows = self.world.subscriptions.of_first(&[&price, &customer]);
        page.of(
            &rows,
            "/v1/subscriptions",
            |it| {
                wanted(it)
                    && customer.as_ref().is_none_or(|id| it.customer == *id)
                    && collection.is_none_or(|method| it.collection_method == method)
            },
            |it| it.json(self.world),
        )
    }
}
