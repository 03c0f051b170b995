//! `GET /`: everything for sale.

use std::sync::Arc;

use checkout::{Catalogue, Currency, Product};
use leptos::prelude::*;

use crate::components::CurrencySwitch;

/// Every product with its price, and a button that puts it into the cart.
#[component]
pub fn CataloguePage(
    /// What the shop sells.
    catalogue: Arc<Catalogue>,
    /// What prices are in.
    currency: Currency,
    /// An order has been priced in it.
    currency_locked: bool,
) -> impl IntoView {
    let cards = catalogue
        .products()
        .iter()
        .cloned()
        .map(|product| view! { <ProductCard product currency /> });
    view! {
        <div class="hero">
            <h1>"Good things for a " <span class="marker">"working desk"</span></h1>
            <p>"Each does one job, and does it for years."</p>
            <CurrencySwitch currency locked=currency_locked />
        </div>
        <ul class="products" role="list">
            {cards.collect_view()}
        </ul>
    }
    .into_any()
}

#[component]
fn ProductCard(product: Product, currency: Currency) -> impl IntoView {
    let sku = product.sku.to_string();
    let name_id = format!("name-{sku}");
    // Every price was checked when the catalogue was opened; a hole would show no price and no button.
    let offer = product.price(currency).ok().map(|price| {
        view! {
            <p class="price">{price.to_string()}</p>
            <form method="post" action="/cart">
                <input type="hidden" name="action" value="add" />
                <input type="hidden" name="sku" value=sku />
                <button class="button" aria-describedby=name_id.clone()>
                    "Add to cart"
                </button>
            </form>
        }
    });
    view! {
        <li class="product">
            <img src=product.image alt=product.image_alt width="400" height="300" />
            <div class="product-words">
                <h2 id=name_id>{product.name}</h2>
                <p>{product.description}</p>
            </div>
            <div class="product-offer">{offer}</div>
        </li>
    }
}
