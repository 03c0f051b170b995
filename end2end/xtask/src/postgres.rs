//! A PostgreSQL server for one run of tests: a folder of its own, a socket in it and no port, an account without
//! rights, and gone afterwards, however the tests ended.

use std::{
    env, fs,
    os::unix::{
        fs::{PermissionsExt, chown},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio, id},
    thread::sleep,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::run::reply;

const STARTS_WITHIN: Duration = Duration::from_secs(60);
const STOPS_WITHIN: Duration = Duration::from_secs(20);
const LOOKS_EVERY: Duration = Duration::from_millis(20);
/// How it is shut down: sessions end at once (PostgreSQL's "fast").
const STOP: &str = "INT";

/// Whether what a server has acknowledged survives a power cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// It does, as in a shop: for measuring.
    Durable,
    /// It need not: for tests.
    Hasty,
}

/// A running server; dropping it stops it and removes its folder.
pub struct Postgres {
    server: Child,
    folder: Folder,
}

impl Postgres {
    /// Starts a server with the programs in `bin`.
    pub fn start(bin: &Path, durability: Durability) -> Result<Self> {
        let account = Account::find()?;
        let folder = Folder::make(&account)?;
        let data = folder.0.join("data");
        let mut initdb = account.command(&bin.join("initdb"), &folder.0);
        initdb
            .args(["--username=till", "--auth=trust", "--encoding=UTF8"])
            .args(["--no-locale", "--no-sync", "--pgdata"])
            .arg(&data);
        let made = initdb
            .stdin(Stdio::null())
            .output()
            .context("could not start initdb")?;
        if !made.status.success() {
            bail!("initdb failed: {}", String::from_utf8_lossy(&made.stderr));
        }
        let log = fs::File::create(folder.log()).context("the log of PostgreSQL")?;
        let mut server = account.command(&bin.join("postgres"), &folder.0);
        server.arg("-D").arg(&data).arg("-k").arg(&folder.0);
        // Every test has a pool, and many tests run at once.
        let hasty = ["fsync=off", "full_page_writes=off"];
        let hasty = hasty.iter().filter(|_| durability == Durability::Hasty);
        for setting in ["listen_addresses=", "max_connections=400"]
            .iter()
            .chain(hasty)
        {
            server.args(["-c", setting]);
        }
        let server = server
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("could not start postgres")?;
        let mut postgres = Self { server, folder };
        postgres.wait_until_ready(&data)?;
        Ok(postgres)
    }

    /// A database to make others from.
    pub fn url(&self) -> String {
        let folder = self.folder.0.display();
        format!("postgres://till@localhost/postgres?host={folder}")
    }

    /// PostgreSQL writes there how far it is, as `pg_ctl --wait` reads it.
    fn wait_until_ready(&mut self, data: &Path) -> Result<()> {
        let start = Instant::now();
        while start.elapsed() < STARTS_WITHIN {
            let status = fs::read_to_string(data.join("postmaster.pid")).unwrap_or_default();
            if status.lines().nth(7).map(str::trim) == Some("ready") {
                return Ok(());
            }
            if let Some(status) = self.server.try_wait()? {
                bail!("PostgreSQL ended ({status}):\n{}", self.folder.last_words());
            }
            sleep(LOOKS_EVERY);
        }
        bail!("PostgreSQL does not start:\n{}", self.folder.last_words())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let start = Instant::now();
        let mut asked = false;
        while start.elapsed() < STOPS_WITHIN && matches!(self.server.try_wait(), Ok(None)) {
            if !asked {
                let pid = self.server.id().to_string();
                let _ = Command::new("kill").args(["-s", STOP, &pid]).status();
                asked = true;
            }
            sleep(LOOKS_EVERY);
        }
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// A folder that is removed with everything in it.
struct Folder(PathBuf);

impl Folder {
    /// For the account alone: whoever reaches the socket may do everything.
    fn make(account: &Account) -> Result<Self> {
        let folder = Self(env::temp_dir().join(format!("till-postgres-{}", id())));
        fs::create_dir(&folder.0).with_context(|| format!("cannot make {}", folder.0.display()))?;
        fs::set_permissions(&folder.0, fs::Permissions::from_mode(0o700))?;
        if let Account::Other { uid, gid } = account {
            chown(&folder.0, Some(*uid), Some(*gid))?;
        }
        Ok(folder)
    }

    fn log(&self) -> PathBuf {
        self.0.join("log")
    }

    fn last_words(&self) -> String {
        fs::read_to_string(self.log()).unwrap_or_default()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Who runs it: PostgreSQL refuses to be run by root.
enum Account {
    Ours,
    Other { uid: u32, gid: u32 },
}

impl Account {
    fn find() -> Result<Self> {
        let number = |which: &str, name: &[&str]| {
            let said = reply(Command::new("id").arg(which).args(name))?;
            said.trim().parse::<u32>().ok()
        };
        if number("-u", &[]) != Some(0) {
            return Ok(Self::Ours);
        }
        let other = ["postgres", "nobody"].into_iter().find_map(|name| {
            Some(Self::Other {
                uid: number("-u", &[name])?,
                gid: number("-g", &[name])?,
            })
        });
        other.context("there is neither an account `postgres` nor `nobody` to run PostgreSQL")
    }

    fn command(&self, program: &Path, folder: &Path) -> Command {
        let mut command = Command::new(program);
        // Root's own folder would be closed to it.
        command.current_dir(folder);
        if let Self::Other { uid, gid } = self {
            command.uid(*uid).gid(*gid);
        }
        command
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_does_not_start_says_why_and_leaves_nothing_behind() -> Result<()> {
        let bin = env::temp_dir().join(format!("till-no-postgres-{}", id()));
        fs::create_dir_all(&bin)?;
        fs::set_permissions(&bin, fs::Permissions::from_mode(0o755))?;
        for (name, script) in [("initdb", "exit 0"), ("postgres", "echo no room; exit 3")] {
            let file = bin.join(name);
            fs::write(&file, format!("#!/bin/sh\n{script}\n"))?;
            fs::set_permissions(&file, fs::Permissions::from_mode(0o755))?;
        }
        let error = Postgres::start(&bin, Durability::Hasty)
            .err()
            .map(|error| error.to_string());
        fs::remove_dir_all(&bin)?;
        assert_eq!(
            error.as_deref().map(|error| error.contains("no room")),
            Some(true),
            "{error:?}"
        );
        assert!(
            !env::temp_dir()
                .join(format!("till-postgres-{}", id()))
                .exists()
        );
        Ok(())
    }
}
