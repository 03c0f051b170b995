//! How the single-field elements look: they have no appearance, but styles and classes of their own.

use crate::names::closed_enum;
use crate::options::options;

options! {
    /// The look of a field by its state. See <https://docs.stripe.com/js/appendix/style>.
    pub struct Style {
        /// Always; the other states add to it.
        base: StyleVariant,
        /// While it is filled in well.
        complete: StyleVariant,
        /// While it is empty.
        empty: StyleVariant,
        /// While it is filled in badly.
        invalid: StyleVariant,
    }
}

options! {
    /// The look of a field in one state.
    #[serde(rename_all = "camelCase")]
    pub struct StyleVariant {
        /// Under a pointer.
        #[serde(rename = ":hover")]
        hover: Declarations,
        /// With the focus.
        #[serde(rename = ":focus")]
        focus: Declarations,
        /// The placeholder.
        #[serde(rename = "::placeholder")]
        placeholder: Declarations,
        /// What is selected.
        #[serde(rename = "::selection")]
        selection: Declarations,
        /// Filled in by the browser.
        #[serde(rename = ":-webkit-autofill")]
        autofill: Declarations,
        /// Disabled.
        #[serde(rename = ":disabled")]
        disabled: Declarations,
        /// The button of older browsers that empties the field; `display` alone says whether.
        #[serde(rename = "::-ms-clear")]
        ms_clear: Clear,
        ../// In none of these.
        base: Declarations,
    }
}

options! {
    /// Whether the button that empties a field is shown.
    pub struct Clear {
        required {
            /// `none`, or another value of `display`.
            display: String,
        }
        ../// How it looks.
        base: Declarations,
    }
}

options! {
    /// CSS declarations, as far as Stripe lets them into its frames.
    #[serde(rename_all = "camelCase")]
    pub struct Declarations {
        /// `background-color`.
        background_color: String,
        /// `color`.
        color: String,
        /// `font-family`.
        font_family: String,
        /// `font-size`.
        font_size: String,
        /// `font-smoothing`.
        font_smoothing: String,
        /// `font-style`.
        font_style: String,
        /// `font-variant`.
        font_variant: String,
        /// `font-weight`.
        font_weight: String,
        /// The icon's colour.
        icon_color: String,
        /// `line-height`.
        line_height: String,
        /// `letter-spacing`.
        letter_spacing: String,
        /// `text-align`.
        text_align: String,
        /// `padding`.
        padding: String,
        /// `text-decoration`.
        text_decoration: String,
        /// `text-shadow`.
        text_shadow: String,
        /// `text-transform`.
        text_transform: String,
    }
}

closed_enum! {
    /// How an element's icon is drawn.
    pub enum IconStyle {
        /// In outline.
        Default = "default",
        /// Filled.
        Solid = "solid",
    }
}

options! {
    /// The classes that the element's place gets by its state. See <https://docs.stripe.com/js/elements_object/create_element>.
    #[serde(rename_all = "camelCase")]
    pub struct Classes {
        /// Always.
        base: String,
        /// While it is filled in well.
        complete: String,
        /// While it is empty.
        empty: String,
        /// While it has the focus.
        focus: String,
        /// While it is filled in badly.
        invalid: String,
        /// While the browser has filled it in.
        webkit_autofill: String,
    }
}
