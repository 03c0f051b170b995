//! The choice of currency: one form, one button per currency. What the choice means for the cart is the server's to say.

use checkout::Currency;
use leptos::prelude::*;

/// Which currency prices are in, and the way to another one. An order has its currency for good: then it is locked.
#[component]
pub fn CurrencySwitch(
    /// What prices are in.
    currency: Currency,
    /// An order has been priced in it.
    locked: bool,
) -> impl IntoView {
    let buttons = Currency::ALL.map(|choice| {
        let code = choice.code().to_uppercase();
        view! {
            <button
                name="currency"
                value=choice.code()
                aria-pressed=(choice == currency).to_string()
                aria-label=format!("{code}, {}", choice.name())
            >
                {code.clone()}
            </button>
        }
    });
    let reason = locked.then(|| {
        let code = currency.code().to_uppercase();
        view! {
            <p id="currency-locked" class="hint">
                {format!("The order you have started is in {code}, so prices stay in it.")}
            </p>
        }
    });
    view! {
        <form class="currency-switch" method="post" action="/cart">
            <input type="hidden" name="action" value="currency" />
            <fieldset disabled=locked aria-describedby=locked.then_some("currency-locked")>
                <legend>"Prices in"</legend>
                <div class="segments">{buttons.collect_view()}</div>
            </fieldset>
            {reason}
        </form>
    }
    .into_any()
}
