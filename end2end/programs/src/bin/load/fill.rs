//! Books that have grown: the one paid order they hold, with all its rows, copied many times over.

use anyhow::{Result, ensure};
use rusqlite::Connection as SqliteConnection;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// A table, and what must differ from one copy to the next.
const TABLES: [(&str, &[&str]); 5] = [
    ("orders", &["key", "cart"]),
    ("intents", &["id", "order_key"]),
    ("attempts", &["order_key", "token"]),
    ("calls", &["id", "order_key", "intent"]),
    ("outbox", &["order_key"]),
];
/// Columns that the database fills in.
const COUNTED: [(&str, &str); 3] = [("orders", "place"), ("intents", "place"), ("outbox", "id")];

/// Copies the paid order `count` times.
pub async fn copies(database: &str, count: u32) -> Result<()> {
    let mut books = Books::open(database).await?;
    let sqlite = matches!(books, Books::Sqlite(_));
    // The shop was told of it long ago: or else there would be so many messages to deliver while it is measured.
    let told = "UPDATE outbox SET delivered_ms = created_ms WHERE delivered_ms IS NULL";
    books.run(told.to_owned()).await?;
    for (table, own) in TABLES {
        let columns: Vec<_> = books
            .columns(table)
            .await?
            .into_iter()
            .filter(|column| !COUNTED.contains(&(table, column.as_str())))
            .collect();
        ensure!(!columns.is_empty(), "there is no table {table}");
        let values: Vec<_> = columns
            .iter()
            .map(|column| match own.contains(&column.as_str()) {
                true => format!("{column} || '-' || n"),
                false => column.clone(),
            })
            .collect();
        let (columns, values) = (columns.join(", "), values.join(", "));
        let numbers = match sqlite {
            true => format!(
                "(WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {count}) \
                 SELECT n FROM counted)"
            ),
            false => format!("generate_series(1, {count}) AS counted(n)"),
        };
        let copy = format!(
            "INSERT INTO {table} ({columns}) SELECT {values} FROM (SELECT * FROM {table} LIMIT 1) AS one, {numbers}"
        );
        books.run(copy).await?;
    }
    // Books that grew over years are tidied up behind the shop's back; these were filled a moment ago.
    if !sqlite {
        for tidy in ["VACUUM (FREEZE, ANALYZE)", "CHECKPOINT"] {
            books.run(tidy.to_owned()).await?;
        }
    }
    Ok(())
}

/// A connection to either kind. All that it is asked is written in this file: nothing comes from outside.
enum Books {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Books {
    async fn open(database: &str) -> Result<Books> {
        Ok(match database.strip_prefix("sqlite://") {
            Some(file) => Books::Sqlite(SqliteConnection::open(file)?),
            None => Books::Postgres(PgConnection::connect(database).await?),
        })
    }

    async fn run(&mut self, statement: String) -> Result<()> {
        match self {
            Books::Sqlite(books) => books.execute_batch(&statement)?,
            Books::Postgres(books) => {
                sqlx::raw_sql(AssertSqlSafe(statement))
                    .execute(books)
                    .await?;
            }
        }
        Ok(())
    }

    async fn columns(&mut self, table: &str) -> Result<Vec<String>> {
        Ok(match self {
            Books::Sqlite(books) => {
                let columns = "SELECT name FROM pragma_table_info(?) ORDER BY cid";
                let mut columns = books.prepare(columns)?;
                let columns = columns.query_map([table], |row| row.get(0))?;
                columns.collect::<Result<_, _>>()?
            }
            Books::Postgres(books) => {
                sqlx::query_scalar(
                    "SELECT column_name::text FROM information_schema.columns WHERE table_name = $1 ORDER BY ordinal_position",
                )
                .bind(table)
                .fetch_all(books)
                .await?
            }
        })
    }
}
