//! What a Checkout Session's Elements and actions are told.

use super::tax_id_type::SessionTaxIdType;
use crate::appearance::Appearance;
use crate::elements::payment::{Fields, Layout, Show, Terms, WalletOptions, Wallets};
use crate::elements::{
    AdaptivePricing, AddressDisplay, AddressElementFields, ButtonThemes, ButtonTypes, Contact,
    ExpressLayout, Font, LoaderUi, SyncAddressCheckbox, WalletsOffered,
};
use crate::names::closed_enum;
use crate::options::options;
use crate::secret::Secret;

options! {
    /// How a Checkout Session is shown with Elements.
    ///
    /// See <https://docs.stripe.com/js/custom_checkout/init>.
    #[serde(rename_all = "camelCase")]
    pub struct CheckoutElementsSdkOptions {
        required {
            /// The session's client secret.
            client_secret: Secret,
        }
        /// How the elements look and load.
        elements_options: CheckoutElementsOptions,
        /// Whether the shopper may pay in a currency of their own.
        adaptive_pricing: AdaptivePricing,
        /// What is known of the shopper already.
        default_values: CheckoutDefaults,
    }
}

options! {
    /// How a session's elements look and load.
    #[serde(rename_all = "camelCase")]
    pub struct CheckoutElementsOptions {
        /// How they look.
        appearance: Appearance,
        /// Whether a skeleton is shown while they load.
        loader: LoaderUi,
        /// Fonts they may use.
        fonts: Vec<Font>,
        /// What is offered of saved payment methods.
        saved_payment_method: SavedPaymentMethods,
        /// Which of two Address Elements carries the checkbox that makes both the same.
        sync_address_checkbox: SyncAddressCheckbox,
    }
}

options! {
    /// What is offered of saved payment methods.
    #[serde(rename_all = "camelCase")]
    pub struct SavedPaymentMethods {
        /// Whether one can be saved.
        enable_save: Show,
        /// Whether saved ones are shown.
        enable_redisplay: Show,
    }
}

options! {
    /// What is known of the shopper already.
    #[serde(rename_all = "camelCase")]
    pub struct CheckoutDefaults {
        /// Where the payment method is billed to.
        billing_address: CheckoutContact,
        /// Where the goods go.
        shipping_address: CheckoutContact,
        /// E-mail address.
        email: String,
        /// Phone number.
        phone_number: String,
    }
}

options! {
    /// A person and an address.
    pub struct CheckoutContact {
        required {
            /// The address.
            address: CheckoutAddress,
        }
        /// Full name.
        name: String,
    }
}

options! {
    /// An address: at least a country.
    pub struct CheckoutAddress {
        required {
            /// Two letters, ISO 3166-1, upper case.
            country: String,
        }
        /// Street and number, P.O. box or company.
        line1: String,
        /// Flat, suite, unit or building.
        line2: String,
        /// City, district, suburb, town or village.
        city: String,
        /// State, county, province or region.
        state: String,
        /// ZIP or postal code.
        postal_code: String,
    }
}

options! {
    /// A session's Payment Element.
    #[serde(rename_all = "camelCase")]
    pub struct CheckoutPaymentOptions {
        /// How payment methods are laid out.
        layout: Layout,
        /// Their order.
        payment_method_order: Vec<String>,
        /// Whether nothing can be changed.
        read_only: bool,
        /// Whose terms are shown.
        terms: Terms,
        /// Which fields are shown.
        fields: Fields,
        /// Which wallets are offered.
        wallets: Wallets,
        /// What a wallet has to ask for.
        wallet_options: WalletOptions,
    }
}

options! {
    /// A session's Address Element.
    pub struct CheckoutAddressOptions {
        /// Addresses to choose from.
        contacts: Vec<Contact>,
        /// How fields are shown.
        display: AddressDisplay,
        /// Which fields are shown.
        fields: AddressElementFields,
    }
}

options! {
    /// A session's Express Checkout Element.
    #[serde(rename_all = "camelCase")]
    pub struct CheckoutExpressOptions {
        /// The buttons' height in pixels, 40 to 55.
        #[serde(rename = "buttonHeight")]
        button_height_px: u32,
        /// The buttons' colours.
        button_theme: ButtonThemes,
        /// The buttons' words.
        button_type: ButtonTypes,
        /// How the buttons are laid out.
        layout: ExpressLayout,
        /// Their order.
        payment_method_order: Vec<String>,
        /// Which wallets are offered.
        payment_methods: WalletsOffered,
    }
}

options! {
    /// How many of a line are bought.
    #[serde(rename_all = "camelCase")]
    pub struct LineItemQuantity {
        required {
            /// The line's id.
            line_item: String,
            /// How many.
            quantity: u32,
        }
    }
}

options! {
    /// A business and its tax ID.
    #[serde(rename_all = "camelCase")]
    pub struct TaxIdInfo {
        required {
            /// The business's name.
            business_name: String,
            /// The number.
            tax_id: SessionTaxId,
        }
    }
}

options! {
    /// A tax ID, by Stripe's name for its type. See <https://docs.stripe.com/billing/customer/tax-ids>.
    pub struct SessionTaxId {
        required {
            /// Such as `eu_vat`.
            #[serde(rename = "type")]
            kind: SessionTaxIdType,
            /// The number.
            value: String,
        }
    }
}

options! {
    /// How a session is paid.
    #[serde(rename_all = "camelCase")]
    pub struct ConfirmCheckout {
        /// Where a redirect comes back to, if the session does not say.
        return_url: String,
        /// Whether the page is left also where it need not be.
        redirect: CheckoutRedirect,
        /// A saved payment method, `pm_…`.
        payment_method: String,
        /// Whether the payment method is kept.
        save_payment_method: bool,
        /// E-mail address.
        email: String,
        /// Phone number.
        phone_number: String,
        /// Where the payment method is billed to.
        billing_address: CheckoutContact,
        /// Where the goods go.
        shipping_address: CheckoutContact,
    }
}

closed_enum! {
    /// Whether the page is left when a session is paid.
    pub enum CheckoutRedirect {
        /// Always.
        Always = "always",
        /// Only for payment methods that need it.
        IfRequired = "if_required",
    }
}
