//! What an address answers: status, words in the HTML itself, and headers.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use checkout::OrderKey;
use orders::OrderStore;

use crate::world::{ASKS_THE_BANK, Browser, Page, VISA, World, bell};

/// The page's policy, one directive each.
fn policy(page: &Page) -> Vec<&str> {
    page.header("content-security-policy").split("; ").collect()
}

fn nonce(page: &Page) -> String {
    let script = policy(page)
        .into_iter()
        .find(|part| part.starts_with("script-src"))
        .unwrap();
    let (_, after) = script.split_once("'nonce-").unwrap();
    after.split_once('\'').unwrap().0.to_owned()
}

#[tokio::test]
async fn every_page_has_its_words_in_the_html_itself() {
    let world = World::new().await;
    let shop = world.shop().await;
    let mut browser = Browser::of(&shop);

    let page = browser.get("/").await;
    assert_eq!(page.status, StatusCode::OK);
    page.says(&[
        "<!DOCTYPE html>",
        "Service Bell",
        "$24.00",
        "Night Shift Lamp",
        ">Add to cart<",
        "Cart, 0 items",
        "Test mode",
    ]);

    let page = browser.get("/cart").await;
    assert_eq!(page.status, StatusCode::OK);
    page.says(&["Your cart", "Nothing in it yet."]);

    browser.add("service-bell").await;
    browser.add("desk-lamp").await;
    browser.get("/cart").await.says(&[
        "Service Bell",
        "Night Shift Lamp",
        "$153.00",
        ">Checkout<",
        "Cart, 2 items",
    ]);

    let key = browser.check_out().await;
    let reference = OrderKey::parse(&key).unwrap().reference();
    let page = browser.get(&format!("/checkout/{key}")).await;
    assert_eq!(page.status, StatusCode::OK);
    page.says(&["Where should it go?", "E-mail", "Service Bell", "$153.00"]);

    let page = browser.get(&format!("/orders/{key}")).await;
    assert_eq!(page.status, StatusCode::OK);
    page.says(&[
        &reference,
        "Waiting for payment",
        "Pay for this order",
        "$153.00",
    ]);
}

#[tokio::test]
async fn what_is_not_there_is_said_in_words_with_404() {
    let world = World::new().await;
    let shop = world.shop().await;
    let unknown = OrderKey::from_random([7; 16]);
    for path in [
        unknown.order_page(),
        unknown.checkout_page(),
        "/orders/x".to_owned(),
        "/checkout/x".to_owned(),
        "/orders/..%2F..%2Fetc%2Fpasswd".to_owned(),
        format!("/orders/{}", unknown.as_str().to_uppercase()),
        "/orders/%F0%9F%92%B3".to_owned(),
        "/nothing-here".to_owned(),
        "/orders".to_owned(),
        "/..%2f..%2fetc/passwd".to_owned(),
    ] {
        let page = shop.get(&path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        page.says(&["Not found", "There is nothing here.", "Back to the shop"]);
    }
}

#[tokio::test]
async fn a_reload_of_the_checkouts_own_address_leads_to_the_cart() {
    let world = World::new().await;
    let shop = world.shop().await;
    assert_eq!(shop.get("/checkout").await.leads_to(), "/cart");
}

#[tokio::test]
async fn the_health_page_reads_the_books() {
    let world = World::new().await;
    let shop = world.shop().await;
    let page = shop.get("/health").await;
    assert_eq!((page.status, page.body.as_str()), (StatusCode::OK, "ok"));
    shop.parts.payments.store().close().await;
    assert_eq!(
        shop.get("/health").await.status,
        StatusCode::INTERNAL_SERVER_ERROR
    );
}

#[tokio::test]
async fn only_the_payment_form_may_run_scripts_and_each_answer_has_its_own_nonce() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (browser, key) = Browser::orders_a_bell(&shop).await;
    for path in [
        "/",
        "/cart",
        &format!("/orders/{key}"),
        &format!("/checkout/{key}?edit=details"),
        "/nothing-here",
    ] {
        let page = browser.get(path).await;
        assert!(
            !page.body.contains("<script") && !page.body.contains("<leptos-island"),
            "{path}"
        );
        let policy = policy(&page);
        assert!(
            policy.contains(&"default-src 'none'") && policy.contains(&"frame-ancestors 'none'"),
            "{path}: {policy:?}"
        );
        assert!(
            !policy
                .iter()
                .any(|part| part.starts_with("script-src") || part.starts_with("frame-src")),
            "{path}"
        );
    }

    let path = format!("/checkout/{key}");
    let (first, second) = (browser.get(&path).await, browser.get(&path).await);
    assert_ne!(nonce(&first), nonce(&second));
    for page in [first, second] {
        let nonce = nonce(&page);
        assert_eq!(page.body.matches("<script").count(), 1);
        page.says(&[
            "<leptos-island",
            &format!("<script type=\"module\" nonce=\"{nonce}\">"),
        ]);
        let sandbox = world
            .config()
            .js_url
            .trim_end_matches("/endive/stripe.js")
            .to_owned();
        let policy = policy(&page);
        for part in [
            "default-src 'none'".to_owned(),
            "base-uri 'none'".to_owned(),
            "form-action 'self'".to_owned(),
            format!("connect-src 'self' {sandbox}"),
            format!("frame-src {sandbox}"),
            format!("script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'"),
        ] {
            assert!(policy.contains(&part.as_str()), "no {part} in {policy:?}");
        }
    }
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_guard_it() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (_, key) = Browser::orders_a_bell(&shop).await;
    for path in [
        "/",
        "/cart",
        &format!("/checkout/{key}"),
        &format!("/orders/{key}"),
        "/nothing-here",
        "/health",
        "/pkg/none.js",
    ] {
        let page = shop.get(path).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "strict-origin-when-cross-origin"),
            ("cross-origin-opener-policy", "same-origin-allow-popups"),
        ] {
            assert_eq!(page.header(name), value, "{path}");
        }
        assert!(
            page.header("content-security-policy")
                .contains("default-src 'none'"),
            "{path}"
        );
        if page.header("content-type").starts_with("text/html") {
            assert_eq!(page.header("cache-control"), "no-store", "{path}");
        }
    }
    let page = shop
        .call(
            "order_outcome",
            &serde_json::json!({ "question": { "key": key, "number": 1 } }),
        )
        .await;
    assert_eq!(page.header("cache-control"), "no-store");
}

#[tokio::test]
async fn built_files_are_kept_for_ever_and_served_as_they_were_compressed() {
    let world = World::new().await;
    let pkg = world.site_root().join("pkg");
    std::fs::create_dir_all(&pkg).unwrap();
    std::fs::write(pkg.join("till.abc.wasm"), "plain").unwrap();
    std::fs::write(pkg.join("till.abc.wasm.br"), "small").unwrap();
    std::fs::write(pkg.join("till.abc.css"), "plain").unwrap();
    std::fs::write(world.site_root().join("favicon.svg"), "<svg/>").unwrap();
    let shop = world.shop().await;
    let get = async |path: &str, accepts: &str| {
        shop.send(
            Request::get(path)
                .header(header::ACCEPT_ENCODING, accepts)
                .body(Body::empty())
                .unwrap(),
        )
        .await
    };
    for (path, accepts, encoding, body, kind) in [
        (
            "/pkg/till.abc.wasm",
            "gzip, br",
            "br",
            "small",
            "application/wasm",
        ),
        (
            "/pkg/till.abc.wasm",
            "identity",
            "",
            "plain",
            "application/wasm",
        ),
        ("/pkg/till.abc.css", "gzip, br", "", "plain", "text/css"),
    ] {
        let page = get(path, accepts).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert_eq!(page.header("content-encoding"), encoding, "{path}");
        assert_eq!(page.header("content-type"), kind, "{path}");
        assert_eq!(
            page.header("cache-control"),
            "public, max-age=31536000, immutable",
            "{path}"
        );
        assert_eq!(page.body, body, "{path}");
    }
    let page = get("/pkg/till.other.wasm", "br").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(!page.header("cache-control").contains("immutable"));
    let page = get("/favicon.svg", "br").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.header("cache-control").contains("immutable"));
}

#[tokio::test]
async fn each_state_of_an_order_has_its_page_and_the_query_is_never_believed() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (_, key) = Browser::orders_a_bell(&shop).await;
    let (order, checkout) = (format!("/orders/{key}"), format!("/checkout/{key}"));
    let lie = format!(
        "{order}?payment_intent=pi_1&payment_intent_client_secret=pi_1_secret_x&redirect_status=succeeded"
    );
    // It does not even stay in the address: it holds a client secret.
    assert_eq!(shop.get(&lie).await.leads_to(), order);
    let page = shop.get(&order).await;
    page.says(&["Waiting for payment"]);
    assert!(!page.body.contains(">Paid</p>"));

    let token = world.token(ASKS_THE_BANK, &bell()).await;
    shop.confirm(&key, 1, &token, &bell()).await;
    let page = shop.get(&order).await;
    page.says(&["Waiting for your bank", "Continue with your bank"]);
    assert_eq!(page.header("refresh"), "15");
    assert_eq!(shop.get(&checkout).await.status, StatusCode::OK);

    let token = world.token(VISA, &bell()).await;
    shop.confirm(&key, 2, &token, &bell()).await;
    let page = shop.get(&order).await;
    page.says(&[">Paid</p>", "ada", "London", "$24.00"]);
    assert_eq!(page.header("refresh"), "");
    assert_eq!(shop.get(&checkout).await.leads_to(), order);
}
