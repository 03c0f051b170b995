//! The shop's name, drawn. Its link says the name; the drawing says nothing to a screen reader.

use leptos::prelude::*;

/// "Till" in bars and one highlighted dot, "Supply" in type.
#[component]
pub fn Wordmark() -> impl IntoView {
    view! {
        <a class="wordmark" href="/" aria-label="Till Supply, home">
            <svg viewBox="0 0 58 36" width="58" height="36" aria-hidden="true" focusable="false">
                <path fill="currentColor" d="M0 3h25v7h-9v23H9V10H0zM29 15h7v18h-7zM40 3h7v30h-7zM51 3h7v30h-7z" />
                <circle class="wordmark-dot" cx="32.5" cy="6.5" r="4.5" />
            </svg>
            <span aria-hidden="true">"Supply"</span>
        </a>
    }
    .into_any()
}
