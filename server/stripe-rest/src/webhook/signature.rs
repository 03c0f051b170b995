//! The signature scheme: `t=…,v1=…`, HMAC-SHA256 over `{t}.{body}`.

use std::fmt::Write as _;

use hmac::{Hmac, KeyInit as _, Mac as _, digest::CtOutput};
use sha2::Sha256;

use super::VerifyError;
use crate::WebhookSecret;

/// How far a signature's time may be from ours, in seconds, in both directions.
pub const TOLERANCE_S: u64 = 300;

const SIGNATURE_BYTES: usize = 32;

/// Signs a body as Stripe does, and returns the header: for tests and tools that play Stripe.
pub fn sign(raw: &[u8], secret: &WebhookSecret, now_unix_s: i64) -> String {
    let timestamp = now_unix_s.to_string();
    let signature = mac(raw, &timestamp, secret).finalize().into_bytes();
    let mut header = format!("t={timestamp},v1=");
    for byte in signature {
        // Writing to a String cannot fail.
        let _ = write!(header, "{byte:02x}");
    }
    header
}

/// The signature comes before the time, so that "too old" is said only of what Stripe really sent.
pub(super) fn check(
    raw: &[u8],
    header: &str,
    secrets: &[WebhookSecret],
    now_unix_s: i64,
) -> Result<(), VerifyError> {
    if secrets.is_empty() {
        return Err(VerifyError::NoSecret);
    }
    let header = Header::parse(header)?;
    let signed_by = |secret| {
        // Both sides are `CtOutput`, which takes the same time wherever they differ.
        let expected = mac(raw, header.timestamp, secret).finalize();
        let mut signatures = header.signatures.iter();
        signatures.any(|signature| expected == CtOutput::new((*signature).into()))
    };
    if !secrets.iter().any(signed_by) {
        return Err(VerifyError::Mismatch);
    }
    let off_s = header.unix_s.abs_diff(now_unix_s);
    if off_s <= TOLERANCE_S {
        Ok(())
    } else if header.unix_s < now_unix_s {
        Err(VerifyError::TooOld { age_s: off_s })
    } else {
        Err(VerifyError::FromTheFuture { ahead_s: off_s })
    }
}

struct Header<'a> {
    /// As it was written: that text is what was signed.
    timestamp: &'a str,
    unix_s: i64,
    signatures: Vec<[u8; SIGNATURE_BYTES]>,
}

impl<'a> Header<'a> {
    fn parse(text: &'a str) -> Result<Self, VerifyError> {
        let parts = || {
            text.split(',')
                .filter_map(|part| part.trim().split_once('='))
        };
        let (timestamp, unix_s) = parts()
            .find(|(scheme, _)| *scheme == "t")
            .and_then(|(_, timestamp)| Some((timestamp, parse_seconds(timestamp)?)))
            .ok_or(VerifyError::MissingTimestamp)?;
        let signatures: Vec<_> = parts()
            .filter(|(scheme, _)| *scheme == "v1")
            .filter_map(|(_, hex)| parse_hex(hex))
            .collect();
        if signatures.is_empty() {
            return Err(VerifyError::NoSignature);
        }
        Ok(Self {
            timestamp,
            unix_s,
            signatures,
        })
    }
}

/// Digits only: `str::parse` alone would take a sign.
fn parse_seconds(text: &str) -> Option<i64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

fn parse_hex(text: &str) -> Option<[u8; SIGNATURE_BYTES]> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let mut bytes = [0; SIGNATURE_BYTES];
    if text.len() != 2 * SIGNATURE_BYTES {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = u8::try_from(digit(pair[0])? * 16 + digit(pair[1])?).ok()?;
    }
    Some(bytes)
}

fn mac(raw: &[u8], timestamp: &str, secret: &WebhookSecret) -> Hmac<Sha256> {
    // HMAC takes a key of any length: the error cannot occur.
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes())
        .expect("HMAC takes a key of any length");
    mac.update(timestamp.as_bytes());
    mac.update(b".");
    mac.update(raw);
    mac
}
