//! The sandbox as a running thing: the machine behind a lock, the real clock, deliveries, and the state file.

use crate::certificate::Certificate;
use crate::connection::{Connections, Peer, Scissors};
use crate::control::Control;
use crate::stripe::{Dispatch, Effect, Request, Response, Stripe, Webhook, WorldSummary};
use crate::{http, sender, state_file};
use anyhow::Context;
use std::fmt;
use std::future::{Future, pending};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// Changes that come close together are saved together.
const SAVE_AFTER: Duration = Duration::from_millis(50);
/// How often the worlds look at their clocks.
const TICK: Duration = Duration::from_millis(100);
/// Requests still running at shutdown get this long.
const GRACE: Duration = Duration::from_secs(2);

/// How to start a sandbox. The default is empty, random, in memory and without webhooks.
#[derive(Debug, Default, Clone)]
pub struct Options {
    /// Decides every id. Random if none is given, so that ids are unique over runs.
    pub seed: Option<u64>,
    /// Where the worlds are kept over restarts.
    pub state: Option<PathBuf>,
    /// Where the events of all worlds go.
    pub webhooks: Vec<Webhook>,
    /// Who may open the page at `/`.
    pub look_inside: LookInside,
    /// With one, TLS is spoken on the same port as plain HTTP, to those who begin with it.
    pub tls: Option<Certificate>,
}

/// Who may look inside: the page at `/` shows every world, without a key.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum LookInside {
    /// Who connects from this machine, and addresses it as such.
    #[default]
    ThisMachine,
    /// Whoever reaches it.
    Everybody,
}

/// A sandbox. Clones are the same sandbox.
#[derive(Clone)]
pub struct Sandbox {
    inner: Arc<Inner>,
}

struct Inner {
    stripe: Mutex<Stripe>,
    state: Option<PathBuf>,
    look_inside: LookInside,
    tls: Option<Certificate>,
    save_is_due: AtomicBool,
    /// Keeps an older save from overwriting a newer one.
    saving: Mutex<()>,
    /// Made for the first delivery: most sandboxes have none, and start the sooner.
    client: OnceLock<Option<reqwest::Client>>,
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Sandbox")
            .field("state", &self.inner.state)
            .finish_non_exhaustive()
    }
}

impl Sandbox {
    /// Loads the state file, if there is one. Deliveries that were under way go on, if this is called within a Tokio
    /// runtime.
    ///
    /// # Errors
    /// The state file cannot be read, or is not a sandbox's.
    pub fn new(options: Options) -> anyhow::Result<Sandbox> {
        let stripe = match &options.state {
            Some(path) => state_file::load(path)?,
            None => None,
        };
        let stripe = match (stripe, options.seed) {
            (Some(stripe), _) => stripe,
            (None, Some(seed)) => Stripe::new(seed),
            (None, None) => Stripe::new(getrandom::u64().context("drawing a random seed")?),
        };
        let sandbox = Sandbox {
            inner: Arc::new(Inner {
                stripe: Mutex::new(stripe),
                state: options.state,
                look_inside: options.look_inside,
                tls: options.tls,
                save_is_due: AtomicBool::new(false),
                saving: Mutex::new(()),
                client: OnceLock::new(),
            }),
        };
        for webhook in options.webhooks {
            sandbox.add_webhook(webhook);
        }
        let effects = sandbox.stripe().resume();
        sandbox.deliver_all(effects);
        Ok(sandbox)
    }

    /// The HTTP service: Stripe's API and the sandbox's pages. Without [`Sandbox::serve`] a connection cannot be cut:
    /// the fault `reset` then answers 500.
    pub fn router(&self) -> axum::Router {
        http::router(self.clone())
    }

    /// Sends the events of all worlds there from now on.
    pub fn add_webhook(&self, webhook: Webhook) {
        let effects = self.stripe().add_webhook(webhook);
        self.deliver_all(effects);
    }

    /// The control interface of a world, without a network.
    pub fn control(&self, secret_key: &str) -> Control {
        Control::of(self.clone(), secret_key)
    }

    pub(crate) fn look_inside(&self) -> LookInside {
        self.inner.look_inside
    }

    /// What worlds there are, the latest used first.
    pub fn worlds(&self) -> Vec<WorldSummary> {
        self.stripe().worlds()
    }

    /// Serves until `shutdown` completes, then saves.
    ///
    /// # Errors
    /// The state cannot be saved.
    pub async fn serve(
        self,
        listener: TcpListener,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> anyhow::Result<()> {
        let (stopping, stopped) = oneshot::channel();
        let signal = async move {
            shutdown.await;
            // Nobody listens any more if serving ended first.
            let _ = stopping.send(());
        };
        let service = self.router().into_make_service_with_connect_info::<Peer>();
        let tls = self.inner.tls.as_ref().map(Certificate::acceptor);
        let serving =
            axum::serve(Connections::new(listener, tls), service).with_graceful_shutdown(signal);
        let ticking = async {
            let mut interval = tokio::time::interval(TICK);
            interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            loop {
                interval.tick().await;
                self.tick();
            }
        };
        let out_of_patience = async {
            match stopped.await {
                Ok(()) => tokio::time::sleep(GRACE).await,
                Err(_) => pending().await,
            }
        };
        tokio::select! {
            served = serving => served.context("serving")?,
            () = out_of_patience => {}
            () = ticking => {}
        }
        self.save()
    }

    /// Serves on a port of its own, for tests.
    ///
    /// # Errors
    /// As [`Sandbox::new`], or no port is to be had.
    pub async fn start(options: Options) -> anyhow::Result<Running> {
        let sandbox = Sandbox::new(options)?;
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .context("binding a port")?;
        let url = format!(
            "http://{}",
            listener.local_addr().context("binding a port")?
        );
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = sandbox.clone().serve(listener, async {
            // An error means that the other end is gone, which says the same.
            let _ = stopped.await;
        });
        tokio::spawn(async move {
            if let Err(error) = serving.await {
                tracing::error!("{error:#}");
            }
        });
        Ok(Running {
            sandbox,
            url,
            stop: Some(stop),
        })
    }

    /// Answers one request, and sets its effects going.
    pub(crate) async fn answer(&self, request: &Request, scissors: Option<Scissors>) -> Response {
        let (response, effects) = self.stripe().handle(now_ms(), request);
        let mut delay_ms = 0;
        let mut events = Vec::new();
        for effect in effects {
            match effect {
                Effect::Happened { .. } | Effect::Deliver(_) => events.push(effect),
                Effect::Delay(ms) => delay_ms = ms,
                Effect::Sever => {
                    if let Some(scissors) = &scissors {
                        scissors.cut();
                    }
                }
            }
        }
        self.deliver_all(events);
        if request.method != "GET" {
            self.save_soon();
        }
        if delay_ms > 0 {
            tokio::time::sleep(Duration::from_millis(delay_ms)).await;
        }
        response
    }

    /// Does what has come due.
    fn tick(&self) {
        let effects = self.stripe().tick(now_ms());
        if !effects.is_empty() {
            self.deliver_all(effects);
            self.save_soon();
        }
    }

    fn deliver_all(&self, effects: Vec<Effect>) {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            return;
        };
        for effect in effects {
            match effect {
                Effect::Happened { kind, event } => {
                    tracing::info!(target: "webhooks", "--> {kind} [{event}]");
                }
                Effect::Deliver(dispatch) => {
                    runtime.spawn(self.clone().deliver(dispatch));
                }
                Effect::Delay(_) | Effect::Sever => {}
            }
        }
    }

    /// Tries once; whether and when again is for the machine to say.
    async fn deliver(self, dispatch: Dispatch) {
        tokio::time::sleep(Duration::from_millis(dispatch.after_ms)).await;
        let answer = match self.inner.client.get_or_init(sender::client) {
            Some(client) => sender::send(client, &dispatch, now_ms() / 1000).await,
            None => None,
        };
        self.stripe().delivered(now_ms(), &dispatch, answer);
        self.save_soon();
    }

    fn save_soon(&self) {
        if self.inner.state.is_none() || self.inner.save_is_due.swap(true, Ordering::AcqRel) {
            return;
        }
        let sandbox = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(SAVE_AFTER).await;
            let saved = tokio::task::spawn_blocking(move || {
                // What changes from here on is due again.
                sandbox.inner.save_is_due.store(false, Ordering::Release);
                sandbox.save()
            });
            match saved.await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::error!("{error:#}"),
                Err(error) => tracing::error!("saving the state: {error}"),
            }
        });
    }

    fn save(&self) -> anyhow::Result<()> {
        let Some(path) = &self.inner.state else {
            return Ok(());
        };
        let _turn = self
            .inner
            .saving
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let state = serde_json::to_vec(&*self.stripe()).context("serialising the state")?;
        state_file::save(path, &state)
    }

    fn stripe(&self) -> MutexGuard<'_, Stripe> {
        // A panic in one request is a bug, and no reason to fail all that follow.
        self.inner
            .stripe
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// A sandbox serving on a port of its own. Dropping it stops it.
#[derive(Debug)]
pub struct Running {
    sandbox: Sandbox,
    url: String,
    stop: Option<oneshot::Sender<()>>,
}

impl Running {
    /// `http://127.0.0.1:PORT`
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The sandbox that is served.
    pub fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // The server may have ended already.
            let _ = stop.send(());
        }
        // Here, because nothing says that the runtime lives long enough for the server to do it.
        if let Err(error) = self.sandbox.save() {
            tracing::error!("{error:#}");
        }
    }
}

fn now_ms() -> u64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
