//! What can change, and whom it hurts.

use std::fmt;

use serde_json::{Value, json};

use super::kind::ChangeKind;

/// One difference between two schemas.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The command or event, the first of all that it concerns.
    pub entity: String,
    /// The place in it: `arguments.size`, `return[].inserted`, `data`; empty for the command or event itself.
    pub place: String,
    /// The other commands and events that it concerns, because they reach the same type: up to 100 of them.
    pub also: Vec<String>,
    /// Whether there are more of them.
    pub also_more: bool,
    /// What is different.
    pub kind: ChangeKind,
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
    /// Goes well, but is worth knowing: a value that the side has no name for, a deprecation.
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
        Self { entity, place, also: Vec::new(), also_more: false, kind, client, server }
    }

    /// For programs: an object with `entity`, `place`, `also` (a list), `change`, `text`, `client` and `server` (`fine`, `note`,
    /// `breaking`); and with `also-more`, true, if there are more than `also` tells.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut object = json!({
            "entity": self.entity,
            "place": self.place,
            "also": self.also,
            "change": self.kind.id(),
            "text": self.kind.to_string(),
            "client": self.client.id(),
            "server": self.server.id(),
        });
        if self.also_more {
            object["also-more"] = json!(true);
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
        write!(f, "{}{space}{}: {}", self.entity, self.place, self.kind)?;
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
