//! A world for one test: a Stripe of its own, a database of its own, and shops over the two. It knows no rule of
//! payments: it opens, plays the browser and Stripe.js, and lets tests look into the books and at Stripe.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use server::Parts;
use server::config::Config;
use stripe_sandbox::{Options, Running, Sandbox};
use tempfile::TempDir;
use tower::ServiceExt;

pub const WEBHOOK_SECRETS: [&str; 2] = ["whsec_ofToday", "whsec_ofYesterday"];
pub const SITE_URL: &str = "http://127.0.0.1:3000";
pub const FORM: &str = "application/x-www-form-urlencoded";
/// Who orders. Nothing of it may ever stand in a log.
pub const DETAILS: &str = "email=ada%40example.com&name=Ada+Lovelace&line1=12+St+James%27s+Square&line2=&city=London&\
                           state=&postal_code=SW1Y+4JH&country=GB";

pub const VISA: &str = "4242424242424242";
pub const ASKS_THE_BANK: &str = "4000000000003220";
pub const NO_FUNDS: &str = "4000000000009995";

pub struct World {
    stripe: Running,
    folder: TempDir,
}

impl World {
    pub async fn new() -> World {
        crate::secrets::watch();
        World {
            stripe: Sandbox::start(Options::default()).await.unwrap(),
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub fn config(&self) -> Config {
        let url = self.stripe.url();
        let folder = self.folder.path().display();
        Config::from_vars(|name| {
            Some(match name {
                "STRIPE_SECRET_KEY" => "sk_test_w".to_owned(),
                "STRIPE_PUBLISHABLE_KEY" => "pk_test_w".to_owned(),
                "STRIPE_WEBHOOK_SECRET" => WEBHOOK_SECRETS.join(","),
                "STRIPE_API_URL" => url.to_owned(),
                "STRIPE_JS_URL" => format!("{url}/endive/stripe.js"),
                "DATABASE_URL" => format!("sqlite://{folder}/till.db"),
                "LEPTOS_SITE_ROOT" => format!("{folder}/site"),
                _ => return None,
            })
        })
        .unwrap()
    }

    /// A shop over this world's database: a second one is the same shop after a restart.
    pub async fn shop(&self) -> Shop {
        Shop::of(
            Parts::open(self.config(), SITE_URL.to_owned())
                .await
                .unwrap(),
        )
    }

    pub fn site_root(&self) -> std::path::PathBuf {
        self.folder.path().join("site")
    }

    /// How many rows a query finds in the books, read past the shop.
    pub async fn count(&self, from: &str) -> i64 {
        self.number(&format!("SELECT count(*) FROM {from}")).await
    }

    pub async fn number(&self, query: &str) -> i64 {
        let db = rusqlite::Connection::open(self.folder.path().join("till.db")).unwrap();
        db.query_row(query, [], |row| row.get(0)).unwrap()
    }

    /// One call to Stripe with a key, past the shop.
    async fn ask_stripe(
        &self,
        key: &str,
        method: &str,
        path: &str,
        content_type: &str,
        body: String,
    ) -> Value {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "127.0.0.1")
            .header(header::AUTHORIZATION, format!("Bearer {key}"))
            .header(header::CONTENT_TYPE, content_type)
            .body(Body::from(body))
            .unwrap();
        let page = Page::read(
            self.stripe
                .sandbox()
                .router()
                .oneshot(request)
                .await
                .unwrap(),
        )
        .await;
        let value = serde_json::from_str(&page.body).unwrap();
        assert_eq!(page.status, StatusCode::OK, "{path}: {value}");
        value
    }

    pub async fn control(&self, what: &str, body: Value) {
        let path = format!("/_control/{what}");
        self.ask_stripe(
            "sk_test_w",
            "POST",
            &path,
            "application/json",
            body.to_string(),
        )
        .await;
    }

    /// The next `times` calls there fail like that.
    pub async fn fault(&self, path: &str, times: u32, fault: Value) {
        self.control(
            "faults",
            json!({ "method": "POST", "path": path, "times": times, "fault": fault }),
        )
        .await;
    }

    pub async fn post_to_stripe(&self, path: &str, body: String) -> Value {
        self.ask_stripe("sk_test_w", "POST", path, FORM, body).await
    }

    pub async fn state(&self) -> Value {
        self.ask_stripe("sk_test_w", "GET", "/_control/state", FORM, String::new())
            .await
    }

    pub async fn all(&self, what: &str) -> Vec<Value> {
        self.state().await[what].as_array().unwrap().clone()
    }

    /// How often money was taken.
    pub async fn charges(&self) -> usize {
        self.all("charges")
            .await
            .iter()
            .filter(|charge| charge["status"] == "succeeded")
            .count()
    }

    /// How often Stripe was posted to there.
    pub async fn posts(&self, path: &str) -> usize {
        let ours = |request: &&Value| {
            request["method"] == "POST"
                && match path.strip_suffix('*') {
                    Some(start) => request["path"].as_str().unwrap().starts_with(start),
                    None => request["path"] == path,
                }
        };
        self.all("requests").await.iter().filter(ours).count()
    }

    /// Every call the shop made to Stripe, in order.
    pub async fn calls(&self) -> Vec<String> {
        let requests = self.all("requests").await.into_iter();
        let ours = requests.filter(|it| it["path"] != "/v1/confirmation_tokens");
        ours.map(|it| {
            let text = |of: &str| it[of].as_str().unwrap_or_default().to_owned();
            format!("{} {}", text("method"), text("path"))
        })
        .collect()
    }

    /// A ConfirmationToken, made as Stripe.js makes it.
    pub async fn token(&self, card: &str, total: &Total) -> String {
        let form = format!(
            "payment_method_data[type]=card&payment_method_data[card][number]={card}&payment_method_data[card][exp_month]=12&\
             payment_method_data[card][exp_year]=2040&payment_method_data[card][cvc]=123&\
             payment_method_data[billing_details][email]=ada%40example.com&payment_method_data[billing_details][name]=Ada+Lovelace&\
             client_context[mode]=payment&client_context[amount]={}&client_context[currency]={}",
            total.amount_minor, total.currency
        );
        let token = self
            .ask_stripe("pk_test_w", "POST", "/v1/confirmation_tokens", FORM, form)
            .await;
        token["id"].as_str().unwrap().to_owned()
    }

    /// A ConfirmationToken that no page declared an amount for.
    pub async fn bare_token(&self, card: &str) -> String {
        let form = format!("payment_method={card}");
        let token = self
            .post_to_stripe("/v1/test_helpers/confirmation_tokens", form)
            .await;
        token["id"].as_str().unwrap().to_owned()
    }

    /// The shopper answers the bank's question about the newest intent that asks one.
    pub async fn answer_the_bank(&self, answer: &str) {
        let intents = self.all("payment_intents").await;
        let asking = intents
            .iter()
            .rev()
            .find(|intent| intent["status"] == "requires_action")
            .unwrap();
        let source = asking["next_action"]["use_stripe_sdk"]["three_d_secure_2_source"]
            .as_str()
            .unwrap();
        let path = format!("/3d_secure_2_test/{source}/{answer}");
        self.ask_stripe("sk_test_w", "POST", &path, FORM, String::new())
            .await;
    }
}

/// What a page shows as the total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    pub amount_minor: i64,
    pub currency: String,
}

pub fn usd(amount_minor: i64) -> Total {
    Total {
        amount_minor,
        currency: "usd".to_owned(),
    }
}

/// A shop, asked without a network. Clones are the same shop.
#[derive(Clone)]
pub struct Shop {
    pub parts: Parts,
    router: Router,
}

impl Shop {
    pub fn of(parts: Parts) -> Shop {
        Shop {
            router: server::router(parts.clone()),
            parts,
        }
    }

    pub async fn send(&self, request: Request<Body>) -> Page {
        Page::read(self.router.clone().oneshot(request).await.unwrap()).await
    }

    pub async fn get(&self, path: &str) -> Page {
        self.send(Request::get(path).body(Body::empty()).unwrap())
            .await
    }

    /// A call of the payment form.
    pub async fn call(&self, function: &str, arguments: &Value) -> Page {
        let request = Request::post(format!("/api/{function}"))
            .header(header::CONTENT_TYPE, "application/json")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(arguments.to_string()))
            .unwrap();
        self.send(request).await
    }

    /// The answer to `confirm_order`.
    pub async fn confirm(&self, key: &str, number: u32, token: &str, total: &Total) -> Value {
        let page = self
            .call("confirm_order", &confirmation(key, number, token, total))
            .await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        page.json()
    }

    /// The answer to `order_outcome`.
    pub async fn outcome(&self, key: &str, number: u32) -> Value {
        let page = self
            .call(
                "order_outcome",
                &json!({ "question": { "key": key, "number": number } }),
            )
            .await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        page.json()
    }

    /// Waits until the order page says so.
    pub async fn order_says(&self, key: &str, words: &str) {
        until(words, async || {
            let page = self.get(&format!("/orders/{key}")).await;
            page.body.contains(&format!(">{words}</p>"))
        })
        .await;
    }

    /// What the clerk does in a round.
    pub async fn clerk(&self) {
        let payments = &self.parts.payments;
        payments.work_events().await.unwrap();
        payments.work_operations(0).await.unwrap();
        payments.work_attempts(0).await.unwrap();
    }

    /// A signed webhook comes in.
    pub async fn webhook(&self, body: &str, signature: Option<&str>) -> Page {
        let mut request =
            Request::post("/stripe/webhook").header(header::CONTENT_TYPE, "application/json");
        if let Some(signature) = signature {
            request = request.header("stripe-signature", signature);
        }
        self.send(request.body(Body::from(body.to_owned())).unwrap())
            .await
    }

    /// An event of Stripe's state comes in, signed as it should be.
    pub async fn deliver(&self, event: &Value) -> Page {
        let body = event.to_string();
        self.webhook(&body, Some(&sign(&body, WEBHOOK_SECRETS[0], 0)))
            .await
    }
}

/// A signature made `age_s` seconds ago.
pub fn sign(body: &str, secret: &str, age_s: i64) -> String {
    let secret = stripe_rest::WebhookSecret::parse(secret).unwrap();
    stripe_rest::webhook::sign(body.as_bytes(), &secret, now_s() - age_s)
}

pub fn now_s() -> i64 {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap();
    i64::try_from(since.as_secs()).unwrap()
}

pub fn confirmation(key: &str, number: u32, token: &str, total: &Total) -> Value {
    json!({ "request": {
        "key": key, "number": number, "token": token,
        "total_shown": { "amount_minor": total.amount_minor, "currency": total.currency },
    } })
}

/// An answer, read whole.
#[derive(Debug)]
pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Page {
    async fn read(response: axum::response::Response) -> Page {
        let (head, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Page {
            status: head.status,
            headers: head.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.body))
    }

    /// Where it leads.
    #[track_caller]
    pub fn leads_to(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.body);
        self.header("location")
    }

    /// Every word must stand in the HTML itself.
    #[track_caller]
    pub fn says(&self, words: &[&str]) {
        for word in words {
            assert!(self.body.contains(word), "no “{word}” in: {}", self.body);
        }
    }
}

/// A browser without script: it keeps its cart cookie and posts forms.
#[derive(Clone)]
pub struct Browser {
    pub shop: Shop,
    pub cookie: Option<String>,
}

impl Browser {
    pub fn of(shop: &Shop) -> Browser {
        Browser {
            shop: shop.clone(),
            cookie: None,
        }
    }

    pub async fn get(&self, path: &str) -> Page {
        self.ask(Method::GET, path, "").await
    }

    pub async fn post(&mut self, path: &str, form: &str) -> Page {
        let page = self.ask(Method::POST, path, form).await;
        let given = page
            .header("set-cookie")
            .split(';')
            .next()
            .unwrap_or_default();
        if !given.is_empty() {
            self.cookie = Some(given.to_owned());
        }
        page
    }

    async fn ask(&self, method: Method, path: &str, form: &str) -> Page {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, FORM);
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        self.shop
            .send(request.body(Body::from(form.to_owned())).unwrap())
            .await
    }

    pub async fn add(&mut self, sku: &str) {
        let page = self.post("/cart", &format!("action=add&sku={sku}")).await;
        assert_eq!(page.leads_to(), "/cart");
    }

    /// Presses Checkout; the order's key.
    pub async fn check_out(&mut self) -> String {
        let page = self.post("/checkout", "").await;
        page.leads_to()
            .strip_prefix("/checkout/")
            .unwrap()
            .to_owned()
    }

    /// A new shopper orders a bell, 2400 cents, and says where it goes; the order's key.
    pub async fn orders_a_bell(shop: &Shop) -> (Browser, String) {
        let mut browser = Browser::of(shop);
        browser.add("service-bell").await;
        let key = browser.check_out().await;
        let path = format!("/checkout/{key}");
        assert_eq!(browser.post(&path, DETAILS).await.leads_to(), path);
        (browser, key)
    }

    pub async fn cart_count(&self) -> String {
        let page = self.get("/cart").await;
        let (_, after) = page.body.split_once("aria-label=\"Cart, ").unwrap();
        after.split_once('"').unwrap().0.to_owned()
    }
}

/// The price of a bell.
pub fn bell() -> Total {
    usd(2_400)
}

/// Waits until something is so.
pub async fn until(what: &str, mut so: impl AsyncFnMut() -> bool) {
    for _ in 0..1_500 {
        if so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it never came to: {what}");
}
