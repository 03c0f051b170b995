//! The HTML around every page: head, banner, header, footer. It does not know what stands inside.
//!
//! A page without an island has no script at all. One with an island has a single inline script, which the response's
//! nonce allows.

use leptos::config::LeptosOptions;
use leptos::hydration::AutoReload;
use leptos::nonce::use_nonce;
use leptos::prelude::*;

use crate::components::Wordmark;

/// The addresses of the built files, read once when the server starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assets {
    /// The style sheet.
    pub css: String,
    /// The JavaScript that wasm-bindgen wrote.
    pub js: String,
    /// The WebAssembly.
    pub wasm: String,
    /// Stripe.js, which the payment form will ask for: fetched meanwhile, it is there when that runs.
    pub stripe_js: String,
}

/// What every page shows around its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The built files.
    pub assets: Assets,
    /// Stripe is in test mode, so nothing here is real: say so.
    pub test_mode: bool,
    /// How many things are in the cart; none where nobody looked.
    pub cart_count: Option<u32>,
    /// Where `cargo leptos watch` says that something was built; none outside of it.
    pub reload_port: Option<u32>,
}

/// A whole page, from its doctype on.
#[component]
pub fn Document(
    /// What the tab says.
    title: String,
    /// What every page shows.
    frame: Frame,
    /// The page has an island: load the WebAssembly.
    #[prop(optional)]
    hydrate: bool,
    /// The page.
    children: Children,
) -> impl IntoView {
    let boot = hydrate.then(|| view! { <Boot assets=frame.assets.clone() /> });
    let reload = frame.reload_port.map(|port| {
        let options = LeptosOptions::builder()
            .output_name("till")
            .reload_port(port)
            .build();
        view! { <AutoReload options /> }
    });
    let banner = frame.test_mode.then(|| {
        view! {
            <p class="test-banner">
                "Test mode: no real money moves. Use card " <span class="digits">"4242 4242 4242 4242"</span> "."
            </p>
        }
    });
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <title>{format!("{title} · Till Supply")}</title>
                <meta name="description" content="Till Supply: a few good things for the desk, sent with care." />
                <meta name="color-scheme" content="light dark" />
                <meta name="theme-color" media="(prefers-color-scheme: light)" content="#f5f6fa" />
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#0f1222" />
                <link rel="stylesheet" href=frame.assets.css />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                {boot}
                {reload}
            </head>
            <body>
                <a class="skip-link" href="#main">"Skip to content"</a>
                <header class="site-header">
                    {banner}
                    <div class="wide">
                        <Wordmark />
                        <CartLink count=frame.cart_count />
                    </div>
                </header>
                <main id="main" class="wide" tabindex="-1">
                    {children()}
                </main>
                <footer class="site-footer">
                    <div class="wide">
                        <p>"Every price includes shipping."</p>
                        <p>"Stripe takes the payment. Your card number never reaches this shop."</p>
                    </div>
                </footer>
            </body>
        </html>
    }
    .into_any()
}

#[component]
fn CartLink(count: Option<u32>) -> impl IntoView {
    let name = match count {
        None => "Cart".to_owned(),
        Some(1) => "Cart, 1 item".to_owned(),
        Some(count) => format!("Cart, {count} items"),
    };
    let badge =
        count.map(|count| view! { <span class="cart-count" aria-hidden="true">{count}</span> });
    view! {
        <a class="cart-link" href="/cart" aria-label=name>
            <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" focusable="false">
                <path
                    fill="none"
                    stroke="currentColor"
                    stroke-width="2"
                    stroke-linecap="round"
                    stroke-linejoin="round"
                    d="M4 9h16l-1.6 10.2a1 1 0 0 1-1 .8H6.6a1 1 0 0 1-1-.8zM8 9l3-6M16 9l-3-6"
                />
            </svg>
            <span aria-hidden="true">"Cart"</span>
            {badge}
        </a>
    }
    .into_any()
}

/// Loads the WebAssembly and wakes the islands. Should that fail, the root element says so, and a page may have words
/// for it that only then are shown.
#[component]
fn Boot(assets: Assets) -> impl IntoView {
    let Assets {
        js,
        wasm,
        stripe_js,
        ..
    } = assets;
    let script = format!(
        r#"try {{
  const app = await import({js:?});
  await app.default({{ module_or_path: {wasm:?} }});
  app.hydrate();
  for (const island of document.querySelectorAll("leptos-island")) app[island.dataset.component](island);
}} catch (error) {{
  document.documentElement.classList.add("boot-failed");
  throw error;
}}"#
    );
    // The preload's `crossorigin` is that of a plain `fetch`; another would load the file twice.
    view! {
        <link rel="modulepreload" href=js nonce=use_nonce() />
        <link rel="preload" href=stripe_js r#as="script" nonce=use_nonce() />
        <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="" />
        <script type="module" nonce=use_nonce()>
            {script}
        </script>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use leptos::nonce::{Nonce, provide_nonce};

    use super::*;

    fn page(frame: Frame, hydrate: bool) -> String {
        Owner::new().with(|| {
            provide_nonce();
            let nonce = use_context::<Nonce>()
                .map(|nonce| nonce.to_string())
                .unwrap_or_default();
            let html = view! { <Document title="Cart".to_owned() frame hydrate>"…"</Document> };
            html.to_html().replace(&nonce, "NONCE")
        })
    }

    fn frame(test_mode: bool, cart_count: impl Into<Option<u32>>) -> Frame {
        let assets = Assets {
            css: "/a.css".to_owned(),
            js: "/a.js".to_owned(),
            wasm: "/a.wasm".to_owned(),
            stripe_js: "https://stripe.example/stripe.js".to_owned(),
        };
        Frame {
            assets,
            test_mode,
            cart_count: cart_count.into(),
            reload_port: None,
        }
    }

    #[test]
    fn only_a_page_with_an_island_has_a_script_and_the_nonce_allows_it() {
        let plain = page(frame(true, 0), false);
        assert!(
            !plain.contains("<script") && !plain.contains("/a.js") && !plain.contains("/a.wasm")
        );
        let live = page(frame(true, 0), true);
        assert_eq!(live.matches("<script").count(), 1);
        assert!(live.contains("<script type=\"module\" nonce=\"NONCE\">"));
        assert!(live.contains("import(\"/a.js\")") && live.contains("module_or_path: \"/a.wasm\""));
        // The wasm is fetched without a nonce; one in `crossorigin` would make it another request.
        assert!(live.contains("crossorigin=\"\""));
    }

    #[test]
    fn the_test_mode_is_said_in_test_mode_only() {
        assert!(page(frame(true, 0), false).contains("Test mode: no real money moves."));
        assert!(!page(frame(false, 0), false).contains("Test mode"));
    }

    #[test]
    fn the_cart_is_counted_in_words() {
        for (count, name) in [
            (None, "Cart"),
            (Some(0), "Cart, 0 items"),
            (Some(1), "Cart, 1 item"),
            (Some(2), "Cart, 2 items"),
        ] {
            assert!(
                page(frame(true, count), false).contains(&format!("aria-label=\"{name}\"")),
                "{name}"
            );
        }
    }

    #[test]
    fn the_title_is_plain_text() {
        assert!(page(frame(true, 0), false).contains("<title>Cart · Till Supply</title>"));
    }
}
