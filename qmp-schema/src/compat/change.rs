//! What can change, and whom it hurts.

use std::fmt;

use serde_json::{Value, json};

/// One difference between two schemas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The command or event.
    pub entity: String,
    /// The place in it: `arguments.size`, `return[].inserted`, `data`; empty for the command or event itself.
    pub place: String,
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

/// The ways in which schemas differ. Types are described by the JSON kind of their values.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "their names say it")]
#[non_exhaustive]
pub enum ChangeKind {
    CommandAdded,
    CommandRemoved,
    EventAdded,
    EventRemoved,
    OutOfBandAdded,
    OutOfBandRemoved,
    MemberAdded {
        name: String,
        optional: bool,
    },
    MemberRemoved {
        name: String,
        optional: bool,
    },
    NowRequired,
    NowOptional,
    ValueAdded(String),
    ValueRemoved(String),
    /// A value may be of one more JSON kind.
    AlternativeAdded(&'static str),
    AlternativeRemoved(&'static str),
    /// Values are of another type; whether those of the one are good for the other, and the other way round.
    TypeChanged {
        old: String,
        new: String,
        forward: Impact,
        back: Impact,
    },
    FeatureAdded(String),
    FeatureRemoved(String),
}

impl Change {
    pub(super) fn new(entity: String, place: String, role: Role, kind: ChangeKind) -> Self {
        let back = kind.mirrored();
        let (client, server) = match role {
            Role::Arguments => (kind.impact(true), back.impact(true)),
            Role::Output => (back.impact(false), kind.impact(false)),
        };
        let (client, server) = match &kind {
            ChangeKind::CommandAdded | ChangeKind::EventAdded | ChangeKind::OutOfBandAdded => {
                (Impact::Fine, Impact::Breaking)
            }
            ChangeKind::CommandRemoved | ChangeKind::EventRemoved | ChangeKind::OutOfBandRemoved => {
                (Impact::Breaking, Impact::Fine)
            }
            ChangeKind::FeatureAdded(name) if matches!(&**name, "deprecated" | "unstable") => {
                (Impact::Note, Impact::Fine)
            }
            _ => (client, server),
        };
        Self { entity, place, kind, client, server }
    }

    /// For programs: an object with `entity`, `place`, `change`, `text`, `client` and `server` (`fine`, `note`, `breaking`).
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({
            "entity": self.entity,
            "place": self.place,
            "change": self.kind.id(),
            "text": self.kind.to_string(),
            "client": self.client.id(),
            "server": self.server.id(),
        })
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

impl ChangeKind {
    /// What happens to a value that is written by the old schema and read by the new one.
    fn impact(&self, strict: bool) -> Impact {
        match self {
            Self::MemberRemoved { .. } if strict => Impact::Breaking,
            Self::MemberAdded { optional: false, .. } | Self::NowRequired => Impact::Breaking,
            Self::ValueRemoved(_) | Self::AlternativeRemoved(_) if strict => Impact::Breaking,
            // A client has to do without what is optional, but may have been glad of it.
            Self::MemberAdded { .. } if !strict => Impact::Note,
            Self::ValueRemoved(_) | Self::AlternativeRemoved(_) => Impact::Note,
            Self::TypeChanged { forward, .. } => *forward,
            _ => Impact::Fine,
        }
    }

    /// The change from the new schema to the old one.
    fn mirrored(&self) -> Self {
        match self.clone() {
            Self::CommandAdded => Self::CommandRemoved,
            Self::CommandRemoved => Self::CommandAdded,
            Self::EventAdded => Self::EventRemoved,
            Self::EventRemoved => Self::EventAdded,
            Self::OutOfBandAdded => Self::OutOfBandRemoved,
            Self::OutOfBandRemoved => Self::OutOfBandAdded,
            Self::MemberAdded { name, optional } => Self::MemberRemoved { name, optional },
            Self::MemberRemoved { name, optional } => Self::MemberAdded { name, optional },
            Self::NowRequired => Self::NowOptional,
            Self::NowOptional => Self::NowRequired,
            Self::ValueAdded(name) => Self::ValueRemoved(name),
            Self::ValueRemoved(name) => Self::ValueAdded(name),
            Self::AlternativeAdded(kind) => Self::AlternativeRemoved(kind),
            Self::AlternativeRemoved(kind) => Self::AlternativeAdded(kind),
            Self::TypeChanged { old, new, forward, back } => {
                Self::TypeChanged { old: new, new: old, forward: back, back: forward }
            }
            Self::FeatureAdded(name) => Self::FeatureRemoved(name),
            Self::FeatureRemoved(name) => Self::FeatureAdded(name),
        }
    }

    /// The name of the kind in the JSON form.
    #[must_use]
    pub fn id(&self) -> &'static str {
        match self {
            Self::CommandAdded => "command-added",
            Self::CommandRemoved => "command-removed",
            Self::EventAdded => "event-added",
            Self::EventRemoved => "event-removed",
            Self::OutOfBandAdded => "oob-added",
            Self::OutOfBandRemoved => "oob-removed",
            Self::MemberAdded { .. } => "member-added",
            Self::MemberRemoved { .. } => "member-removed",
            Self::NowRequired => "now-required",
            Self::NowOptional => "now-optional",
            Self::ValueAdded(_) => "value-added",
            Self::ValueRemoved(_) => "value-removed",
            Self::AlternativeAdded(_) => "alternative-added",
            Self::AlternativeRemoved(_) => "alternative-removed",
            Self::TypeChanged { .. } => "type-changed",
            Self::FeatureAdded(_) => "feature-added",
            Self::FeatureRemoved(_) => "feature-removed",
        }
    }
}

/// `ENTITY PLACE: what is different`.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let space = if self.place.is_empty() { "" } else { " " };
        write!(f, "{}{space}{}: {}", self.entity, self.place, self.kind)
    }
}

impl fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sort = |optional: &bool| if *optional { "optional" } else { "required" };
        match self {
            Self::CommandAdded => f.write_str("command added"),
            Self::CommandRemoved => f.write_str("command removed"),
            Self::EventAdded => f.write_str("event added"),
            Self::EventRemoved => f.write_str("event removed"),
            Self::OutOfBandAdded => f.write_str("can be executed out of band"),
            Self::OutOfBandRemoved => f.write_str("cannot be executed out of band any more"),
            Self::MemberAdded { name, optional } => write!(f, "{} member `{name}` added", sort(optional)),
            Self::MemberRemoved { name, optional } => write!(f, "{} member `{name}` removed", sort(optional)),
            Self::NowRequired => f.write_str("required now"),
            Self::NowOptional => f.write_str("optional now"),
            Self::ValueAdded(name) => write!(f, "value `{name}` added"),
            Self::ValueRemoved(name) => write!(f, "value `{name}` removed"),
            Self::AlternativeAdded(kind) => write!(f, "can also be {kind}"),
            Self::AlternativeRemoved(kind) => write!(f, "cannot be {kind} any more"),
            Self::TypeChanged { old, new, .. } => write!(f, "was {old}, is {new}"),
            Self::FeatureAdded(name) if matches!(&**name, "deprecated" | "unstable") => write!(f, "{name} now"),
            Self::FeatureRemoved(name) if matches!(&**name, "deprecated" | "unstable") => {
                write!(f, "not {name} any more")
            }
            Self::FeatureAdded(name) => write!(f, "feature `{name}` added"),
            Self::FeatureRemoved(name) => write!(f, "feature `{name}` removed"),
        }
    }
}
