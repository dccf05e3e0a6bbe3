//! The descriptions of the parts of a definition.

use std::collections::HashMap;

use super::Definition;

/// The descriptions of the parts of a definition by name, for many look-ups.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Described<'a> {
    /// The descriptions of members, values, branches or arguments.
    pub members: HashMap<&'a str, &'a str>,
    /// The descriptions of features, also of those of members and values.
    pub features: HashMap<&'a str, &'a str>,
}

impl Definition {
    /// Returns the descriptions of the definition's parts; none without documentation.
    #[must_use]
    pub fn described(&self) -> Described<'_> {
        let Some(doc) = &self.doc else { return Described::default() };
        Described { members: by_name(&doc.members), features: by_name(&doc.features) }
    }
}

/// The first description of a name counts.
fn by_name(texts: &[(String, String)]) -> HashMap<&str, &str> {
    texts.iter().rev().map(|(name, text)| (&**name, &**text)).collect()
}
