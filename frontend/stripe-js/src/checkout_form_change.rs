//! What the ready form of a Checkout Session tells: what is filled in, how far each part is, and that the shopper pays.

use super::SessionContact;
use crate::elements::payment::PostalAddress;
use crate::elements::{ChosenShippingRate, TaxIdType, Wallet, WalletBilling, WalletShipping};
use crate::payload::{Named, Read, payload};
use crate::payment_method::MethodBilling;
use crate::readable::Readable;

payload! {
    /// What is filled into the form.
    pub struct CheckoutFormChange {
        /// Nothing is filled in.
        empty: bool = "empty",
        /// Everything is filled in.
        complete: bool = "complete",
        /// What is filled in.
        value: CheckoutFormFilled = "value",
        /// How far each part is.
        status: CheckoutFormStatus = "status",
        /// The parts of a compact form, of which one is open.
        views: Option<Vec<FormView>> = "views",
    }
}

payload! {
    /// How far each part of the form is; what the form does not ask for is absent.
    pub struct CheckoutFormStatus {
        /// Who pays.
        customer_details: FormSection = "customerDetails",
        /// Where the goods go.
        shipping_address: Option<FormSection> = "shippingAddress",
        /// Where the payment method is billed to.
        billing_address: Option<FormSection> = "billingAddress",
        /// The business's number with the tax office.
        tax: Option<FormSection> = "tax",
        /// The payment method.
        payment: Option<FormSection> = "payment",
        /// Fields of yours.
        custom_fields: Option<FormSection> = "customFields",
        /// Components of yours, by their ids.
        custom_components: Option<Named<FormSection>> = "customComponents",
    }
}

payload! {
    /// How far a part of the form is.
    pub struct FormSection {
        /// Nothing is filled in.
        empty: bool = "empty",
        /// Everything is filled in.
        complete: bool = "complete",
    }
}

payload! {
    /// A part of a compact form.
    pub struct FormView {
        /// What the shopper reads.
        label: String = "label",
        /// Whether it can be opened.
        can_navigate: bool = "canNavigate",
        /// Whether it is open.
        active: bool = "active",
    }
}

payload! {
    /// What the shopper filled in.
    pub struct CheckoutFormFilled {
        /// Who pays.
        customer_details: FormCustomer = "customerDetails",
        /// Where the goods go.
        shipping_address: Option<SessionContact> = "shippingAddress",
        /// Where the payment method is billed to.
        billing_address: Option<SessionContact> = "billingAddress",
        /// The chosen way of shipping.
        shipping_option: Option<FormShippingOption> = "shippingOption",
        /// The business's number with the tax office.
        tax: Option<FormTaxId> = "tax",
        /// The payment method.
        payment: Option<FormPayment> = "payment",
        /// The chosen currency, where there is a choice.
        adaptive_pricing: Option<FormCurrency> = "adaptivePricing",
        /// Fields of yours.
        custom_fields: Option<Named<FieldValue>> = "customFields",
        /// Components of yours, by their ids.
        custom_components: Option<Named<FieldValue>> = "customComponents",
    }
}

payload! {
    /// The chosen way of shipping.
    pub struct FormShippingOption {
        /// Its id.
        id: String = "id",
        /// What it is called.
        display_name: String = "displayName",
        /// What it costs, as the shopper reads it.
        words: String = "amount",
    }
}

payload! {
    /// A business's number with the tax office.
    pub struct FormTaxId {
        /// The business's name.
        business_name: Option<String> = "businessName",
        /// The number.
        tax_id: String = "taxId",
        /// What kind of number the form asked for.
        tax_id_type: TaxIdType = "taxIdType",
        /// The same, as Stripe's API calls it.
        external_tax_id_type: String = "externalTaxIdType",
    }
}

payload! {
    /// The chosen payment method.
    pub struct FormPayment {
        /// Whether none is open.
        collapsed: bool = "collapsed",
        /// Its type, such as `card`.
        kind: String = "type",
        /// Its country, two letters.
        country: Option<String> = "country",
        /// What was typed about who pays.
        billing_details: Option<FormBilling> = "billingDetails",
        /// The saved one, if it is one.
        payment_method: Option<FormSavedMethod> = "payment_method",
        /// Whether it is to be saved.
        save: Option<bool> = "savePaymentMethod",
    }
}

payload! {
    /// What was typed about who pays.
    pub struct FormBilling {
        /// Country and postal code.
        address: Option<PostalAddress> = "address",
    }
}

payload! {
    /// A saved payment method that was chosen.
    pub struct FormSavedMethod {
        /// `pm_…`
        id: String = "id",
        /// Its type, such as `card`.
        kind: String = "type",
        /// Who pays with it.
        billing_details: MethodBilling = "billing_details",
    }
}

payload! {
    /// A chosen currency.
    pub struct FormCurrency {
        /// Three letters, lower case.
        currency: String = "currency",
    }
}

/// What a field of yours holds.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldValue {
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
}

impl Read for FieldValue {
    fn read<R: Readable>(value: &R) -> Option<Self> {
        let text = value.as_text().map(Self::Text);
        text.or_else(|| value.as_number().map(Self::Number))
    }

    #[cfg(test)]
    fn write(&self) -> serde_json::Value {
        match self {
            Self::Text(text) => text.as_str().into(),
            Self::Number(number) => (*number).into(),
        }
    }
}

payload! {
    /// Who pays.
    pub struct FormCustomer {
        /// E-mail address.
        email: String = "email",
        /// Full name.
        name: Option<String> = "name",
        /// The business's name.
        business_name: Option<String> = "businessName",
        /// Phone number.
        phone: Option<String> = "phone",
    }
}

payload! {
    /// How the shopper wants to pay.
    pub struct CheckoutFormConfirm without {
        "paymentFailed": "It is ConfirmReply::payment_failed.",
    } {
        /// `checkout-form-ece` for a wallet's button, `checkout-form-pay-button` for the form's own.
        source: String = "source",
        /// The chosen payment method's type.
        payment_method_type: Option<String> = "paymentMethodType",
        /// The wallet, if its button was used.
        wallet: Option<Wallet> = "expressPaymentType",
        /// Who pays, if a wallet says so.
        billing_details: Option<WalletBilling> = "billingDetails",
        /// Where the goods go, if a wallet says so.
        shipping_address: Option<WalletShipping> = "shippingAddress",
        /// The way of shipping that was chosen in a wallet's sheet.
        shipping_rate: Option<ChosenShippingRate> = "shippingRate",
    }
}
