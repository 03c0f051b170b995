//! What the browser is told about an intent: which one, and where it stands. The server's own retrieve decides; this is
//! a hint.

use crate::open_enum::open_enum;
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

/// A PaymentIntent, as far as a page needs it. See <https://docs.stripe.com/api/payment_intents/object>.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentIntent {
    /// `pi_…`
    pub id: String,
    /// Where it stands.
    pub status: IntentStatus,
}

/// A SetupIntent, as far as a page needs it. See <https://docs.stripe.com/api/setup_intents/object>.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetupIntent {
    /// `seti_…`
    pub id: String,
    /// Where it stands; never [`IntentStatus::RequiresCapture`].
    pub status: IntentStatus,
}

/// The intent that an answer or an error carries.
#[derive(Clone, Debug, PartialEq, Eq)]
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
        let id = intent.text("id")?;
        let status = IntentStatus::parse(&intent.text("status")?);
        Some(if is_payment {
            Self::Payment(PaymentIntent { id, status })
        } else {
            Self::Setup(SetupIntent { id, status })
        })
    }
}
