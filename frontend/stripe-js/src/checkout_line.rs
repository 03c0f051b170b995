//! What is bought in a Checkout Session, and what is taken off and added.

use super::CheckoutAmount;
use super::recurring::CheckoutInterval;
use crate::payload::payload;

payload! {
    /// A line of what is bought.
    pub struct CheckoutLine {
        /// Its id.
        id: String = "id",
        /// What it is.
        name: String = "name",
        /// More about it.
        description: Option<String> = "description",
        /// Addresses of pictures.
        images: Vec<String> = "images",
        /// `price_…`
        price_id: String = "priceId",
        /// How many.
        quantity: i64 = "quantity",
        /// What one is called.
        unit_label: Option<String> = "unitLabel",
        /// Whether the shopper may take it away.
        is_removable: bool = "isRemovable",
        /// What one costs.
        unit_amount: CheckoutAmount = "unitAmount",
        /// The same, where a price has fractions of the smallest unit.
        unit_amount_decimal: Option<CheckoutAmount> = "unitAmountDecimal",
        /// What all cost before discounts.
        subtotal: CheckoutAmount = "subtotal",
        /// What all cost less.
        discount: CheckoutAmount = "discount",
        /// Why.
        discount_amounts: Option<Vec<CheckoutDiscount>> = "discountAmounts",
        /// Tax on top.
        tax_exclusive: CheckoutAmount = "taxExclusive",
        /// Tax within.
        tax_inclusive: CheckoutAmount = "taxInclusive",
        /// Which taxes.
        tax_amounts: Option<Vec<CheckoutTaxAmount>> = "taxAmounts",
        /// What all cost.
        total: CheckoutAmount = "total",
        /// How often it comes again, for a subscription.
        recurring: Option<CheckoutInterval> = "recurring",
        /// How many the shopper may choose.
        adjustable_quantity: Option<QuantityRange> = "adjustableQuantity",
        /// What one costs, where that depends on how many there are.
        pricing: Option<TieredPricing> = "pricing",
        /// How the quantity becomes packages.
        transform_quantity: Option<QuantityPackages> = "transformQuantity",
    }
}

payload! {
    /// What a session costs less, and why.
    pub struct CheckoutDiscount {
        /// In the currency's smallest unit.
        amount_minor: i64 = "minorUnitsAmount",
        /// As the shopper reads it.
        words: String = "amount",
        /// What it is called.
        display_name: String = "displayName",
        /// The shopper's code.
        promotion_code: Option<String> = "promotionCode",
        /// In percent.
        percent_off: Option<f64> = "percentOff",
        /// How long it holds, for a subscription.
        recurring: Option<DiscountDuration> = "recurring",
    }
}

payload! {
    /// How long a discount holds.
    pub struct DiscountDuration {
        /// `forever` or `repeating`.
        kind: String = "type",
        /// For how many months, if it is repeating.
        months: Option<i64> = "durationInMonths",
    }
}

payload! {
    /// A tax.
    pub struct CheckoutTaxAmount {
        /// In the currency's smallest unit.
        amount_minor: i64 = "minorUnitsAmount",
        /// As the shopper reads it.
        words: String = "amount",
        /// Whether prices have it within.
        inclusive: bool = "inclusive",
        /// What it is called.
        display_name: String = "displayName",
        /// In percent.
        percentage: Option<f64> = "percentage",
    }
}

payload! {
    /// How many may be chosen.
    pub struct QuantityRange {
        /// At least.
        minimum: i64 = "minimum",
        /// At most.
        maximum: i64 = "maximum",
    }
}

payload! {
    /// How a quantity becomes packages.
    pub struct QuantityPackages {
        /// How many are in one.
        divide_by: i64 = "divideBy",
        /// `up` or `down`.
        round: String = "round",
        /// How many packages these are.
        package_count: i64 = "packageCount",
    }
}

payload! {
    /// Prices that depend on how many there are.
    pub struct TieredPricing {
        /// `graduated`: each one at the price of its tier; `volume`: all at the price of the last.
        tiers_mode: String = "tiersMode",
        /// What is paid now.
        tiers: Vec<PriceTier> = "tiers",
        /// What comes again.
        recurring_tiers: Option<Vec<PriceTier>> = "recurringTiers",
    }
}

payload! {
    /// A price up to a quantity.
    pub struct PriceTier {
        /// The last one in it; none if it is open.
        up_to: Option<i64> = "upTo",
        /// What one costs.
        unit_amount: Option<CheckoutAmount> = "unitAmount",
        /// The same, where it has fractions of the smallest unit.
        unit_amount_decimal: Option<CheckoutAmount> = "unitAmountDecimal",
        /// What the tier costs beside.
        flat_amount: Option<CheckoutAmount> = "flatAmount",
        /// The same, where it has fractions of the smallest unit.
        flat_amount_decimal: Option<CheckoutAmount> = "flatAmountDecimal",
        /// How many are in it.
        quantity: i64 = "quantity",
        /// What they cost.
        total: Option<CheckoutAmount> = "total",
    }
}

payload! {
    /// What can be added.
    pub struct CheckoutOptionalItem {
        /// `price_…`
        price_id: String = "priceId",
        /// What it is.
        name: String = "name",
        /// More about it.
        description: Option<String> = "description",
        /// Addresses of pictures.
        images: Vec<String> = "images",
        /// What one costs.
        unit_amount: CheckoutAmount = "unitAmount",
        /// The same, where it has fractions of the smallest unit.
        unit_amount_decimal: Option<CheckoutAmount> = "unitAmountDecimal",
        /// What one is called.
        unit_label: Option<String> = "unitLabel",
        /// How many.
        quantity: i64 = "quantity",
        /// How many the shopper may choose.
        adjustable_quantity: Option<QuantityRange> = "adjustableQuantity",
        /// How often it comes again, for a subscription.
        recurring: Option<CheckoutInterval> = "recurring",
        /// Whether the shopper has added it.
        is_selected: bool = "isSelected",
    }
}
