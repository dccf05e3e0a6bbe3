//! The types of introspection data, by index.

use std::ops::RangeInclusive;

/// The index of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::testing) struct TypeId(pub(super) usize);

/// A command.
#[derive(Debug, Clone)]
pub(in crate::testing) struct CommandInfo {
    pub(in crate::testing) arguments: TypeId,
    pub(in crate::testing) returns: TypeId,
    pub(in crate::testing) allow_oob: bool,
    pub(in crate::testing) deprecated: bool,
    pub(in crate::testing) unstable: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Type {
    /// The name: that of a built-in type, or a number.
    pub(super) name: String,
    pub(super) kind: TypeKind,
    /// How deeply the least value is nested; `None` if the type has no finite value.
    pub(super) least_depth: Option<usize>,
}

#[derive(Debug, Clone)]
pub(super) enum TypeKind {
    String,
    /// An integer, with its range if the name of the type tells it.
    Int(Option<RangeInclusive<i128>>),
    Number,
    Boolean,
    Null,
    Any,
    Enum(Vec<String>),
    Array(TypeId),
    Object(ObjectType),
    Alternate(Vec<TypeId>),
}

#[derive(Debug, Clone)]
pub(super) struct ObjectType {
    pub(super) members: Vec<MemberInfo>,
    pub(super) union: Option<UnionInfo>,
}

#[derive(Debug, Clone)]
pub(super) struct MemberInfo {
    pub(super) name: String,
    pub(super) ty: TypeId,
    pub(super) is_optional: bool,
}

/// The discriminator of a union, and its branches.
#[derive(Debug, Clone)]
pub(super) struct UnionInfo {
    pub(super) tag: String,
    pub(super) branches: Vec<(String, TypeId)>,
}

impl UnionInfo {
    /// Returns the branch of a discriminator's value. A value without one adds no members.
    pub(super) fn branch(&self, value: &str) -> Option<TypeId> {
        self.branches.iter().find(|(case, _)| case == value).map(|(_, ty)| *ty)
    }
}
