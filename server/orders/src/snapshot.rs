//! Stripe's intent as the core's snapshot.

use checkout::intent::Baseline;
use checkout::{ClientSecret, IdError, IntentId, IntentSnapshot, IntentStatus, PaymentError};
use stripe_rest::PaymentIntent;

/// The snapshot of an intent as Stripe just sent it.
///
/// # Errors
/// An id that is none.
pub fn of(intent: &PaymentIntent) -> Result<IntentSnapshot, IdError> {
    let last_error = intent
        .last_payment_error
        .as_ref()
        .map(|error| PaymentError {
            kind: error.kind.clone(),
            code: error.code.clone(),
            decline_code: error.decline_code.clone(),
            message: error.message.clone(),
            charge: error.charge.clone(),
            payment_method: error.payment_method.clone(),
        });
    Ok(IntentSnapshot {
        id: IntentId::parse(&intent.id)?,
        status: IntentStatus::from(intent.status.clone()),
        amount_minor: intent.amount,
        capturable_minor: intent.amount_capturable,
        received_minor: intent.amount_received,
        currency: intent.currency.clone(),
        livemode: intent.livemode,
        shop: intent.metadata.get("shop_id").cloned(),
        order: intent.metadata.get("order_key").cloned(),
        baseline: Baseline {
            latest_charge: intent.latest_charge.clone(),
            last_error,
        },
    })
}

/// The secret an intent came with.
pub(crate) fn client_secret(intent: &PaymentIntent) -> Option<ClientSecret> {
    intent
        .client_secret
        .as_ref()
        .map(|secret| ClientSecret::new(secret.expose().to_owned()))
}
