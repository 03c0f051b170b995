//! Where a key may go, where a path leads, and what headers say.

use super::*;

fn http(base_url: &str) -> Http {
    let key = SecretKey::parse("sk_test_hush").expect("a key of the tests");
    Http::new(&key, base_url).expect("an address of the tests")
}

#[test]
fn no_path_leads_to_another_host() {
    for (base_url, path, expected) in [
        ("http://localhost:1", "/v1/a", "http://localhost:1/v1/a"),
        ("http://localhost:1/", "/v1/a", "http://localhost:1/v1/a"),
        (
            "http://localhost:1/stripe/",
            "/v1/a",
            "http://localhost:1/stripe/v1/a",
        ),
        (
            "http://localhost:1",
            "//example.org/v1",
            "http://localhost:1//example.org/v1",
        ),
        (
            "http://localhost:1",
            "/v1/a?b#c",
            "http://localhost:1/v1/a%3Fb%23c",
        ),
    ] {
        assert_eq!(http(base_url).url(path, "").as_str(), expected);
    }
}

#[test]
fn a_key_goes_only_to_an_address_it_may_go_to() {
    const ELSEWHERE: &str = "a live key is used with https://api.stripe.com only";
    const ADDRESS: &str = "the Stripe address is not an http or https address";
    for (key, address, expected) in [
        ("sk_live_1", API_URL, None),
        ("sk_live_1", "https://api.stripe.com/", None),
        ("rk_live_1", "http://api.stripe.com", Some(ELSEWHERE)),
        ("sk_live_1", "https://api.stripe.com:8443", Some(ELSEWHERE)),
        (
            "sk_live_1",
            "https://api.stripe.com.example.org",
            Some(ELSEWHERE),
        ),
        (
            "sk_live_1",
            "https://api.stripe.com@example.org",
            Some(ADDRESS),
        ),
        ("sk_live_1", "http://127.0.0.1:1", Some(ELSEWHERE)),
        ("sk_test_1", API_URL, None),
        ("sk_test_1", "http://127.0.0.1:1", None),
        ("sk_test_1", "http://[::1]:1/stripe", None),
        ("sk_test_1", "", Some(ADDRESS)),
        ("sk_test_1", "api.stripe.com", Some(ADDRESS)),
        ("sk_test_1", "ftp://localhost", Some(ADDRESS)),
        ("sk_test_1", "http://localhost?a=b", Some(ADDRESS)),
        ("sk_test_1", "http://localhost#a", Some(ADDRESS)),
        ("sk_test_1", "http://a:b@localhost", Some(ADDRESS)),
    ] {
        let key = SecretKey::parse(key).expect("a key of the tests");
        let error = Http::new(&key, address)
            .err()
            .map(|error| error.to_string());
        assert_eq!(error.as_deref(), expected, "{address}");
    }
}

#[test]
fn a_proxy_is_never_asked_for_this_machine() {
    for (address, expected) in [
        ("http://127.0.0.1:1", true),
        ("http://127.1.2.3:1", true),
        ("http://[::1]:1", true),
        ("http://localhost:1", true),
        ("https://api.stripe.com", false),
        ("http://128.0.0.1", false),
        ("http://localhost.example.org", false),
    ] {
        let url = Url::parse(address).expect("an address of the tests");
        assert_eq!(is_loopback(&url), expected, "{address}");
    }
}

#[test]
fn headers_are_read_and_nonsense_in_them_is_ignored() {
    let retry = |value: &'static str| {
        let name = HeaderName::from_static("stripe-should-retry");
        let headers = HeaderMap::from_iter([(name, HeaderValue::from_static(value))]);
        read_head(200, &headers).should_retry
    };
    let after = |value: &'static str| {
        let name = HeaderName::from_static("retry-after");
        let headers = HeaderMap::from_iter([(name, HeaderValue::from_static(value))]);
        read_head(200, &headers).retry_after_ms
    };
    assert_eq!(retry("true"), Some(true));
    assert_eq!(retry("false"), Some(false));
    assert_eq!(retry("maybe"), None);
    assert_eq!(after("2"), Some(2_000));
    assert_eq!(after("18446744073709551615"), Some(u64::MAX));
    assert_eq!(after("-1"), None);
    assert_eq!(after("Wed, 21 Oct 2026 07:28:00 GMT"), None);
}
