//! The pages: each looks its data up and renders it.

use app::islands::payment::{PaymentForm, PaymentFormProps};
use app::pages::cart::{CartPage, CartPageProps};
use app::pages::catalogue::{CataloguePage, CataloguePageProps};
use app::pages::checkout::{CheckoutPage, CheckoutPageProps};
use app::pages::order::{OrderPage, OrderPageProps};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use checkout::{Cart, Currency, Details, DetailsErrors, DetailsForm, Order, OrderKey, Payment};
use leptos::prelude::*;
use orders::{HeldCart, PayError};
use serde::Deserialize;

use crate::parts::Parts;
use crate::payment_setup::payment_setup;
use crate::render::{Page, broken, count, held_cart, not_found, render};

/// `GET /`
pub async fn catalogue(State(parts): State<Parts>, headers: HeaderMap) -> Response {
    let held = match held_cart(&parts, &headers).await {
        Ok(held) => held,
        Err(error) => return broken(&parts, &error),
    };
    let catalogue = parts.catalogue.clone();
    let currency = held
        .as_ref()
        .map_or(Currency::Usd, |held| held.cart.currency());
    let currency_locked = held.as_ref().is_some_and(|held| held.order.is_some());
    render(
        &parts,
        count(held.as_ref()),
        Page::new("Everything"),
        move || {
            CataloguePage(CataloguePageProps {
                catalogue,
                currency,
                currency_locked,
            })
        },
    )
}

/// `GET /cart`
pub async fn cart(State(parts): State<Parts>, headers: HeaderMap) -> Response {
    match held_cart(&parts, &headers).await {
        Ok(held) => cart_page(&parts, held, StatusCode::OK, None),
        Err(error) => broken(&parts, &error),
    }
}

/// The cart, with a word about what was just refused.
pub fn cart_page(
    parts: &Parts,
    held: Option<HeldCart>,
    status: StatusCode,
    notice: Option<String>,
) -> Response {
    let shown = held.clone().unwrap_or_else(|| HeldCart {
        cart: Cart::new(Currency::Usd),
        order: None,
    });
    let priced = shown.cart.lines_priced(&parts.catalogue);
    let (lines, total) = match priced.and_then(|lines| Ok((shown.cart.total(&lines)?, lines))) {
        Ok((total, lines)) => (lines, total),
        Err(error) => return broken(parts, &error),
    };
    let page = Page {
        status,
        ..Page::new("Cart")
    };
    render(parts, count(held.as_ref()), page, move || {
        let HeldCart { cart, order } = shown;
        CartPage(CartPageProps {
            cart,
            lines,
            total,
            order,
            notice,
        })
    })
}

/// The query of the checkout page.
#[derive(Debug, Default, Deserialize)]
pub struct CheckoutQuery {
    edit: Option<String>,
}

/// `GET /checkout/{key}`
pub async fn checkout(
    State(parts): State<Parts>,
    Path(key): Path<String>,
    query: Result<Query<CheckoutQuery>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let order = match look_up(&parts, &key).await {
        Ok(order) => order,
        Err(response) => return response,
    };
    let question_open = order.payment == Payment::ActionNeeded && order.quarantine.is_none();
    if !order.is_open() && !question_open {
        return Redirect::to(&order.key.order_page()).into_response();
    }
    let held = match held_cart(&parts, &headers).await {
        Ok(held) => held,
        Err(error) => return broken(&parts, &error),
    };
    let editing =
        order.is_open() && query.is_ok_and(|Query(query)| query.edit.as_deref() == Some("details"));
    let form = order
        .details
        .as_ref()
        .map(Details::to_form)
        .unwrap_or_default();
    checkout_page(
        &parts,
        held.as_ref(),
        order,
        form,
        DetailsErrors::default(),
        editing,
        StatusCode::OK,
    )
}

/// The checkout, with the details as they were typed and what is wrong with them.
pub fn checkout_page(
    parts: &Parts,
    held: Option<&HeldCart>,
    order: Order,
    form: DetailsForm,
    errors: DetailsErrors,
    editing: bool,
    status: StatusCode,
) -> Response {
    let setup = match &order.details {
        Some(details) if !editing && errors.is_empty() => {
            Some(payment_setup(parts, &order, details))
        }
        _ => None,
    };
    let page = Page {
        status,
        hydrate: setup.is_some(),
        ..Page::new("Checkout")
    };
    render(parts, count(held), page, move || {
        let payment = match setup {
            Some(setup) => PaymentForm(PaymentFormProps { setup }).into_any(),
            None => ().into_any(),
        };
        CheckoutPage(CheckoutPageProps {
            order,
            form,
            errors,
            editing,
            payment,
        })
    })
}

/// `GET /orders/{key}`: what the shop knows, after asking Stripe where that is open. What Stripe's redirect appended is
/// never read, and does not stay in the address: it holds a client secret.
pub async fn order(
    State(parts): State<Parts>,
    Path(key): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let order = match look_up(&parts, &key).await {
        Ok(order) => order,
        Err(response) => return response,
    };
    if query.is_some() {
        return Redirect::to(&order.key.order_page()).into_response();
    }
    let held = match held_cart(&parts, &headers).await {
        Ok(held) => held,
        Err(error) => return broken(&parts, &error),
    };
    let page = Page {
        refresh_seconds: refresh_seconds(&order),
        ..Page::new(format!("Order {}", order.key.reference()))
    };
    render(&parts, count(held.as_ref()), page, move || {
        OrderPage(OrderPageProps { order })
    })
}

/// How soon the order page should look again: soon while an answer is due, later while a bank takes its time.
fn refresh_seconds(order: &Order) -> Option<u32> {
    match order.payment {
        _ if order.quarantine.is_some() => None,
        Payment::Paying => Some(3),
        Payment::ActionNeeded | Payment::Processing => Some(15),
        Payment::Open { .. } | Payment::Authorised | Payment::Paid | Payment::Cancelled => None,
    }
}

/// The order that an address names, up to date; or the answer if there is none.
async fn look_up(parts: &Parts, key: &str) -> Result<Order, Response> {
    let Ok(key) = OrderKey::parse(key) else {
        return Err(not_found(parts));
    };
    match parts.payments.up_to_date(&key).await {
        Ok(order) => Ok(order),
        Err(PayError::NoSuchOrder) => Err(not_found(parts)),
        Err(error) => Err(broken(parts, &error)),
    }
}
