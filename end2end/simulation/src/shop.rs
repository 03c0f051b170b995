//! The shop's server: the real payment line and its clerk, on books that outlive it. It can die at any moment.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use checkout::{Answer, Money, Operation, OrderKey, Outcome, TokenId};
use orders::{
    Ambient, Capture, Events, IDLE_MS, OperateError, Operated, OrderStore, Payments, WAITING_MS,
};
use stripe_rest::webhook::{sign, verify};
use stripe_rest::{Client, WebhookSecret};
use stripe_sandbox::Dispatch;
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinSet;

use crate::books::Books;
use crate::chance;
use crate::network::{Network, SECRET, SHOP_TIMEOUT};

/// How long a request waits for its payment: as the server's own port does.
const ANSWER_WITHIN: Duration = Duration::from_secs(20);
/// How often the clerk looks without being woken.
const ROUND_MS: u64 = 5_000;

pub type Line = Payments<Books, Network>;

/// A shop that is up or down. Clones are the same.
#[derive(Clone)]
pub struct Shop {
    pub network: Network,
    pub books: Books,
    capture: Capture,
    run: Arc<Mutex<Option<Run>>>,
}

/// A living server.
struct Run {
    line: Line,
    /// All that dies with it.
    tasks: JoinSet<()>,
    wake: Arc<Wake>,
}

/// Tells the clerk's two loops that there is work. Each has its own bell: one for both would call them in an order that
/// no seed decides.
#[derive(Debug, Default)]
struct Wake {
    events: Notify,
    others: Notify,
}

impl Wake {
    fn ring(&self) {
        self.events.notify_one();
        self.others.notify_one();
    }
}

impl Shop {
    pub fn new(network: Network, books: Books, capture: Capture) -> Shop {
        Shop {
            network,
            books,
            capture,
            run: Arc::default(),
        }
    }

    fn run(&self) -> MutexGuard<'_, Option<Run>> {
        self.run.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The line as it is laid at every start.
    pub fn line(&self) -> Line {
        Payments::new(
            self.books.clone(),
            Client::over(self.network.clone()).with_random(chance::any),
            "https://shop.test".to_owned(),
            self.capture,
            false,
            Ambient {
                now_ms: chance::now_ms,
                random: chance::any,
            },
        )
    }

    pub async fn start(&self) {
        if let Err(error) = self.books.take_over().await {
            // What the dead had claimed comes free by itself, later.
            chance::trace(|| format!("the books: {error}"));
        }
        let (line, wake) = (self.line(), Arc::new(Wake::default()));
        let mut tasks = JoinSet::new();
        tasks.spawn(events(line.clone(), wake.clone()));
        tasks.spawn(others(line.clone(), wake.clone()));
        chance::trace(|| "the server starts".to_owned());
        *self.run() = Some(Run { line, tasks, wake });
    }

    /// A server that takes events in and leaves the rest to [`Shop::round`]: for hours in which little happens.
    pub fn rest(&self) {
        self.crash();
        *self.run() = Some(Run {
            line: self.line(),
            tasks: JoinSet::new(),
            wake: Arc::default(),
        });
    }

    /// Dies, with all it was doing.
    pub fn crash(&self) -> bool {
        let died = self.run().take().is_some();
        if died {
            chance::trace(|| "the server dies".to_owned());
        }
        died
    }

    pub fn is_up(&self) -> bool {
        self.run().is_some()
    }

    /// Does something in a task that dies with the server; its result, or nothing if it died or was not up.
    async fn serve<F, R>(&self, work: impl FnOnce(Line) -> F) -> Option<R>
    where
        F: Future<Output = R> + Send + 'static,
        R: Send + 'static,
    {
        let (done, result) = oneshot::channel();
        match &mut *self.run() {
            None => return None,
            Some(run) => {
                let (work, wake) = (work(run.line.clone()), run.wake.clone());
                run.tasks.spawn(async move {
                    // Whoever asked may be gone.
                    drop(done.send(work.await));
                    wake.ring();
                });
            }
        }
        result.await.ok()
    }

    /// A confirmation from the page, over a network that may lose it, or its answer.
    pub async fn confirm(
        &self,
        key: &OrderKey,
        number: u32,
        token: &TokenId,
        total: Money,
    ) -> Option<Answer> {
        let (key, token) = (key.clone(), token.clone());
        let checking = Answer {
            outcome: Outcome::Checking,
            next_number: number,
        };
        self.over_the_network(checking, move |line: Line| async move {
            line.confirm(&key, number, &token, total).await.ok()
        })
        .await
    }

    /// A question from the page, likewise.
    pub async fn outcome(&self, key: &OrderKey, number: u32) -> Option<Answer> {
        let key = key.clone();
        let checking = Answer {
            outcome: Outcome::Checking,
            next_number: number,
        };
        self.over_the_network(checking, move |line: Line| async move {
            line.outcome(&key, number).await.ok()
        })
        .await
    }

    async fn over_the_network<F>(
        &self,
        late: Answer,
        work: impl FnOnce(Line) -> F,
    ) -> Option<Answer>
    where
        F: Future<Output = Option<Answer>> + Send + 'static,
    {
        chance::pass_ms(chance::within(5..=200)).await;
        if self.network.goes_wrong() && chance::percent(40) {
            chance::pass_ms(SHOP_TIMEOUT.as_millis() as u64).await;
            return None;
        }
        let answer = match tokio::time::timeout(ANSWER_WITHIN, self.serve(work)).await {
            Ok(answer) => answer.flatten(),
            Err(_) => Some(late),
        };
        chance::pass_ms(chance::within(5..=200)).await;
        if self.network.goes_wrong() && chance::percent(40) {
            return None;
        }
        answer
    }

    /// What the merchant asks for at the command line; done where the books are, so nothing is lost on the way.
    pub async fn operate(
        &self,
        key: &OrderKey,
        name: &str,
        operation: Operation,
    ) -> Option<Result<Operated, OperateError>> {
        let (key, name) = (key.clone(), name.to_owned());
        self.serve(move |line| async move { line.operate(&key, &name, operation).await })
            .await
    }

    /// An event comes in, or finds nobody.
    pub async fn take_in(&self, dispatch: &Dispatch) -> Option<u16> {
        let secret = WebhookSecret::parse(SECRET).ok()?;
        let now_s = chance::now_ms() / 1000;
        let header = sign(dispatch.body.as_bytes(), &secret, now_s);
        let verified = verify(dispatch.body.as_bytes(), &header, &[secret], now_s).ok()?;
        self.serve(
            move |line| async move { line.store().receive(&verified, chance::now_ms()).await },
        )
        .await
        .map(|received| if received.is_ok() { 200 } else { 500 })
    }

    /// One round of everything the clerk does, waited for.
    pub async fn round(&self) {
        let line = self.line();
        let done = async {
            while line.work_events().await? > 0 {}
            line.work_operations(IDLE_MS).await?;
            line.work_attempts(IDLE_MS).await?;
            line.work_waiting(WAITING_MS).await?;
            while line.work_events().await? > 0 {}
            Ok::<(), orders::StoreError>(())
        };
        if let Err(error) = done.await {
            // The next round does it.
            chance::trace(|| format!("the clerk: {error}"));
        }
    }
}

async fn events(line: Line, wake: Arc<Wake>) {
    loop {
        let worked = line.work_events().await.unwrap_or(0);
        if worked > 0 {
            wake.ring();
        }
        let woken = wake.events.notified();
        drop(tokio::time::timeout(Duration::from_millis(ROUND_MS), woken).await);
    }
}

async fn others(line: Line, wake: Arc<Wake>) {
    loop {
        // A failure of the books is one of the next round, too.
        drop(line.work_operations(IDLE_MS).await);
        drop(line.work_attempts(IDLE_MS).await);
        drop(line.work_waiting(WAITING_MS).await);
        let woken = wake.others.notified();
        drop(tokio::time::timeout(Duration::from_millis(ROUND_MS), woken).await);
    }
}
