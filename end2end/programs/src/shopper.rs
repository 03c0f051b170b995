//! A shopper whose browser never gives up: what is lost is asked for again, as the checkout page does it.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::{Client, Response, redirect};
use serde_json::{Value, json};

use crate::processes::SECRET_KEY;

const PAYS: &str = "pm_card_visa";
const DECLINED: &str = "pm_card_visa_chargeDeclined";
const DETAILS: &str = "email=ada%40example.com&name=Ada+Lovelace&line1=12+St+James%27s+Square&line2=&city=London&\
                       state=&postal_code=SW1Y+4JH&country=GB";
const PAUSE: Duration = Duration::from_millis(50);

/// Somebody with a browser of their own.
pub struct Shopper {
    client: Client,
    shop: String,
    stripe: String,
    cookie: Option<String>,
}

impl Shopper {
    /// Somebody who has not been there before.
    ///
    /// # Errors
    /// There is no client.
    pub fn new(shop: &str, stripe: &str) -> Result<Shopper> {
        Ok(Shopper {
            client: Client::builder()
                .redirect(redirect::Policy::none())
                .timeout(Duration::from_secs(40))
                .build()?,
            shop: shop.to_owned(),
            stripe: stripe.to_owned(),
            cookie: None,
        })
    }

    /// Puts a bell into the cart, orders it, and says where it goes to; the order's key.
    ///
    /// # Errors
    /// The shop refuses.
    pub async fn order(&mut self) -> Result<String> {
        self.post("/cart", "action=add&sku=service-bell").await?;
        let placed = self.post("/checkout", "").await?;
        let place = placed
            .headers()
            .get(LOCATION)
            .context("no way to the checkout")?;
        let key = place.to_str()?.trim_start_matches("/checkout/").to_owned();
        self.post(&format!("/checkout/{key}"), DETAILS).await?;
        Ok(key)
    }

    /// Pays, with a first card that is declined if so told, and asks until it is paid.
    ///
    /// # Errors
    /// The shop says something that leads nowhere.
    pub async fn pay(&self, key: &str, declined_first: bool) -> Result<()> {
        let mut token = self
            .token(if declined_first { DECLINED } else { PAYS })
            .await?;
        let (mut number, mut total) = (1, bell());
        let mut confirms = true;
        loop {
            let answer = if confirms {
                self.confirm(key, number, &token, &total).await
            } else {
                tokio::time::sleep(4 * PAUSE).await;
                let question = json!({ "question": { "key": key, "number": number } });
                self.call("order_outcome", &question).await
            };
            confirms = false;
            let Some(answer) = answer else { continue };
            let next = answer["next_number"].as_u64().context("no next number")?;
            let outcome = &answer["outcome"];
            match outcome.as_str() {
                Some("Paid") => return Ok(()),
                Some("Checking") => {}
                Some("NotReceived") => (number, confirms) = (next, true),
                _ if outcome.get("Declined").is_some() => {
                    token = self.token(PAYS).await?;
                    (number, confirms) = (next, true);
                }
                _ if outcome["Refused"].get("TotalChanged").is_some() => {
                    // A lost answer put a second bell into the cart.
                    total = outcome["Refused"]["TotalChanged"]["total"].clone();
                    (number, confirms) = (next, true);
                }
                _ if outcome["Refused"] == "BeingPaid" => {}
                _ => bail!("the shop says {answer}"),
            }
        }
    }

    /// Presses the button for the first time, with a token made before; what the shop says.
    ///
    /// # Errors
    /// No answer comes.
    pub async fn press(&self, key: &str, token: &str) -> Result<Value> {
        let answer = self.confirm(key, 1, token, &bell()).await;
        answer.context("no answer")
    }

    async fn confirm(&self, key: &str, number: u64, token: &str, total: &Value) -> Option<Value> {
        let request = json!({ "request": {
            "key": key, "number": number, "token": token, "total_shown": total,
        } });
        self.call("confirm_order", &request).await
    }

    /// A token of a card that pays.
    ///
    /// # Errors
    /// Stripe makes none.
    pub async fn token_that_pays(&self) -> Result<String> {
        self.token(PAYS).await
    }

    /// A ConfirmationToken, as the browser makes one.
    async fn token(&self, card: &str) -> Result<String> {
        let url = format!("{}/v1/test_helpers/confirmation_tokens", self.stripe);
        let asked = self.client.post(url).bearer_auth(SECRET_KEY);
        let asked = asked
            .header("content-type", "application/x-www-form-urlencoded")
            .body(format!("payment_method={card}"));
        let made = asked.send().await?;
        let made: Value = made.error_for_status()?.json().await?;
        Ok(made["id"].as_str().context("no token")?.to_owned())
    }

    /// A call of the payment form; none if its answer is lost.
    async fn call(&self, function: &str, arguments: &Value) -> Option<Value> {
        let url = format!("{}/api/{function}", self.shop);
        let asked = self
            .client
            .post(url)
            .header("sec-fetch-site", "same-origin");
        let answer = asked.json(arguments).send().await.ok()?;
        answer.error_for_status().ok()?.json().await.ok()
    }

    /// A form, sent until it is answered.
    async fn post(&mut self, path: &str, form: &str) -> Result<Response> {
        loop {
            let mut asked = self
                .client
                .post(format!("{}{path}", self.shop))
                .header("sec-fetch-site", "same-origin")
                .header("content-type", "application/x-www-form-urlencoded")
                .body(form.to_owned());
            if let Some(cookie) = &self.cookie {
                asked = asked.header(COOKIE, cookie);
            }
            match asked.send().await {
                Ok(answer) if answer.status().is_redirection() => {
                    if let Some(given) = answer.headers().get(SET_COOKIE) {
                        let given = given.to_str()?.split(';').next().unwrap_or_default();
                        self.cookie = Some(given.to_owned());
                    }
                    return Ok(answer);
                }
                Ok(answer) if answer.status().is_client_error() => {
                    bail!("{path} was answered with {}", answer.status())
                }
                _ => tokio::time::sleep(PAUSE).await,
            }
        }
    }
}

/// What a bell costs.
fn bell() -> Value {
    json!({ "amount_minor": 2_400, "currency": "usd" })
}
