//! `GET /cart`: what was picked, and the way to the checkout.

use checkout::{Cart, Money, OrderKey, OrderLine, Quantity};
use leptos::prelude::*;

use crate::components::CurrencySwitch;

/// The cart, line by line.
#[component]
pub fn CartPage(
    /// What was picked.
    cart: Cart,
    /// The same with today's prices.
    lines: Vec<OrderLine>,
    /// Their sum.
    total: Money,
    /// The order that was begun with this cart and is not finished.
    order: Option<OrderKey>,
    /// Why the last change was not made.
    notice: Option<String>,
) -> impl IntoView {
    // A price that an order was made at stays.
    let locked = order.is_some();
    let notice =
        notice.map(|words| view! { <p class="notice notice-danger" role="alert">{words}</p> });
    let content = if lines.is_empty() {
        view! { <EmptyCart order /> }.into_any()
    } else {
        view! {
            <div class="split">
                <ul class="cart-lines" role="list">
                    {lines.into_iter().map(|line| view! { <Line line /> }).collect_view()}
                </ul>
                <section class="panel cart-total" aria-labelledby="total-heading">
                    <h2 id="total-heading">"Total"</h2>
                    <p class="amount">{total.to_string()}</p>
                    <p class="hint">"Shipping included."</p>
                    {order.map(|order| view! { <Started order /> })}
                    <form method="post" action="/checkout">
                        <button class="button button-wide">"Checkout"</button>
                    </form>
                    <CurrencySwitch currency=cart.currency() locked />
                </section>
            </div>
        }
        .into_any()
    };
    view! {
        <h1>"Your cart"</h1>
        {notice}
        {content}
    }
    .into_any()
}

#[component]
fn EmptyCart(order: Option<OrderKey>) -> impl IntoView {
    let order = order.map(|order| {
        view! {
            <p>
                "Your order " <a href=order.order_page() class="digits">{order.reference()}</a>
                " is still waiting for its payment."
            </p>
        }
    });
    view! {
        <div class="empty">
            <p>"Nothing in it yet."</p>
            {order}
            <p>
                <a class="button" href="/">"See what we have"</a>
            </p>
        </div>
    }
}

#[component]
fn Started(order: OrderKey) -> impl IntoView {
    view! {
        <p class="notice">
            "You have started order " <a href=order.order_page() class="digits">{order.reference()}</a>
            ". Checkout goes on with it."
        </p>
    }
}

#[component]
fn Line(line: OrderLine) -> impl IntoView {
    let sku = line.sku.to_string();
    let name_id = format!("name-{sku}");
    let quantity_id = format!("quantity-{sku}");
    view! {
        <li class="cart-line">
            <div class="cart-line-words">
                <h2 id=name_id.clone()>{line.name.clone()}</h2>
                <p class="hint">{format!("{} each", line.unit_price)}</p>
            </div>
            <p class="price">{line.price.to_string()}</p>
            <form class="cart-line-quantity" method="post" action="/cart">
                <input type="hidden" name="action" value="set" />
                <input type="hidden" name="sku" value=sku.clone() />
                <label class="visually-hidden" for=quantity_id.clone()>{format!("Quantity of {}", line.name)}</label>
                <input
                    id=quantity_id
                    name="quantity"
                    type="number"
                    inputmode="numeric"
                    min="1"
                    max=Quantity::MAX.to_string()
                    required=true
                    value=line.quantity.get().to_string()
                />
                <button class="button button-quiet" aria-describedby=name_id.clone()>"Update"</button>
            </form>
            <form class="cart-line-remove" method="post" action="/cart">
                <input type="hidden" name="action" value="remove" />
                <input type="hidden" name="sku" value=sku />
                <button class="button button-link" aria-describedby=name_id>"Remove"</button>
            </form>
        </li>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::pages::fixtures;

    fn page(cart: Cart, order: Option<OrderKey>, notice: Option<&str>) -> String {
        let lines = cart.lines_priced(&fixtures::catalogue()).unwrap();
        let total = cart.total(&lines).unwrap();
        let notice = notice.map(str::to_owned);
        fixtures::html(|| view! { <CartPage cart lines total order notice /> })
    }

    #[test]
    fn an_empty_cart_cannot_be_checked_out() {
        let html = page(Cart::new(checkout::Currency::Usd), None, None);
        assert!(!html.contains("Checkout") && html.contains("href=\"/\""));
    }

    #[test]
    fn every_line_can_be_changed_and_removed() {
        let html = page(fixtures::cart(), None, None);
        for line in fixtures::cart().lines() {
            let sku = format!("name=\"sku\" value=\"{}\"", line.sku);
            assert_eq!(html.matches(&sku).count(), 2, "{sku}");
        }
        assert!(html.contains("action=\"/checkout\"") && html.contains(">Checkout</button>"));
        assert!(!html.contains("role=\"alert\""));
    }

    #[test]
    fn a_notice_and_an_order_that_was_begun_are_told() {
        let key = fixtures::order(checkout::Payment::OPEN).key;
        let html = page(
            fixtures::cart(),
            Some(key.clone()),
            Some("choose a quantity"),
        );
        assert!(html.contains("role=\"alert\"") && html.contains("choose a quantity"));
        assert!(html.contains(&key.order_page()) && html.contains("2TB9-D5MP"));
    }
}
