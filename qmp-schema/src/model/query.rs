//! Questions that several readers of the model ask.

use super::{Builtin, Doc, Feature, Member, Object, ObjectOrigin, Schema, Type, TypeId, TypeKind};

/// The one enum that the language predefines.
const QTYPE: &str = "QType";

impl Schema {
    /// Whether the schema is made of introspection ([`import`](crate::import())): all integers are [`Builtin::Integer`], and
    /// what a server does not tell of its commands has its default.
    #[must_use]
    pub fn is_introspected(&self) -> bool {
        self.types.iter().take(Builtin::ALL.len()).any(|ty| matches!(ty.kind, TypeKind::Builtin(Builtin::Integer)))
    }

    /// The type behind an id.
    #[must_use]
    pub fn ty(&self, id: TypeId) -> &Type {
        &self.types[id.0 as usize]
    }

    /// All types with their ids, in definition order.
    pub fn types(&self) -> impl Iterator<Item = (TypeId, &Type)> {
        self.types.iter().enumerate().map(|(index, ty)| (TypeId(index as u32), ty))
    }

    /// The types that the schema itself defines, with their ids, in definition order: enums, structs, unions, alternates.
    pub fn defined_types(&self) -> impl Iterator<Item = (TypeId, &Type)> {
        self.types().skip(Builtin::ALL.len()).filter(|(_, ty)| match &ty.kind {
            TypeKind::Builtin(_) | TypeKind::Array(_) => false,
            TypeKind::Enum(_) | TypeKind::Alternate(_) => ty.def.name != QTYPE,
            TypeKind::Object(object) => matches!(object.origin, ObjectOrigin::Struct | ObjectOrigin::Union),
        })
    }

    /// The object behind an id, if the type is one.
    #[must_use]
    pub fn object(&self, id: TypeId) -> Option<&Object> {
        match &self.ty(id).kind {
            TypeKind::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The object without members, which stands for "no arguments" and "returns nothing".
    #[must_use]
    pub fn empty_object(&self) -> Option<TypeId> {
        let is_empty = |id: &TypeId| self.object(*id).is_some_and(|object| object.origin == ObjectOrigin::Empty);
        self.types().map(|(id, _)| id).find(is_empty)
    }

    /// All members of an object as they stand on the wire: the base's first, then its own; a union's branches are left out.
    #[must_use]
    pub fn members(&self, id: TypeId) -> Vec<&Member> {
        let Some(object) = self.object(id) else { return Vec::new() };
        let mut members = object.base.map(|base| self.members(base)).unwrap_or_default();
        members.extend(&object.members);
        members
    }
}

impl TypeId {
    /// The id as an index, for tables beside [`Schema::types`].
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl Builtin {
    /// All builtins of the language, in the order the model holds them.
    pub const ALL: [Builtin; 15] = [
        Builtin::Str,
        Builtin::Number,
        Builtin::Int,
        Builtin::Int8,
        Builtin::Int16,
        Builtin::Int32,
        Builtin::Int64,
        Builtin::Uint8,
        Builtin::Uint16,
        Builtin::Uint32,
        Builtin::Uint64,
        Builtin::Size,
        Builtin::Bool,
        Builtin::Any,
        Builtin::Null,
    ];

    /// The name as QAPI spells it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Str => "str",
            Self::Number => "number",
            Self::Int | Self::Integer => "int",
            Self::Int8 => "int8",
            Self::Int16 => "int16",
            Self::Int32 => "int32",
            Self::Int64 => "int64",
            Self::Uint8 => "uint8",
            Self::Uint16 => "uint16",
            Self::Uint32 => "uint32",
            Self::Uint64 => "uint64",
            Self::Size => "size",
            Self::Bool => "bool",
            Self::Any => "any",
            Self::Null => "null",
        }
    }
}

impl Doc {
    /// The text of the first section with this tag (`Since`, `Returns`, ...).
    #[must_use]
    pub fn section(&self, tag: &str) -> Option<&str> {
        self.sections.iter().find(|(name, _)| name == tag).map(|(_, text)| text.as_str())
    }
}

/// Whether the feature `name` is among `features`.
#[must_use]
pub fn has_feature(features: &[Feature], name: &str) -> bool {
    features.iter().any(|feature| feature.name == name)
}
