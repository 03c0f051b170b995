//! The one cookie: which cart is this shopper's.

use axum::http::{HeaderMap, HeaderValue, header};
use checkout::CartId;

const NAME: &str = "cart";
/// Thirty days, in seconds.
const MAX_AGE_S: u32 = 30 * 24 * 60 * 60;

/// The cart the browser names, if it names one.
#[must_use]
pub fn cart(headers: &HeaderMap) -> Option<CartId> {
    let cookies = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == NAME).then(|| CartId::parse(value).ok())?)
}

/// The header that gives the browser its cart. Scripts cannot read it and other sites cannot post with it.
#[must_use]
pub fn set_cart(id: &CartId, https: bool) -> Option<HeaderValue> {
    let secure = if https { "; Secure" } else { "" };
    HeaderValue::from_str(&format!(
        "{NAME}={id}; Path=/; Max-Age={MAX_AGE_S}; HttpOnly; SameSite=Lax{secure}"
    ))
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cart_is_found_among_other_cookies() {
        let id = CartId::from_random([7; 16]);
        for (cookies, found) in [
            (format!("cart={id}"), true),
            (format!("a=b; cart={id}; c=d"), true),
            (format!("xcart={id}"), false),
            ("cart=".to_owned(), false),
            ("cart=../../etc".to_owned(), false),
            (String::new(), false),
        ] {
            let headers =
                HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_str(&cookies).unwrap())]);
            assert_eq!(cart(&headers), found.then(|| id.clone()), "{cookies}");
        }
    }
}
