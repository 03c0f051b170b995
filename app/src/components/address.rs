//! Who gets the order, as it would stand on the parcel.

use checkout::Details;
use leptos::prelude::*;

/// E-mail, name and address.
#[component]
pub fn Recipient(
    /// Checked details.
    details: Details,
) -> impl IntoView {
    let country = details.address.country_name().to_owned();
    let address = details.address;
    let town = [Some(address.postal_code), Some(address.city), address.state]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>();
    let lines = [
        Some(details.name),
        Some(address.line1),
        address.line2,
        Some(town.join(" ")),
        Some(country),
    ];
    let lines = lines
        .into_iter()
        .flatten()
        .map(|line| view! { <span>{line}</span> });
    view! {
        <dl class="recipient">
            <div>
                <dt>"E-mail"</dt>
                <dd>{details.email}</dd>
            </div>
            <div>
                <dt>"Ships to"</dt>
                <dd class="address">{lines.collect_view()}</dd>
            </div>
        </dl>
    }
    .into_any()
}
