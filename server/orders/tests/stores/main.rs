//! One suite, every store.

mod memory {
    use checkout::ShopId;
    use orders::MemoryStore;

    async fn fresh() -> (MemoryStore, ()) {
        (MemoryStore::new(ShopId::from_random([7; 16])), ())
    }

    orders::conformance_suite!(fresh);
}

mod sqlite {
    use orders::SqliteStore;
    use tempfile::TempDir;

    async fn fresh() -> (SqliteStore, TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/till.db", folder.path().display());
        (SqliteStore::open(&url).await.unwrap(), folder)
    }

    orders::conformance_suite!(fresh);
}
