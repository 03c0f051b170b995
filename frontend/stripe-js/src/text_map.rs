//! Objects whose every value is text: CSS declarations, an appearance's variables, metadata.

use serde::ser::{Serialize, SerializeMap, Serializer};

/// Names and their texts, in order: CSS declarations, variables, metadata.
///
/// ```
/// # use stripe_js::TextMap;
/// let variables = TextMap::from([("colorPrimary", "#0a6b4f"), ("borderRadius", "8px")]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextMap(Vec<(String, String)>);

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for TextMap {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        Self(
            pairs
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }
}

impl<N: Into<String>, V: Into<String>, const LEN: usize> From<[(N, V); LEN]> for TextMap {
    fn from(pairs: [(N, V); LEN]) -> Self {
        pairs.into_iter().collect()
    }
}

impl Serialize for TextMap {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write_object(&self.0, serializer)
    }
}

pub(crate) fn write_object<V: Serialize, S: Serializer>(
    members: &[(String, V)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(members.len()))?;
    for (name, value) in members {
        map.serialize_entry(name, value)?;
    }
    map.end()
}
