//! Stripe's pages have hosts of their own. Where the sandbox is asked by Stripe's name, its pages are under theirs: those who
//! map `api.stripe.com` to the sandbox map these, too. Frames ask at `js.stripe.com`.

/// The bank's page of a 3-D Secure challenge.
pub(crate) const BANK: &str = "testmode-acs.stripe.com";
/// Pages that methods and banks redirect to.
pub(crate) const HOOKS: &str = "hooks.stripe.com";
/// The page of a Checkout Session.
pub(crate) const CHECKOUT: &str = "checkout.stripe.com";

/// The origin of a page that Stripe keeps on `host`, when asked at `origin`.
pub(crate) fn page_origin(origin: &str, host: &str) -> String {
    match origin.strip_prefix("https://") {
        Some(name) if name.ends_with(".stripe.com") => format!("https://{host}"),
        _ => origin.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_at_stripes_hosts_only_where_the_api_is() {
        let at = |origin| page_origin(origin, HOOKS);
        for origin in ["https://api.stripe.com", "https://js.stripe.com"] {
            assert_eq!(at(origin), "https://hooks.stripe.com");
        }
        for origin in [
            "http://127.0.0.1:12111",
            "https://127.0.0.1:12111",
            "http://api.stripe.com",
        ] {
            assert_eq!(at(origin), origin);
        }
    }
}
