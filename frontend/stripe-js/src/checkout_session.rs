//! A Checkout Session, as the page sees it.

use super::line::{CheckoutDiscount, CheckoutLine, CheckoutOptionalItem, CheckoutTaxAmount};
use super::recurring::CheckoutRecurring;
use super::tax_id_type::SessionTaxIdType;
use crate::elements::payment::PostalAddress;
use crate::payload::payload;
use crate::payment_method::MethodBilling;

payload! {
    /// A Checkout Session. See <https://docs.stripe.com/js/custom_checkout/session_object>.
    pub struct CheckoutSession {
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
        /// What of it is tax.
        tax_amounts: Option<Vec<CheckoutTaxAmount>> = "taxAmounts",
        /// Whether tax is computed, or what is missing for it.
        tax: CheckoutTax = "tax",
        /// Whether a surcharge is known.
        surcharge: Option<CheckoutSurcharge> = "surcharge",
        /// What comes again, for a subscription.
        recurring: Option<CheckoutRecurring> = "recurring",
        /// What can be added.
        optional_items: Option<Vec<CheckoutOptionalItem>> = "optionalItems",
        /// The currencies to choose from.
        currency_options: Option<Vec<CheckoutCurrency>> = "currencyOptions",
        /// The customer's saved payment methods.
        saved_payment_methods: Option<Vec<CheckoutSavedMethod>> = "savedPaymentMethods",
        /// E-mail address.
        email: Option<String> = "email",
        /// Phone number.
        phone_number: Option<String> = "phoneNumber",
        /// The business's name.
        business_name: Option<String> = "businessName",
        /// The names that the session asks for.
        name_collection: Option<CheckoutNames> = "nameCollection",
        /// The business's number with the tax office.
        tax_id_info: Option<CheckoutTaxIdInfo> = "taxIdInfo",
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
    /// What a session costs.
    pub struct CheckoutTotal {
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
        /// For the way of paying.
        surcharge: CheckoutAmount = "surcharge",
        /// Tax on top.
        tax_exclusive: CheckoutAmount = "taxExclusive",
        /// Tax within.
        tax_inclusive: CheckoutAmount = "taxInclusive",
        /// In all.
        total: CheckoutAmount = "total",
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
    pub struct CheckoutShipping {
        /// Which.
        shipping_option: CheckoutShippingOption = "shippingOption",
        /// What of it is tax.
        tax_amounts: Option<Vec<CheckoutTaxAmount>> = "taxAmounts",
    }
}

payload! {
    /// A way of shipping.
    pub struct CheckoutShippingOption {
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
        /// How long it takes.
        delivery_estimate: Option<CheckoutDelivery> = "deliveryEstimate",
    }
}

payload! {
    /// Why a try to pay failed.
    pub struct CheckoutPaymentError {
        /// In words for the shopper.
        message: String = "message",
    }
}

payload! {
    /// How long shipping takes.
    pub struct CheckoutDelivery {
        /// At the earliest.
        minimum: Option<CheckoutDeliveryTime> = "minimum",
        /// At the latest.
        maximum: Option<CheckoutDeliveryTime> = "maximum",
    }
}

payload! {
    /// A time until goods arrive.
    pub struct CheckoutDeliveryTime {
        /// What is counted: `hour`, `day`, `business_day`, `week` or `month`.
        unit: String = "unit",
        /// How many.
        value: i64 = "value",
    }
}

payload! {
    /// Whether a surcharge is known.
    pub struct CheckoutSurcharge {
        /// `requires_input`, `complete` or `failed`.
        status: String = "status",
    }
}

payload! {
    /// A currency to choose, and what the session costs in it.
    pub struct CheckoutCurrency {
        /// In the currency's smallest unit.
        amount_minor: i64 = "minorUnitsAmount",
        /// As the shopper reads it.
        words: String = "amount",
        /// Three letters, lower case.
        currency: String = "currency",
        /// How it was converted, if it was.
        conversion: Option<CheckoutConversion> = "currencyConversion",
    }
}

payload! {
    /// How an amount was converted.
    pub struct CheckoutConversion {
        /// How much of this currency one of the other is.
        rate: f64 = "fxRate",
        /// From which currency: three letters, lower case.
        from_currency: String = "sourceCurrency",
    }
}

payload! {
    /// A saved payment method.
    pub struct CheckoutSavedMethod {
        /// `pm_…`
        id: String = "id",
        /// Its type, `card`.
        kind: String = "type",
        /// The card.
        card: CheckoutSavedCard = "card",
        /// Who pays with it.
        billing_details: MethodBilling = "billingDetails",
    }
}

payload! {
    /// A saved card.
    pub struct CheckoutSavedCard {
        /// Such as `visa`.
        brand: String = "brand",
        /// The month it expires in, from 1.
        exp_month: u32 = "expMonth",
        /// The year it expires in, four digits.
        exp_year: u32 = "expYear",
        /// Its last four digits.
        last4: String = "last4",
    }
}

payload! {
    /// The names that a session asks for.
    pub struct CheckoutNames {
        /// The person's.
        individual: Option<String> = "individualName",
        /// The business's.
        business: Option<String> = "businessName",
    }
}

payload! {
    /// A business's number with the tax office.
    pub struct CheckoutTaxIdInfo {
        /// The number.
        tax_id: CheckoutTaxId = "taxId",
        /// The business's name.
        business_name: String = "businessName",
    }
}

payload! {
    /// A number with the tax office.
    pub struct CheckoutTaxId {
        /// What kind of number.
        kind: SessionTaxIdType = "type",
        /// The number.
        value: String = "value",
    }
}
