//! The ways in which schemas differ, and what each means.

use std::fmt;

use serde_json::{Value, json};

use super::change::{Impact, Role};

/// The ways in which schemas differ. Types are described by the JSON kind of their values.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChangeKind {
    /// There is a new command.
    CommandAdded,
    /// There is no such command any more.
    CommandRemoved,
    /// There is a new event.
    EventAdded,
    /// There is no such event any more.
    EventRemoved,
    /// The command may be executed out of band now (`allow-oob`).
    OutOfBandAdded,
    /// The command may not be executed out of band any more.
    OutOfBandRemoved,
    /// The command may be executed before the machine is initialised now (`allow-preconfig`).
    PreconfigAdded,
    /// The command may not be executed before the machine is initialised any more.
    PreconfigRemoved,
    /// The command is answered on success now (`success-response`).
    ResponseAdded,
    /// The command is not answered on success any more.
    ResponseRemoved,
    /// An object has a new member.
    MemberAdded {
        /// What it is called.
        name: String,
        /// Whether it may be absent.
        optional: bool,
    },
    /// An object has lost a member.
    MemberRemoved {
        /// What it was called.
        name: String,
        /// Whether it might be absent.
        optional: bool,
    },
    /// A member that was optional has to be there.
    NowRequired,
    /// A member that had to be there is optional.
    NowOptional,
    /// An enum has a new value, or a union a branch for a value that was refused: of this name.
    ValueAdded(String),
    /// An enum has lost a value, or a union the branch for it: of this name.
    ValueRemoved(String),
    /// An alternate has a new branch, or what was of one type is an alternate now.
    BranchAdded {
        /// What a value may be now: `a string`, `null`.
        kind: &'static str,
        /// Whether the type was an alternate before.
        alternate: bool,
    },
    /// An alternate has lost a branch, or is none any more.
    BranchRemoved {
        /// What a value may not be any more.
        kind: &'static str,
        /// Whether the type is an alternate still.
        alternate: bool,
    },
    /// Values are of another type.
    TypeChanged {
        /// The type in the old schema: `int`, `an enum`.
        old: String,
        /// The type in the new schema.
        new: String,
        /// What becomes of the old one's values where the new one is expected.
        forward: Impact,
        /// What becomes of the new one's values where the old one is expected.
        back: Impact,
    },
    /// A command, an event, a member or a value has a new feature, of this name.
    FeatureAdded(String),
    /// A command, an event, a member or a value has lost a feature, of this name.
    FeatureRemoved(String),
    /// The type that stands at the place has a new feature, of this name.
    TypeFeatureAdded(String),
    /// The type that stands at the place has lost a feature, of this name.
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
            Self::ValueRemoved(_) | Self::BranchRemoved { .. } if strict => Impact::Breaking,
            // Only of an alternate a client knows that there may be others.
            Self::BranchRemoved { alternate: false, .. } => Impact::Breaking,
            // A client has to do without what is optional, but may have been glad of it.
            Self::MemberAdded { .. } if !strict => Impact::Note,
            Self::ValueRemoved(_) | Self::BranchRemoved { .. } => Impact::Note,
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
            Self::BranchAdded { kind, alternate } => Self::BranchRemoved { kind, alternate },
            Self::BranchRemoved { kind, alternate } => Self::BranchAdded { kind, alternate },
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
            Self::BranchAdded { kind, .. } => vec![("new", json!(kind))],
            Self::BranchRemoved { kind, .. } => vec![("old", json!(kind))],
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
            Self::BranchAdded { .. } => "branch-added",
            Self::BranchRemoved { .. } => "branch-removed",
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
            Self::BranchAdded { kind, .. } => write!(f, "can also be {kind}"),
            Self::BranchRemoved { kind, .. } => write!(f, "cannot be {kind} any more"),
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
