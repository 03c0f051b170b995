//! The shop: renders the pages, keeps the orders, talks to Stripe.
//!
//! [`router`] is the whole of it as a tower service; [`serve`] puts it on a listener with its clerk.

mod assets;
mod clerk;
pub mod config;
mod cookie;
mod forms;
mod messages;
pub mod operator;
mod pages;
mod parts;
mod payment_setup;
mod render;
mod security;
mod shop;
mod webhook;

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use app::ports::ShopHandle;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::serve::ListenerExt;
use axum::{Router, ServiceExt};
use checkout::{Catalogue, Product};
use leptos::prelude::provide_context;
use orders::{Ambient, DatabaseStore, OrderStore, Payments};
use stripe_rest::Client;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::services::ServeDir;

use crate::config::Config;
pub use crate::parts::Parts;
use crate::security::Policy;

/// The most bytes a form or a server function's arguments may have.
const MAX_BODY_BYTES: usize = 64 * 1024;
/// How long a shutdown waits for requests: longer than a payment form waits for its answer.
const REQUESTS_END_WITHIN: Duration = Duration::from_secs(25);
/// How long a shutdown waits for payments under way. What is still open then is taken up at the next start.
const PAYMENTS_END_WITHIN: Duration = Duration::from_secs(35);

/// Everything for sale.
const CATALOGUE: &str = include_str!("../catalogue.json");

impl Parts {
    /// Opens the books and makes the parts. `site_url` is where the shop is reached.
    ///
    /// # Errors
    /// The catalogue has a hole, the database cannot be opened, or the address is not Stripe's.
    pub async fn open(config: Config, site_url: String) -> Result<Parts> {
        let products: Vec<Product> = serde_json::from_str(CATALOGUE).context("catalogue.json")?;
        let catalogue = Catalogue::new(products).context("catalogue.json")?;
        let store = DatabaseStore::open(config.database_url.as_str())
            .await
            .context("the database")?;
        let stripe =
            Client::new(config.secret_key.clone(), &config.api_url).context("STRIPE_API_URL")?;
        Ok(Parts {
            catalogue: Arc::new(catalogue),
            payments: Payments::new(
                store,
                stripe,
                site_url,
                config.capture,
                config.is_live(),
                Ambient {
                    now_ms: parts::now_ms,
                    // Without randomness there is no jitter, and nothing worse.
                    random: || getrandom::u64().unwrap_or(0),
                },
            ),
            policy: Policy::new(&config),
            assets: assets::find(config.hash_files, &config.js_url),
            tasks: TaskTracker::new(),
            wake_clerk: watch::Sender::new(()),
            config: Arc::new(config),
        })
    }
}

/// The shop as a service.
pub fn router(parts: Parts) -> Router {
    let site = &parts.config.site_root;
    // A name with a hash of what it names never changes; one without is asked about each time.
    let built = ServeDir::new(site.join("pkg"))
        .precompressed_br()
        .precompressed_gzip();
    let mut built = Router::new().fallback_service(built);
    if parts.config.hash_files {
        built = built.layer(middleware::map_response(cache_for_ever));
    }
    let public = ServeDir::new(site).append_index_html_on_directories(false);
    let public = public.not_found_service(get(not_found).with_state(parts.clone()));
    let shop = Router::new()
        .route("/", get(pages::catalogue))
        .route("/cart", get(pages::cart).post(forms::change_cart))
        // Who loads a refused checkout again comes by GET.
        .route(
            "/checkout",
            get(|| async { Redirect::to("/cart") }).post(forms::place_order),
        )
        .route(
            "/checkout/{key}",
            get(pages::checkout).post(forms::set_details),
        )
        .route("/orders/{key}", get(pages::order))
        .route("/api/{*function}", post(server_function))
        .layer(middleware::from_fn(security::same_origin))
        .layer(RequestBodyLimitLayer::new(MAX_BODY_BYTES));
    let webhook = Router::new()
        .route("/stripe/webhook", post(webhook::receive))
        .layer(DefaultBodyLimit::max(webhook::MAX_BYTES));
    Router::new()
        .merge(shop)
        .merge(webhook)
        .route("/health", get(health))
        .nest("/pkg", built)
        .fallback_service(public)
        .layer(middleware::from_fn_with_state(
            parts.clone(),
            security::headers,
        ))
        .with_state(parts)
}

/// Serves the shop on `listener` until `shutdown` resolves; then waits for the payments under way.
///
/// # Errors
/// The parts cannot be made, or the listener failed.
pub async fn serve(
    config: Config,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<()> {
    for warning in &config.warnings {
        tracing::warn!("{warning}");
    }
    let site_url = match &config.site_url {
        Some(url) => url.clone(),
        None => format!("http://{}", listener.local_addr()?),
    };
    let parts = Parts::open(config, site_url).await?;
    parts.payments.store().take_over().await?;
    let (stop, stop_clerk) = (CancellationToken::new(), CancellationToken::new());
    let mut clerk = tokio::spawn(clerk::work(
        parts.clone(),
        stop_clerk.clone().cancelled_owned(),
    ));
    // Without it a small answer waits for the acknowledgement of the one before.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY");
        }
    });
    let service = ServiceExt::<Request>::into_make_service(router(parts.clone()));
    let serving =
        axum::serve(listener, service).with_graceful_shutdown(stop.clone().cancelled_owned());
    let last_call = async {
        shutdown.await;
        stop.cancel();
        tokio::time::sleep(REQUESTS_END_WITHIN).await;
    };
    tokio::select! {
        served = serving.into_future() => served?,
        // Somebody who never finishes a request keeps nobody.
        () = last_call => tracing::warn!("requests were still open"),
        // A shop without its clerk would take events and never work them.
        ended = &mut clerk => bail!("the clerk died: {ended:?}"),
    }
    parts.tasks.close();
    if tokio::time::timeout(PAYMENTS_END_WITHIN, parts.tasks.wait())
        .await
        .is_err()
    {
        let open = parts.tasks.len();
        tracing::warn!(
            open,
            "payments are still under way: the next start takes them up"
        );
    }
    stop_clerk.cancel();
    clerk.await.context("the clerk")?;
    parts.payments.store().close().await;
    Ok(())
}

/// The payment form's questions. Leptos finds the function; the shop is in its context.
async fn server_function(State(parts): State<Parts>, request: Request<Body>) -> Response {
    let shop: ShopHandle = Arc::new(shop::TillShop {
        payments: parts.payments.clone(),
        tasks: parts.tasks.clone(),
        wake_clerk: parts.wake_clerk.clone(),
    });
    let mut response =
        leptos_axum::handle_server_fns_with_context(move || provide_context(shop.clone()), request)
            .await
            .into_response();
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn not_found(State(parts): State<Parts>) -> Response {
    render::not_found(&parts)
}

/// For a load balancer: the books can be read.
async fn health(State(parts): State<Parts>) -> Response {
    match parts.payments.store().ping().await {
        Ok(()) => "ok".into_response(),
        Err(error) => render::broken(&parts, &error),
    }
}

async fn cache_for_ever(mut response: Response) -> Response {
    if response.status().is_success() {
        let headers = response.headers_mut();
        headers.insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static("public, max-age=31536000, immutable"),
        );
    }
    response
}
