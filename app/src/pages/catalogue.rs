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

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::pages::fixtures;

    #[test]
    fn every_product_can_be_bought_in_every_currency() {
        let catalogue = fixtures::catalogue();
        assert!(catalogue.products().len() >= 6);
        for currency in Currency::ALL {
            let catalogue = catalogue.clone();
            let html = fixtures::html(
                || view! { <CataloguePage catalogue currency currency_locked=false /> },
            );
            for product in fixtures::catalogue().products() {
                let price = product.price(currency).unwrap();
                assert!(
                    html.contains(&format!(">{price}</p>")),
                    "{} in {currency:?}",
                    product.sku
                );
                assert!(
                    html.contains(&format!("name=\"sku\" value=\"{}\"", product.sku)),
                    "{}",
                    product.sku
                );
            }
            assert_eq!(
                html.matches("Add to cart").count(),
                fixtures::catalogue().products().len()
            );
        }
    }

    #[test]
    fn every_product_has_a_small_picture_of_its_own_that_says_what_it_shows() {
        let public = Path::new(env!("CARGO_MANIFEST_DIR")).join("../public");
        let catalogue = fixtures::catalogue();
        for product in catalogue.products() {
            assert_eq!(product.image, format!("/images/{}.svg", product.sku));
            assert!(
                !product.image_alt.is_empty() && !product.description.is_empty(),
                "{}",
                product.sku
            );
            let picture = std::fs::read_to_string(public.join(&product.image[1..])).unwrap();
            assert!(picture.len() < 4096, "{}", product.sku);
            // A picture is served under the same policy as a page.
            assert!(
                !picture.contains("style") && !picture.contains("<script"),
                "{}",
                product.sku
            );
        }
    }

    #[test]
    fn a_locked_currency_cannot_be_switched_and_says_why() {
        let page = |currency_locked| {
            let catalogue = fixtures::catalogue();
            fixtures::html(
                || view! { <CataloguePage catalogue currency=Currency::Eur currency_locked /> },
            )
        };
        assert!(page(true).contains("<fieldset disabled") && page(true).contains("is in EUR"));
        assert!(!page(false).contains("disabled"));
        assert_eq!(page(false).matches("aria-pressed=\"true\"").count(), 1);
    }
}
