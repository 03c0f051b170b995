//! The cart: what and how many, in one currency. Prices are looked up when they are needed, never kept here.

use serde::{Deserialize, Serialize};

use crate::{Catalogue, CatalogueError, Currency, Money, MoneyError, OrderLine, Sku};

/// How many of one product: 1 to 20.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Quantity(u32);

impl Quantity {
    /// The most of one product in one order.
    pub const MAX: u32 = 20;

    /// One.
    pub const ONE: Quantity = Quantity(1);

    /// A quantity from 1 to [`Quantity::MAX`].
    ///
    /// # Errors
    /// Zero or more than that.
    pub fn new(count: u32) -> Result<Quantity, CartError> {
        if (1..=Self::MAX).contains(&count) {
            Ok(Quantity(count))
        } else {
            Err(CartError::Quantity)
        }
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }
}

impl TryFrom<u32> for Quantity {
    type Error = CartError;
    fn try_from(count: u32) -> Result<Quantity, CartError> {
        Quantity::new(count)
    }
}

impl From<Quantity> for u32 {
    fn from(quantity: Quantity) -> u32 {
        quantity.0
    }
}

/// Some of one product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartLine {
    /// Which product.
    pub sku: Sku,
    /// How many.
    pub quantity: Quantity,
}

/// What a shopper has picked, in one currency; each product stands once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cart {
    currency: Currency,
    lines: Vec<CartLine>,
}

/// Why a cart did not change, or has no price.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CartError {
    /// Zero, negative or too many.
    #[error("choose a quantity from 1 to {max}", max = Quantity::MAX)]
    Quantity,
    /// A product the shop does not sell (any more).
    #[error("we do not sell “{0}”")]
    UnknownProduct(Sku),
    /// Nothing picked.
    #[error("your cart is empty")]
    Empty,
    /// A total of more than eight digits.
    #[error("this is more than we can charge at once; please order in parts")]
    TooMuch,
    /// A total Stripe would refuse.
    #[error("the least we can charge is {0}; please add something to your cart")]
    TooLittle(Money),
    /// The catalogue has a hole.
    #[error("the catalogue: {0}")]
    Catalogue(#[from] CatalogueError),
}

impl From<MoneyError> for CartError {
    fn from(_: MoneyError) -> CartError {
        CartError::TooMuch
    }
}

impl Cart {
    /// An empty cart.
    #[must_use]
    pub fn new(currency: Currency) -> Cart {
        Cart {
            currency,
            lines: Vec::new(),
        }
    }

    /// A cart as it was kept; a product that stands twice counts once, with the first quantity.
    #[must_use]
    pub fn from_lines(currency: Currency, lines: Vec<CartLine>) -> Cart {
        let mut cart = Cart::new(currency);
        for line in lines {
            if cart.lines.iter().all(|held| held.sku != line.sku) {
                cart.lines.push(line);
            }
        }
        cart
    }

    /// The currency it is priced in.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// The lines, in the order they were added.
    #[must_use]
    pub fn lines(&self) -> &[CartLine] {
        &self.lines
    }

    /// How many things are in it.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.lines.iter().map(|line| line.quantity.get()).sum()
    }

    /// The same cart in another currency.
    #[must_use]
    pub fn in_currency(mut self, currency: Currency) -> Cart {
        self.currency = currency;
        self
    }

    /// Adds one of a product, up to [`Quantity::MAX`].
    ///
    /// # Errors
    /// A product the catalogue does not have, or one too many.
    pub fn add(&mut self, sku: &Sku, catalogue: &Catalogue) -> Result<(), CartError> {
        let held = self
            .lines
            .iter()
            .find(|line| line.sku == *sku)
            .map_or(0, |line| line.quantity.get());
        self.set(sku, Quantity::new(held + 1)?, catalogue)
    }

    /// Sets how many of a product.
    ///
    /// # Errors
    /// A product the catalogue does not have.
    pub fn set(
        &mut self,
        sku: &Sku,
        quantity: Quantity,
        catalogue: &Catalogue,
    ) -> Result<(), CartError> {
        if catalogue.product(sku).is_none() {
            return Err(CartError::UnknownProduct(sku.clone()));
        }
        match self.lines.iter_mut().find(|line| line.sku == *sku) {
            Some(line) => line.quantity = quantity,
            None => self.lines.push(CartLine {
                sku: sku.clone(),
                quantity,
            }),
        }
        Ok(())
    }

    /// Takes a product out; one that is not in it changes nothing.
    pub fn remove(&mut self, sku: &Sku) {
        self.lines.retain(|line| line.sku != *sku);
    }

    /// Takes out what an order has paid for; what was added since stays.
    pub fn remove_ordered(&mut self, ordered: &[OrderLine]) {
        for line in &mut self.lines {
            let paid = ordered
                .iter()
                .find(|paid| paid.sku == line.sku)
                .map_or(0, |paid| paid.quantity.get());
            // Zero is no quantity: such a line goes below.
            line.quantity = Quantity(line.quantity.get().saturating_sub(paid));
        }
        self.lines.retain(|line| line.quantity.get() > 0);
    }

    /// The cart as lines with today's prices; a product that is no longer sold is left out.
    ///
    /// # Errors
    /// An amount that overflows.
    pub fn lines_priced(&self, catalogue: &Catalogue) -> Result<Vec<OrderLine>, CartError> {
        let known = self
            .lines
            .iter()
            .filter_map(|line| Some((line, catalogue.product(&line.sku)?)));
        known
            .map(|(line, product)| {
                let unit_price = product.price(self.currency)?;
                Ok(OrderLine {
                    sku: line.sku.clone(),
                    name: product.name.clone(),
                    quantity: line.quantity,
                    unit_price,
                    price: unit_price.times(line.quantity.get())?,
                })
            })
            .collect()
    }

    /// The sum of priced lines.
    ///
    /// # Errors
    /// An amount of more than eight digits.
    pub fn total(&self, lines: &[OrderLine]) -> Result<Money, CartError> {
        Ok(lines
            .iter()
            .try_fold(Money::zero(self.currency), |sum, line| sum.plus(line.price))?)
    }

    /// The cart as an order would have it: lines with today's prices, and a total that Stripe takes.
    ///
    /// # Errors
    /// An empty cart, or a total outside of what can be charged.
    pub fn price(&self, catalogue: &Catalogue) -> Result<(Vec<OrderLine>, Money), CartError> {
        let lines = self.lines_priced(catalogue)?;
        if lines.is_empty() {
            return Err(CartError::Empty);
        }
        let total = self.total(&lines)?;
        if total.is_below_minimum() {
            return Err(CartError::TooLittle(self.currency.minimum()));
        }
        Ok((lines, total))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Product;

    /// Bells at 24.00, pins at 0.30, yachts at 600,000.00; yen and euros are one minor unit each.
    fn catalogue() -> Catalogue {
        let product = |sku: &str, usd: i64| {
            let json = format!(
                r#"{{"sku":"{sku}","name":"{sku}","description":"","image":"","image_alt":"","prices":{{"usd":{usd},"eur":1,"jpy":1}}}}"#
            );
            serde_json::from_str::<Product>(&json).unwrap()
        };
        let products = [("bell", 2_400), ("pin", 30), ("yacht", 60_000_000)];
        Catalogue::new(products.map(|(sku, usd)| product(sku, usd)).to_vec()).unwrap()
    }

    fn sku(text: &str) -> Sku {
        Sku::parse(text).unwrap()
    }

    fn quantity(count: u32) -> Quantity {
        Quantity::new(count).unwrap()
    }

    fn usd(amount_minor: i64) -> Money {
        Money::new(amount_minor, Currency::Usd).unwrap()
    }

    fn lines(picked: &[(&str, u32)]) -> Vec<CartLine> {
        let line = |(text, count): &(&str, u32)| CartLine {
            sku: sku(text),
            quantity: quantity(*count),
        };
        picked.iter().map(line).collect()
    }

    fn cart(picked: &[(&str, u32)]) -> Cart {
        Cart::from_lines(Currency::Usd, lines(picked))
    }

    #[test]
    fn a_quantity_is_one_to_twenty_from_the_wire_too() {
        for (count, ok) in [
            (0, false),
            (1, true),
            (20, true),
            (21, false),
            (u32::MAX, false),
        ] {
            assert_eq!(Quantity::new(count).is_ok(), ok, "{count}");
            assert_eq!(
                serde_json::from_str::<Quantity>(&count.to_string()).is_ok(),
                ok,
                "{count}"
            );
        }
        assert!(serde_json::from_str::<Quantity>("-1").is_err());
        assert_eq!(serde_json::to_string(&quantity(3)).unwrap(), "3");
    }

    #[test]
    fn adding_counts_up_to_the_limit_and_no_further() {
        let (catalogue, mut cart) = (catalogue(), cart(&[("pin", 2)]));
        for count in 1..=Quantity::MAX {
            assert_eq!(cart.add(&sku("bell"), &catalogue), Ok(()));
            assert_eq!(cart.count(), count + 2);
        }
        let full = cart.clone();
        assert_eq!(cart.add(&sku("bell"), &catalogue), Err(CartError::Quantity));
        assert_eq!(cart, full);
    }

    #[test]
    fn a_product_stands_once_in_the_order_it_was_added() {
        let catalogue = catalogue();
        let mut cart = Cart::new(Currency::Usd);
        for picked in ["pin", "bell", "pin"] {
            cart.add(&sku(picked), &catalogue).unwrap();
        }
        cart.set(&sku("bell"), quantity(5), &catalogue).unwrap();
        assert_eq!(cart.lines(), lines(&[("pin", 2), ("bell", 5)]));
        let twice = Cart::from_lines(Currency::Usd, lines(&[("pin", 2), ("bell", 1), ("pin", 7)]));
        assert_eq!(twice.lines(), lines(&[("pin", 2), ("bell", 1)]));
    }

    #[test]
    fn what_the_shop_does_not_sell_cannot_be_picked() {
        let (catalogue, unknown) = (catalogue(), sku("boat"));
        let refused = Err(CartError::UnknownProduct(unknown.clone()));
        let mut cart = cart(&[("bell", 1)]);
        let before = cart.clone();
        assert_eq!(cart.add(&unknown, &catalogue), refused);
        assert_eq!(cart.set(&unknown, Quantity::ONE, &catalogue), refused);
        cart.remove(&unknown);
        assert_eq!(cart, before);
    }

    #[test]
    fn what_is_no_longer_sold_is_neither_priced_nor_ordered() {
        let (lines, total) = cart(&[("boat", 3), ("bell", 2)])
            .price(&catalogue())
            .unwrap();
        assert_eq!(
            lines
                .iter()
                .map(|line| line.sku.as_str())
                .collect::<Vec<_>>(),
            ["bell"]
        );
        assert_eq!(total, usd(4_800));
        assert_eq!(
            cart(&[("boat", 3)]).price(&catalogue()),
            Err(CartError::Empty)
        );
    }

    #[test]
    fn a_cart_has_a_price_only_between_stripes_least_and_eight_digits() {
        for (picked, expected) in [
            (&[][..], Err(CartError::Empty)),
            (&[("pin", 1)], Err(CartError::TooLittle(usd(50)))),
            (&[("pin", 2)], Ok(60)),
            (&[("pin", 1), ("bell", 1)], Ok(2_430)),
            (&[("yacht", 1)], Ok(60_000_000)),
            (&[("yacht", 2)], Err(CartError::TooMuch)),
            (&[("yacht", 20)], Err(CartError::TooMuch)),
        ] {
            let priced = cart(picked).price(&catalogue());
            assert_eq!(
                priced.map(|(_, total)| total.amount_minor()),
                expected,
                "{picked:?}"
            );
        }
        let yen = cart(&[("yacht", 1), ("bell", 20)]).in_currency(Currency::Jpy);
        let too_little = CartError::TooLittle(Currency::Jpy.minimum());
        assert_eq!(yen.price(&catalogue()), Err(too_little));
    }

    #[test]
    fn a_line_keeps_the_price_of_one_and_of_all() {
        let (lines, _) = cart(&[("bell", 3)]).price(&catalogue()).unwrap();
        assert_eq!(
            (lines[0].unit_price, lines[0].price),
            (usd(2_400), usd(7_200))
        );
    }

    #[test]
    fn a_paid_order_takes_out_what_it_ordered_and_nothing_else() {
        for (held, ordered, left) in [
            (&[("bell", 1)][..], &[("bell", 1)][..], &[][..]),
            (&[("bell", 3)], &[("bell", 1)], &[("bell", 2)]),
            (&[("bell", 1)], &[("bell", 3)], &[]),
            (&[("pin", 2), ("bell", 1)], &[("bell", 1)], &[("pin", 2)]),
            (&[("pin", 2)], &[("bell", 1)], &[("pin", 2)]),
            (&[], &[("bell", 1)], &[]),
            (&[("pin", 2)], &[], &[("pin", 2)]),
        ] {
            let ordered = cart(ordered).lines_priced(&catalogue()).unwrap();
            let mut after = cart(held);
            after.remove_ordered(&ordered);
            assert_eq!(after.lines(), lines(left), "{held:?} after {ordered:?}");
        }
    }
}
