//! What the payment form needs to know, put into the page with it: the WebAssembly holds no configuration.

use app::islands::payment::PaymentSetup;
use checkout::{Address, Details, Order, Payment};
use orders::Capture;
use stripe_js::elements::CaptureMethod;
use stripe_js::payment_element::{Business, DefaultValues, Layout};
use stripe_js::{
    Appearance, BillingDetails, ConfirmationTokenParams, ElementsOptions, Json,
    PaymentElementOptions, PaymentMethodData, Theme,
};

use crate::parts::Parts;

/// The form's settings for an order.
pub fn payment_setup(parts: &Parts, order: &Order, details: &Details) -> PaymentSetup {
    let notice = match &order.payment {
        Payment::Open { notice } => notice.clone(),
        _ => None,
    };
    PaymentSetup {
        key: order.key.clone(),
        number: order.next_number,
        total: order.total,
        question_open: order.payment == Payment::ActionNeeded,
        notice,
        publishable_key: parts.config.publishable_key.as_str().to_owned(),
        js_url: parts.config.js_url.clone(),
        light: elements(parts, order, Theme::Stripe, LIGHT),
        dark: elements(parts, order, Theme::Night, DARK),
        element: element(details),
        token: token(details),
    }
}

/// The options of `stripe.elements`. What will be asked of Stripe must agree with what is declared here.
/// <https://docs.stripe.com/js/elements_object/create_without_intent>
fn elements(parts: &Parts, order: &Order, theme: Theme, palette: Palette) -> Json<ElementsOptions> {
    let capture_method = match parts.config.capture {
        Capture::Automatic => None,
        Capture::Manual => Some(CaptureMethod::Manual),
    };
    Json::from(&ElementsOptions {
        capture_method,
        appearance: Some(appearance(theme, palette)),
        locale: Some("en".to_owned()),
        ..ElementsOptions::payment(order.total.amount_minor(), order.total.currency().code())
    })
}

/// The card is likely billed where the parcel goes; the shopper may say otherwise.
/// <https://docs.stripe.com/js/elements_object/create_payment_element>
fn element(details: &Details) -> Json<PaymentElementOptions> {
    let Address {
        country,
        postal_code,
        ..
    } = details.address.clone();
    Json::from(&PaymentElementOptions {
        layout: Some(Layout::tabs()),
        default_values: Some(DefaultValues {
            billing_details: Some(BillingDetails {
                address: Some(stripe_js::Address {
                    country: Some(country),
                    postal_code: Some(postal_code),
                    ..Default::default()
                }),
                ..who(details)
            }),
            ..Default::default()
        }),
        business: Some(Business {
            name: "Till Supply".to_owned(),
        }),
        ..Default::default()
    })
}

/// <https://docs.stripe.com/js/confirmation_tokens/create_confirmation_token>
fn token(details: &Details) -> Json<ConfirmationTokenParams> {
    Json::from(&ConfirmationTokenParams {
        payment_method_data: Some(PaymentMethodData {
            billing_details: Some(who(details)),
            ..Default::default()
        }),
        ..Default::default()
    })
}

fn who(details: &Details) -> BillingDetails {
    BillingDetails {
        name: Some(details.name.clone()),
        email: Some(details.email.clone()),
        ..Default::default()
    }
}

/// Colours of the style sheet: accent, surface, ink, muted, danger, edge.
type Palette = [&'static str; 6];
const LIGHT: Palette = [
    "#2338d4", "#ffffff", "#14183a", "#555b7b", "#b3261e", "#8188a8",
];
const DARK: Palette = [
    "#a9b6ff", "#191d33", "#eef0fb", "#aab0d0", "#ffa299", "#737ba6",
];

/// The look of the fields, after the style sheet: Stripe's frames cannot see it.
/// <https://docs.stripe.com/elements/appearance-api>
fn appearance(theme: Theme, [accent, surface, ink, muted, danger, edge]: Palette) -> Appearance {
    let border = format!("1px solid {edge}");
    Appearance {
        theme: Some(theme),
        variables: Some(
            [
                ("colorPrimary", accent),
                ("colorBackground", surface),
                ("colorText", ink),
                ("colorTextSecondary", muted),
                ("colorTextPlaceholder", muted),
                ("colorDanger", danger),
                ("fontFamily", "system-ui, sans-serif"),
                ("borderRadius", "10px"),
                ("spacingUnit", "4px"),
            ]
            .into(),
        ),
        rules: Some(
            [(
                ".Input",
                [("border", border.as_str()), ("boxShadow", "none")].into(),
            )]
            .into(),
        ),
        ..Default::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_palettes_are_the_style_sheets() {
        let css = include_str!("../../style/main.css");
        for colour in LIGHT.into_iter().chain(DARK) {
            assert!(
                css.contains(colour),
                "{colour} is no colour of style/main.css"
            );
        }
    }
}
