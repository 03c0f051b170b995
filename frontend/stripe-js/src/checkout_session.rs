//! A Checkout Session, as the page sees it.

use crate::elements::payment::PostalAddress;
use crate::payload::payload;

payload! {
    /// A Checkout Session. See <https://docs.stripe.com/js/custom_checkout/session_object>.
    pub struct CheckoutSession without {
        "nameCollection": YET, "currencyOptions": YET, "recurring": YET, "savedPaymentMethods": YET, "surcharge": YET,
        "taxAmounts": YET, "taxIdInfo": YET, "optionalItems": YET, "businessName": YET,
    } {
        /// `cs_…`
        id: String = "id",
        /// Whether it is in live mode.
        livemode: bool = "livemode",
        /// Where it stands.
        status: CheckoutStatus = "status",
        /// Whether everything is there to pay.
        can_confirm: bool = "canConfirm",
        /// Three letters, lower case.
        currency: String = "currency",
        /// How many of the smallest unit make one of the currency.
        minor_units_amount_divisor: i64 = "minorUnitsAmountDivisor",
        /// What is bought.
        line_items: Vec<CheckoutLine> = "lineItems",
        /// What it costs.
        total: CheckoutTotal = "total",
        /// What it costs less, and why.
        discount_amounts: Option<Vec<CheckoutDiscount>> = "discountAmounts",
        /// Whether tax is computed, or what is missing for it.
        tax: CheckoutTax = "tax",
        /// E-mail address.
        email: Option<String> = "email",
        /// Phone number.
        phone_number: Option<String> = "phoneNumber",
        /// Where the payment method is billed to.
        billing_address: Option<SessionContact> = "billingAddress",
        /// Where the goods go.
        shipping_address: Option<SessionContact> = "shippingAddress",
        /// The chosen way of shipping.
        shipping: Option<CheckoutShipping> = "shipping",
        /// The ways of shipping.
        shipping_options: Vec<CheckoutShippingOption> = "shippingOptions",
        /// Why the last try to pay failed.
        last_payment_error: Option<CheckoutPaymentError> = "lastPaymentError",
    }
}

/// Why a member is left out.
#[cfg(test)]
const YET: &str = "It is not bound yet.";

payload! {
    /// Where a session stands.
    pub struct CheckoutStatus {
        /// `open`, `expired` or `complete`.
        kind: String = "type",
        /// Once complete: `paid`, `unpaid` or `no_payment_required`.
        payment_status: Option<String> = "paymentStatus",
    }
}

payload! {
    /// An amount, in numbers and in words.
    pub struct CheckoutAmount {
        /// In the currency's smallest unit.
        amount_minor: i64 = "minorUnitsAmount",
        /// As the shopper reads it.
        words: String = "amount",
    }
}

payload! {
    /// A line of what is bought.
    pub struct CheckoutLine without {
        "discountAmounts": YET, "taxAmounts": YET, "recurring": YET, "adjustableQuantity": YET, "pricing": YET,
        "transformQuantity": YET, "unitAmountDecimal": YET, "taxExclusive": YET, "taxInclusive": YET,
    } {
        /// Its id.
        id: String = "id",
        /// What it is.
        name: String = "name",
        /// More about it.
        description: Option<String> = "description",
        /// Addresses of pictures.
        images: Vec<String> = "images",
        /// `price_…`
        price_id: String = "priceId",
        /// How many.
        quantity: i64 = "quantity",
        /// What one is called.
        unit_label: Option<String> = "unitLabel",
        /// Whether the shopper may take it away.
        is_removable: bool = "isRemovable",
        /// What one costs.
        unit_amount: CheckoutAmount = "unitAmount",
        /// What all cost before discounts.
        subtotal: CheckoutAmount = "subtotal",
        /// What all cost less.
        discount: CheckoutAmount = "discount",
        /// What all cost.
        total: CheckoutAmount = "total",
    }
}

payload! {
    /// What a session costs.
    pub struct CheckoutTotal without { "surcharge": YET, } {
        /// Paid from the customer's balance.
        applied_balance: CheckoutAmount = "appliedBalance",
        /// Whether that balance goes to the next invoice.
        balance_applied_to_next_invoice: bool = "balanceAppliedToNextInvoice",
        /// Taken off.
        discount: CheckoutAmount = "discount",
        /// For shipping.
        shipping_rate: CheckoutAmount = "shippingRate",
        /// Before discounts, tax and shipping.
        subtotal: CheckoutAmount = "subtotal",
        /// Tax on top.
        tax_exclusive: CheckoutAmount = "taxExclusive",
        /// Tax within.
        tax_inclusive: CheckoutAmount = "taxInclusive",
        /// In all.
        total: CheckoutAmount = "total",
    }
}

payload! {
    /// What a session costs less, and why.
    pub struct CheckoutDiscount without { "recurring": YET, } {
        /// In the currency's smallest unit.
        amount_minor: i64 = "minorUnitsAmount",
        /// As the shopper reads it.
        words: String = "amount",
        /// What it is called.
        display_name: String = "displayName",
        /// The shopper's code.
        promotion_code: Option<String> = "promotionCode",
        /// In percent.
        percent_off: Option<f64> = "percentOff",
    }
}

payload! {
    /// Whether tax is computed.
    pub struct CheckoutTax {
        /// `ready`, `requires_shipping_address` or `requires_billing_address`.
        status: String = "status",
    }
}

payload! {
    /// A person and an address.
    pub struct SessionContact {
        /// Full name.
        name: Option<String> = "name",
        /// The address.
        address: PostalAddress = "address",
    }
}

payload! {
    /// The chosen way of shipping.
    pub struct CheckoutShipping without { "taxAmounts": YET, } {
        /// Which.
        shipping_option: CheckoutShippingOption = "shippingOption",
    }
}

payload! {
    /// A way of shipping.
    pub struct CheckoutShippingOption without { "deliveryEstimate": YET, } {
        /// Its id.
        id: String = "id",
        /// In the currency's smallest unit.
        amount_minor: i64 = "minorUnitsAmount",
        /// As the shopper reads it.
        words: String = "amount",
        /// Three letters, lower case.
        currency: String = "currency",
        /// What it is called.
        display_name: Option<String> = "displayName",
    }
}

payload! {
    /// Why a try to pay failed.
    pub struct CheckoutPaymentError {
        /// In words for the shopper.
        message: String = "message",
    }
}
