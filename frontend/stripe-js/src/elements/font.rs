//! Fonts that elements may use: they do not see the page's own.

use serde::Serialize;

use crate::json::Options;
use crate::names::closed_enum;

/// A font that elements may use. See <https://docs.stripe.com/js/appendix/css_font_source_object>.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
pub enum Font {
    /// A style sheet with `@font-face` rules.
    Css {
        /// Its address.
        css_src: String,
    },
    /// One font file.
    Custom {
        /// The name to give it.
        family: String,
        /// A value of `src` in a `@font-face` rule.
        src: String,
        /// A value of `font-display`.
        #[serde(skip_serializing_if = "Option::is_none")]
        display: Option<String>,
        /// Upright or not.
        #[serde(skip_serializing_if = "Option::is_none")]
        style: Option<FontStyle>,
        /// A value of `unicode-range`.
        #[serde(skip_serializing_if = "Option::is_none")]
        unicode_range: Option<String>,
        /// A value of `font-weight`.
        #[serde(skip_serializing_if = "Option::is_none")]
        weight: Option<String>,
    },
}

/// What a group that is there already loads.
impl Options for Vec<Font> {}

closed_enum! {
    /// Upright or not.
    pub enum FontStyle {
        /// Upright.
        Normal = "normal",
        /// Italic.
        Italic = "italic",
        /// Slanted.
        Oblique = "oblique",
    }
}

#[cfg(test)]
impl crate::sample::Sample for Font {
    fn samples() -> Vec<Self> {
        let custom = <FontStyle as crate::sample::Sample>::samples()
            .into_iter()
            .map(|style| Self::Custom {
                family: "Inter".into(),
                src: "url(/inter.woff2)".into(),
                display: Some("swap".into()),
                style: Some(style),
                unicode_range: Some("U+0-FF".into()),
                weight: Some("400".into()),
            });
        let css_src = "/fonts.css".into();
        custom.chain([Self::Css { css_src }]).collect()
    }
}
