//! What may be missing, null, new or expanded in Stripe's objects without any harm.

use serde_json::{Value, json};

use super::*;
use crate::{ConfirmationToken, PaymentError};

fn intent(changes: Value) -> Value {
    merge(
        json!({
            "object": "payment_intent", "id": "pi_1", "status": "succeeded", "amount": 1200,
            "amount_received": 1200, "amount_capturable": 0, "currency": "eur", "livemode": false,
            "metadata": {"order": "7"}, "latest_charge": "ch_1", "last_payment_error": null,
            "client_secret": "pi_1_secret_2", "created": 1_767_225_600, "cancellation_reason": null,
            "payment_method": "pm_1",
        }),
        changes,
    )
}

fn merge(mut object: Value, changes: Value) -> Value {
    for (name, value) in changes.as_object().into_iter().flatten() {
        object[name] = value.clone();
    }
    object
}

fn read(value: Value) -> Result<PaymentIntent, serde_json::Error> {
    serde_json::from_value(value)
}

#[test]
fn new_fields_statuses_and_expanded_references_do_not_change_what_is_read()
-> Result<(), serde_json::Error> {
    let plain = read(intent(json!({})))?;
    for change in [
        json!({"field_of_tomorrow": {"deep": [1, 2]}}),
        json!({"latest_charge": {"id": "ch_1", "object": "charge", "amount": 1200}}),
        json!({"payment_method": {"id": "pm_1", "type": "method_of_tomorrow"}}),
    ] {
        assert_eq!(read(intent(change.clone()))?, plain, "{change}");
    }
    assert_eq!(
        read(intent(json!({"status": "of_tomorrow"})))?.status,
        "of_tomorrow"
    );
    Ok(())
}

#[test]
fn what_is_null_or_absent_reads_as_nothing() -> Result<(), serde_json::Error> {
    let nulls = intent(json!({
        "amount_received": null, "amount_capturable": null, "metadata": null, "latest_charge": null,
        "client_secret": null, "payment_method": null,
    }));
    let least = json!({
        "id": "pi_1", "status": "succeeded", "amount": 1200, "currency": "eur", "livemode": false,
        "created": 1_767_225_600,
    });
    let intent = read(nulls)?;
    assert_eq!(intent, read(least)?);
    assert_eq!((intent.amount_received, intent.amount_capturable), (0, 0));
    assert!(intent.metadata.is_empty());
    assert_eq!(
        (
            intent.latest_charge,
            intent.client_secret,
            intent.payment_method
        ),
        (None, None, None)
    );
    Ok(())
}

#[test]
fn an_intent_without_what_integrity_rests_on_is_no_intent() {
    for name in ["id", "status", "amount", "currency", "livemode", "created"] {
        assert!(read(intent(json!({ name: null }))).is_err(), "{name}");
    }
    assert!(read(intent(json!({"amount": 12.5}))).is_err());
}

#[test]
fn a_failed_attempt_tells_why() -> Result<(), serde_json::Error> {
    let failed = read(intent(json!({"last_payment_error": {
        "type": "type_of_tomorrow", "code": "card_declined", "decline_code": "of_tomorrow", "charge": "ch_2",
        "message": "No.", "payment_method": {"id": "pm_1"},
    }})))?;
    let some = |text: &str| Some(text.to_owned());
    let expected = PaymentError {
        kind: "type_of_tomorrow".to_owned(),
        code: some("card_declined"),
        decline_code: some("of_tomorrow"),
        message: some("No."),
        charge: some("ch_2"),
        payment_method: some("pm_1"),
    };
    assert_eq!(failed.last_payment_error, Some(expected));
    Ok(())
}

#[test]
fn a_token_names_the_intent_it_confirmed() -> Result<(), serde_json::Error> {
    let token = json!({
        "object": "confirmation_token", "id": "ctoken_1", "created": 1, "livemode": false,
        "payment_method_preview": {
            "type": "card", "card": {"brand": "visa", "country": "FR", "funding": "of_tomorrow", "last4": "4242"},
            "billing_details": {"name": "Ada"},
        },
    });
    for (changes, payment_intent, expires_at) in [
        (json!({}), None, None),
        (
            json!({"payment_intent": null, "expires_at": 43_201}),
            None,
            Some(43_201),
        ),
        (
            json!({"payment_intent": "pi_1", "expires_at": null}),
            Some("pi_1"),
            None,
        ),
        (
            json!({"payment_intent": {"id": "pi_1"}}),
            Some("pi_1"),
            None,
        ),
    ] {
        let token: ConfirmationToken = serde_json::from_value(merge(token.clone(), changes))?;
        assert_eq!(token.payment_intent.as_deref(), payment_intent);
        assert_eq!(token.expires_at, expires_at);
        let preview = token.payment_method_preview;
        let country = preview.and_then(|preview| preview.card?.country);
        assert_eq!(country.as_deref(), Some("FR"));
    }
    Ok(())
}

#[test]
fn an_object_is_read_by_its_kind() -> Result<(), serde_json::Error> {
    let refund = json!({
        "object": "refund", "id": "re_1", "status": null, "amount": 5, "currency": "eur", "created": 1,
        "payment_intent": "pi_1", "charge": {"id": "ch_1"},
    });
    match serde_json::from_value(refund)? {
        Object::Refund(refund) => {
            assert_eq!(
                (refund.status, refund.charge.as_deref()),
                (None, Some("ch_1"))
            );
        }
        other => panic!("{other:?}"),
    }
    let intent: Object = serde_json::from_value(intent(json!({})))?;
    assert!(matches!(intent, Object::PaymentIntent(intent) if intent.id == "pi_1"));
    let other: Object = serde_json::from_value(json!({"object": "of_tomorrow", "id": "x_1"}))?;
    let (object, id) = ("of_tomorrow".to_owned(), Some("x_1".to_owned()));
    assert_eq!(other, Object::Other { object, id });
    Ok(())
}
