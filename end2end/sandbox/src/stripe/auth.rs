//! Who is asking: API keys (docs.stripe.com/keys), each naming the world it opens.

use super::error::{Error, Result};
use super::params::Params;
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Secret,
    Publishable,
}

/// The world a key opens, and how far.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Caller {
    pub access: Access,
    pub world: String,
}

/// Reads an `Authorization` header: Bearer, or Basic with the key as user name.
pub(crate) fn caller(authorization: Option<&str>) -> Result<Caller> {
    let Some((scheme, value)) = authorization.and_then(|header| header.split_once(' ')) else {
        return Err(no_key());
    };
    let key = if scheme.eq_ignore_ascii_case("bearer") {
        value.trim().to_owned()
    } else if scheme.eq_ignore_ascii_case("basic") {
        let pair = base64_decoded(value.trim()).unwrap_or_default();
        pair.split(':').next().unwrap_or_default().to_owned()
    } else {
        return Err(no_key());
    };
    if key.is_empty() {
        return Err(no_key());
    }
    if ["sk_live_", "rk_live_", "pk_live_"]
        .iter()
        .any(|live| key.starts_with(live))
    {
        return Err(Error::unauthorized(
            "This is a sandbox, not Stripe, and it refuses live keys. Take the key out of this configuration; if it \
             left your machine, roll it.",
        )
        .code("livemode_mismatch"));
    }
    let access = [
        ("sk_test_", Access::Secret),
        ("rk_test_", Access::Secret),
        ("pk_test_", Access::Publishable),
    ];
    for (prefix, access) in access {
        if let Some(world) = key.strip_prefix(prefix).filter(|world| is_world(world)) {
            return Ok(Caller {
                access,
                world: world.to_owned(),
            });
        }
    }
    // The key itself stays out: it may be a secret put in the wrong place.
    Err(Error::unauthorized(
        "Invalid API Key provided: keys start with sk_test_ or pk_test_.",
    ))
}

fn is_world(text: &str) -> bool {
    (1..=200).contains(&text.len())
        && text
            .bytes()
            .all(|sign| sign.is_ascii_alphanumeric() || sign == b'_')
}

fn no_key() -> Box<Error> {
    Error::unauthorized(
        "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer \
         auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    )
}

/// 401 for calls that only a server may make.
pub(crate) fn secret_key_required() -> Box<Error> {
    Error::unauthorized(
        "This API call cannot be made with a publishable API key. Please use a secret API key.",
    )
    .code("secret_key_required")
}

/// Refuses what a publishable key must not decide of an intent.
pub(crate) fn refuse_from_browser(params: &Params, names: &[&'static str]) -> Result<()> {
    match names.iter().find(|name| params.has(name)) {
        None => Ok(()),
        Some(name) => Err(Error::invalid(format!(
            "The parameter `{name}` cannot be passed with a publishable API key. Set it on your server."
        ))
        .param(*name)),
    }
}

fn base64_decoded(text: &str) -> Option<String> {
    let text = text.trim_end_matches('=');
    String::from_utf8(STANDARD_NO_PAD.decode(text).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_name_their_world_and_access() {
        for (header, access, world) in [
            ("Bearer sk_test_a1", Access::Secret, "a1"),
            ("bearer pk_test_a1", Access::Publishable, "a1"),
            ("Basic c2tfdGVzdF9hMTo=", Access::Secret, "a1"),
        ] {
            let world = world.to_owned();
            assert_eq!(
                caller(Some(header)).ok(),
                Some(Caller { access, world }),
                "{header}"
            );
        }
    }

    #[test]
    fn anything_else_is_refused_without_repeating_the_key() {
        for header in [
            None,
            Some(""),
            Some("Bearer"),
            Some("Bearer "),
            Some("Basic !!!"),
            Some("Digest sk_test_a"),
            Some("Bearer sk_test_"),
            Some("Bearer sk_test_a/b"),
            Some("Bearer sk_live_secret"),
            Some("Bearer nonsense_secret"),
        ] {
            let error = caller(header).expect_err("refused");
            assert_eq!(error.status, 401, "{header:?}");
            assert!(!error.message.contains("secret"), "{header:?}");
        }
    }
}
