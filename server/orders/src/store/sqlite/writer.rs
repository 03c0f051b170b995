//! The one connection that writes. Those who want to write at the same time share a commit: each does its work in a
//! savepoint of one transaction, and hears that it is written when that is on the disk, which is what takes the time.
//! Whoever gives up takes back what is his alone; if the commit fails, all are told.
//!
//! Knows nothing of what is written.

use std::mem;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Executor, SqliteConnection};
use tokio::runtime::Handle;
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

use crate::store::StoreError;

/// What came of a commit.
type Outcome = Result<(), Arc<sqlx::Error>>;

/// Cloning is cheap: it is the same connection.
#[derive(Debug, Clone)]
pub(super) struct Writer {
    /// Its queue is in order of arrival: whoever waits when a commit is asked for still takes part in it.
    group: Arc<Mutex<Group>>,
    runtime: Handle,
}

/// A transaction in the making, and those who took part in it.
#[derive(Debug)]
struct Group {
    options: SqliteConnectOptions,
    connection: SqliteConnection,
    stage: Stage,
    /// A commit was asked for.
    is_called: bool,
    is_closed: bool,
    written: Vec<oneshot::Sender<Outcome>>,
}

/// How far the transaction is.
#[derive(Debug, Clone, Copy)]
enum Stage {
    /// There is none.
    None,
    /// Somebody writes, or gave up while he did: what he wrote has to go before anything else.
    Mine,
    /// Whoever wrote last is done.
    Kept,
}

impl Writer {
    pub(super) async fn open(options: SqliteConnectOptions) -> Result<Writer, sqlx::Error> {
        let group = Group {
            connection: options.connect().await?,
            options,
            stage: Stage::None,
            is_called: false,
            is_closed: false,
            written: Vec::new(),
        };
        Ok(Writer {
            group: Arc::new(Mutex::new(group)),
            runtime: Handle::current(),
        })
    }

    /// Waits for its turn. What is written before [`Write::commit`] is taken back when the result is dropped.
    pub(super) async fn begin(&self) -> Result<Write, StoreError> {
        let mut write = Write {
            group: Arc::clone(&self.group).lock_owned().await,
            writer: self.clone(),
        };
        write.group.join().await?;
        Ok(write)
    }

    /// Commits what is under way; nothing can be written any more.
    pub(super) async fn close(&self) {
        let mut group = self.group.lock().await;
        group.is_closed = true;
        group.finish().await;
    }

    /// Commits when all who wait now have done their work.
    fn call(&self, group: &mut Group) {
        if mem::replace(&mut group.is_called, true) {
            return;
        }
        let group = Arc::clone(&self.group);
        self.runtime.spawn(async move {
            let mut group = group.lock().await;
            group.is_called = false;
            group.finish().await;
        });
    }
}

impl Group {
    async fn join(&mut self) -> Result<(), StoreError> {
        if self.is_closed {
            return Err(sqlx::Error::PoolClosed.into());
        }
        if let Stage::Mine = self.stage {
            match self.connection.execute("ROLLBACK TO mine").await {
                Ok(_) => return Ok(()),
                Err(error) => self.give_up(error).await,
            }
        }
        let begin = match self.stage {
            // The lock from the start: a read-then-write never finds the database busy halfway.
            Stage::None | Stage::Mine => "BEGIN IMMEDIATE; SAVEPOINT mine",
            Stage::Kept => "RELEASE mine; SAVEPOINT mine",
        };
        // Before the await, at which this may be dropped.
        self.stage = Stage::Mine;
        self.connection.execute(begin).await?;
        Ok(())
    }

    /// Ends the transaction, and tells those who took part.
    async fn finish(&mut self) {
        let end = match self.stage {
            Stage::None => return,
            Stage::Mine => "ROLLBACK TO mine; COMMIT",
            Stage::Kept => "COMMIT",
        };
        match self.connection.execute(end).await {
            Ok(_) => self.end(Ok(())),
            Err(error) => self.give_up(error).await,
        }
    }

    /// SQLite has undone the whole transaction by itself (a full disk), it was never begun, or the commit failed.
    async fn give_up(&mut self, error: sqlx::Error) {
        if self.connection.execute("ROLLBACK").await.is_err() {
            // Either nothing was under way, or the connection is of no use any more; a new one is right in both cases.
            // Without one, the next to write fails at its first statement, and comes here again.
            if let Ok(connection) = self.options.connect().await {
                self.connection = connection;
            }
        }
        self.end(Err(Arc::new(error)));
    }

    fn end(&mut self, outcome: Outcome) {
        self.stage = Stage::None;
        for writer in self.written.drain(..) {
            // Who does not wait any more, does not want to know.
            let _ = writer.send(outcome.clone());
        }
    }
}

/// Somebody's turn to write.
#[derive(Debug)]
pub(super) struct Write {
    group: OwnedMutexGuard<Group>,
    writer: Writer,
}

impl Write {
    /// Returns when what was written is on the disk.
    pub(super) async fn commit(mut self) -> Result<(), StoreError> {
        self.group.stage = Stage::Kept;
        let (sender, outcome) = oneshot::channel();
        self.group.written.push(sender);
        drop(self);
        match outcome.await {
            Ok(outcome) => Ok(outcome?),
            // The runtime ends, and the commit with it.
            Err(_) => Err(sqlx::Error::WorkerCrashed.into()),
        }
    }
}

/// Whether there is something to commit or to undo: it has to be done even if nobody else comes to write.
impl Drop for Write {
    fn drop(&mut self) {
        self.writer.call(&mut self.group);
    }
}

impl Deref for Write {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.group.connection
    }
}

impl DerefMut for Write {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.group.connection
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    const MANY: usize = 16;

    async fn open(folder: &Path) -> Writer {
        let options = SqliteConnectOptions::new()
            .filename(folder.join("till.db"))
            .create_if_missing(true)
            .journal_mode(sqlx::sqlite::SqliteJournalMode::Wal);
        let writer = Writer::open(options).await.expect("a database");
        let mut write = writer.begin().await.expect("a turn");
        let table = "CREATE TABLE notes (id INTEGER PRIMARY KEY CHECK (id < 100))";
        write.execute(table).await.expect("a table");
        write.commit().await.expect("written");
        writer
    }

    async fn note(write: &mut Write, id: usize) -> Result<(), sqlx::Error> {
        let insert = sqlx::query("INSERT INTO notes VALUES (?)").bind(id as i64);
        insert.execute(&mut **write).await.map(drop)
    }

    /// What another connection sees: what is committed.
    async fn notes(writer: &Writer) -> Vec<i64> {
        let options = writer.group.lock().await.options.clone();
        let mut reader = options.read_only(true).connect().await.expect("a reader");
        let notes = sqlx::query_scalar("SELECT id FROM notes ORDER BY id");
        notes.fetch_all(&mut reader).await.expect("notes")
    }

    #[tokio::test]
    async fn those_who_wait_share_a_commit_and_each_is_told_when_it_is_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let writer = open(folder.path()).await;
        let mut first = writer.begin().await.expect("a turn");
        let others: Vec<_> = (1..MANY)
            .map(|id| {
                let writer = writer.clone();
                tokio::spawn(async move {
                    let mut write = writer.begin().await.expect("a turn");
                    note(&mut write, id).await.expect("a note");
                    let together = write.group.written.len();
                    write.commit().await.expect("written");
                    assert!(notes(&writer).await.contains(&(id as i64)));
                    together
                })
            })
            .collect();
        // All others wait in the queue before the first is done.
        tokio::task::yield_now().await;
        note(&mut first, 0).await.expect("a note");
        first.commit().await.expect("written");
        let mut together = Vec::new();
        for other in others {
            together.push(other.await.expect("no panic"));
        }
        assert_eq!(notes(&writer).await.len(), MANY);
        assert_eq!(together, (1..MANY).collect::<Vec<_>>(), "one transaction");
    }

    #[tokio::test]
    async fn who_gives_up_takes_back_his_own_alone_and_keeps_nobody_waiting() {
        let folder = tempfile::tempdir().expect("a folder");
        let writer = open(folder.path()).await;
        let mut first = writer.begin().await.expect("a turn");
        let quitter = tokio::spawn({
            let writer = writer.clone();
            async move {
                let mut write = writer.begin().await.expect("a turn");
                note(&mut write, 2).await.expect("a note");
                note(&mut write, 100).await.expect_err("too large");
            }
        });
        tokio::task::yield_now().await;
        note(&mut first, 1).await.expect("a note");
        first.commit().await.expect("written");
        quitter.await.expect("no panic");
        let mut last = writer.begin().await.expect("a turn");
        note(&mut last, 3).await.expect("a note");
        last.commit().await.expect("written");
        assert_eq!(notes(&writer).await, [1, 3]);
    }

    #[tokio::test]
    async fn a_transaction_that_is_gone_is_an_error_for_all_who_took_part() {
        let folder = tempfile::tempdir().expect("a folder");
        let writer = open(folder.path()).await;
        let mut first = writer.begin().await.expect("a turn");
        let other = tokio::spawn({
            let writer = writer.clone();
            async move {
                let mut write = writer.begin().await.expect("a turn");
                note(&mut write, 2).await.expect("a note");
                // As SQLite does by itself when the disk is full.
                write.execute("ROLLBACK").await.expect("undone");
            }
        });
        tokio::task::yield_now().await;
        note(&mut first, 1).await.expect("a note");
        first.commit().await.expect_err("undone");
        other.await.expect("no panic");
        assert!(notes(&writer).await.is_empty());
        let mut next = writer.begin().await.expect("a turn");
        note(&mut next, 3).await.expect("a note");
        next.commit().await.expect("written");
        assert_eq!(notes(&writer).await, [3]);
    }

    #[tokio::test]
    async fn what_was_written_before_closing_is_kept_and_nothing_after() {
        let folder = tempfile::tempdir().expect("a folder");
        let writer = open(folder.path()).await;
        let mut write = writer.begin().await.expect("a turn");
        note(&mut write, 1).await.expect("a note");
        let (written, ()) = tokio::join!(write.commit(), writer.close());
        written.expect("written");
        writer.begin().await.expect_err("closed");
        assert_eq!(notes(&writer).await, [1]);
    }
}
