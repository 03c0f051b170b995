//! How Elements look: a theme, and what differs from it.

use serde::Serialize;
use serde::ser::Serializer;

use crate::names::{closed_enum, open_enum};
use crate::options::options;
#[cfg(test)]
use crate::sample::Sample;
use crate::text_map::{TextMap, write_object};

options! {
    /// How Elements look. See <https://docs.stripe.com/elements/appearance-api>.
    #[serde(rename_all = "camelCase")]
    pub struct Appearance {
        /// Where to begin.
        theme: Theme,
        /// Names such as `colorPrimary`, and their values.
        variables: Variables,
        /// CSS declarations by selector, such as `.Input:focus`.
        rules: Rules,
        /// How labels stand to their fields.
        labels: LabelStyle,
        /// How fields stand to each other.
        inputs: InputStyle,
        /// Whether nothing moves.
        disable_animations: bool,
    }
}

closed_enum! {
    /// Where an appearance begins.
    pub enum Theme {
        /// Stripe's own, and the default.
        Stripe = "stripe",
        /// Dark.
        Night = "night",
        /// Flat.
        Flat = "flat",
    }
}

closed_enum! {
    /// How labels stand to their fields.
    pub enum LabelStyle {
        /// As the kind of fields suggests.
        Auto = "auto",
        /// Above the field.
        Above = "above",
        /// Inside the field, until it is filled in.
        Floating = "floating",
    }
}

closed_enum! {
    /// How fields stand to each other.
    pub enum InputStyle {
        /// Apart.
        Spaced = "spaced",
        /// Joined.
        Condensed = "condensed",
    }
}

/// Values by their names, in order: `[("colorPrimary", "#0a6b4f")].into()`, or `[(Variable::ColorPrimary, …)]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variables(Vec<(Variable, String)>);

impl<N: Into<Variable>, V: Into<String>> FromIterator<(N, V)> for Variables {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(variables: I) -> Self {
        Self(
            variables
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }
}

impl<N: Into<Variable>, V: Into<String>, const LEN: usize> From<[(N, V); LEN]> for Variables {
    fn from(variables: [(N, V); LEN]) -> Self {
        variables.into_iter().collect()
    }
}

impl Serialize for Variables {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name.as_str(), value)))
    }
}

#[cfg(test)]
impl Sample for Variables {
    fn samples() -> Vec<Self> {
        let names = Variable::samples().into_iter();
        vec![names.map(|name| (name, "1px")).collect()]
    }
}

#[cfg(test)]
impl Sample for Rules {
    fn samples() -> Vec<Self> {
        vec![[(".Input", [("border", "none")].into())].into()]
    }
}

open_enum! {
    /// The name of a variable; those that Stripe deprecated are missing.
    /// See <https://docs.stripe.com/elements/appearance-api#variables>.
    pub enum Variable {
        /// `fontFamily`.
        FontFamily = "fontFamily",
        /// `fontSmooth`.
        FontSmooth = "fontSmooth",
        /// `fontVariantLigatures`.
        FontVariantLigatures = "fontVariantLigatures",
        /// `fontVariationSettings`.
        FontVariationSettings = "fontVariationSettings",
        /// `fontLineHeight`.
        FontLineHeight = "fontLineHeight",
        /// `fontSizeBase`.
        FontSizeBase = "fontSizeBase",
        /// `fontSizeSm`.
        FontSizeSm = "fontSizeSm",
        /// `fontSizeXs`.
        FontSizeXs = "fontSizeXs",
        /// `fontSize2Xs`.
        FontSize2Xs = "fontSize2Xs",
        /// `fontSize3Xs`.
        FontSize3Xs = "fontSize3Xs",
        /// `fontSizeLg`.
        FontSizeLg = "fontSizeLg",
        /// `fontSizeXl`.
        FontSizeXl = "fontSizeXl",
        /// `fontWeightLight`.
        FontWeightLight = "fontWeightLight",
        /// `fontWeightNormal`.
        FontWeightNormal = "fontWeightNormal",
        /// `fontWeightMedium`.
        FontWeightMedium = "fontWeightMedium",
        /// `fontWeightBold`.
        FontWeightBold = "fontWeightBold",
        /// `spacingUnit`.
        SpacingUnit = "spacingUnit",
        /// `gridRowSpacing`.
        GridRowSpacing = "gridRowSpacing",
        /// `gridColumnSpacing`.
        GridColumnSpacing = "gridColumnSpacing",
        /// `tabSpacing`.
        TabSpacing = "tabSpacing",
        /// `accordionItemSpacing`.
        AccordionItemSpacing = "accordionItemSpacing",
        /// `accordionItemLabelColorText`.
        AccordionItemLabelColorText = "accordionItemLabelColorText",
        /// `accordionItemLabelFontSize`.
        AccordionItemLabelFontSize = "accordionItemLabelFontSize",
        /// `accordionItemLabelFontWeight`.
        AccordionItemLabelFontWeight = "accordionItemLabelFontWeight",
        /// `accordionItemLabelSelectedColorText`.
        AccordionItemLabelSelectedColorText = "accordionItemLabelSelectedColorText",
        /// `accordionItemLabelSelectedFontWeight`.
        AccordionItemLabelSelectedFontWeight = "accordionItemLabelSelectedFontWeight",
        /// `accordionItemTriggerColor`.
        AccordionItemTriggerColor = "accordionItemTriggerColor",
        /// `accordionItemTriggerSelectedColor`.
        AccordionItemTriggerSelectedColor = "accordionItemTriggerSelectedColor",
        /// `accordionItemTriggerHoverColor`.
        AccordionItemTriggerHoverColor = "accordionItemTriggerHoverColor",
        /// `colorPrimary`.
        ColorPrimary = "colorPrimary",
        /// `colorBackground`.
        ColorBackground = "colorBackground",
        /// `colorText`.
        ColorText = "colorText",
        /// `colorSuccess`.
        ColorSuccess = "colorSuccess",
        /// `colorDanger`.
        ColorDanger = "colorDanger",
        /// `colorWarning`.
        ColorWarning = "colorWarning",
        /// `buttonBoxShadow`.
        ButtonBoxShadow = "buttonBoxShadow",
        /// `buttonColorBackground`.
        ButtonColorBackground = "buttonColorBackground",
        /// `buttonColorText`.
        ButtonColorText = "buttonColorText",
        /// `buttonFontSize`.
        ButtonFontSize = "buttonFontSize",
        /// `buttonFontWeight`.
        ButtonFontWeight = "buttonFontWeight",
        /// `buttonPadding`.
        ButtonPadding = "buttonPadding",
        /// `colorTextSecondary`.
        ColorTextSecondary = "colorTextSecondary",
        /// `colorTextPlaceholder`.
        ColorTextPlaceholder = "colorTextPlaceholder",
        /// `accessibleColorOnColorPrimary`.
        AccessibleColorOnColorPrimary = "accessibleColorOnColorPrimary",
        /// `accessibleColorOnColorBackground`.
        AccessibleColorOnColorBackground = "accessibleColorOnColorBackground",
        /// `accessibleColorOnColorSuccess`.
        AccessibleColorOnColorSuccess = "accessibleColorOnColorSuccess",
        /// `accessibleColorOnColorDanger`.
        AccessibleColorOnColorDanger = "accessibleColorOnColorDanger",
        /// `accessibleColorOnColorWarning`.
        AccessibleColorOnColorWarning = "accessibleColorOnColorWarning",
        /// `iconColor`.
        IconColor = "iconColor",
        /// `iconHoverColor`.
        IconHoverColor = "iconHoverColor",
        /// `iconCardErrorColor`.
        IconCardErrorColor = "iconCardErrorColor",
        /// `iconCardCvcColor`.
        IconCardCvcColor = "iconCardCvcColor",
        /// `iconCardCvcErrorColor`.
        IconCardCvcErrorColor = "iconCardCvcErrorColor",
        /// `iconCheckmarkColor`.
        IconCheckmarkColor = "iconCheckmarkColor",
        /// `iconChevronDownColor`.
        IconChevronDownColor = "iconChevronDownColor",
        /// `iconChevronDownHoverColor`.
        IconChevronDownHoverColor = "iconChevronDownHoverColor",
        /// `iconCloseColor`.
        IconCloseColor = "iconCloseColor",
        /// `iconCloseHoverColor`.
        IconCloseHoverColor = "iconCloseHoverColor",
        /// `iconLoadingIndicatorColor`.
        IconLoadingIndicatorColor = "iconLoadingIndicatorColor",
        /// `iconMenuColor`.
        IconMenuColor = "iconMenuColor",
        /// `iconMenuHoverColor`.
        IconMenuHoverColor = "iconMenuHoverColor",
        /// `iconPasscodeDeviceColor`.
        IconPasscodeDeviceColor = "iconPasscodeDeviceColor",
        /// `iconPasscodeDeviceHoverColor`.
        IconPasscodeDeviceHoverColor = "iconPasscodeDeviceHoverColor",
        /// `iconPasscodeDeviceNotificationColor`.
        IconPasscodeDeviceNotificationColor = "iconPasscodeDeviceNotificationColor",
        /// `iconRedirectColor`.
        IconRedirectColor = "iconRedirectColor",
        /// `tabIconColor`.
        TabIconColor = "tabIconColor",
        /// `tabIconHoverColor`.
        TabIconHoverColor = "tabIconHoverColor",
        /// `tabIconSelectedColor`.
        TabIconSelectedColor = "tabIconSelectedColor",
        /// `tabIconMoreColor`.
        TabIconMoreColor = "tabIconMoreColor",
        /// `tabIconMoreHoverColor`.
        TabIconMoreHoverColor = "tabIconMoreHoverColor",
        /// `logoColor`.
        LogoColor = "logoColor",
        /// `tabLogoColor`.
        TabLogoColor = "tabLogoColor",
        /// `tabLogoSelectedColor`.
        TabLogoSelectedColor = "tabLogoSelectedColor",
        /// `blockLogoColor`.
        BlockLogoColor = "blockLogoColor",
        /// `focusBoxShadow`.
        FocusBoxShadow = "focusBoxShadow",
        /// `focusOutline`.
        FocusOutline = "focusOutline",
        /// `inputBoxShadow`.
        InputBoxShadow = "inputBoxShadow",
        /// `inputColorBorder`.
        InputColorBorder = "inputColorBorder",
        /// `inputFocusBoxShadow`.
        InputFocusBoxShadow = "inputFocusBoxShadow",
        /// `inputFocusColorBorder`.
        InputFocusColorBorder = "inputFocusColorBorder",
        /// `labelColorText`.
        LabelColorText = "labelColorText",
        /// `labelFontSize`.
        LabelFontSize = "labelFontSize",
        /// `labelFontWeight`.
        LabelFontWeight = "labelFontWeight",
        /// `labelSpacing`.
        LabelSpacing = "labelSpacing",
        /// `buttonBorderRadius`.
        ButtonBorderRadius = "buttonBorderRadius",
        /// `buttonExpressCheckoutBorderRadius`.
        ButtonExpressCheckoutBorderRadius = "buttonExpressCheckoutBorderRadius",
        /// `borderRadius`.
        BorderRadius = "borderRadius",
    }
}

/// CSS declarations by selector, in order.
///
/// ```
/// # use stripe_js::appearance::Rules;
/// let rules = Rules::from([(".Input:focus", [("outline", "2px solid")].into())]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules(Vec<(String, TextMap)>);

impl<N: Into<String>> FromIterator<(N, TextMap)> for Rules {
    fn from_iter<I: IntoIterator<Item = (N, TextMap)>>(rules: I) -> Self {
        Self(
            rules
                .into_iter()
                .map(|(selector, rule)| (selector.into(), rule))
                .collect(),
        )
    }
}

impl<N: Into<String>, const LEN: usize> From<[(N, TextMap); LEN]> for Rules {
    fn from(rules: [(N, TextMap); LEN]) -> Self {
        rules.into_iter().collect()
    }
}

impl Serialize for Rules {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write_object(&self.0, serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_appearance_keeps_the_order_of_its_rules() {
        let appearance = Appearance {
            theme: Some(Theme::Night),
            variables: Some([("colorPrimary", "#0a6b4f"), ("borderRadius", "8px")].into()),
            rules: Some(
                [
                    (".Tab", [("border", "none"), ("boxShadow", "none")].into()),
                    (".Input:focus", [("outline", "2px solid")].into()),
                ]
                .into(),
            ),
            labels: Some(LabelStyle::Floating),
            inputs: Some(InputStyle::Condensed),
            disable_animations: Some(true),
        };
        assert_eq!(
            serde_json::to_string(&appearance).unwrap(),
            concat!(
                r##"{"theme":"night","variables":{"colorPrimary":"#0a6b4f","borderRadius":"8px"},"##,
                r##""rules":{".Tab":{"border":"none","boxShadow":"none"},".Input:focus":{"outline":"2px solid"}},"##,
                r##""labels":"floating","inputs":"condensed","disableAnimations":true}"##,
            )
        );
    }
}
