//! What the shop sells, read from a data file and checked whole before the shop opens.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Currency, Money, MoneyError};

/// Names a product: lower-case letters, digits and dashes, 64 at most.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Sku(String);

impl Sku {
    /// Reads a sku; whether the shop sells it is the [`Catalogue`]'s to say.
    ///
    /// # Errors
    /// Anything else than lower-case letters, digits and dashes.
    pub fn parse(text: &str) -> Result<Sku, CatalogueError> {
        let is_sku = (1..=64).contains(&text.len())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if is_sku {
            Ok(Sku(text.to_owned()))
        } else {
            Err(CatalogueError::Sku)
        }
    }

    /// The sku as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Sku {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Sku {
    type Error = CatalogueError;
    fn try_from(text: String) -> Result<Sku, CatalogueError> {
        Sku::parse(&text)
    }
}

impl From<Sku> for String {
    fn from(sku: Sku) -> String {
        sku.0
    }
}

/// One thing for sale.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// Its name in the catalogue, cart and order.
    pub sku: Sku,
    /// What shoppers call it.
    pub name: String,
    /// A sentence or two.
    pub description: String,
    /// Its picture, a path under `public/`.
    pub image: String,
    /// What the picture shows, for who cannot see it.
    pub image_alt: String,
    /// Minor units per currency.
    prices: BTreeMap<Currency, i64>,
}

impl Product {
    /// The price of one.
    ///
    /// # Errors
    /// A catalogue that passed [`Catalogue::new`] has every price: then none.
    pub fn price(&self, currency: Currency) -> Result<Money, CatalogueError> {
        let amount_minor = self
            .prices
            .get(&currency)
            .ok_or_else(|| CatalogueError::NoPrice(self.sku.clone(), currency))?;
        Money::new(*amount_minor, currency)
            .map_err(|error| CatalogueError::Price(self.sku.clone(), error))
    }
}

/// Everything for sale, in the order it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    products: Vec<Product>,
}

/// Why a catalogue does not open.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueError {
    /// A sku with other characters.
    #[error("a sku has lower-case letters, digits and dashes, 64 at most")]
    Sku,
    /// Two products of one name.
    #[error("two products have the sku {0}")]
    Twice(Sku),
    /// A currency without a price.
    #[error("{0} has no price in {code}", code = .1.code())]
    NoPrice(Sku, Currency),
    /// A price that is no money.
    #[error("the price of {0}: {1}")]
    Price(Sku, MoneyError),
}

impl Catalogue {
    /// A catalogue in which every sku stands once and every product has a price in every currency.
    ///
    /// # Errors
    /// The first product that breaks this.
    pub fn new(products: Vec<Product>) -> Result<Catalogue, CatalogueError> {
        for (index, product) in products.iter().enumerate() {
            if products[..index]
                .iter()
                .any(|other| other.sku == product.sku)
            {
                return Err(CatalogueError::Twice(product.sku.clone()));
            }
            for currency in Currency::ALL {
                product.price(currency)?;
            }
        }
        Ok(Catalogue { products })
    }

    /// Every product, in order.
    #[must_use]
    pub fn products(&self) -> &[Product] {
        &self.products
    }

    /// The product of that name.
    #[must_use]
    pub fn product(&self, sku: &Sku) -> Option<&Product> {
        self.products.iter().find(|product| product.sku == *sku)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn product(sku: &str, prices: &[(Currency, i64)]) -> Product {
        Product {
            sku: Sku::parse(sku).unwrap(),
            name: sku.to_owned(),
            description: String::new(),
            image: String::new(),
            image_alt: String::new(),
            prices: prices.iter().copied().collect(),
        }
    }

    const ALL: [(Currency, i64); 3] = [
        (Currency::Usd, 100),
        (Currency::Eur, 100),
        (Currency::Jpy, 100),
    ];

    #[test]
    fn a_catalogue_with_a_hole_does_not_open() {
        assert!(Catalogue::new(vec![product("mug", &ALL), product("tee", &ALL)]).is_ok());
        let twice = Catalogue::new(vec![product("mug", &ALL), product("mug", &ALL)]);
        assert_eq!(
            twice,
            Err(CatalogueError::Twice(Sku::parse("mug").unwrap()))
        );
        assert!(matches!(
            Catalogue::new(vec![product("mug", &ALL[..2])]),
            Err(CatalogueError::NoPrice(_, Currency::Jpy))
        ));
        assert!(matches!(
            Catalogue::new(vec![product("mug", &[(Currency::Usd, -1)])]),
            Err(CatalogueError::Price(..))
        ));
    }

    #[test]
    fn a_sku_is_plain() {
        for bad in ["", "Mug", "a b", "../x", &"a".repeat(65)] {
            assert_eq!(Sku::parse(bad), Err(CatalogueError::Sku), "{bad}");
        }
    }
}
