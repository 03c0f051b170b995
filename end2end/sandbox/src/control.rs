//! The control interface (`/_control`), typed: for tests in Rust, over HTTP or on a sandbox in the same process.
//!
//! ```no_run
//! # async fn test() -> Result<(), stripe_sandbox::control::ControlError> {
//! use stripe_sandbox::control::{Control, Fault, PlannedFault};
//!
//! let control = Control::over_http("http://127.0.0.1:12111", "sk_test_me")?;
//! let lost = Fault::Reset { after_commit: true };
//! control.fail(&PlannedFault::new("POST", "/v1/payment_intents", lost)).await?;
//! // … the shop charges a card, gets no answer, and asks again …
//! assert_eq!(control.state().await?["charges"].as_array().map(Vec::len), Some(1));
//! # Ok(())
//! # }
//! ```

use crate::sandbox::Sandbox;
use crate::stripe::{Request, WorldSummary};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::fmt;

pub use crate::stripe::{
    AfterLastRetry, Assumptions, Coded, ConfirmInAction, Decline, DeliveryMode, Failure, Fault,
    Malformed, Outcome, PlannedFault, PlannedWebhookFault, Quirks, Refusal, SetupReturn,
    ShopperAnswer, WebhookFault,
};

/// One world's control interface.
#[derive(Clone)]
pub struct Control {
    reach: Reach,
    secret_key: String,
}

#[derive(Clone)]
enum Reach {
    Http {
        client: reqwest::Client,
        url: String,
    },
    Here(Sandbox),
}

/// Why a control call failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ControlError {
    /// The sandbox does not do that.
    #[error("the sandbox refuses ({status}): {message}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Why.
        message: String,
    },
    /// No answer.
    #[error("the sandbox gives no answer: {0}")]
    Lost(#[from] reqwest::Error),
    /// An answer of another kind: this is no sandbox, or one of another version.
    #[error("not a sandbox's answer: {0}")]
    Unreadable(#[from] serde_json::Error),
}

/// A world's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Clock {
    /// Unix seconds.
    pub now: i64,
    /// Whether it stands still.
    pub frozen: bool,
}

/// Everything a world held, for [`Control::seed`] alone to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    snapshot: String,
}

type Result<T> = std::result::Result<T, ControlError>;

impl Control {
    /// Of the world that this key opens, in the sandbox at this address.
    ///
    /// # Errors
    /// This machine has no means to make calls.
    pub fn over_http(url: &str, secret_key: &str) -> Result<Control> {
        Ok(Control {
            reach: Reach::Http {
                // A sandbox is near: no proxy knows it.
                client: reqwest::Client::builder().no_proxy().build()?,
                url: url.trim_end_matches('/').to_owned(),
            },
            secret_key: secret_key.to_owned(),
        })
    }

    pub(crate) fn of(sandbox: Sandbox, secret_key: &str) -> Control {
        Control {
            reach: Reach::Here(sandbox),
            secret_key: secret_key.to_owned(),
        }
    }

    /// All that the world holds, each kind in a list, oldest first.
    pub async fn state(&self) -> Result<Value> {
        self.get("state").await
    }

    /// Empties the world, and forgets what was planned for it.
    pub async fn reset(&self) -> Result<()> {
        self.tell("reset", &json!({})).await
    }

    /// Takes everything the world holds, to begin others from.
    pub async fn snapshot(&self) -> Result<Snapshot> {
        self.get("snapshot").await
    }

    /// Puts the world back to a snapshot, of itself or of another.
    pub async fn seed(&self, snapshot: &Snapshot) -> Result<()> {
        self.tell("seed", snapshot).await
    }

    /// Empties the world; the same calls then give the same ids.
    pub async fn seed_ids(&self, ids: u64) -> Result<()> {
        self.tell("seed", &json!({ "ids": ids })).await
    }

    /// Lets something go wrong with the calls to come.
    pub async fn fail(&self, plan: &PlannedFault) -> Result<()> {
        self.tell("faults", plan).await
    }

    /// Lets an event to come go astray.
    pub async fn misdeliver(&self, plan: &PlannedWebhookFault) -> Result<()> {
        self.tell("webhooks", &json!({ "faults": [plan] })).await
    }

    /// Sends new events, or keeps them.
    pub async fn webhooks(&self, mode: DeliveryMode) -> Result<()> {
        self.tell("webhooks", &json!({ "mode": mode })).await
    }

    /// Sends an event to its receivers once more.
    pub async fn redeliver(&self, event: &str) -> Result<()> {
        self.tell("webhooks", &json!({ "redeliver": event })).await
    }

    /// Sends an event once more to one endpoint that was made by API.
    pub async fn redeliver_to(&self, event: &str, webhook_endpoint: &str) -> Result<()> {
        let asked = json!({ "redeliver": event, "webhook_endpoint": webhook_endpoint });
        self.tell("webhooks", &asked).await
    }

    /// Says what the next so many cards do.
    pub async fn next(&self, outcome: Outcome, times: u16) -> Result<()> {
        let planned = json!({ "outcome": outcome, "times": times });
        self.tell("outcomes", &planned).await
    }

    /// Answers 3-D Secure, or the page that a method leads to, as the shopper would: of an intent in `requires_action`.
    /// Where the shopper goes then; none if they never left the page.
    pub async fn answer(&self, intent: &str, answer: ShopperAnswer) -> Result<Option<String>> {
        #[derive(Deserialize)]
        struct Back {
            return_url: Option<String>,
        }
        let asked = json!({ "intent": intent, "answer": answer });
        let back: Back = self.post("answers", &asked).await?;
        Ok(back.return_url)
    }

    /// What time it is in the world.
    pub async fn clock(&self) -> Result<Clock> {
        self.get("clock").await
    }

    /// Moves the world's time forward, and does all that comes due.
    pub async fn advance(&self, seconds: u32) -> Result<Clock> {
        self.post("clock", &json!({ "advance_seconds": seconds }))
            .await
    }

    /// Stops the world's clock, or lets it go on from where it stands.
    pub async fn freeze(&self, frozen: bool) -> Result<Clock> {
        self.post("clock", &json!({ "frozen": frozen })).await
    }

    /// What is assumed of Stripe.
    pub async fn assumptions(&self) -> Result<Assumptions> {
        self.get("assumptions").await
    }

    /// Assumes something else.
    pub async fn assume(&self, assumptions: &Assumptions) -> Result<()> {
        self.tell("assumptions", assumptions).await
    }

    /// How Stripe.js misbehaves.
    pub async fn quirks(&self) -> Result<Quirks> {
        self.get("quirks").await
    }

    /// Lets Stripe.js and its frames misbehave, from the next page on.
    pub async fn misbehave(&self, quirks: &Quirks) -> Result<()> {
        self.tell("quirks", quirks).await
    }

    /// The first fifty worlds, the latest used first. Over HTTP only from the sandbox's own machine, unless it lets
    /// everybody look.
    pub async fn worlds(&self) -> Result<Vec<WorldSummary>> {
        #[derive(Deserialize)]
        struct List {
            data: Vec<WorldSummary>,
        }
        match &self.reach {
            Reach::Http { .. } => self.get("worlds").await.map(|list: List| list.data),
            Reach::Here(sandbox) => Ok(sandbox.worlds().into_iter().take(50).collect()),
        }
    }

    async fn get<T: DeserializeOwned>(&self, control: &str) -> Result<T> {
        let answer = self.ask("GET", control, Vec::new()).await?;
        Ok(serde_json::from_slice(&answer)?)
    }

    async fn post<T: DeserializeOwned>(&self, control: &str, body: &impl Serialize) -> Result<T> {
        let answer = self.ask("POST", control, serde_json::to_vec(body)?).await?;
        Ok(serde_json::from_slice(&answer)?)
    }

    /// For what answers nothing.
    async fn tell(&self, control: &str, body: &impl Serialize) -> Result<()> {
        let body = serde_json::to_vec(body)?;
        self.ask("POST", control, body).await.map(|_| ())
    }

    async fn ask(&self, method: &str, control: &str, body: Vec<u8>) -> Result<Vec<u8>> {
        let path = format!("/_control/{control}");
        let (status, answer) = match &self.reach {
            Reach::Http { client, url } => {
                let address = format!("{url}{path}");
                let request = match method {
                    "GET" => client.get(address),
                    _ => client.post(address).body(body),
                };
                let answer = request.bearer_auth(&self.secret_key).send().await?;
                (answer.status().as_u16(), answer.bytes().await?.to_vec())
            }
            Reach::Here(sandbox) => {
                let request = Request {
                    method: method.to_owned(),
                    path,
                    authorization: Some(format!("Bearer {}", self.secret_key)),
                    body,
                    ..Request::default()
                };
                let answer = sandbox.answer(&request, None).await;
                (answer.status, answer.body.into_bytes())
            }
        };
        if status == 200 {
            return Ok(answer);
        }
        let error: Value = serde_json::from_slice(&answer)?;
        let message = error["error"]["message"].as_str().unwrap_or_default();
        Err(ControlError::Refused {
            status,
            message: message.to_owned(),
        })
    }
}

impl fmt::Debug for Control {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reach = match &self.reach {
            Reach::Http { url, .. } => url,
            Reach::Here(_) => "here",
        };
        formatter
            .debug_struct("Control")
            .field("reach", &reach)
            .finish_non_exhaustive()
    }
}
