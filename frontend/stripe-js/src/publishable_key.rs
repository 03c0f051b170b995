//! The one key that belongs in a browser.

use std::fmt;

/// A publishable key: `pk_test_…` or `pk_live_…`. Nothing else parses, so a secret key cannot reach Stripe.js by mistake.
///
/// See <https://docs.stripe.com/keys>.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishableKey(String);

impl PublishableKey {
    /// Parses a key, surrounding blanks aside.
    ///
    /// # Errors
    /// [`NotPublishable`] for every other text, secret (`sk_`) and restricted (`rk_`) keys among them.
    pub fn parse(text: &str) -> Result<Self, NotPublishable> {
        let text = text.trim();
        let rest = text
            .strip_prefix("pk_test_")
            .or_else(|| text.strip_prefix("pk_live_"));
        match rest {
            Some(rest)
                if !rest.is_empty()
                    && rest
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') =>
            {
                Ok(Self(text.to_owned()))
            }
            _ => Err(NotPublishable),
        }
    }

    /// The key's text. It is public: every shopper's browser has it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is a test key.
    pub fn is_test(&self) -> bool {
        self.0.starts_with("pk_test_")
    }
}

/// A text that is no publishable key. It does not repeat the text, which may be a secret in the wrong place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotPublishable;

impl fmt::Display for NotPublishable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("not a publishable key: it has to begin with pk_test_ or pk_live_")
    }
}

impl std::error::Error for NotPublishable {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_publishable_keys_parse() {
        for (text, publishable) in [
            ("pk_test_demo1", true),
            ("pk_live_51Abc", true),
            (" pk_test_demo_1\n", true),
            ("pk_test_", false),
            ("pk_test_a b", false),
            ("pk_test_a\"b", false),
            ("sk_test_demo1", false),
            ("rk_live_51Abc", false),
            ("pk_51Abc", false),
            ("PK_TEST_demo1", false),
            ("", false),
        ] {
            assert_eq!(PublishableKey::parse(text).is_ok(), publishable, "{text:?}");
        }
    }

    #[test]
    fn a_refused_key_is_not_repeated() {
        let refused = PublishableKey::parse("sk_live_hush").unwrap_err();
        assert!(!format!("{refused} {refused:?}").contains("hush"));
    }

    #[test]
    fn the_mode_is_in_the_prefix() {
        assert!(PublishableKey::parse("pk_test_1").unwrap().is_test());
        assert!(!PublishableKey::parse("pk_live_1").unwrap().is_test());
    }
}
