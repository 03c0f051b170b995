//! The posts of plain forms: they work without a script, change one thing, and lead on with a 303. What is refused
//! is shown again with words, and has changed nothing.

use std::sync::Arc;

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use checkout::{
    CartError, CartId, Catalogue, Currency, Details, DetailsForm, Order, OrderKey, Quantity, Sku,
};
use orders::{Carts, HeldCart, Orders, Placed};
use serde::Deserialize;

use crate::cookie;
use crate::pages::{cart_page, checkout_page};
use crate::parts::{Parts, now_ms};
use crate::render::{broken, held_cart, not_found, problem};

/// The cart's forms, as they come.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CartForm {
    action: String,
    sku: String,
    quantity: String,
    currency: String,
}

/// What may be done to a cart.
enum CartAction {
    Add(Sku),
    Set(Sku, Quantity),
    Remove(Sku),
    Currency(Currency),
}

impl CartForm {
    fn parse(&self) -> Result<CartAction, String> {
        let sku = || Sku::parse(&self.sku).map_err(|_| "we do not sell this".to_owned());
        match self.action.as_str() {
            "add" => Ok(CartAction::Add(sku()?)),
            "set" => {
                let count = self
                    .quantity
                    .trim()
                    .parse()
                    .map_err(|_| CartError::Quantity.to_string())?;
                Ok(CartAction::Set(
                    sku()?,
                    Quantity::new(count).map_err(|error| error.to_string())?,
                ))
            }
            "remove" => Ok(CartAction::Remove(sku()?)),
            "currency" => {
                let currency =
                    Currency::parse(&self.currency).ok_or("we do not sell in this currency")?;
                Ok(CartAction::Currency(currency))
            }
            _ => Err("this form is not one of ours".to_owned()),
        }
    }
}

/// `POST /cart`
pub async fn change_cart(
    State(parts): State<Parts>,
    headers: HeaderMap,
    form: Result<Form<CartForm>, FormRejection>,
) -> Response {
    let form = match form {
        Ok(Form(form)) => form,
        Err(rejection) => return unreadable(&parts, &rejection),
    };
    let action = match form.parse() {
        Ok(action) => action,
        Err(words) => return refuse_cart(&parts, &headers, &words).await,
    };
    let held = cookie::cart(&headers);
    let id = match held.clone().map_or_else(new_cart_id, Ok) {
        Ok(id) => id,
        Err(error) => return broken(&parts, &error),
    };
    let back = if matches!(action, CartAction::Currency(_)) {
        referring_page(&headers)
    } else {
        "/cart"
    };
    let catalogue = Arc::clone(&parts.catalogue);
    let change = move |held: &mut HeldCart| change_held(held, &action, &catalogue);
    match parts
        .payments
        .store()
        .change_cart(&id, Currency::Usd, change)
        .await
    {
        Ok(Ok(_)) => {
            let cookie = cookie::set_cart(&id, parts.policy.is_https());
            (
                cookie.map(|cookie| [(header::SET_COOKIE, cookie)]),
                Redirect::to(back),
            )
                .into_response()
        }
        Ok(Err(words)) => refuse_cart(&parts, &headers, &words).await,
        Err(error) => broken(&parts, &error),
    }
}

fn change_held(
    held: &mut HeldCart,
    action: &CartAction,
    catalogue: &Catalogue,
) -> Result<(), String> {
    let words = |error: CartError| error.to_string();
    change_lines(held, action, catalogue)?;
    // What cannot be charged at once gets no further than this: every other page takes a cart's total for granted.
    let lines = held.cart.lines_priced(catalogue).map_err(words)?;
    held.cart.total(&lines).map_err(words)?;
    Ok(())
}

fn change_lines(
    held: &mut HeldCart,
    action: &CartAction,
    catalogue: &Catalogue,
) -> Result<(), String> {
    let words = |error: CartError| error.to_string();
    match action {
        CartAction::Add(sku) => held.cart.add(sku, catalogue).map_err(words),
        CartAction::Set(sku, quantity) => held.cart.set(sku, *quantity, catalogue).map_err(words),
        CartAction::Remove(sku) => {
            held.cart.remove(sku);
            Ok(())
        }
        CartAction::Currency(currency)
            if held.order.is_some() && *currency != held.cart.currency() =>
        {
            Err("your order is started, so its currency stays".to_owned())
        }
        CartAction::Currency(currency) => {
            held.cart = held.cart.clone().in_currency(*currency);
            Ok(())
        }
    }
}

/// `POST /checkout`: the cart's order, made or found, at today's prices.
pub async fn place_order(State(parts): State<Parts>, headers: HeaderMap) -> Response {
    let Some(cart) = cookie::cart(&headers) else {
        return refuse_cart(&parts, &headers, &CartError::Empty.to_string()).await;
    };
    let catalogue = Arc::clone(&parts.catalogue);
    let price = move |cart: &checkout::Cart| cart.price(&catalogue);
    match parts.payments.store().place(&cart, now_ms(), price).await {
        Ok(Ok(Placed::Open(key))) => Redirect::to(&key.checkout_page()).into_response(),
        Ok(Ok(Placed::UnderWay(key))) => Redirect::to(&key.order_page()).into_response(),
        Ok(Ok(Placed::NoCart)) => {
            refuse_cart(&parts, &headers, &CartError::Empty.to_string()).await
        }
        Ok(Err(error)) => refuse_cart(&parts, &headers, &error.to_string()).await,
        Err(error) => broken(&parts, &error),
    }
}

/// `POST /checkout/{key}`: who gets the order.
pub async fn set_details(
    State(parts): State<Parts>,
    Path(key): Path<String>,
    headers: HeaderMap,
    form: Result<Form<DetailsForm>, FormRejection>,
) -> Response {
    let Ok(key) = OrderKey::parse(&key) else {
        return not_found(&parts);
    };
    let form = match form {
        Ok(Form(form)) => form,
        Err(rejection) => return unreadable(&parts, &rejection),
    };
    let order = match parts.payments.store().order(&key).await {
        Ok(Some(order)) => order,
        Ok(None) => return not_found(&parts),
        Err(error) => return broken(&parts, &error),
    };
    match Details::parse(&form) {
        Ok(details) => match parts.payments.store().set_details(&key, &details).await {
            Ok(true) => Redirect::to(&key.checkout_page()).into_response(),
            Ok(false) => Redirect::to(&key.order_page()).into_response(),
            Err(error) => broken(&parts, &error),
        },
        Err(_) if !order.is_open() => Redirect::to(&key.order_page()).into_response(),
        Err(errors) => refuse_details(&parts, &headers, order, form, errors).await,
    }
}

async fn refuse_details(
    parts: &Parts,
    headers: &HeaderMap,
    order: Order,
    form: DetailsForm,
    errors: checkout::DetailsErrors,
) -> Response {
    match held_cart(parts, headers).await {
        Ok(held) => checkout_page(
            parts,
            held.as_ref(),
            order,
            form,
            errors,
            true,
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        Err(error) => broken(parts, &error),
    }
}

async fn refuse_cart(parts: &Parts, headers: &HeaderMap, words: &str) -> Response {
    let mut words = words.to_owned();
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    match held_cart(parts, headers).await {
        Ok(held) => cart_page(
            parts,
            held,
            StatusCode::UNPROCESSABLE_ENTITY,
            Some(words + "."),
        ),
        Err(error) => broken(parts, &error),
    }
}

/// Too large, of another type, or not a form of ours: the status tells which.
fn unreadable(parts: &Parts, rejection: &FormRejection) -> Response {
    let words = "The form could not be read. Please go back and send it again.";
    problem(
        parts,
        rejection.status(),
        "This form could not be read",
        words,
        None,
    )
}

fn new_cart_id() -> Result<CartId, getrandom::Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(CartId::from_random(bytes))
}

/// Where the currency was changed: the cart or the catalogue. Only these two have the form, and no other address is
/// ever led to.
fn referring_page(headers: &HeaderMap) -> &'static str {
    let referer = headers
        .get(header::REFERER)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if referer.ends_with("/cart") {
        "/cart"
    } else {
        "/"
    }
}
