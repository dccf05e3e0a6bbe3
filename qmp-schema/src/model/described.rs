//! What documentation says of each part of a definition.

use std::collections::HashMap;

use super::Definition;

/// What the documentation of a definition says of its parts, by name: for whoever looks up many.
#[derive(Debug, Default)]
pub struct Described<'a> {
    /// Members, values, branches or arguments.
    pub members: HashMap<&'a str, &'a str>,
    /// Features, those of the parts too.
    pub features: HashMap<&'a str, &'a str>,
}

impl Definition {
    /// What the documentation says of each part; nothing without documentation.
    #[must_use]
    pub fn described(&self) -> Described<'_> {
        let Some(doc) = &self.doc else { return Described::default() };
        Described { members: by_name(&doc.members), features: by_name(&doc.features) }
    }
}

/// What is described twice is described as at first.
fn by_name(texts: &[(String, String)]) -> HashMap<&str, &str> {
    texts.iter().rev().map(|(name, text)| (&**name, &**text)).collect()
}
