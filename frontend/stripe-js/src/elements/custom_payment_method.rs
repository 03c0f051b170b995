//! Payment methods that a page runs itself.

use crate::names::closed_enum;
use crate::options::options;

options! {
    /// A payment method that you run yourself. See
    /// <https://docs.stripe.com/payments/payment-element/custom-payment-methods>.
    #[serde(rename_all = "camelCase")]
    pub struct CustomPaymentMethod {
        required {
            /// `cpmt_…`
            id: String,
        }
        /// How the Payment Element shows it.
        payment: CustomPaymentMethodView,
    }
}

options! {
    /// How a payment method that you run yourself is shown.
    #[serde(rename_all = "camelCase")]
    pub struct CustomPaymentMethodView {
        required {
            /// By Stripe alone, or with content of yours.
            #[serde(rename = "type")]
            kind: CustomPaymentMethodType,
        }
        /// A line below its name.
        subtitle: String,
    }
}

closed_enum! {
    /// Who shows a payment method that you run yourself.
    pub enum CustomPaymentMethodType {
        /// Stripe alone.
        Static = "static",
        /// Stripe, with content of yours: see [`Given::with_content`](crate::Given::with_content).
        Embedded = "embedded",
    }
}

/// Stripe alone.
impl Default for CustomPaymentMethodType {
    fn default() -> Self {
        Self::Static
    }
}
