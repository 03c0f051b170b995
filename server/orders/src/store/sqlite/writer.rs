//! The one connection that writes, on a thread of its own. Those who come while it is busy share its next commit: each
//! does its work in a savepoint of one transaction, and hears that it is written when that is on the disk, which is
//! what takes the time. Work that fails takes back what is its own alone; if the commit fails, all are told.
//!
//! Knows nothing of what is written.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::oneshot;

use crate::store::StoreError;

/// How many share a commit at most, so that the first of them is not kept waiting.
const TOGETHER: usize = 64;

/// Cloning is cheap: it is the same connection. The thread ends with the last of them.
#[derive(Debug, Clone)]
pub(super) struct Writer {
    messages: Sender<Message>,
}

enum Message {
    Write(Box<dyn Work>),
    Close(oneshot::Sender<()>),
}

/// What came of a commit.
type Outcome = Result<(), Arc<rusqlite::Error>>;

/// Somebody's work, and who waits for it.
trait Work: Send {
    fn run(&mut self, transaction: &mut Transaction<'_>);

    fn tell(self: Box<Self>, committed: &Outcome);
}

struct Task<W, T, E> {
    work: Option<W>,
    done: Option<Result<T, E>>,
    answer: oneshot::Sender<Result<T, E>>,
}

impl Writer {
    pub(super) fn start(connection: Connection) -> Result<Writer, StoreError> {
        let (messages, received) = mpsc::channel();
        thread::Builder::new()
            .name("books".to_owned())
            .spawn(move || run(connection, &received))
            .map_err(StoreError::Thread)?;
        Ok(Writer { messages })
    }

    /// Does `work` when it is its turn, and returns when what it wrote is on the disk. If it fails, it wrote nothing.
    /// Once asked for, it is done, whether or not anybody waits.
    pub(super) async fn write<T, E, W>(&self, work: W) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        W: FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let task = Task {
            work: Some(work),
            done: None,
            answer,
        };
        self.messages
            .send(Message::Write(Box::new(task)))
            .map_err(|_| StoreError::Closed)?;
        answered.await.map_err(|_| StoreError::Closed)?
    }

    /// Returns when all that was asked for is on the disk; nothing can be written any more.
    pub(super) async fn close(&self) {
        let (closed, waiting) = oneshot::channel();
        // Whatever fails here, it is closed already.
        let _ = self.messages.send(Message::Close(closed));
        let _ = waiting.await;
    }
}

impl<T, E, W> Work for Task<W, T, E>
where
    T: Send,
    E: From<StoreError> + Send,
    W: FnOnce(&Connection) -> Result<T, E> + Send,
{
    fn run(&mut self, transaction: &mut Transaction<'_>) {
        let Some(work) = self.work.take() else { return };
        let done = (|| {
            let savepoint = transaction.savepoint().map_err(StoreError::from)?;
            let value = work(&savepoint)?;
            savepoint.commit().map_err(StoreError::from)?;
            Ok(value)
        })();
        self.done = Some(done);
    }

    fn tell(self: Box<Self>, committed: &Outcome) {
        let answer = match (self.done, committed) {
            (Some(Err(error)), _) => Err(error),
            (_, Err(error)) => Err(StoreError::Database(error.clone()).into()),
            (Some(done), Ok(())) => done,
            // It panicked.
            (None, Ok(())) => Err(StoreError::Closed.into()),
        };
        // Who does not wait any more, does not want to know.
        let _ = self.answer.send(answer);
    }
}

/// The thread's life: a transaction for whoever has come, then the next.
fn run(mut connection: Connection, messages: &Receiver<Message>) {
    while let Ok(message) = messages.recv() {
        let closing = match message {
            Message::Write(first) => together(&mut connection, first, messages),
            Message::Close(closed) => Some(closed),
        };
        if let Some(closed) = closing {
            drop(connection);
            let _ = closed.send(());
            return;
        }
    }
}

/// One transaction. Returns who wants the writer closed after it, if somebody does.
fn together(
    connection: &mut Connection,
    first: Box<dyn Work>,
    messages: &Receiver<Message>,
) -> Option<oneshot::Sender<()>> {
    let (mut all, mut closing) = (vec![first], None);
    let committed = (|| {
        // The lock from the start: a read-then-write never finds the database busy halfway.
        let mut transaction =
            connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        while let Some(work) = all.last_mut() {
            // What panics has written nothing: its savepoint is taken back on the way.
            let _ = catch_unwind(AssertUnwindSafe(|| work.run(&mut transaction)));
            // A full disk, for one: SQLite has undone all of it by itself, and committing will say so.
            if transaction.is_autocommit() || all.len() == TOGETHER {
                break;
            }
            match messages.try_recv() {
                Ok(Message::Write(next)) => all.push(next),
                Ok(Message::Close(closed)) => {
                    closing = Some(closed);
                    break;
                }
                Err(_) => break,
            }
        }
        transaction.commit()
    })()
    .map_err(Arc::new);
    for work in all {
        work.tell(&committed);
    }
    closing
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;
    use std::sync::mpsc::SyncSender;

    const MANY: i64 = 16;

    async fn open(folder: &Path) -> Writer {
        let connection = Connection::open(folder.join("till.db")).expect("a database");
        connection
            .pragma_update(None, "journal_mode", "WAL")
            .expect("a journal");
        let writer = Writer::start(connection).expect("a thread");
        writer
            .write(|db| {
                let table = "CREATE TABLE notes (id INTEGER PRIMARY KEY CHECK (id < 100))";
                Ok::<_, StoreError>(db.execute_batch(table)?)
            })
            .await
            .expect("a table");
        writer
    }

    fn note(db: &Connection, id: i64) -> Result<(), StoreError> {
        db.execute("INSERT INTO notes VALUES (?)", [id])?;
        Ok(())
    }

    /// What another connection sees: what is committed.
    fn notes(folder: &Path) -> Vec<i64> {
        let reader = Connection::open(folder.join("till.db")).expect("a reader");
        let mut notes = reader
            .prepare("SELECT id FROM notes ORDER BY id")
            .expect("a table");
        let notes = notes.query_map([], |row| row.get(0)).expect("notes");
        notes.collect::<Result<_, _>>().expect("numbers")
    }

    /// Work that keeps the thread busy until the sender is dropped; whoever comes meanwhile waits together.
    fn hold(
        writer: &Writer,
    ) -> (
        SyncSender<()>,
        tokio::task::JoinHandle<Result<(), StoreError>>,
    ) {
        let (release, held) = mpsc::sync_channel(0);
        let (writer, (started, start)) = (writer.clone(), mpsc::channel());
        let holding = tokio::spawn(async move {
            writer
                .write(move |db| {
                    started.send(()).expect("somebody waits");
                    held.recv().expect_err("released");
                    note(db, 0)
                })
                .await
        });
        tokio::task::block_in_place(|| start.recv().expect("it runs"));
        (release, holding)
    }

    /// Asks for the work and returns once it stands in the queue.
    async fn ask<T: Send + 'static>(
        writer: &Writer,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> impl Future<Output = Result<T, StoreError>> {
        let mut asked = Box::pin({
            let writer = writer.clone();
            async move { writer.write(work).await }
        });
        std::future::poll_fn(|context| {
            assert!(asked.as_mut().poll(context).is_pending(), "it waits");
            std::task::Poll::Ready(())
        })
        .await;
        asked
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn those_who_wait_share_a_commit_and_each_is_told_when_it_is_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let writer = open(folder.path()).await;
        let (release, first) = hold(&writer);
        let mut others = Vec::new();
        for id in 1..MANY {
            let path = folder.path().to_owned();
            let together = ask(&writer, move |db| {
                note(db, id)?;
                // What this connection has written and no other sees.
                let mine: i64 = db.query_row("SELECT count(*) FROM notes", [], |row| row.get(0))?;
                Ok((mine, notes(&path).len()))
            });
            others.push((id, together.await));
        }
        drop(release);
        first.await.expect("no panic").expect("written");
        for (id, other) in others {
            assert_eq!(
                other.await.expect("written"),
                (id + 1, 0),
                "one transaction"
            );
            assert!(notes(folder.path()).contains(&id));
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn who_fails_takes_back_his_own_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let writer = open(folder.path()).await;
        let (release, first) = hold(&writer);
        let fails = ask(&writer, |db| {
            note(db, 2)?;
            note(db, 100)
        });
        let fails = fails.await;
        let panics = ask(&writer, |db| {
            note(db, 3)?;
            panic!("on purpose");
            #[allow(unreachable_code)]
            Ok(())
        });
        let panics = panics.await;
        let last = ask(&writer, |db| note(db, 4)).await;
        drop(release);
        first.await.expect("no panic").expect("written");
        fails.await.expect_err("too large");
        panics.await.expect_err("it never came to an end");
        last.await.expect("written");
        assert_eq!(notes(folder.path()), [0, 4]);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_transaction_that_is_gone_is_an_error_for_all_who_took_part() {
        let folder = tempfile::tempdir().expect("a folder");
        let writer = open(folder.path()).await;
        let (release, first) = hold(&writer);
        let undoes = ask(&writer, |db| {
            // As SQLite does by itself when the disk is full.
            db.execute_batch("ROLLBACK")?;
            Ok(())
        });
        let undoes = undoes.await;
        let next = ask(&writer, |db| note(db, 3)).await;
        drop(release);
        first.await.expect("no panic").expect_err("undone");
        undoes.await.expect_err("undone");
        next.await.expect("in the next transaction");
        assert_eq!(notes(folder.path()), [3]);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_database_that_somebody_else_holds_is_an_error_and_the_next_may_succeed() {
        let folder = tempfile::tempdir().expect("a folder");
        let writer = open(folder.path()).await;
        let at_once = writer.write(|db| Ok(db.busy_timeout(std::time::Duration::ZERO)?));
        at_once
            .await
            .map_err(|error: StoreError| error)
            .expect("set");
        let other = Connection::open(folder.path().join("till.db")).expect("another");
        other.execute_batch("BEGIN IMMEDIATE").expect("held");
        let busy = writer.write(|db| note(db, 1)).await;
        assert!(matches!(busy, Err(StoreError::Database(_))), "{busy:?}");
        other.execute_batch("COMMIT").expect("released");
        writer.write(|db| note(db, 2)).await.expect("written");
        assert_eq!(notes(folder.path()), [2]);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_was_asked_for_before_closing_is_kept_and_nothing_after() {
        let folder = tempfile::tempdir().expect("a folder");
        let writer = open(folder.path()).await;
        let (release, first) = hold(&writer);
        let written = ask(&writer, |db| note(db, 1)).await;
        drop(release);
        writer.close().await;
        first.await.expect("no panic").expect("written");
        written.await.expect("written");
        let late = writer.write(|db| note(db, 2)).await;
        assert!(matches!(late, Err(StoreError::Closed)), "{late:?}");
        assert_eq!(notes(folder.path()), [0, 1]);
    }
}
