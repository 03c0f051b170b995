//! The shopper's answer to 3-D Secure, or on the page that a method leads to, without a browser.

use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::json::{Value, json};
use crate::stripe::three_d_secure::Answer;
use crate::stripe::{payment_intent, setup_intent};
use serde::{Deserialize, Serialize};

/// What the shopper does who is asked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShopperAnswer {
    /// Agrees.
    Complete,
    /// Does not, or gives up.
    Fail,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Given {
    /// `pi_…` or `seti_…`
    intent: String,
    answer: ShopperAnswer,
}

impl Call<'_> {
    /// Moves the intent on as its page would, and tells where the shopper goes then: null where they never left.
    pub(super) fn answer_for_the_shopper(&mut self, given: &Given) -> Result<Value> {
        let id = given.intent.as_str();
        let asked = match id.starts_with("seti_") {
            true => {
                let intent = setup_intent::find(self.world, id)?;
                let waits = intent.status == setup_intent::Status::RequiresAction;
                intent.authentication.clone().filter(|_| waits)
            }
            false => {
                let intent = payment_intent::find(self.world, id)?;
                let waits = intent.status == payment_intent::Status::RequiresAction;
                intent.authentication.clone().filter(|_| waits)
            }
        };
        let Some(asked) = asked else {
            return Err(Error::invalid(format!(
                "{id} asks the shopper for nothing: its status is not `requires_action`."
            )));
        };
        let answer = match given.answer {
            ShopperAnswer::Complete => Answer::Complete,
            ShopperAnswer::Fail => Answer::Fail,
        };
        self.answer_challenge(&asked, answer);
        Ok(json!({ "return_url": self.return_address(&asked) }))
    }
}
