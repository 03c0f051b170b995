//! How Elements look: a theme, and what differs from it.

use serde::Serialize;
use serde::ser::Serializer;

use crate::options::options;
use crate::text_map::{TextMap, write_object};

options! {
    /// How Elements look. See <https://docs.stripe.com/elements/appearance-api>.
    #[serde(rename_all = "camelCase")]
    pub struct Appearance {
        /// Where to begin.
        theme: Theme,
        /// Names such as `colorPrimary`, and their values.
        variables: TextMap,
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

/// Where an appearance begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Stripe's own, and the default.
    Stripe,
    /// Dark.
    Night,
    /// Flat.
    Flat,
}

/// How labels stand to their fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LabelStyle {
    /// As the kind of fields suggests.
    Auto,
    /// Above the field.
    Above,
    /// Inside the field, until it is filled in.
    Floating,
}

/// How fields stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum InputStyle {
    /// Apart.
    Spaced,
    /// Joined.
    Condensed,
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
