//! The two secrets a server shares with Stripe, as types that cannot be printed by accident.
//!
//! Knows nothing of where they come from, nor of publishable keys, which belong to the browser.

use std::fmt;

/// Which of Stripe's two worlds a key opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Test mode: no money moves.
    Test,
    /// Live mode: real cards, real money.
    Live,
}

/// Why a text is not the secret it should be. Never holds the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Nothing but blanks.
    #[error("it is empty")]
    Empty,
    /// A `pk_…` key: it belongs in the browser and opens nothing here.
    #[error("it is a publishable key (pk_…); a secret key is needed here")]
    Publishable,
    /// The text starts like nothing that fits here.
    #[error("it does not start with {expected}")]
    Prefix {
        /// The beginnings that would fit, for a message.
        expected: &'static str,
    },
    /// The right beginning, and nothing after it.
    #[error("it ends after its prefix")]
    Cut,
    /// A blank, a line break or a character outside ASCII: usually a slip of copy and paste.
    #[error("it has a character that no Stripe key has")]
    Character,
}

/// A secret (`sk_…`) or restricted (`rk_…`) API key: <https://docs.stripe.com/keys>.
///
/// It has no `Display`, and its `Debug` is redacted.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretKey {
    text: String,
    mode: Mode,
}

impl SecretKey {
    /// Reads `sk_test_…`, `sk_live_…`, `rk_test_…` or `rk_live_…`.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let (mode, rest) = if text.trim().is_empty() {
            return Err(KeyError::Empty);
        } else if text.starts_with("pk_") {
            return Err(KeyError::Publishable);
        } else if let Some(rest) = strip_any(text, ["sk_test_", "rk_test_"]) {
            (Mode::Test, rest)
        } else if let Some(rest) = strip_any(text, ["sk_live_", "rk_live_"]) {
            (Mode::Live, rest)
        } else {
            return Err(KeyError::Prefix {
                expected: "sk_test_, sk_live_, rk_test_ or rk_live_",
            });
        };
        check_rest(rest)?;
        Ok(Self {
            text: text.to_owned(),
            mode,
        })
    }

    /// The world this key opens.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    pub(crate) fn expose(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretKey({:?}, redacted)", self.mode)
    }
}

/// The signing secret of one webhook endpoint (`whsec_…`): <https://docs.stripe.com/webhooks#verify-events>.
///
/// It has no `Display`, and its `Debug` is redacted.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookSecret(String);

impl WebhookSecret {
    /// Reads `whsec_…`. A blank secret is refused: anybody could sign with it.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        if text.trim().is_empty() {
            return Err(KeyError::Empty);
        }
        let rest = text
            .strip_prefix("whsec_")
            .ok_or(KeyError::Prefix { expected: "whsec_" })?;
        check_rest(rest)?;
        Ok(Self(text.to_owned()))
    }

    /// The whole text, prefix included: that is what Stripe signs with.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookSecret(redacted)")
    }
}

fn strip_any<'a>(text: &'a str, prefixes: [&str; 2]) -> Option<&'a str> {
    prefixes.iter().find_map(|prefix| text.strip_prefix(prefix))
}

fn check_rest(rest: &str) -> Result<(), KeyError> {
    if rest.is_empty() {
        Err(KeyError::Cut)
    } else if rest.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(())
    } else {
        Err(KeyError::Character)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_key_names_its_mode_or_says_what_is_wrong() {
        let prefix = KeyError::Prefix {
            expected: "sk_test_, sk_live_, rk_test_ or rk_live_",
        };
        for (text, expected) in [
            ("sk_test_demo1", Ok(Mode::Test)),
            ("rk_test_51Abc", Ok(Mode::Test)),
            ("sk_live_51Abc", Ok(Mode::Live)),
            ("rk_live_51Abc", Ok(Mode::Live)),
            ("", Err(KeyError::Empty)),
            ("  \n", Err(KeyError::Empty)),
            ("pk_test_51Abc", Err(KeyError::Publishable)),
            ("pk_live_51Abc", Err(KeyError::Publishable)),
            ("whsec_51Abc", Err(prefix)),
            ("SK_TEST_51Abc", Err(prefix)),
            (" sk_test_51Abc", Err(prefix)),
            ("sk_test_", Err(KeyError::Cut)),
            ("sk_test_51 Abc", Err(KeyError::Character)),
            ("sk_test_51Abc\n", Err(KeyError::Character)),
            ("sk_test_51Äbc", Err(KeyError::Character)),
        ] {
            assert_eq!(
                SecretKey::parse(text).map(|key| key.mode()),
                expected,
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_webhook_secret_is_never_blank() {
        let prefix = KeyError::Prefix { expected: "whsec_" };
        for (text, expected) in [
            ("whsec_abc", Ok(())),
            ("", Err(KeyError::Empty)),
            (" ", Err(KeyError::Empty)),
            ("whsec_", Err(KeyError::Cut)),
            ("whsec_ ", Err(KeyError::Character)),
            ("abc", Err(prefix)),
            ("sk_test_abc", Err(prefix)),
        ] {
            assert_eq!(WebhookSecret::parse(text).map(|_| ()), expected, "{text:?}");
        }
    }

    #[test]
    fn secrets_do_not_show_in_debug() -> Result<(), KeyError> {
        for shown in [
            format!("{:?}", SecretKey::parse("sk_live_hush")?),
            format!("{:#?}", Some(SecretKey::parse("rk_test_hush")?)),
            format!("{:?}", WebhookSecret::parse("whsec_hush")?),
        ] {
            assert!(
                shown.contains("redacted") && !shown.contains("hush"),
                "{shown}"
            );
        }
        Ok(())
    }
}
