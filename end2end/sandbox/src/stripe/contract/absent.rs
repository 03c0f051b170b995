//! What no account in the sandbox has: connected accounts (docs.stripe.com/connect), test clocks, meters, payouts,
//! sources, and tax rates. Whoever names one is refused as Stripe refuses the id of what does not exist.

use crate::stripe::error::Error;

/// Parameters that name several.
pub(super) const LISTS: [&str; 3] = ["default_tax_rates", "dynamic_tax_rates", "tax_rates"];

/// Why this value cannot be right; `name` is the parameter's in full.
pub(super) fn refusal(field: &str, value: &str, name: impl Fn() -> String) -> Option<Box<Error>> {
    let object = match field {
        "account" | "destination" | "on_behalf_of" => "account",
        "application_fee_amount" | "application_fee_percent" => return Some(no_platform(name())),
        "customer_account" => "customer_account",
        "default_source" => "source",
        "default_tax_rates" | "dynamic_tax_rates" | "tax_rates" => "tax rate",
        "meter" => "meter",
        "payout" => "payout",
        "test_clock" => "test_clock",
        _ => return None,
    };
    Some(Error::missing_param(object, value, &name()))
}

fn no_platform(name: String) -> Box<Error> {
    Error::invalid(
        "Can only apply an application_fee when the request is made on behalf of another account, and this account has \
         none connected.",
    )
    .param(name)
}
