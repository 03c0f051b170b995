//! Worlds to begin from: empty with ids that repeat, or as another one was when its snapshot was taken.

use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::json::{Value, json};
use crate::stripe::random::Random;
use crate::stripe::world::World;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Seed {
    /// Decides the ids to come: the same calls in a row then give the same ids.
    ids: Option<u64>,
    /// What `/_control/snapshot` answered, here or in another world.
    snapshot: Option<String>,
}

impl Call<'_> {
    /// Everything the world holds, in a text that is for `seed` alone to read.
    pub(super) fn snapshot(&self) -> Result<Value> {
        let text = serde_json::to_string(&*self.world)
            .map_err(|error| Error::api(500, format!("This world cannot be written: {error}.")))?;
        Ok(json!({ "snapshot": text }))
    }

    /// Replaces all the world holds.
    pub(super) fn seed(&mut self, seed: Seed) -> Result<()> {
        match seed.snapshot {
            None => self.world.reset(),
            Some(snapshot) => {
                let held: World = serde_json::from_str(&snapshot)
                    .map_err(|error| Error::invalid(format!("This is no snapshot: {error}.")))?;
                self.world.take_over(held);
            }
        }
        if let Some(ids) = seed.ids {
            self.world.random = Random::seeded(ids, &self.world.name);
        }
        self.look_at_the_clock();
        Ok(())
    }
}
