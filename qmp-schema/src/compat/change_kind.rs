//! The kinds of differences between two schemas, and the impact of each.

use std::fmt;

use serde_json::{Value, json};

use super::impact::{Impact, Role};

/// The kinds of differences between two schemas. Types are described by the JSON kind of their values.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChangeKind {
    /// Only the new schema has the command.
    CommandAdded,
    /// Only the old schema has the command.
    CommandRemoved,
    /// Only the new schema has the event.
    EventAdded,
    /// Only the old schema has the event.
    EventRemoved,
    /// The command can now be executed out of band (`allow-oob`).
    OutOfBandAdded,
    /// The command can no longer be executed out of band.
    OutOfBandRemoved,
    /// The command can now be executed before the machine is initialised (`allow-preconfig`).
    PreconfigAdded,
    /// The command can no longer be executed before the machine is initialised.
    PreconfigRemoved,
    /// The command now has a reply on success (`success-response`).
    ResponseAdded,
    /// The command no longer has a reply on success.
    ResponseRemoved,
    /// The command now accepts arguments that the schema does not name (`gen: false`).
    FreeArgumentsAdded,
    /// The command no longer accepts arguments that the schema does not name.
    FreeArgumentsRemoved,
    /// An object gained a member.
    MemberAdded {
        /// The name of the member.
        name: String,
        /// Whether the member may be absent.
        optional: bool,
    },
    /// An object lost a member.
    MemberRemoved {
        /// The name of the member.
        name: String,
        /// Whether the member could be absent.
        optional: bool,
    },
    /// The optional member of this name became required.
    NowRequired(String),
    /// The required member of this name became optional.
    NowOptional(String),
    /// An enum gained the value of this name, or a union gained the branch for a value that was rejected.
    ValueAdded(String),
    /// An enum lost the value of this name, or a union lost the branch for it.
    ValueRemoved(String),
    /// An alternate gained a branch, or a type became an alternate.
    BranchAdded {
        /// The JSON kind of the branch: `a string`, `null`.
        kind: &'static str,
        /// Whether the old type is an alternate.
        alternate: bool,
    },
    /// An alternate lost a branch, or is no longer an alternate.
    BranchRemoved {
        /// The JSON kind of the branch.
        kind: &'static str,
        /// Whether the new type is an alternate.
        alternate: bool,
    },
    /// The type changed.
    TypeChanged {
        /// The type in the old schema: `int`, `an enum`.
        old: String,
        /// The type in the new schema.
        new: String,
        /// The impact of values of the old type where the new one is expected.
        forward: Impact,
        /// The impact of values of the new type where the old one is expected.
        back: Impact,
    },
    /// A command, event, member or value gained the feature of this name.
    FeatureAdded(String),
    /// A command, event, member or value lost the feature of this name.
    FeatureRemoved(String),
    /// The type at the place gained the feature of this name.
    TypeFeatureAdded(String),
    /// The type at the place lost the feature of this name.
    TypeFeatureRemoved(String),
    /// The server was built without the condition that is the place of the change. [`Change::entity`](super::Change::entity) is
    /// `conditions`.
    ConditionDisabled {
        /// What the server lacks because of it, as changes.
        items: Vec<String>,
    },
}

impl ChangeKind {
    /// Returns the impact on a client and on a server of the old schema. The two mirror each other: for the server, the
    /// change is the one from the new schema to the old one.
    pub(super) fn impacts(&self, role: Role) -> (Impact, Impact) {
        (self.to_client(role), self.mirrored().to_client(role))
    }

    fn to_client(&self, role: Role) -> Impact {
        match self {
            Self::CommandAdded
            | Self::EventAdded
            | Self::OutOfBandAdded
            | Self::PreconfigAdded
            | Self::FreeArgumentsAdded => Impact::Fine,
            Self::CommandRemoved
            | Self::EventRemoved
            | Self::OutOfBandRemoved
            | Self::PreconfigRemoved
            | Self::FreeArgumentsRemoved => Impact::Breaking,
            // The client waits for a reply that never comes, or takes it for the reply to another command.
            Self::ResponseAdded | Self::ResponseRemoved => Impact::Breaking,
            Self::FeatureAdded(name) if is_warning(name) => Impact::Note,
            Self::FeatureRemoved(name) if is_warning(name) => Impact::Fine,
            // A client that tests for the feature before it relies on it still works.
            Self::FeatureRemoved(_) | Self::TypeFeatureRemoved(_) => Impact::Note,
            _ => match role {
                Role::Arguments => self.to_reader(true),
                Role::Output => self.mirrored().to_reader(false),
            },
        }
    }

    /// The impact on a value that is written by the old schema and read by the new one.
    fn to_reader(&self, strict: bool) -> Impact {
        match self {
            Self::MemberRemoved { .. } if strict => Impact::Breaking,
            Self::MemberAdded { optional: false, .. } | Self::NowRequired(_) => Impact::Breaking,
            Self::ValueRemoved(_) | Self::BranchRemoved { .. } if strict => Impact::Breaking,
            // A client expects unknown branches of an alternate, but not of other types.
            Self::BranchRemoved { alternate: false, .. } => Impact::Breaking,
            // The reader works without the optional member, but may have used it.
            Self::MemberAdded { .. } if !strict => Impact::Note,
            Self::ValueRemoved(_) | Self::BranchRemoved { .. } => Impact::Note,
            Self::TypeChanged { forward, .. } => *forward,
            _ => Impact::Fine,
        }
    }

    /// Returns the change in the other direction, from the new schema to the old one.
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
            Self::FreeArgumentsAdded => Self::FreeArgumentsRemoved,
            Self::FreeArgumentsRemoved => Self::FreeArgumentsAdded,
            Self::MemberAdded { name, optional } => Self::MemberRemoved { name, optional },
            Self::MemberRemoved { name, optional } => Self::MemberAdded { name, optional },
            Self::NowRequired(name) => Self::NowOptional(name),
            Self::NowOptional(name) => Self::NowRequired(name),
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
            Self::ConditionDisabled { items } => Self::ConditionDisabled { items },
        }
    }

    /// The members of the JSON form that only some kinds have: `name`, `optional`, `old`, `new`, `items`.
    pub(super) fn details(&self) -> Vec<(&'static str, Value)> {
        match self {
            Self::MemberAdded { name, optional } | Self::MemberRemoved { name, optional } => {
                vec![("name", json!(name)), ("optional", json!(optional))]
            }
            Self::NowRequired(name) => vec![("name", json!(name)), ("optional", json!(false))],
            Self::NowOptional(name) => vec![("name", json!(name)), ("optional", json!(true))],
            Self::ValueAdded(name)
            | Self::ValueRemoved(name)
            | Self::FeatureAdded(name)
            | Self::FeatureRemoved(name)
            | Self::TypeFeatureAdded(name)
            | Self::TypeFeatureRemoved(name) => vec![("name", json!(name))],
            Self::BranchAdded { kind, .. } => vec![("new", json!(kind))],
            Self::BranchRemoved { kind, .. } => vec![("old", json!(kind))],
            Self::TypeChanged { old, new, .. } => vec![("old", json!(old)), ("new", json!(new))],
            Self::ConditionDisabled { items } => vec![("items", json!(items))],
            Self::CommandAdded
            | Self::CommandRemoved
            | Self::EventAdded
            | Self::EventRemoved
            | Self::OutOfBandAdded
            | Self::OutOfBandRemoved
            | Self::PreconfigAdded
            | Self::PreconfigRemoved
            | Self::ResponseAdded
            | Self::ResponseRemoved
            | Self::FreeArgumentsAdded
            | Self::FreeArgumentsRemoved => Vec::new(),
        }
    }

    /// Whether the old schema has a command, event, member or value that the new one lacks.
    pub(super) fn is_removal(&self) -> bool {
        matches!(self, Self::CommandRemoved | Self::EventRemoved | Self::MemberRemoved { .. } | Self::ValueRemoved(_))
    }

    /// Returns the name of the kind in the JSON form: `command-added`.
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
            Self::FreeArgumentsAdded => "free-arguments-added",
            Self::FreeArgumentsRemoved => "free-arguments-removed",
            Self::MemberAdded { .. } => "member-added",
            Self::MemberRemoved { .. } => "member-removed",
            Self::NowRequired(_) => "now-required",
            Self::NowOptional(_) => "now-optional",
            Self::ValueAdded(_) => "value-added",
            Self::ValueRemoved(_) => "value-removed",
            Self::BranchAdded { .. } => "branch-added",
            Self::BranchRemoved { .. } => "branch-removed",
            Self::TypeChanged { .. } => "type-changed",
            Self::FeatureAdded(_) => "feature-added",
            Self::FeatureRemoved(_) => "feature-removed",
            Self::TypeFeatureAdded(_) => "type-feature-added",
            Self::TypeFeatureRemoved(_) => "type-feature-removed",
            Self::ConditionDisabled { .. } => "condition-disabled",
        }
    }
}

impl fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let presence = |optional: &bool| if *optional { "optional" } else { "required" };
        match self {
            Self::CommandAdded => f.write_str("command added"),
            Self::CommandRemoved => f.write_str("command removed"),
            Self::EventAdded => f.write_str("event added"),
            Self::EventRemoved => f.write_str("event removed"),
            Self::OutOfBandAdded => f.write_str("can now be executed out of band"),
            Self::OutOfBandRemoved => f.write_str("can no longer be executed out of band"),
            Self::PreconfigAdded => f.write_str("can now be executed before the machine is initialised"),
            Self::PreconfigRemoved => f.write_str("can no longer be executed before the machine is initialised"),
            Self::ResponseAdded => f.write_str("now has a reply on success"),
            Self::ResponseRemoved => f.write_str("no longer has a reply on success"),
            Self::FreeArgumentsAdded => f.write_str("now accepts arguments that the schema does not name"),
            Self::FreeArgumentsRemoved => f.write_str("no longer accepts arguments that the schema does not name"),
            Self::MemberAdded { name, optional } => write!(f, "{} member `{name}` added", presence(optional)),
            Self::MemberRemoved { name, optional } => write!(f, "{} member `{name}` removed", presence(optional)),
            Self::NowRequired(_) => f.write_str("now required"),
            Self::NowOptional(_) => f.write_str("now optional"),
            Self::ValueAdded(name) => write!(f, "value `{name}` added"),
            Self::ValueRemoved(name) => write!(f, "value `{name}` removed"),
            Self::BranchAdded { kind, .. } => write!(f, "can now be {kind}"),
            Self::BranchRemoved { kind, .. } => write!(f, "can no longer be {kind}"),
            Self::TypeChanged { old, new, .. } => write!(f, "type changed from {old} to {new}"),
            Self::FeatureAdded(name) if is_warning(name) => write!(f, "now {name}"),
            Self::FeatureRemoved(name) if is_warning(name) => write!(f, "no longer {name}"),
            Self::FeatureAdded(name) => write!(f, "feature `{name}` added"),
            Self::FeatureRemoved(name) => write!(f, "feature `{name}` removed"),
            Self::TypeFeatureAdded(name) => write!(f, "feature `{name}` of the type added"),
            Self::TypeFeatureRemoved(name) => write!(f, "feature `{name}` of the type removed"),
            Self::ConditionDisabled { items } => {
                let plural = if items.len() == 1 { "" } else { "s" };
                write!(f, "disabled on the server: {} item{plural}", items.len())
            }
        }
    }
}

/// Whether the feature advises against using the item that has it.
pub(super) fn is_warning(feature: &str) -> bool {
    matches!(feature, "deprecated" | "unstable")
}
