//! The router without a network: addresses, content types, CORS.

use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use stripe_sandbox::{Options, Sandbox};
use tower::ServiceExt;

async fn ask(method: &str, path: &str) -> (Response<()>, String) {
    let sandbox = Sandbox::new(Options::default()).expect("a sandbox");
    let request = Request::builder()
        .method(method)
        .uri(path)
        .body(Body::empty())
        .expect("a request");
    let response = sandbox.router().oneshot(request).await.expect("an answer");
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.expect("a body").to_bytes();
    (
        Response::from_parts(parts, ()),
        String::from_utf8_lossy(&bytes).into_owned(),
    )
}

#[tokio::test]
async fn the_browser_s_files_are_where_stripe_has_them() {
    for (path, content_type, content) in [
        (
            "/endive/stripe.js",
            "text/javascript; charset=utf-8",
            "createConfirmationToken",
        ),
        (
            "/v3",
            "text/javascript; charset=utf-8",
            "createConfirmationToken",
        ),
        (
            "/v3/",
            "text/javascript; charset=utf-8",
            "createConfirmationToken",
        ),
        (
            "/acacia/stripe.js",
            "text/javascript; charset=utf-8",
            "createConfirmationToken",
        ),
        (
            "/v3/elements-inner-payment-0abc.html",
            "text/html; charset=utf-8",
            "<script",
        ),
        (
            "/v3/three-ds-2-challenge-0abc.html",
            "text/html; charset=utf-8",
            "LightboxModalContent",
        ),
        (
            "/3d_secure_2_test/payatt_1",
            "text/html; charset=utf-8",
            "test-source-authorize-3ds",
        ),
        (
            "/test_payment/ideal/payatt_1",
            "text/html; charset=utf-8",
            "formaction=\"payatt_1/authorize\">Authorize test payment<",
        ),
        (
            "/test_payment/3d_secure/payatt_1",
            "text/html; charset=utf-8",
            "3D Secure test payment page",
        ),
        (
            "/js/payment/main.js",
            "text/javascript; charset=utf-8",
            "openFrame",
        ),
        ("/js/shared/form.css", "text/css; charset=utf-8", "{"),
        ("/", "text/html; charset=utf-8", "<mark>sandbox</mark>"),
    ] {
        let (response, body) = ask("GET", path).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        assert_eq!(
            response.headers()[header::CONTENT_TYPE],
            content_type,
            "{path}"
        );
        assert!(body.contains(content), "{path}");
        assert!(
            response.headers().get(header::X_FRAME_OPTIONS).is_none(),
            "{path}"
        );
    }
}

#[tokio::test]
async fn nothing_else_is_served() {
    for path in [
        "/v3/elements-inner-nothing-1.html",
        "/js/README.md",
        "/js/../Cargo.toml",
        "/js/none.js",
        "/test_payment/giropay/payatt_1",
        "/test_payment/ideal/%22%3E%3Cscript%3E",
        "/nowhere",
    ] {
        assert_eq!(
            ask("GET", path).await.0.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test]
async fn browsers_may_call_the_api_from_any_page() {
    let (preflight, _) = ask("OPTIONS", "/v1/confirmation_tokens").await;
    assert_eq!(preflight.status(), StatusCode::NO_CONTENT);
    let allowed = preflight.headers()[header::ACCESS_CONTROL_ALLOW_HEADERS]
        .to_str()
        .expect("text");
    assert!(allowed.contains("Authorization"));
    // A refusal must reach the page as an answer, too.
    let (refused, body) = ask("POST", "/v1/confirmation_tokens").await;
    assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(refused.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
    assert!(body.contains("invalid_request_error"));
}
