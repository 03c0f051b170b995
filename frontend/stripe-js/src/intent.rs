//! What the browser is told about an intent: which one, and where it stands. The server's own retrieve decides; this is
//! a hint.

use crate::names::open_enum;
use crate::payload::{Read, payload};
use crate::readable::Readable;

open_enum! {
    /// Where an intent stands. See <https://docs.stripe.com/payments/paymentintents/lifecycle>.
    pub enum IntentStatus {
        /// It waits for a payment method: none was given yet, or the last one failed.
        RequiresPaymentMethod = "requires_payment_method",
        /// It has a payment method and waits to be confirmed.
        RequiresConfirmation = "requires_confirmation",
        /// The shopper has to do something: [`Stripe::handle_next_action`](crate::Stripe::handle_next_action).
        RequiresAction = "requires_action",
        /// The payment is under way and settles later.
        Processing = "processing",
        /// Authorised: the money is reserved and waits for its capture.
        RequiresCapture = "requires_capture",
        /// Paid, or set up.
        Succeeded = "succeeded",
        /// Cancelled for good.
        Canceled = "canceled",
    }
}

payload! {
    /// A PaymentIntent, as far as a page needs it. See <https://docs.stripe.com/api/payment_intents/object>.
    pub struct PaymentIntent without {
        "object": "It is always payment_intent.",
        "client_secret": "Who asked knows it; kept nowhere, it cannot be logged.",
        "canceled_at": SERVER, "cancellation_reason": SERVER, "capture_method": SERVER,
        "confirmation_method": SERVER, "created": SERVER, "description": SERVER, "last_payment_error": SERVER,
        "payment_method": SERVER, "payment_method_types": SERVER, "receipt_email": SERVER,
        "setup_future_usage": SERVER, "shipping": SERVER,
    } {
        /// `pi_…`
        id: String = "id",
        /// Where it stands.
        status: IntentStatus = "status",
        /// In the currency's smallest unit.
        amount_minor: i64 = "amount",
        /// Three letters, lower case.
        currency: String = "currency",
        /// Whether it is in live mode.
        livemode: bool = "livemode",
        /// What the shopper has to do.
        next_action: Option<NextAction> = "next_action",
    }
}

payload! {
    /// A SetupIntent, as far as a page needs it. See <https://docs.stripe.com/api/setup_intents/object>.
    pub struct SetupIntent without {
        "object": "It is always setup_intent.",
        "client_secret": "Who asked knows it; kept nowhere, it cannot be logged.",
        "cancellation_reason": SERVER, "created": SERVER, "description": SERVER, "last_setup_error": SERVER,
        "payment_method": SERVER, "payment_method_types": SERVER, "usage": SERVER,
    } {
        /// `seti_…`
        id: String = "id",
        /// Where it stands; never [`IntentStatus::RequiresCapture`].
        status: IntentStatus = "status",
        /// Whether it is in live mode.
        livemode: bool = "livemode",
        /// What the shopper has to do.
        next_action: Option<NextAction> = "next_action",
    }
}

/// Why a page is not told everything.
#[cfg(test)]
const SERVER: &str =
    "The server retrieves the intent and decides; what the browser heard is a hint.";

payload! {
    /// What the shopper has to do. See <https://docs.stripe.com/api/payment_intents/object#payment_intent_object-next_action>.
    pub struct NextAction without {
        "redirect_to_url": STRIPE, "use_stripe_sdk": STRIPE, "wechat_pay_display_qr_code": STRIPE,
        "verify_with_microdeposits": STRIPE,
    } {
        /// Such as `redirect_to_url`.
        kind: String = "type",
    }
}

#[cfg(test)]
const STRIPE: &str = "Stripe.js does it: Stripe::handle_next_action.";

/// The intent that an answer or an error carries.
#[derive(Clone, Debug, PartialEq)]
pub enum Intent {
    /// A payment.
    Payment(PaymentIntent),
    /// A payment method set up for later.
    Setup(SetupIntent),
}

impl Intent {
    /// `pi_…` or `seti_…`
    pub fn id(&self) -> &str {
        match self {
            Self::Payment(PaymentIntent { id, .. }) | Self::Setup(SetupIntent { id, .. }) => id,
        }
    }

    /// Where it stands.
    pub fn status(&self) -> &IntentStatus {
        match self {
            Self::Payment(PaymentIntent { status, .. })
            | Self::Setup(SetupIntent { status, .. }) => status,
        }
    }

    /// Reads the intent inside an object, which Stripe.js calls `paymentIntent` in answers and `payment_intent` in errors.
    pub(crate) fn within(object: &impl Readable, payment: &str, setup: &str) -> Option<Self> {
        let (is_payment, intent) = match object.object(payment) {
            Some(intent) => (true, intent),
            None => (false, object.object(setup)?),
        };
        // Without an id it is no intent.
        intent.text("id")?;
        if is_payment {
            PaymentIntent::read(&intent).map(Self::Payment)
        } else {
            SetupIntent::read(&intent).map(Self::Setup)
        }
    }
}
