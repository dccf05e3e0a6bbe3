//! The Rust types of values.

use crate::model::{Builtin, Command, Member, TypeId, TypeKind};

use super::context::{Arguments, Context, STRING, Scope};

impl Context<'_> {
    /// Returns the type of a value that is always present.
    pub(super) fn value_type(&self, id: TypeId, scope: Scope) -> String {
        match &self.schema.ty(id).kind {
            TypeKind::Builtin(builtin) => self.builtin(*builtin),
            TypeKind::Array(element) => format!("::std::vec::Vec<{}>", self.value_type(*element, scope)),
            TypeKind::Object(_) if !self.is_named(id) => "()".to_owned(),
            _ => format!("{}{}", scope.root_prefix(), self.names.ty(id)),
        }
    }

    /// Returns the type of a branch, boxed if necessary.
    pub(super) fn branch_type(&self, owner: TypeId, name: &str, id: TypeId) -> String {
        let ty = self.value_type(id, Scope::Root);
        match self.recursion.is_boxed(owner, name) {
            true => format!("::std::boxed::Box<{ty}>"),
            false => ty,
        }
    }

    /// Returns the type of a member, optional or boxed if necessary. A required member that needs a box has no finite value, so
    /// it is an `Option`.
    pub(super) fn member_type(&self, owner: TypeId, member: &Member, scope: Scope) -> String {
        let ty = self.value_type(member.ty, scope);
        match (member.optional, self.recursion.is_boxed(owner, &member.name)) {
            (false, false) => ty,
            (true, false) => format!("::std::option::Option<{ty}>"),
            (_, true) => format!("::std::option::Option<::std::boxed::Box<{ty}>>"),
        }
    }

    /// Returns the type of a command's arguments.
    pub(super) fn arguments_type(&self, command: &Command, scope: Scope) -> String {
        match self.arguments(command) {
            Arguments::None => "()".to_owned(),
            Arguments::Inline(..) => format!("{}{}", scope.root_prefix(), self.names.command(command).arguments),
            Arguments::Raw(_) => self.map(),
            Arguments::Named(id) => self.value_type(id, scope),
        }
    }

    /// Returns the type that a client's method takes for a command's arguments.
    pub(super) fn call_type(&self, command: &Command, scope: Scope) -> String {
        match self.arguments(command) {
            Arguments::Raw(Some(_)) => format!("{}{}", scope.root_prefix(), self.names.command(command).arguments),
            _ => self.arguments_type(command, scope),
        }
    }

    /// Returns the type of a command's return value.
    pub(super) fn return_type(&self, command: &Command, scope: Scope) -> String {
        command.returns.map_or("()".to_owned(), |id| self.value_type(id, scope))
    }

    fn builtin(&self, builtin: Builtin) -> String {
        let runtime = self.runtime();
        match builtin {
            Builtin::Str => STRING.to_owned(),
            Builtin::Number => "f64".to_owned(),
            Builtin::Int | Builtin::Int64 => "i64".to_owned(),
            Builtin::Integer => format!("{runtime}::Int"),
            Builtin::Int8 => "i8".to_owned(),
            Builtin::Int16 => "i16".to_owned(),
            Builtin::Int32 => "i32".to_owned(),
            Builtin::Uint8 => "u8".to_owned(),
            Builtin::Uint16 => "u16".to_owned(),
            Builtin::Uint32 => "u32".to_owned(),
            Builtin::Uint64 | Builtin::Size => "u64".to_owned(),
            Builtin::Bool => "bool".to_owned(),
            Builtin::Any => format!("{runtime}::Value"),
            Builtin::Null => format!("{runtime}::Null"),
        }
    }
}

/// A Rust type as people write it: without the paths.
pub(super) fn shown(ty: &str) -> String {
    let ends_name = |c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == ':');
    let last = |path: &str| path.rsplit("::").next().unwrap_or_default().to_owned();
    ty.split_inclusive(ends_name).map(last).collect()
}
