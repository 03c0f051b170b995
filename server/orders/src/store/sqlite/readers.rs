//! The connections that read, each while it is needed. Knows nothing of what is read.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, OpenFlags};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::store::StoreError;

/// How many read at once.
const MOST: usize = 4;

/// Cloning is cheap: they are the same connections.
#[derive(Debug, Clone)]
pub(super) struct Readers {
    turns: Arc<Semaphore>,
    idle: Arc<Mutex<Vec<Connection>>>,
    file: Arc<Path>,
}

impl Readers {
    pub(super) fn new(file: PathBuf) -> Readers {
        Readers {
            turns: Arc::new(Semaphore::new(MOST)),
            idle: Arc::default(),
            file: file.into(),
        }
    }

    /// What `work` finds in the books as they are at one moment.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let turn = Arc::clone(&self.turns).acquire_owned().await;
        let turn = turn.map_err(|_| StoreError::Closed)?;
        let (idle, file) = (Arc::clone(&self.idle), Arc::clone(&self.file));
        let read = spawn_blocking(move || {
            let _turn = turn;
            let waiting = || idle.lock().unwrap_or_else(PoisonError::into_inner);
            let connection = waiting().pop();
            let connection = connection.map_or_else(|| open(&file), Ok)?;
            let found = work(&*connection.unchecked_transaction()?);
            waiting().push(connection);
            found
        });
        read.await.map_err(|_| StoreError::Closed)?
    }

    /// Returns when nobody reads any more; nothing can be read after it.
    pub(super) async fn close(&self) {
        let all = u32::try_from(MOST).unwrap_or(u32::MAX);
        let all = self.turns.acquire_many(all).await;
        self.turns.close();
        drop(all);
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.clear();
    }
}

fn open(file: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(
        file,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    super::prepare(&connection)?;
    Ok(connection)
}
