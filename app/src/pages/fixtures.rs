//! A shop's data for the pages' tests, and every page in every state.

use std::sync::Arc;

use checkout::{
    Cart, Catalogue, Currency, Details, DetailsErrors, DetailsForm, Money, Order, OrderKey, Payment,
};
use leptos::prelude::*;

use super::cart::CartPage;
use super::catalogue::CataloguePage;
use super::checkout::CheckoutPage;
use super::order::OrderPage;
use super::problem::ProblemPage;
use crate::document::{Assets, Document, Frame};

/// The demo store's own catalogue.
pub fn catalogue() -> Arc<Catalogue> {
    let products = serde_json::from_str(include_str!("../../../server/catalogue.json")).unwrap();
    Arc::new(Catalogue::new(products).unwrap())
}

/// A cart with one of everything.
pub fn cart() -> Cart {
    let catalogue = catalogue();
    let mut cart = Cart::new(Currency::Usd);
    for product in catalogue.products() {
        cart.add(&product.sku, &catalogue).unwrap();
    }
    cart
}

/// A form that the shop takes.
pub fn form() -> DetailsForm {
    DetailsForm {
        email: "ada@example.com".to_owned(),
        name: "Ada <Lovelace>".to_owned(),
        line1: "12 St James's Square".to_owned(),
        city: "London".to_owned(),
        postal_code: "SW1Y 4JH".to_owned(),
        country: "GB".to_owned(),
        ..DetailsForm::default()
    }
}

/// An order of that cart to that address, `2TB9-D5MP`.
pub fn order(payment: Payment) -> Order {
    let (lines, total) = cart().price(&catalogue()).unwrap();
    let order = Order::new(OrderKey::from_random([0x5a; 16]), lines, total);
    Order {
        details: Some(Details::parse(&form()).unwrap()),
        payment,
        ..order
    }
}

/// Every state a payment can be in.
pub fn payments() -> [Payment; 8] {
    [
        Payment::OPEN,
        Payment::Open {
            notice: Some("Your card has expired.".to_owned()),
        },
        Payment::Paying,
        Payment::ActionNeeded,
        Payment::Processing,
        Payment::Authorised,
        Payment::Paid,
        Payment::Cancelled,
    ]
}

/// The HTML of a view.
pub fn html<V: IntoView + 'static>(view: impl FnOnce() -> V) -> String {
    Owner::new().with(|| view().into_view().to_html())
}

/// Every page in every state, by name.
pub fn every_page() -> Vec<(String, String)> {
    let (catalogue, usd, jpy) = (catalogue(), Currency::Usd, Currency::Jpy);
    let Order {
        key,
        lines,
        total,
        details,
        ..
    } = order(Payment::OPEN);
    let (unaddressed, open) = (
        Order {
            details: None,
            ..order(Payment::OPEN)
        },
        order(Payment::OPEN),
    );
    let held = Order {
        quarantine: Some("amount".to_owned()),
        ..order(Payment::Paid)
    };
    let (order_key, notice) = (Some(key), Some("No.".to_owned()));
    let (empty, nothing) = (Cart::new(jpy), Money::zero(jpy));
    let (blank, none) = (DetailsForm::default(), DetailsErrors::default());
    let wrong = Details::parse(&blank).unwrap_err();
    let typed = details.unwrap().to_form();
    let no_payment = || ().into_any();
    let mut pages = vec![
        page("catalogue", {
            let catalogue = catalogue.clone();
            view! { <CataloguePage catalogue currency=usd currency_locked=false /> }
        }),
        page(
            "catalogue, locked",
            view! { <CataloguePage catalogue currency=jpy currency_locked=true /> },
        ),
        page(
            "cart",
            view! { <CartPage cart=cart() lines total order=order_key notice /> },
        ),
        page("cart, empty", {
            let lines = Vec::new();
            view! { <CartPage cart=empty lines total=nothing order=None notice=None /> }
        }),
        page("details", {
            let (order, form, errors) = (unaddressed.clone(), blank.clone(), none.clone());
            view! { <CheckoutPage order form errors editing=false payment=no_payment() /> }
        }),
        page("details, wrong", {
            let order = unaddressed;
            view! { <CheckoutPage order form=blank errors=wrong editing=false payment=no_payment() /> }
        }),
        page("payment", {
            view! { <CheckoutPage order=open form=typed errors=none editing=false payment=no_payment() /> }
        }),
        page("problem", {
            let (title, words, reference) =
                ("No".to_owned(), "No.".to_owned(), Some("1".to_owned()));
            view! { <ProblemPage title words reference /> }
        }),
        page("order, looked into", view! { <OrderPage order=held /> }),
    ];
    for payment in payments() {
        let order = order(payment.clone());
        pages.push(page(
            &format!("order, {payment:?}"),
            view! { <OrderPage order /> },
        ));
    }
    pages
}

/// A page in its document, with its name.
fn page(name: &str, page: impl IntoView + 'static) -> (String, String) {
    let assets = Assets {
        css: "/a.css".to_owned(),
        js: "/a.js".to_owned(),
        wasm: "/a.wasm".to_owned(),
        stripe_js: "https://stripe.example/stripe.js".to_owned(),
    };
    let frame = Frame {
        assets,
        test_mode: true,
        cart_count: Some(1),
        reload_port: None,
    };
    let title = name.to_owned();
    (
        name.to_owned(),
        html(|| view! { <Document title frame>{page}</Document> }),
    )
}
