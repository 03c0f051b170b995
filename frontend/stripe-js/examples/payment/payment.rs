//! A payment: the form, and what paying does. It does not know the page around it.

use stripe_js::{
    Elements, ElementsOptions, LoadOptions, Payment, PaymentElement, PublishableKey, Stripe,
    StripeError,
};
use wasm_bindgen::{JsCast, JsError, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestInit, Response};

/// The form: keep it for as long as it is shown.
pub struct Form {
    stripe: Stripe,
    elements: Elements,
    pub payment: PaymentElement,
}

/// Loads Stripe.js, and shows the Payment Element in `place`.
pub async fn show(
    key: &PublishableKey,
    load: &LoadOptions,
    place: &web_sys::Element,
) -> Result<Form, StripeError> {
    let stripe = Stripe::load(key, load).await?;
    let elements = stripe.elements(&ElementsOptions::payment(1_999, "usd"))?;
    let payment = elements.create::<Payment>(&Default::default())?;
    payment.mount(place)?;
    Ok(Form {
        stripe,
        elements,
        payment,
    })
}

/// Call it in the click's handler, and spawn what it returns: `submit` has to come before anything is awaited.
pub fn pay(form: &Form) -> impl Future<Output = Result<(), JsValue>> + use<> {
    let (stripe, elements) = (form.stripe.clone(), form.elements.clone());
    let submitted = elements.submit();
    async move {
        submitted.await?;
        let token = stripe
            .create_confirmation_token(&elements, &Default::default())
            .await?;
        if let Some(client_secret) = confirm(&token.id).await? {
            stripe.handle_next_action(&client_secret).await?;
        }
        Ok(())
    }
}

/// Your server prices the order, creates the PaymentIntent and confirms it with the token. Here it answers with words if
/// that was refused, and with the client secret if the shopper's bank has a question.
async fn confirm(token: &str) -> Result<Option<String>, JsValue> {
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_body(&token.into());
    let window = web_sys::window().ok_or("there is no page")?;
    let answer = JsFuture::from(window.fetch_with_str_and_init("/confirm", &request)).await?;
    let answer: Response = answer.dyn_into()?;
    let text = JsFuture::from(answer.text()?).await?;
    let text = text.as_string().unwrap_or_default();
    match answer.ok() {
        true => Ok(Some(text).filter(|secret| !secret.is_empty())),
        false => Err(JsError::new(&text).into()),
    }
}
