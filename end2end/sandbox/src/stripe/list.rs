//! Lists (docs.stripe.com/api/pagination): newest first, `limit`, `starting_after`, `ending_before`, `created`.

use super::error::{Error, Result};
use super::params::Params;
use super::table::{Row, Rows};
use crate::stripe::json::{Value, json};

/// A request for one page.
pub(crate) struct Page {
    limit: usize,
    starting_after: Option<String>,
    ending_before: Option<String>,
    from: i64,
    until: i64,
}

impl Page {
    /// Ten, as nobody asked for more.
    pub(crate) fn first() -> Page {
        Page {
            limit: 10,
            starting_after: None,
            ending_before: None,
            from: i64::MIN,
            until: i64::MAX,
        }
    }

    pub(crate) fn read(params: &mut Params) -> Result<Page> {
        params.only_one_of(&["starting_after", "ending_before"])?;
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
        match params.is_map("created") {
            false => {
                if let Some(time) = params.integer("created")? {
                    (from, until) = (time, time);
                }
            }
            true => {
                let mut range = params.map("created")?.unwrap_or_default();
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
            }
        }
        Ok(Page {
            limit,
            starting_after: params.text("starting_after")?,
            ending_before: params.text("ending_before")?,
            from,
            until,
        })
    }

    /// The page of those rows that `wanted` keeps, each as `json` shows it. Looks at no more rows than it must.
    pub(crate) fn of<T: Row>(
        &self,
        rows: &Rows<'_, T>,
        url: &str,
        wanted: impl Fn(&T) -> bool,
        json: impl Fn(&T) -> Value,
    ) -> Result<Value> {
        let place = |cursor: &Option<String>, param: &str| match cursor {
            None => Ok(None),
            Some(id) => match rows.table.place(id) {
                Some(place) => Ok(Some(place)),
                None => Err(Error::missing_param("object", id, param)),
            },
        };
        let after = place(&self.starting_after, "starting_after")?;
        let before = place(&self.ending_before, "ending_before")?;
        let newest = after.map_or(rows.len(), |place| rows.before(place));
        let oldest = before.map_or(0, |place| rows.before(place + 1)).min(newest);
        let fits = |row: &&T| (self.from..=self.until).contains(&row.created()) && wanted(row);
        let range = (oldest..newest).map(|index| rows.at(index));
        // Backwards, the page is the one next to the cursor.
        let mut found: Vec<&T> = if before.is_some() {
            range.filter(fits).take(self.limit + 1).collect()
        } else {
            range.rev().filter(fits).take(self.limit + 1).collect()
        };
        let has_more = found.len() > self.limit;
        found.truncate(self.limit);
        if before.is_some() {
            found.reverse();
        }
        let data: Vec<Value> = found.into_iter().map(json).collect();
        Ok(json!({ "object": "list", "data": data, "has_more": has_more, "url": url }))
    }
}
