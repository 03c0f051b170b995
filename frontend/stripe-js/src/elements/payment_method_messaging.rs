//! The Payment Method Messaging Element: what paying later would cost, beside the price.

use super::element::element;
use crate::extra::Extra;
use crate::names::{closed_enum, open_enum};
use crate::options::options;

element! {
    /// The Payment Method Messaging Element. It belongs to a group without a mode.
    ///
    /// See <https://docs.stripe.com/js/element/payment_method_messaging_element>.
    PaymentMethodMessaging = "paymentMethodMessaging",
    PaymentMethodMessagingElement(PaymentMethodMessagingElementOptions) {
        update(PaymentMethodMessagingElementUpdate),
        methods [],
        events [ready],
    }
}

options! {
    /// The options of the Payment Method Messaging Element. The deprecated `paymentMethods` is missing:
    /// `payment_method_types` replaced it.
    ///
    /// See <https://docs.stripe.com/js/elements_object/create_element?type=paymentMethodMessaging>.
    #[serde(rename_all = "camelCase")]
    pub struct PaymentMethodMessagingElementOptions {
        required {
            /// The price, in the currency's smallest unit.
            #[serde(rename = "amount")]
            amount_minor: i64,
            /// The currency, in upper case.
            currency: MessagingCurrency,
        }
        /// The only payment methods to tell about.
        payment_method_types: Vec<PayLater>,
        /// The order of payment methods.
        payment_method_order: Vec<PayLater>,
        /// Where the shopper is.
        country_code: MessagingCountry,
        /// The colour of logos.
        logo_color: LogoColor,
        /// What Stripe's measurements are tied to.
        meta_data: MessagingMetaData,
        ../// Options that these types do not know.
        extra: Extra,
    }
}

options! {
    /// A change of a Payment Method Messaging Element's options.
    #[serde(rename_all = "camelCase")]
    pub struct PaymentMethodMessagingElementUpdate {
        /// The price, in the currency's smallest unit.
        #[serde(rename = "amount")]
        amount_minor: i64,
        /// The currency, in upper case.
        currency: MessagingCurrency,
        /// The only payment methods to tell about.
        payment_method_types: Vec<PayLater>,
        /// The order of payment methods.
        payment_method_order: Vec<PayLater>,
        /// Where the shopper is.
        country_code: MessagingCountry,
        /// The colour of logos.
        logo_color: LogoColor,
        /// What Stripe's measurements are tied to.
        meta_data: MessagingMetaData,
        ../// Options that these types do not know.
        extra: Extra,
    }
}

options! {
    /// What Stripe's measurements are tied to.
    #[serde(rename_all = "camelCase")]
    pub struct MessagingMetaData {
        required {
            /// Your reference.
            messaging_client_reference_id: String,
        }
    }
}

open_enum! {
    /// A payment method that is paid later.
    pub enum PayLater {
        /// Afterpay, also called Clearpay.
        AfterpayClearpay = "afterpay_clearpay",
        /// Klarna.
        Klarna = "klarna",
        /// Affirm.
        Affirm = "affirm",
    }
}

closed_enum! {
    /// The colour of logos.
    pub enum LogoColor {
        /// Black.
        Black = "black",
        /// White.
        White = "white",
        /// Their own.
        Color = "color",
    }
}

open_enum! {
    /// A currency in which something can be paid later.
    pub enum MessagingCurrency {
        /// Australian dollar.
        Aud = "AUD",
        /// Canadian dollar.
        Cad = "CAD",
        /// Swiss franc.
        Chf = "CHF",
        /// Czech koruna.
        Czk = "CZK",
        /// Danish krone.
        Dkk = "DKK",
        /// Euro.
        Eur = "EUR",
        /// Pound sterling.
        Gbp = "GBP",
        /// Norwegian krone.
        Nok = "NOK",
        /// New Zealand dollar.
        Nzd = "NZD",
        /// Polish złoty.
        Pln = "PLN",
        /// Romanian leu.
        Ron = "RON",
        /// Swedish krona.
        Sek = "SEK",
        /// US dollar.
        Usd = "USD",
    }
}

open_enum! {
    /// A country in which something can be paid later.
    pub enum MessagingCountry {
        /// Austria.
        At = "AT",
        /// Australia.
        Au = "AU",
        /// Belgium.
        Be = "BE",
        /// Canada.
        Ca = "CA",
        /// Switzerland.
        Ch = "CH",
        /// Czechia.
        Cz = "CZ",
        /// Germany.
        De = "DE",
        /// Denmark.
        Dk = "DK",
        /// Spain.
        Es = "ES",
        /// Finland.
        Fi = "FI",
        /// France.
        Fr = "FR",
        /// United Kingdom.
        Gb = "GB",
        /// Greece.
        Gr = "GR",
        /// Ireland.
        Ie = "IE",
        /// Italy.
        It = "IT",
        /// Netherlands.
        Nl = "NL",
        /// Norway.
        No = "NO",
        /// New Zealand.
        Nz = "NZ",
        /// Poland.
        Pl = "PL",
        /// Portugal.
        Pt = "PT",
        /// Romania.
        Ro = "RO",
        /// Sweden.
        Se = "SE",
        /// United States.
        Us = "US",
    }
}
