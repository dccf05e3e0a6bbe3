//! What can change, and whom it hurts.

use std::fmt;

use serde_json::{Value, json};

use super::kind::{ChangeKind, is_warning};
use crate::model::Feature;

/// One difference between two schemas.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The command or event, the first of all that it concerns.
    pub entity: String,
    /// The place in it: `arguments.size`, `return[].inserted`, `data`, `arguments[driver=qcow2|qed]` (a branch that two cases
    /// share); empty for the command or event itself.
    pub place: String,
    /// The other commands and events that it concerns, because they reach the same type in the same role (arguments, or what
    /// servers send): up to 100 of them.
    pub also: Vec<String>,
    /// Whether it concerns more than the 100 that `also` tells.
    pub also_more: bool,
    /// What is different.
    pub kind: ChangeKind,
    /// What had been said of the thing that was removed: `deprecated`, `unstable`.
    pub before: Vec<String>,
    /// What it means to a client built for the old schema that talks to a server of the new one.
    pub client: Impact,
    /// What it means to a server built for the old schema that talks to a client of the new one.
    pub server: Impact,
}

/// What a change means to one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Impact {
    /// Nothing.
    Fine,
    /// Goes well, but is worth knowing: a value that the side has no name for, a deprecation, a feature that it may look for.
    Note,
    /// What the side relies on is refused, missing or of another type.
    Breaking,
}

/// Who writes a value, and how it is read. A server refuses what its schema does not name; a client takes it as it comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Role {
    /// Written by the client, read strictly by the server.
    Arguments,
    /// A return value or the data of an event: written by the server, read leniently by the client.
    Output,
}

impl Change {
    pub(super) fn new(entity: String, place: String, role: Role, kind: ChangeKind) -> Self {
        let (client, server) = kind.impacts(role);
        Self { entity, place, also: Vec::new(), also_more: false, kind, before: Vec::new(), client, server }
    }

    /// The change for what is removed and had these features.
    pub(super) fn after(self, features: &[Feature]) -> Self {
        let warnings = features.iter().map(|feature| feature.name.clone()).filter(|name| is_warning(name));
        Self { before: warnings.collect(), ..self }
    }

    /// What is different, in a few words.
    #[must_use]
    pub fn text(&self) -> String {
        match self.before.is_empty() {
            true => self.kind.to_string(),
            false => format!("{}, {} before", self.kind, self.before.join(" and ")),
        }
    }

    /// For programs: an object with `entity`, `place`, `also` and `before` (lists), `change`, `text`, `client` and `server`
    /// (`fine`, `note`, `breaking`). Where they apply, it has `also-more` (true: there are more than `also` tells), `name` (of
    /// the member, value or feature), `optional` (whether the member is or was), `old` and `new` (types).
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut object = json!({
            "entity": self.entity,
            "place": self.place,
            "also": self.also,
            "change": self.kind.id(),
            "text": self.text(),
            "before": self.before,
            "client": self.client.id(),
            "server": self.server.id(),
        });
        if self.also_more {
            object["also-more"] = json!(true);
        }
        for (key, value) in self.kind.details() {
            object[key] = value;
        }
        object
    }
}

impl Impact {
    /// `fine`, `note` or `breaking`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Fine => "fine",
            Self::Note => "note",
            Self::Breaking => "breaking",
        }
    }
}

/// `ENTITY PLACE: what is different (also in OTHER and OTHER)`.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let space = if self.place.is_empty() { "" } else { " " };
        write!(f, "{}{space}{}: {}", self.entity, self.place, self.text())?;
        match &*self.also {
            [] => Ok(()),
            [one] => write!(f, " (also in {one})"),
            [one, two] => write!(f, " (also in {one} and {two})"),
            [one, two, three] => write!(f, " (also in {one}, {two} and {three})"),
            [one, two, rest @ ..] => {
                let over = if self.also_more { "over " } else { "" };
                write!(f, " (also in {one}, {two} and {over}{} more)", rest.len())
            }
        }
    }
}
