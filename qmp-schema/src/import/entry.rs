//! The entries of the list, as they are written.

use crate::source::Span;

/// A command, an event or a type.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) span: Span,
    pub(super) features: Vec<String>,
    pub(super) kind: Kind,
}

/// The meta-types. Names of types are those of the list.
#[derive(Debug)]
pub(super) enum Kind {
    /// The name of the builtin in the language.
    Builtin(&'static str),
    Enum(Vec<Value>),
    /// The type of the elements.
    Array(String),
    Object(Vec<Member>, Option<Variants>),
    /// The types of the branches.
    Alternate(Vec<String>),
    Command {
        arguments: String,
        returns: String,
        allow_oob: bool,
    },
    /// The type of the data.
    Event(String),
}

impl Kind {
    /// Returns the name of the meta-type in the list.
    pub(super) fn meta_type(&self) -> &'static str {
        match self {
            Self::Builtin(_) => "builtin",
            Self::Enum(_) => "enum",
            Self::Array(_) => "array",
            Self::Object(..) => "object",
            Self::Alternate(_) => "alternate",
            Self::Command { .. } => "command",
            Self::Event(_) => "event",
        }
    }
}

#[derive(Debug)]
pub(super) struct Value {
    pub(super) name: String,
    pub(super) features: Vec<String>,
}

#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) ty: String,
    pub(super) optional: bool,
    pub(super) features: Vec<String>,
}

#[derive(Debug)]
pub(super) struct Variants {
    pub(super) tag: String,
    /// Values of the tag and the types of their branches.
    pub(super) branches: Vec<(String, String)>,
}

impl Variants {
    pub(super) fn cases(&self) -> impl Iterator<Item = &str> {
        self.branches.iter().map(|(case, _)| case.as_str())
    }
}

impl Entry {
    /// Whether it is a type.
    pub(super) fn is_type(&self) -> bool {
        !matches!(self.kind, Kind::Command { .. } | Kind::Event(_))
    }

    /// Returns every type that it refers to, in order: the name and the role of the type.
    pub(super) fn references(&self) -> Vec<(&str, Role<'_>)> {
        match &self.kind {
            Kind::Builtin(_) | Kind::Enum(_) => Vec::new(),
            Kind::Array(element) => vec![(element, Role::Element)],
            Kind::Alternate(types) => types.iter().map(|ty| (ty.as_str(), Role::AlternateBranch)).collect(),
            Kind::Command { arguments, returns, .. } => {
                vec![(arguments, Role::Arguments), (returns, Role::Returned)]
            }
            Kind::Event(data) => vec![(data, Role::Data)],
            Kind::Object(members, variants) => {
                let members = members.iter().map(|member| (member.ty.as_str(), Role::Member(&member.name)));
                let branches = variants.iter().flat_map(|variants| &variants.branches);
                members.chain(branches.map(|(case, ty)| (ty.as_str(), Role::Branch(case)))).collect()
            }
        }
    }
}

/// The role of a type in the entry that refers to it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Role<'a> {
    Arguments,
    Returned,
    Data,
    Member(&'a str),
    Branch(&'a str),
    AlternateBranch,
    Element,
}

impl Role<'_> {
    pub(super) fn needs_object(self) -> bool {
        matches!(self, Self::Arguments | Self::Data | Self::Branch(_))
    }

    /// Describes the role, after "has".
    pub(super) fn describe(self) -> String {
        match self {
            Self::Arguments => "its arguments".to_owned(),
            Self::Returned => "its return value".to_owned(),
            Self::Data => "its data".to_owned(),
            Self::Member(name) => format!("member `{name}`"),
            Self::Branch(case) => format!("branch `{case}`"),
            Self::AlternateBranch => "a branch".to_owned(),
            Self::Element => "its elements".to_owned(),
        }
    }
}
