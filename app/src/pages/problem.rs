//! What is shown instead of a page: not found, refused, broken.

use leptos::prelude::*;

/// What went wrong, in words, and the way back.
#[component]
pub fn ProblemPage(
    /// What went wrong, in a few words.
    title: String,
    /// What it means and what to do.
    words: String,
    /// What the shop's people can find it by.
    reference: Option<String>,
) -> impl IntoView {
    let reference = reference.map(|reference| {
        view! { <p class="hint">"Reference: " <span class="digits">{reference}</span></p> }
    });
    view! {
        <div class="problem">
            <h1>{title}</h1>
            <p>{words}</p>
            {reference}
            <p>
                <a class="button" href="/">"Back to the shop"</a>
            </p>
        </div>
    }
    .into_any()
}
