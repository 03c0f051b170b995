//! What was ordered and what it comes to, set like a till's receipt.

use checkout::{Money, OrderLine};
use leptos::prelude::*;

/// Lines and total, as a table.
#[component]
pub fn Receipt(
    /// The priced lines.
    lines: Vec<OrderLine>,
    /// Their sum.
    total: Money,
) -> impl IntoView {
    let rows = lines.into_iter().map(|line| {
        let quantity = line.quantity.get();
        let each =
            (quantity > 1).then(|| view! { <small>{format!("{} each", line.unit_price)}</small> });
        view! {
            <tr>
                <th scope="row">{line.name} {each}</th>
                <td class="quantity">{quantity}</td>
                <td class="price">{line.price.to_string()}</td>
            </tr>
        }
    });
    view! {
        <div class="receipt">
            <table>
                <caption class="visually-hidden">"What is in this order"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Item"</th>
                        <th scope="col" class="quantity">"Qty"</th>
                        <th scope="col" class="price">"Price"</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row">"Shipping"</th>
                        <td class="quantity"></td>
                        <td class="price">"Included"</td>
                    </tr>
                    <tr class="total">
                        <th scope="row">"Total"</th>
                        <td class="quantity"></td>
                        <td class="price">{total.to_string()}</td>
                    </tr>
                </tfoot>
            </table>
        </div>
    }
    .into_any()
}
