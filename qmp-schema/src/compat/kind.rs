//! The ways in which schemas differ, and what each means.

use std::fmt;

use serde_json::{Value, json};

use super::change::{Impact, Role};

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
    /// By `allow-preconfig`.
    PreconfigAdded,
    PreconfigRemoved,
    /// By `success-response`.
    ResponseAdded,
    ResponseRemoved,
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
    /// A value may be of one more JSON kind; whether the type is an alternate without it, too.
    AlternativeAdded {
        kind: &'static str,
        alternate: bool,
    },
    AlternativeRemoved {
        kind: &'static str,
        alternate: bool,
    },
    /// Values are of another type; whether those of the one are good for the other, and the other way round.
    TypeChanged {
        old: String,
        new: String,
        forward: Impact,
        back: Impact,
    },
    /// Of a command, an event, a member or a value.
    FeatureAdded(String),
    FeatureRemoved(String),
    /// Of the type that stands at the place.
    TypeFeatureAdded(String),
    TypeFeatureRemoved(String),
}

impl ChangeKind {
    /// What it means to a client of the old schema and to a server of the old schema. The two mirror each other: a server
    /// that meets a newer client is the older server that this client meets.
    pub(super) fn impacts(&self, role: Role) -> (Impact, Impact) {
        (self.to_client(role), self.mirrored().to_client(role))
    }

    fn to_client(&self, role: Role) -> Impact {
        match self {
            Self::CommandAdded | Self::EventAdded | Self::OutOfBandAdded | Self::PreconfigAdded => Impact::Fine,
            Self::CommandRemoved | Self::EventRemoved | Self::OutOfBandRemoved | Self::PreconfigRemoved => {
                Impact::Breaking
            }
            // He waits for what never comes, or takes what comes for the answer to something else.
            Self::ResponseAdded | Self::ResponseRemoved => Impact::Breaking,
            Self::FeatureAdded(name) if is_warning(name) => Impact::Note,
            Self::FeatureRemoved(name) if is_warning(name) => Impact::Fine,
            // Whoever looks for it before he relies on it does without.
            Self::FeatureRemoved(_) | Self::TypeFeatureRemoved(_) => Impact::Note,
            _ => match role {
                Role::Arguments => self.to_reader(true),
                Role::Output => self.mirrored().to_reader(false),
            },
        }
    }

    /// What happens to a value that is written by the old schema and read by the new one.
    fn to_reader(&self, strict: bool) -> Impact {
        match self {
            Self::MemberRemoved { .. } if strict => Impact::Breaking,
            Self::MemberAdded { optional: false, .. } | Self::NowRequired => Impact::Breaking,
            Self::ValueRemoved(_) | Self::AlternativeRemoved { .. } if strict => Impact::Breaking,
            // Only of an alternate a client knows that there may be others.
            Self::AlternativeRemoved { alternate: false, .. } => Impact::Breaking,
            // A client has to do without what is optional, but may have been glad of it.
            Self::MemberAdded { .. } if !strict => Impact::Note,
            Self::ValueRemoved(_) | Self::AlternativeRemoved { .. } => Impact::Note,
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
            Self::PreconfigAdded => Self::PreconfigRemoved,
            Self::PreconfigRemoved => Self::PreconfigAdded,
            Self::ResponseAdded => Self::ResponseRemoved,
            Self::ResponseRemoved => Self::ResponseAdded,
            Self::MemberAdded { name, optional } => Self::MemberRemoved { name, optional },
            Self::MemberRemoved { name, optional } => Self::MemberAdded { name, optional },
            Self::NowRequired => Self::NowOptional,
            Self::NowOptional => Self::NowRequired,
            Self::ValueAdded(name) => Self::ValueRemoved(name),
            Self::ValueRemoved(name) => Self::ValueAdded(name),
            Self::AlternativeAdded { kind, alternate } => Self::AlternativeRemoved { kind, alternate },
            Self::AlternativeRemoved { kind, alternate } => Self::AlternativeAdded { kind, alternate },
            Self::TypeChanged { old, new, forward, back } => {
                Self::TypeChanged { old: new, new: old, forward: back, back: forward }
            }
            Self::FeatureAdded(name) => Self::FeatureRemoved(name),
            Self::FeatureRemoved(name) => Self::FeatureAdded(name),
            Self::TypeFeatureAdded(name) => Self::TypeFeatureRemoved(name),
            Self::TypeFeatureRemoved(name) => Self::TypeFeatureAdded(name),
        }
    }

    /// What the JSON form has beside the text: `name` of a member, value or feature, `optional`, the `old` and the `new` type.
    pub(super) fn details(&self) -> Vec<(&'static str, Value)> {
        match self {
            Self::MemberAdded { name, optional } | Self::MemberRemoved { name, optional } => {
                vec![("name", json!(name)), ("optional", json!(optional))]
            }
            Self::NowRequired => vec![("optional", json!(false))],
            Self::NowOptional => vec![("optional", json!(true))],
            Self::ValueAdded(name)
            | Self::ValueRemoved(name)
            | Self::FeatureAdded(name)
            | Self::FeatureRemoved(name)
            | Self::TypeFeatureAdded(name)
            | Self::TypeFeatureRemoved(name) => vec![("name", json!(name))],
            Self::AlternativeAdded { kind, .. } => vec![("new", json!(kind))],
            Self::AlternativeRemoved { kind, .. } => vec![("old", json!(kind))],
            Self::TypeChanged { old, new, .. } => vec![("old", json!(old)), ("new", json!(new))],
            Self::CommandAdded
            | Self::CommandRemoved
            | Self::EventAdded
            | Self::EventRemoved
            | Self::OutOfBandAdded
            | Self::OutOfBandRemoved
            | Self::PreconfigAdded
            | Self::PreconfigRemoved
            | Self::ResponseAdded
            | Self::ResponseRemoved => Vec::new(),
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
            Self::PreconfigAdded => "preconfig-added",
            Self::PreconfigRemoved => "preconfig-removed",
            Self::ResponseAdded => "response-added",
            Self::ResponseRemoved => "response-removed",
            Self::MemberAdded { .. } => "member-added",
            Self::MemberRemoved { .. } => "member-removed",
            Self::NowRequired => "now-required",
            Self::NowOptional => "now-optional",
            Self::ValueAdded(_) => "value-added",
            Self::ValueRemoved(_) => "value-removed",
            Self::AlternativeAdded { .. } => "alternative-added",
            Self::AlternativeRemoved { .. } => "alternative-removed",
            Self::TypeChanged { .. } => "type-changed",
            Self::FeatureAdded(_) => "feature-added",
            Self::FeatureRemoved(_) => "feature-removed",
            Self::TypeFeatureAdded(_) => "type-feature-added",
            Self::TypeFeatureRemoved(_) => "type-feature-removed",
        }
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
            Self::PreconfigAdded => f.write_str("can be executed before the machine is initialised"),
            Self::PreconfigRemoved => f.write_str("cannot be executed before the machine is initialised any more"),
            Self::ResponseAdded => f.write_str("is answered on success now"),
            Self::ResponseRemoved => f.write_str("is not answered on success any more"),
            Self::MemberAdded { name, optional } => write!(f, "{} member `{name}` added", sort(optional)),
            Self::MemberRemoved { name, optional } => write!(f, "{} member `{name}` removed", sort(optional)),
            Self::NowRequired => f.write_str("required now"),
            Self::NowOptional => f.write_str("optional now"),
            Self::ValueAdded(name) => write!(f, "value `{name}` added"),
            Self::ValueRemoved(name) => write!(f, "value `{name}` removed"),
            Self::AlternativeAdded { kind, .. } => write!(f, "can also be {kind}"),
            Self::AlternativeRemoved { kind, .. } => write!(f, "cannot be {kind} any more"),
            Self::TypeChanged { old, new, .. } => write!(f, "was {old}, is {new}"),
            Self::FeatureAdded(name) if is_warning(name) => write!(f, "{name} now"),
            Self::FeatureRemoved(name) if is_warning(name) => write!(f, "not {name} any more"),
            Self::FeatureAdded(name) => write!(f, "feature `{name}` added"),
            Self::FeatureRemoved(name) => write!(f, "feature `{name}` removed"),
            Self::TypeFeatureAdded(name) => write!(f, "feature `{name}` of the type added"),
            Self::TypeFeatureRemoved(name) => write!(f, "feature `{name}` of the type removed"),
        }
    }
}

/// Whether it is one of the features that mean something of their own: better not rely on what has it.
pub(super) fn is_warning(feature: &str) -> bool {
    matches!(feature, "deprecated" | "unstable")
}
