//! What Stripe says, as the core's facts.

use checkout::intent::Baseline;
use checkout::ledger::{Dispute, DisputeStatus, Refund, RefundStatus};
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
        attempt: intent
            .metadata
            .get("attempt")
            .and_then(|number| number.parse().ok()),
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

/// A refund as Stripe just sent it; none if it belongs to no intent.
pub(crate) fn refund(refund: &stripe_rest::Refund) -> Option<Refund> {
    Some(Refund {
        id: refund.id.clone(),
        intent: IntentId::parse(refund.payment_intent.as_deref()?).ok()?,
        amount_minor: refund.amount,
        // Stripe leaves it out for some methods: then the money is on its way.
        status: RefundStatus::from(refund.status.clone().unwrap_or_default()),
    })
}

/// A dispute as Stripe just sent it; none if it belongs to no intent.
pub(crate) fn dispute(dispute: &stripe_rest::Dispute) -> Option<Dispute> {
    Some(Dispute {
        id: dispute.id.clone(),
        intent: IntentId::parse(dispute.payment_intent.as_deref()?).ok()?,
        amount_minor: dispute.amount,
        reason: dispute.reason.clone(),
        status: DisputeStatus::from(dispute.status.clone()),
    })
}
