//! How the Payment Element lays out payment methods.

use crate::names::closed_enum;
use crate::options::options;

options! {
    /// How payment methods are laid out. Begin with [`tabs`](Self::tabs), [`accordion`](Self::accordion) or
    /// [`auto`](Self::auto).
    #[derive(PartialEq, Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct Layout {
        required {
            /// Side by side, or below each other.
            #[serde(rename = "type")]
            kind: LayoutType,
        }
        /// Whether no payment method is open at first.
        default_collapsed: bool,
        /// Whether an accordion shows radio buttons.
        radios: Radios,
        /// Whether the items of an accordion stand apart.
        spaced_accordion_items: bool,
        /// How many items an accordion shows before "more".
        visible_accordion_items_count: u32,
        /// Where an accordion shows a payment method's logo.
        payment_method_logo_position: LogoPosition,
    }
}

options! {
    /// What of a layout can change. Begin with [`Layout`]'s kind.
    #[derive(PartialEq, Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct LayoutUpdate {
        required {
            /// Side by side, or below each other.
            #[serde(rename = "type")]
            kind: LayoutType,
        }
        /// Whether an accordion shows radio buttons.
        radios: Radios,
        /// Whether the items of an accordion stand apart.
        spaced_accordion_items: bool,
        /// How many items an accordion shows before "more".
        visible_accordion_items_count: u32,
    }
}

/// Stripe decides.
impl Default for LayoutType {
    fn default() -> Self {
        Self::Auto
    }
}

impl Layout {
    /// Payment methods side by side.
    pub fn tabs() -> Self {
        Self::of(LayoutType::Tabs)
    }

    /// Payment methods below each other.
    pub fn accordion() -> Self {
        Self::of(LayoutType::Accordion)
    }

    /// Stripe decides.
    pub fn auto() -> Self {
        Self::of(LayoutType::Auto)
    }

    fn of(kind: LayoutType) -> Self {
        Self {
            kind,
            ..Self::default()
        }
    }
}

closed_enum! {
    /// Side by side, or below each other.
    pub enum LayoutType {
        /// Side by side.
        Tabs = "tabs",
        /// Below each other.
        Accordion = "accordion",
        /// Stripe decides.
        Auto = "auto",
    }
}

closed_enum! {
    /// Whether an accordion shows radio buttons.
    pub enum Radios {
        /// Stripe decides.
        Auto = "auto",
        /// Never.
        Never = "never",
        /// Always.
        Always = "always",
        /// When there is a choice.
        IfMultiple = "if_multiple",
    }
}

closed_enum! {
    /// Where an accordion shows a payment method's logo.
    pub enum LogoPosition {
        /// Before the name.
        Start = "start",
        /// After it.
        End = "end",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_layout_can_be_a_name_alone() {
        for (layout, name) in [
            (Layout::tabs(), "tabs"),
            (Layout::accordion(), "accordion"),
            (Layout::auto(), "auto"),
        ] {
            assert_eq!(
                serde_json::to_value(layout).unwrap(),
                json!({ "type": name })
            );
        }
    }
}
