//! Which bodies are events, and what an event tells.

use super::*;

const NOW: i64 = 1_767_225_600;
const BODY: &str = r#"{"id":"evt_1","object":"event","type":"payment_intent.succeeded","created":1767225590,
    "livemode":false,"api_version":"2026-10-28.endive","data":{"object":{"id":"pi_1","object":"payment_intent",
    "client_secret":"pi_1_secret_hush","metadata":{"order":"7"}}},"request":{"id":null}}"#;

fn secret(text: &str) -> WebhookSecret {
    WebhookSecret::parse(text).expect("a secret of the tests")
}

/// The `v1=…` alone.
fn v1(secret_text: &str, at: i64) -> String {
    let header = sign(BODY.as_bytes(), &secret(secret_text), at);
    header.split_once(',').expect("t,v1").1.to_owned()
}

#[test]
fn only_a_fresh_signature_with_one_of_the_secrets_is_good() {
    let good = v1("whsec_a", NOW);
    let hex = &good["v1=".len()..];
    let upper = hex.to_uppercase();
    let changed = format!(
        "{}{}",
        if hex.starts_with('0') { '1' } else { '0' },
        &hex[1..]
    );
    let b = v1("whsec_b", NOW);
    let zeros = "0".repeat(64);
    let t = |at: i64| format!("t={at},{}", v1("whsec_a", at));
    use VerifyError::*;
    #[rustfmt::skip] // One row, one line.
    let rows = [
        ("good", format!("t={NOW},{good}"), Ok(())),
        ("the older secret", format!("t={NOW},{b}"), Ok(())),
        ("one good among several", format!("t={NOW},v1={zeros},{good},v1={zeros}"), Ok(())),
        ("both secrets", format!("t={NOW},{b},{good}"), Ok(())),
        ("with v0 and more", format!("t={NOW},v0=xyz,v9,{good},"), Ok(())),
        ("with blanks", format!(" t={NOW} , {good} "), Ok(())),
        ("another order", format!("{good},t={NOW}"), Ok(())),
        ("upper case", format!("t={NOW},v1={upper}"), Ok(())),
        ("bad hex beside a good one", format!("t={NOW},v1=zz,{good}"), Ok(())),
        ("as old as may be", t(NOW - 300), Ok(())),
        ("as early as may be", t(NOW + 300), Ok(())),
        ("too old", t(NOW - 301), Err(TooOld { age_s: 301 })),
        ("from the future", t(NOW + 301), Err(FromTheFuture { ahead_s: 301 })),
        ("time zero", t(0), Err(TooOld { age_s: 1_767_225_600 })),
        ("the end of time", t(i64::MAX), Err(FromTheFuture { ahead_s: (i64::MAX - NOW) as u64 })),
        ("too old and wrong", format!("t={},{good}", NOW - 301), Err(Mismatch)),
        ("another time", format!("t={},{good}", NOW - 1), Err(Mismatch)),
        ("the same time, otherwise written", format!("t=0{NOW},{good}"), Err(Mismatch)),
        ("one digit changed", format!("t={NOW},v1={changed}"), Err(Mismatch)),
        ("another secret", format!("t={NOW},{}", v1("whsec_c", NOW)), Err(Mismatch)),
        ("zeros", format!("t={NOW},v1={zeros}"), Err(Mismatch)),
        ("empty", String::new(), Err(MissingTimestamp)),
        ("no time", good.clone(), Err(MissingTimestamp)),
        ("an empty time", format!("t=,{good}"), Err(MissingTimestamp)),
        ("a time with a sign", format!("t=+{NOW},{good}"), Err(MissingTimestamp)),
        ("a time before all time", format!("t=-1,{good}"), Err(MissingTimestamp)),
        ("a time beyond numbers", format!("t=9{NOW}{NOW},{good}"), Err(MissingTimestamp)),
        ("no signature", format!("t={NOW}"), Err(NoSignature)),
        ("v0 only", format!("t={NOW},v0={hex}"), Err(NoSignature)),
        ("an empty signature", format!("t={NOW},v1="), Err(NoSignature)),
        ("a cut signature", format!("t={NOW},v1={}", &hex[..62]), Err(NoSignature)),
        ("a longer signature", format!("t={NOW},v1={hex}00"), Err(NoSignature)),
        ("bad hex", format!("t={NOW},v1={}+f", &hex[..62]), Err(NoSignature)),
        ("two-byte letters", format!("t={NOW},v1={}", "é".repeat(32)), Err(NoSignature)),
    ];
    for (name, header, expected) in rows {
        let secrets = [secret("whsec_a"), secret("whsec_b")];
        let verified = verify(BODY.as_bytes(), &header, &secrets, NOW);
        assert_eq!(verified.map(|_| ()), expected, "{name}");
    }
}

#[test]
fn a_body_changed_by_one_byte_is_not_an_event() {
    let secrets = [secret("whsec_a")];
    let header = sign(BODY.as_bytes(), &secrets[0], NOW);
    for at in 0..BODY.len() {
        let mut body = BODY.as_bytes().to_vec();
        body[at] ^= 1;
        let verified = verify(&body, &header, &secrets, NOW);
        assert_eq!(verified, Err(VerifyError::Mismatch), "byte {at}");
    }
    let verified = verify(format!("{BODY}\n").as_bytes(), &header, &secrets, NOW);
    assert_eq!(verified, Err(VerifyError::Mismatch));
}

#[test]
fn without_a_secret_nothing_is_good() {
    let header = sign(BODY.as_bytes(), &secret("whsec_a"), NOW);
    assert_eq!(
        verify(BODY.as_bytes(), &header, &[], NOW),
        Err(VerifyError::NoSecret)
    );
}

/// The expected value was computed with another program's HMAC.
#[test]
fn the_signature_is_hmac_sha256_with_the_whole_secret() {
    assert_eq!(
        sign(br#"{"id":"evt_1"}"#, &secret("whsec_vector"), NOW),
        "t=1767225600,v1=8c3344dde0ca6cc8e80d4c8620a3391470ad3e90019305758983a2e0b99920bd"
    );
}

#[test]
fn a_signed_body_that_is_no_event_is_unreadable() {
    for body in [
        &b""[..],
        b"null",
        b"[]",
        b"{",
        b"{}",
        b"\xff",
        br#"{"id":"evt_1","type":"a","created":1}"#,
        br#"{"id":7,"type":"a","created":1,"livemode":false}"#,
        br#"{"id":"evt_1","type":"a","created":1,"livemode":false,"data":{"object":[]}}"#,
    ] {
        let header = sign(body, &secret("whsec_a"), NOW);
        let verified = verify(body, &header, &[secret("whsec_a")], NOW);
        let shown = String::from_utf8_lossy(body);
        assert_eq!(verified, Err(VerifyError::Unreadable), "{shown}");
    }
}

#[test]
fn an_event_names_its_object_and_the_intent_it_concerns() {
    for (object, kind, id, intent, metadata) in [
        (
            r#"{"object":"payment_intent","id":"pi_1","metadata":{"order":"7"}}"#,
            Some("payment_intent"),
            Some("pi_1"),
            Some("pi_1"),
            1,
        ),
        (
            r#"{"object":"charge","id":"ch_1","payment_intent":"pi_1","metadata":{}}"#,
            Some("charge"),
            Some("ch_1"),
            Some("pi_1"),
            0,
        ),
        (
            r#"{"object":"dispute","id":"du_1","payment_intent":{"id":"pi_1"},"metadata":null}"#,
            Some("dispute"),
            Some("du_1"),
            Some("pi_1"),
            0,
        ),
        (
            r#"{"object":"refund","id":"re_1","payment_intent":null,"metadata":{"a":1,"b":"2"}}"#,
            Some("refund"),
            Some("re_1"),
            None,
            1,
        ),
        (
            r#"{"object":"of_tomorrow","id":"x_1"}"#,
            Some("of_tomorrow"),
            Some("x_1"),
            None,
            0,
        ),
        (r#"{"object":"balance"}"#, Some("balance"), None, None, 0),
        ("{}", None, None, None, 0),
        ("null", None, None, None, 0),
    ] {
        let body = format!(
            r#"{{"id":"evt_1","type":"of.tomorrow","created":1,"livemode":true,"new":1,"data":{{"object":{object}}}}}"#
        );
        let header = sign(body.as_bytes(), &secret("whsec_a"), NOW);
        let verified = verify(body.as_bytes(), &header, &[secret("whsec_a")], NOW)
            .unwrap_or_else(|error| panic!("{object}: {error}"));
        let event = verified.event();
        assert_eq!(event.object.as_deref(), kind, "{object}");
        assert_eq!(event.object_id.as_deref(), id, "{object}");
        assert_eq!(event.payment_intent.as_deref(), intent, "{object}");
        assert_eq!(event.metadata.len(), metadata, "{object}");
        assert_eq!(
            (
                event.kind.as_str(),
                event.livemode,
                event.api_version.as_deref()
            ),
            ("of.tomorrow", true, None)
        );
        assert_eq!(verified.raw(), body);
    }
}

#[test]
fn a_verified_body_does_not_show_in_debug() {
    let header = sign(BODY.as_bytes(), &secret("whsec_a"), NOW);
    let verified = verify(BODY.as_bytes(), &header, &[secret("whsec_a")], NOW);
    let shown = format!("{verified:?}");
    assert!(
        shown.contains("evt_1") && !shown.contains("hush"),
        "{shown}"
    );
}
