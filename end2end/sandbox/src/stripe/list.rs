//! Lists (docs.stripe.com/api/pagination): newest first, `limit`, `starting_after`, `ending_before`, `created`.

use super::error::{Error, Result};
use super::params::Params;
use super::table::{Row, Table};
use serde_json::{Value, json};

/// A request for one page.
pub(crate) struct Page {
    limit: usize,
    starting_after: Option<String>,
    ending_before: Option<String>,
    from: i64,
    until: i64,
}

impl Page {
    pub(crate) fn read(params: &mut Params) -> Result<Page> {
        let limit = match params.integer("limit")? {
            None => 10,
            Some(limit @ 1..=100) => limit as usize,
            Some(_) => {
                return Err(Error::invalid("`limit` must be between 1 and 100.")
                    .code("parameter_invalid_integer")
                    .param("limit"));
            }
        };
        let (mut from, mut until) = (i64::MIN, i64::MAX);
        match params.map("created") {
            Ok(None) => {}
            Ok(Some(mut range)) => {
                if let Some(time) = range.integer("gte")? {
                    from = from.max(time);
                }
                if let Some(time) = range.integer("gt")? {
                    from = from.max(time.saturating_add(1));
                }
                if let Some(time) = range.integer("lte")? {
                    until = until.min(time);
                }
                if let Some(time) = range.integer("lt")? {
                    until = until.min(time.saturating_sub(1));
                }
                range.finish()?;
            }
            Err(_) => return Err(Error::invalid("Invalid `created`.").param("created")),
        }
        Ok(Page {
            limit,
            starting_after: params.text("starting_after")?,
            ending_before: params.text("ending_before")?,
            from,
            until,
        })
    }

    /// The page of those rows that `wanted` keeps, each as `json` shows it.
    pub(crate) fn of<T: Row>(
        &self,
        table: &Table<T>,
        url: &str,
        created: impl Fn(&T) -> i64,
        wanted: impl Fn(&T) -> bool,
        json: impl Fn(&T) -> Value,
    ) -> Result<Value> {
        for (param, id) in [
            ("starting_after", &self.starting_after),
            ("ending_before", &self.ending_before),
        ] {
            if let Some(id) = id.as_ref().filter(|id| table.get(id).is_none()) {
                return Err(Error::missing_param("object", id, param));
            }
        }
        let mut rows: Vec<&T> = table
            .iter()
            .rev()
            .filter(|row| (self.from..=self.until).contains(&created(row)) && wanted(row))
            .collect();
        if let Some(id) = &self.starting_after {
            let after = table.iter().rev().skip_while(|row| row.id() != id).skip(1);
            let after: std::collections::HashSet<&str> = after.map(Row::id).collect();
            rows.retain(|row| after.contains(row.id()));
        }
        let mut skipped = 0;
        if let Some(id) = &self.ending_before {
            let before = table.iter().rev().take_while(|row| row.id() != id);
            let before: std::collections::HashSet<&str> = before.map(Row::id).collect();
            rows.retain(|row| before.contains(row.id()));
            // Backwards, the page is the one next to the cursor.
            skipped = rows.len().saturating_sub(self.limit);
        }
        let has_more = rows.len() > self.limit;
        let data: Vec<Value> = rows
            .into_iter()
            .skip(skipped)
            .take(self.limit)
            .map(json)
            .collect();
        Ok(json!({ "object": "list", "data": data, "has_more": has_more, "url": url }))
    }
}
