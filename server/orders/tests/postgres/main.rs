//! The suite of every store on PostgreSQL, and what several servers on one database add to it. The server to make
//! databases on is named by `TILL_POSTGRES`: `cargo xtask test postgres` starts one and sets it.

mod database;
mod payments;
mod servers;
// The world of the payment line's own tests, of which these need a part.
#[allow(dead_code)]
#[path = "../line/world.rs"]
mod world;

mod conformance {
    use orders::PostgresStore;

    use crate::database::Database;

    async fn fresh() -> (PostgresStore, Database) {
        let database = Database::new().await;
        (database.open().await, database)
    }

    orders::conformance_suite!(fresh);
}
