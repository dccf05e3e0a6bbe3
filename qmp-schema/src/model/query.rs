//! Methods of the model.

use super::{Builtin, Doc, Feature, Member, Object, ObjectOrigin, Schema, Type, TypeId, TypeKind};

/// The one enum that the language predefines.
const QTYPE: &str = "QType";

impl Schema {
    /// Returns whether the schema was made of introspection data by [`import`](crate::import()): all integers are
    /// [`Builtin::Integer`], and everything that introspection does not include has its default.
    #[must_use]
    pub fn is_introspected(&self) -> bool {
        self.types.iter().take(Builtin::ALL.len()).any(|ty| matches!(ty.kind, TypeKind::Builtin(Builtin::Integer)))
    }

    /// Returns the type with this id.
    #[must_use]
    pub fn ty(&self, id: TypeId) -> &Type {
        &self.types[id.0 as usize]
    }

    /// Returns all types with their ids, in definition order.
    pub fn types(&self) -> impl Iterator<Item = (TypeId, &Type)> {
        self.types.iter().enumerate().map(|(index, ty)| (TypeId(index as u32), ty))
    }

    /// Returns the types that the schema itself defines, with their ids, in definition order: enums, structs, unions,
    /// alternates.
    pub fn defined_types(&self) -> impl Iterator<Item = (TypeId, &Type)> {
        self.types().skip(Builtin::ALL.len()).filter(|(_, ty)| match &ty.kind {
            TypeKind::Builtin(_) | TypeKind::Array(_) => false,
            TypeKind::Enum(_) | TypeKind::Alternate(_) => ty.def.name != QTYPE,
            TypeKind::Object(object) => matches!(object.origin, ObjectOrigin::Struct | ObjectOrigin::Union),
        })
    }

    /// Returns the object type with this id; none if the type is of another kind.
    #[must_use]
    pub fn object(&self, id: TypeId) -> Option<&Object> {
        match &self.ty(id).kind {
            TypeKind::Object(object) => Some(object),
            _ => None,
        }
    }

    /// Returns the object without members, which stands for "no arguments" and "returns nothing".
    #[must_use]
    pub fn empty_object(&self) -> Option<TypeId> {
        let is_empty = |id: &TypeId| self.object(*id).is_some_and(|object| object.origin == ObjectOrigin::Empty);
        self.types().map(|(id, _)| id).find(is_empty)
    }

    /// Returns all members of an object: the base's first, then its own. Those of a union's branches are not included.
    #[must_use]
    pub fn members(&self, id: TypeId) -> Vec<&Member> {
        let Some(object) = self.object(id) else { return Vec::new() };
        let mut members = object.base.map(|base| self.members(base)).unwrap_or_default();
        members.extend(&object.members);
        members
    }
}

impl TypeId {
    /// Returns the id as an index in [`Schema::types`].
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl Builtin {
    /// All builtins of the language, in the order of the model.
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

    /// Returns the name in the language.
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
    /// Returns the text of the first section with this tag: `Since`, `Returns`...
    #[must_use]
    pub fn section(&self, tag: &str) -> Option<&str> {
        self.sections.iter().find(|(name, _)| name == tag).map(|(_, text)| text.as_str())
    }
}

/// Returns whether the feature `name` is among `features`.
#[must_use]
pub fn has_feature(features: &[Feature], name: &str) -> bool {
    features.iter().any(|feature| feature.name == name)
}
