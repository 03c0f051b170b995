//! The Express Checkout Element: wallets, each with a button and a sheet of its own.

use serde::Serialize;

use super::address::Ask;
use super::apple_pay::{APPLE_PAY_DATES, ApplePay};
use super::element::element;
use super::payment::{Availability, Business, PostalAddress, Show};
use crate::extra::Extra;
use crate::names::{closed_enum, open_enum};
use crate::options::options;
use crate::payload::{Named, payload};

pub use buttons::{
    ApplePayButton, ApplePayTheme, ButtonThemes, ButtonTypes, GooglePayButton, GooglePayTheme,
    PayPalButton, PayPalTheme,
};

pub use replies::{
    ChangeReply, ChangeResolve, ClickReply, ClickResolve, ConfirmReply, FailReason, PaymentFailed,
};

#[path = "express_checkout_buttons.rs"]
mod buttons;
#[path = "express_checkout_replies.rs"]
mod replies;

element! {
    /// The Express Checkout Element: a row of wallet buttons.
    ///
    /// See <https://docs.stripe.com/js/element/express_checkout_element>.
    ExpressCheckout = "expressCheckout",
    ExpressCheckoutElement(ExpressCheckoutElementOptions, dates APPLE_PAY_DATES) {
        update(ExpressCheckoutElementUpdate),
        methods [focus, blur, clear],
        events [focus, blur, escape, loaderror, cancel],
        /// The buttons are there, or there is none to show: then hide the element's place.
        ///
        /// See <https://docs.stripe.com/js/elements_object/express_checkout_element_ready_event>.
        on on_ready = "ready"(ExpressReady),
        /// A button was clicked. Answer within a second, or the wallet does not open.
        ///
        /// See <https://docs.stripe.com/js/elements_object/express_checkout_element_click_event>.
        on on_click = "click"(ExpressClick) replies ClickReply,
        /// The shopper has authorised the payment: now submit, make a token, and ask your server. If any of that fails, say
        /// so with [`ConfirmReply::payment_failed`].
        ///
        /// See <https://docs.stripe.com/js/elements_object/express_checkout_element_confirm_event>.
        on on_confirm = "confirm"(ExpressConfirm) replies ConfirmReply,
        /// The shopper chose an address in the wallet's sheet. Answer with what it costs to ship there.
        ///
        /// See <https://docs.stripe.com/js/elements_object/express_checkout_element_shippingaddresschange_event>.
        on on_shipping_address_change = "shippingaddresschange"(ShippingAddressChange) replies ChangeReply,
        /// The shopper chose a way of shipping in the wallet's sheet.
        ///
        /// See <https://docs.stripe.com/js/elements_object/express_checkout_element_shippingratechange_event>.
        on on_shipping_rate_change = "shippingratechange"(ShippingRateChange) replies ChangeReply,
        /// The wallets on offer changed.
        ///
        /// See <https://docs.stripe.com/js/element/express_checkout_element>.
        on on_available_payment_methods_change =
            "availablepaymentmethodschange"(AvailableWallets),
    }
}

options! {
    /// The options of the Express Checkout Element. The deprecated `wallets` is missing: [`WalletsOffered`] replaced it.
    ///
    /// See <https://docs.stripe.com/js/elements_object/create_express_checkout_element>.
    #[serde(rename_all = "camelCase")]
    pub struct ExpressCheckoutElementOptions {
        /// The only countries that goods are sent to: two letters, ISO 3166-1.
        allowed_shipping_countries: Vec<String>,
        /// What Apple Pay is told of later payments.
        apple_pay: ApplePay,
        /// Whether the wallet asks for a billing address.
        billing_address_required: bool,
        /// The business named in the sheet.
        business: Business,
        /// The buttons' height in pixels, 40 to 55.
        #[serde(rename = "buttonHeight")]
        button_height_px: u32,
        /// The buttons' colours.
        button_theme: ButtonThemes,
        /// The buttons' words.
        button_type: ButtonTypes,
        /// Whether the wallet asks for an e-mail address.
        email_required: bool,
        /// How the buttons are laid out.
        layout: ExpressLayout,
        /// What is bought. The sum may not exceed the group's amount.
        line_items: Vec<LineItem>,
        /// The order of the buttons.
        payment_method_order: Vec<String>,
        /// Which wallets are offered.
        payment_methods: WalletsOffered,
        /// Whether the wallet asks for a phone number.
        phone_number_required: bool,
        /// Whether the wallet asks where to ship to. Then there have to be shipping rates.
        shipping_address_required: bool,
        /// The ways of shipping; the first is chosen.
        shipping_rates: Vec<ShippingRate>,
        ../// Options that these types do not know.
        extra: Extra,
    }
}

options! {
    /// A change of an Express Checkout Element's options.
    ///
    /// See <https://docs.stripe.com/js/elements_object/update_express_checkout_element>.
    #[serde(rename_all = "camelCase")]
    pub struct ExpressCheckoutElementUpdate {
        /// The only countries that goods are sent to: two letters, ISO 3166-1.
        allowed_shipping_countries: Vec<String>,
        /// Whether the wallet asks for a billing address.
        billing_address_required: bool,
        /// The buttons' height in pixels, 40 to 55.
        #[serde(rename = "buttonHeight")]
        button_height_px: u32,
        /// Whether the wallet asks for an e-mail address.
        email_required: bool,
        /// How the buttons are laid out.
        layout: ExpressLayout,
        /// The order of the buttons.
        payment_method_order: Vec<String>,
        /// Whether the wallet asks for a phone number.
        phone_number_required: bool,
        /// Whether the wallet asks where to ship to.
        shipping_address_required: bool,
        ../// Options that these types do not know.
        extra: Extra,
    }
}

options! {
    /// How the buttons are laid out.
    #[serde(rename_all = "camelCase")]
    pub struct ExpressLayout {
        /// In how many columns at most.
        max_columns: u32,
        /// In how many rows at most; 0 for any number.
        max_rows: u32,
        /// Whether the rest is behind "show more".
        overflow: Show,
    }
}

options! {
    /// Which wallets are offered.
    #[serde(rename_all = "camelCase")]
    pub struct WalletsOffered {
        /// Amazon Pay.
        amazon_pay: Show,
        /// Apple Pay.
        apple_pay: Ask,
        /// Google Pay.
        google_pay: Ask,
        /// Klarna.
        klarna: Show,
        /// Link.
        link: Show,
        /// PayPal.
        paypal: Show,
    }
}

options! {
    /// A line of what is bought.
    pub struct LineItem {
        required {
            /// What it is.
            name: String,
            /// In the currency's smallest unit; less than zero for a discount.
            #[serde(rename = "amount")]
            amount_minor: i64,
        }
    }
}

options! {
    /// A way of shipping.
    #[serde(rename_all = "camelCase")]
    pub struct ShippingRate {
        required {
            /// Your name for it, told back when it is chosen.
            id: String,
            /// In the currency's smallest unit.
            #[serde(rename = "amount")]
            amount_minor: i64,
            /// The shopper's name for it.
            display_name: String,
        }
        /// How long it takes.
        delivery_estimate: DeliveryEstimate,
    }
}

/// How long shipping takes.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum DeliveryEstimate {
    /// In words.
    Words(String),
    /// In numbers.
    Range(DeliveryRange),
}

#[cfg(test)]
impl crate::sample::Sample for DeliveryEstimate {
    fn samples() -> Vec<Self> {
        let ranges = DeliveryRange::samples().into_iter().map(Self::Range);
        ranges.chain([Self::Words("in two days".into())]).collect()
    }
}

options! {
    /// From when to when goods may arrive.
    pub struct DeliveryRange {
        /// At the earliest.
        minimum: DeliveryTime,
        /// At the latest.
        maximum: DeliveryTime,
    }
}

options! {
    /// A time until goods arrive.
    pub struct DeliveryTime {
        required {
            /// What is counted.
            unit: DeliveryUnit,
            /// How many.
            value: u32,
        }
    }
}

closed_enum! {
    /// What the time until goods arrive is counted in.
    pub enum DeliveryUnit {
        /// Hours.
        Hour = "hour",
        /// Days.
        Day = "day",
        /// Days on which the business works.
        BusinessDay = "business_day",
        /// Weeks.
        Week = "week",
        /// Months.
        Month = "month",
    }
}

/// Days.
impl Default for DeliveryUnit {
    fn default() -> Self {
        Self::Day
    }
}

payload! {
    /// The element has loaded.
    pub struct ExpressReady {
        /// The wallets on offer; `None` if there is none.
        available_payment_methods: Option<Named<bool>> = "availablePaymentMethods",
    }
}

payload! {
    /// A wallet's button was clicked.
    pub struct ExpressClick without {
        "resolve": "It is ClickReply::resolve.",
        "reject": "It is ClickReply::reject.",
    } {
        /// Which wallet.
        wallet: Wallet = "expressPaymentType",
    }
}

open_enum! {
    /// A wallet of the Express Checkout Element.
    pub enum Wallet {
        /// Google Pay.
        GooglePay = "google_pay",
        /// Apple Pay.
        ApplePay = "apple_pay",
        /// Amazon Pay.
        AmazonPay = "amazon_pay",
        /// Link.
        Link = "link",
        /// PayPal.
        Paypal = "paypal",
        /// Klarna.
        Klarna = "klarna",
    }
}

payload! {
    /// A payment that the shopper has authorised in a wallet.
    pub struct ExpressConfirm without { "paymentFailed": "It is ConfirmReply::payment_failed.", } {
        /// Which wallet.
        wallet: Wallet = "expressPaymentType",
        /// Who pays, as far as it was asked for.
        billing_details: Option<WalletBilling> = "billingDetails",
        /// Where the goods go, if it was asked for.
        shipping_address: Option<WalletShipping> = "shippingAddress",
        /// The chosen way of shipping.
        shipping_rate: Option<ChosenShippingRate> = "shippingRate",
    }
}

payload! {
    /// Who pays with a wallet.
    pub struct WalletBilling {
        /// Full name.
        name: String = "name",
        /// E-mail address.
        email: Option<String> = "email",
        /// Phone number.
        phone: Option<String> = "phone",
        /// Billing address.
        address: PostalAddress = "address",
    }
}

payload! {
    /// Where goods go, as the wallet says.
    pub struct WalletShipping {
        /// The recipient's name.
        name: String = "name",
        /// The recipient's address.
        address: PostalAddress = "address",
    }
}

payload! {
    /// A chosen way of shipping.
    pub struct ChosenShippingRate without { "deliveryEstimate": "It comes back as it was given, by the id.", } {
        /// Your name for it.
        id: String = "id",
        /// In the currency's smallest unit.
        amount_minor: i64 = "amount",
        /// The shopper's name for it.
        display_name: String = "displayName",
    }
}

payload! {
    /// An address that was chosen in a wallet's sheet. It is not whole: street and number come with the confirmation.
    pub struct ShippingAddressChange without {
        "resolve": "It is ChangeReply::resolve.",
        "reject": "It is ChangeReply::reject.",
    } {
        /// The recipient's name.
        name: String = "name",
        /// As much of the address as the wallet tells.
        address: PostalAddress = "address",
    }
}

payload! {
    /// A way of shipping that was chosen in a wallet's sheet.
    pub struct ShippingRateChange without {
        "resolve": "It is ChangeReply::resolve.",
        "reject": "It is ChangeReply::reject.",
    } {
        /// Which.
        shipping_rate: ChosenShippingRate = "shippingRate",
    }
}

payload! {
    /// Which wallets are on offer.
    pub struct AvailableWallets {
        /// By name; nothing while it is not known.
        payment_methods: Option<Named<Availability>> = "paymentMethods",
    }
}
