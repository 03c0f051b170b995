//! A database for one test, gone with it.

use std::str::FromStr;

use orders::PostgresStore;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection};

pub struct Database {
    server: PgConnectOptions,
    name: String,
}

impl Database {
    pub async fn new() -> Database {
        let server = std::env::var("TILL_POSTGRES").expect(
            "TILL_POSTGRES names no PostgreSQL server; `cargo xtask test postgres` starts one",
        );
        let server = PgConnectOptions::from_str(&server).unwrap();
        let random = getrandom::u64().unwrap();
        let database = Database {
            server,
            name: format!("till_test_{random:x}"),
        };
        let create = format!("CREATE DATABASE {}", database.name);
        run(&database.server, &create).await;
        database
    }

    pub fn url(&self) -> String {
        let options = self.server.clone().database(&self.name);
        options.to_url_lossy().to_string()
    }

    pub async fn open(&self) -> PostgresStore {
        PostgresStore::open(&self.url()).await.unwrap()
    }

    /// Does something to the database past the store.
    pub async fn run(&self, statement: &str) {
        run(&self.server.clone().database(&self.name), statement).await;
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        // The test's own runtime may be going down, and cannot be waited on from within.
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(run(&server, &format!("DROP DATABASE {name} WITH (FORCE)")));
        });
        let dropped = dropped.join();
        assert!(dropped.is_ok() || std::thread::panicking());
    }
}

async fn run(options: &PgConnectOptions, statement: &str) {
    let mut db = PgConnection::connect_with(options).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(statement.to_owned()))
        .execute(&mut db)
        .await
        .unwrap();
    db.close().await.unwrap();
}
