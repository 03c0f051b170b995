//! A shopper whose browser never gives up: what is lost is asked for again, as the checkout page does it.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::{Client, Response, redirect};
use serde_json::{Value, json};

const PAYS: &str = "pm_card_visa";
const DECLINED: &str = "pm_card_visa_chargeDeclined";
const DETAILS: &str = "email=ada%40example.com&name=Ada+Lovelace&line1=12+St+James%27s+Square&line2=&city=London&\
                       state=&postal_code=SW1Y+4JH&country=GB";
const PAUSE: Duration = Duration::from_millis(50);

struct Shopper {
    client: Client,
    shop: String,
    stripe: String,
    cookie: Option<String>,
}

/// Orders a bell and pays for it, with a first card that is declined if so told; the order's key.
pub async fn pays(shop: String, stripe: String, declined_first: bool) -> Result<String> {
    let client = Client::builder()
        .redirect(redirect::Policy::none())
        .timeout(Duration::from_secs(40))
        .build()?;
    let mut shopper = Shopper {
        client,
        shop,
        stripe,
        cookie: None,
    };
    shopper.post("/cart", "action=add&sku=service-bell").await?;
    let placed = shopper.post("/checkout", "").await?;
    let place = placed
        .headers()
        .get(LOCATION)
        .context("no way to the checkout")?;
    let key = place.to_str()?.trim_start_matches("/checkout/").to_owned();
    shopper.post(&format!("/checkout/{key}"), DETAILS).await?;
    shopper.pay(&key, declined_first).await?;
    Ok(key)
}

impl Shopper {
    async fn pay(&self, key: &str, declined_first: bool) -> Result<()> {
        let mut token = self
            .token(if declined_first { DECLINED } else { PAYS })
            .await?;
        let (mut number, mut total) = (1, json!({ "amount_minor": 2_400, "currency": "usd" }));
        let mut confirms = true;
        loop {
            let answer = if confirms {
                let request = json!({ "request": {
                    "key": key, "number": number, "token": token, "total_shown": total,
                } });
                self.call("confirm_order", &request).await
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

    /// A ConfirmationToken, as the browser makes one.
    async fn token(&self, card: &str) -> Result<String> {
        let url = format!("{}/v1/test_helpers/confirmation_tokens", self.stripe);
        let asked = self.client.post(url).bearer_auth("sk_test_crash");
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
