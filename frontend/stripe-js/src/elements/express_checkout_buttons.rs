//! The looks of wallet buttons: each wallet has its own colours and words.

use crate::names::closed_enum;
use crate::options::options;

options! {
    /// The buttons' colours.
    #[serde(rename_all = "camelCase")]
    pub struct ButtonThemes {
        /// Apple Pay's.
        apple_pay: ApplePayTheme,
        /// Google Pay's.
        google_pay: GooglePayTheme,
        /// PayPal's.
        paypal: PayPalTheme,
    }
}

options! {
    /// The buttons' words.
    #[serde(rename_all = "camelCase")]
    pub struct ButtonTypes {
        /// Apple Pay's.
        apple_pay: ApplePayButton,
        /// Google Pay's.
        google_pay: GooglePayButton,
        /// PayPal's.
        paypal: PayPalButton,
    }
}

closed_enum! {
    /// The colour of an Apple Pay button.
    pub enum ApplePayTheme {
        /// Black.
        Black = "black",
        /// White.
        White = "white",
        /// White, with an outline.
        WhiteOutline = "white-outline",
    }
}

closed_enum! {
    /// The colour of a Google Pay button.
    pub enum GooglePayTheme {
        /// Black.
        Black = "black",
        /// White.
        White = "white",
    }
}

closed_enum! {
    /// The colour of a PayPal button.
    pub enum PayPalTheme {
        /// Gold.
        Gold = "gold",
        /// Blue.
        Blue = "blue",
        /// Silver.
        Silver = "silver",
        /// White.
        White = "white",
        /// Black.
        Black = "black",
    }
}

closed_enum! {
    /// The words on an Apple Pay button.
    pub enum ApplePayButton {
        /// Add money.
        AddMoney = "add-money",
        /// Book.
        Book = "book",
        /// Buy.
        Buy = "buy",
        /// Check out.
        CheckOut = "check-out",
        /// Contribute.
        Contribute = "contribute",
        /// Donate.
        Donate = "donate",
        /// Order.
        Order = "order",
        /// The logo alone.
        Plain = "plain",
        /// Reload.
        Reload = "reload",
        /// Rent.
        Rent = "rent",
        /// Subscribe.
        Subscribe = "subscribe",
        /// Support.
        Support = "support",
        /// Tip.
        Tip = "tip",
        /// Top up.
        TopUp = "top-up",
    }
}

closed_enum! {
    /// The words on a Google Pay button.
    pub enum GooglePayButton {
        /// Book.
        Book = "book",
        /// Buy.
        Buy = "buy",
        /// Check out.
        Checkout = "checkout",
        /// Donate.
        Donate = "donate",
        /// Order.
        Order = "order",
        /// Pay.
        Pay = "pay",
        /// The logo alone.
        Plain = "plain",
        /// Subscribe.
        Subscribe = "subscribe",
    }
}

closed_enum! {
    /// The words on a PayPal button.
    pub enum PayPalButton {
        /// The logo alone.
        Paypal = "paypal",
        /// Buy now.
        BuyNow = "buynow",
        /// Check out.
        Checkout = "checkout",
        /// Pay.
        Pay = "pay",
    }
}
