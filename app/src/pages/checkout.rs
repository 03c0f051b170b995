//! `GET /checkout/{key}`: details, then the payment.
//!
//! The details are a plain form that the server checks. The payment is an island; this page only gives it its place.

use checkout::{Details, DetailsErrors, DetailsForm, Field, Order, OrderKey};
use leptos::prelude::*;

use crate::components::{CountryField, ErrorSummary, Receipt, Recipient, TextField, typed};

/// Where the shopper is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Details,
    Payment,
}

/// The two steps of a checkout beside what is being bought.
#[component]
pub fn CheckoutPage(
    /// What is being bought.
    order: Order,
    /// The details as they were typed.
    form: DetailsForm,
    /// What is wrong with them.
    errors: DetailsErrors,
    /// The shopper asked to change them.
    editing: bool,
    /// The payment form, shown once the details are complete.
    payment: AnyView,
) -> impl IntoView {
    let key = order.key.clone();
    let (step, content) = match order.details.clone() {
        Some(details) if !editing && errors.is_empty() => {
            let change = order
                .is_open()
                .then(|| format!("{}?edit=details", key.checkout_page()));
            (
                Step::Payment,
                view! { <PaymentStep key details change payment /> }.into_any(),
            )
        }
        _ => (
            Step::Details,
            view! { <DetailsStep key form errors /> }.into_any(),
        ),
    };
    view! {
        <div class="split split-checkout">
            <div class="checkout">
                <h1>"Checkout"</h1>
                <Steps step />
                {content}
            </div>
            <Summary order />
        </div>
    }
    .into_any()
}

#[component]
fn Steps(step: Step) -> impl IntoView {
    let current = |here| (step == here).then_some("step");
    view! {
        <ol class="steps" role="list">
            <li aria-current=current(Step::Details)>
                <span class="step-number">"1"</span>
                " Details"
            </li>
            <li aria-current=current(Step::Payment)>
                <span class="step-number">"2"</span>
                " Payment"
            </li>
        </ol>
    }
}

#[component]
fn DetailsStep(key: OrderKey, form: DetailsForm, errors: DetailsErrors) -> impl IntoView {
    let error = |field| errors.of(field);
    let text = |field| view! { <TextField field value=typed(&form, field) error=error(field) /> };
    let summary = (!errors.is_empty()).then(|| view! { <ErrorSummary errors=errors.clone() /> });
    // The server's words are better than the browser's, and the same in every language: so the browser does not check.
    view! {
        <section aria-labelledby="details-heading">
            <h2 id="details-heading">"Where should it go?"</h2>
            {summary}
            <form class="details-form" method="post" action=key.checkout_page() novalidate=true>
                {text(Field::Email)}
                {text(Field::Name)}
                <CountryField value=typed(&form, Field::Country) error=error(Field::Country) />
                {text(Field::Line1)}
                {text(Field::Line2)}
                {text(Field::PostalCode)}
                {text(Field::City)}
                <TextField
                    field=Field::State
                    value=typed(&form, Field::State)
                    error=error(Field::State)
                    hint="Only in Australia, Canada and the United States."
                />
                <button class="button button-wide">"Continue to payment"</button>
            </form>
        </section>
    }
}

#[component]
fn PaymentStep(
    key: OrderKey,
    details: Details,
    /// Where the details can be changed, while they can.
    change: Option<String>,
    payment: AnyView,
) -> impl IntoView {
    let change = change.map(|href| {
        view! {
            <a class="change" href=href>
                "Change"
                <span class="visually-hidden">" details"</span>
            </a>
        }
    });
    let order_page = key.order_page();
    let kept = move || view! { "Your order is kept at " <a href=order_page.clone()>"its own page"</a> "." };
    view! {
        <section class="panel details-done" aria-labelledby="details-heading">
            <h2 id="details-heading">"Details"</h2>
            {change}
            <Recipient details />
        </section>
        <noscript>
            <p class="notice">
                "Payment needs JavaScript: your card is typed into a form that comes from Stripe, not from us. "
                "Please switch it on and load this page again. " {kept()}
            </p>
        </noscript>
        <div class="notice notice-danger boot-failed-note" role="alert">
            <p>"The payment form could not be loaded. Please load this page again. " {kept()}</p>
        </div>
        {payment}
    }
}

/// Folded on a phone, where the form comes first; the style sheet opens it beside the form on wider screens.
#[component]
fn Summary(order: Order) -> impl IntoView {
    view! {
        <details class="summary">
            <summary>
                <span>"Order summary"</span>
                <span class="amount">{order.total.to_string()}</span>
            </summary>
            <h2>"Order " <span class="digits">{order.key.reference()}</span></h2>
            <Receipt lines=order.lines total=order.total />
        </details>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use checkout::Payment;

    use super::*;
    use crate::pages::fixtures;

    fn page(order: Order, form: DetailsForm, errors: DetailsErrors, editing: bool) -> String {
        let payment = view! { <p>"the payment form"</p> }.into_any();
        fixtures::html(|| view! { <CheckoutPage order form errors editing payment /> })
    }

    fn without_details() -> Order {
        Order {
            details: None,
            ..fixtures::order(Payment::OPEN)
        }
    }

    #[test]
    fn every_error_stands_beside_its_field_and_in_the_summary() {
        let form = DetailsForm {
            email: "a\"b".to_owned(),
            country: "US".to_owned(),
            ..DetailsForm::default()
        };
        let errors = Details::parse(&form).unwrap_err();
        let html = page(without_details(), form, errors.clone(), false);
        assert_eq!(html.matches("aria-invalid=\"true\"").count(), errors.len());
        for name in ["email", "name", "line1", "city", "state", "postal_code"] {
            assert!(html.contains(&format!("id=\"{name}-error\"")), "{name}");
            assert!(
                html.contains(&format!("aria-describedby=\"{name}-error\"")) || name == "state",
                "{name}"
            );
            assert!(html.contains(&format!("href=\"#{name}\"")), "{name}");
        }
        assert!(
            html.contains("value=\"a&quot;b\""),
            "what was typed is kept, as text"
        );
        assert_eq!(html.matches(" selected").count(), 1);
        assert!(!html.contains("the payment form"));
    }

    #[test]
    fn a_form_without_errors_shows_none() {
        let html = page(
            without_details(),
            DetailsForm::default(),
            DetailsErrors::default(),
            false,
        );
        assert!(!html.contains("aria-invalid") && !html.contains("role=\"alert\""));
        for name in [
            "email",
            "name",
            "line1",
            "line2",
            "city",
            "state",
            "postal_code",
            "country",
        ] {
            assert!(
                html.contains(&format!("for=\"{name}\""))
                    && html.contains(&format!("name=\"{name}\"")),
                "{name}"
            );
        }
    }

    #[test]
    fn the_payment_form_comes_with_complete_details_unless_they_are_being_changed() {
        let order = fixtures::order(Payment::OPEN);
        let shown = page(
            order.clone(),
            fixtures::form(),
            DetailsErrors::default(),
            false,
        );
        assert!(shown.contains("the payment form") && shown.contains("?edit=details"));
        let editing = page(order, fixtures::form(), DetailsErrors::default(), true);
        assert!(!editing.contains("the payment form") && editing.contains("value=\"SW1Y 4JH\""));
    }

    #[test]
    fn details_cannot_be_changed_while_a_bank_is_asked() {
        let order = fixtures::order(Payment::ActionNeeded);
        let html = page(order, fixtures::form(), DetailsErrors::default(), false);
        assert!(html.contains("the payment form") && !html.contains("?edit=details"));
    }

    #[test]
    fn a_browser_without_script_is_told_why_it_cannot_pay() {
        let html = page(
            fixtures::order(Payment::OPEN),
            fixtures::form(),
            DetailsErrors::default(),
            false,
        );
        assert!(html.contains("<noscript>") && html.contains("Payment needs JavaScript"));
    }
}
