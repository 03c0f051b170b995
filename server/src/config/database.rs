//! Where the books are. The address of a PostgreSQL database may hold a password, which is shown to nobody.

use std::fmt;

use super::{ConfigError, wrong};

/// `sqlite:///path/to/till.db` or `postgres://user:password@host/till`. Its `Debug` shows no password.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    pub(super) fn parse(text: Option<String>) -> Result<DatabaseUrl, ConfigError> {
        let text = text.unwrap_or_else(|| "sqlite://.data/till.db".to_owned());
        let known = ["sqlite:", "postgres://", "postgresql://"];
        if known.iter().any(|scheme| text.starts_with(scheme)) {
            Ok(DatabaseUrl(text))
        } else {
            Err(wrong(
                "DATABASE_URL",
                "must begin with sqlite:// or postgres://",
            ))
        }
    }

    /// The address as it was set, password and all.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = self.0.split(':').next().unwrap_or_default();
        write!(f, "DatabaseUrl({scheme}:…)")
    }
}
