//! Early fraud warnings (docs.stripe.com/api/radar/early_fraud_warnings): an issuer suspects what may yet be disputed.

use super::call::Call;
use super::error::Result;
use super::list::Page;
use super::params::Params;
use super::table::Row;
use super::world::World;
use crate::stripe::json::{Value, json};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct EarlyFraudWarning {
    /// `issfr_…`
    pub id: String,
    pub created: i64,
    pub charge: String,
    pub payment_intent: String,
}

impl Row for EarlyFraudWarning {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    fn owners(&self) -> Vec<&str> {
        vec![&self.charge, &self.payment_intent]
    }
}

impl EarlyFraudWarning {
    pub(crate) fn json(&self, world: &World) -> Value {
        let charge = world.charges.get(&self.charge);
        // A refund or a dispute settles the matter.
        let actionable =
            charge.is_some_and(|charge| !charge.disputed && charge.amount_refundable() > 0);
        json!({
            "id": self.id,
            "object": "radar.early_fraud_warning",
            "actionable": actionable,
            "charge": self.charge,
            "created": self.created,
            "fraud_type": "misc",
            "livemode": false,
            "payment_intent": self.payment_intent,
        })
    }
}

impl Call<'_> {
    pub(crate) fn warn_of_fraud(&mut self, charge: &str) {
        let Some(charge) = self.world.charges.get(charge) else {
            return;
        };
        let warning = EarlyFraudWarning {
            created: self.now,
            charge: charge.id.clone(),
            payment_intent: charge.payment_intent.clone(),
            id: self.world.random.id("issfr_1"),
        };
        let json = warning.json(self.world);
        self.world.early_fraud_warnings.put(warning);
        self.emit("radar.early_fraud_warning.created", json, None);
    }

    pub(crate) fn list_early_fraud_warnings(&self, mut params: Params) -> Result<Value> {
        let page = Page::read(&mut params)?;
        let charge = params.text("charge")?;
        let intent = params.text("payment_intent")?;
        let rows = self
            .world
            .early_fraud_warnings
            .of_first(&[&charge, &intent]);
        page.of(
            &rows,
            "/v1/radar/early_fraud_warnings",
            |_| true,
            |warning| warning.json(self.world),
        )
    }
}
