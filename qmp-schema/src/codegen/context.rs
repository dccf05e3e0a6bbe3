//! The context that every part of the generator works in.

use std::collections::HashSet;
use std::path::Path;

use crate::model::{Command, ObjectOrigin, Schema, TypeId};
use crate::select::matches_pattern;
use crate::source::Span;

use super::config::Config;
use super::equality::Floating;
use super::links::Links;
use super::names::Names;
use super::reach::Built;
use super::recursion::Recursion;

/// A string. It has its full path because QEMU's schema defines a type `String`.
pub(super) const STRING: &str = "::std::string::String";

/// The schema to generate from, and what is known about its Rust.
pub(super) struct Context<'a> {
    pub(super) config: &'a Config,
    /// The schema, as selection and conditions have left it.
    pub(super) schema: &'a Schema,
    /// The types to generate, in schema order.
    pub(super) types: Vec<TypeId>,
    pub(super) names: &'a Names,
    pub(super) recursion: Recursion,
    pub(super) built: Built,
    /// The types that are branches of unions.
    pub(super) branches: HashSet<TypeId>,
    pub(super) floating: Floating,
    /// Whether a member or a value is deprecated.
    pub(super) has_deprecated: bool,
    /// The items that documentation can link to.
    pub(super) links: Links<'a>,
}

/// The module that a piece of generated code is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// The user's module, which has the types.
    Root,
    /// A module inside it: `commands`, `events`, `blocking`.
    Submodule,
}

impl Scope {
    /// The prefix by which code in this scope names an item of the root.
    pub(super) fn root_prefix(self) -> &'static str {
        match self {
            Self::Root => "",
            Self::Submodule => "super::",
        }
    }
}

/// The arguments of a command.
pub(super) enum Arguments {
    /// Nothing.
    None,
    /// Inline members, in a struct of the command's own; no object for `gen: false` without members.
    Inline(Option<TypeId>),
    /// Any members, in a map, of a command with `gen: false`. If the schema names some, the object, which is a struct of
    /// the command's own for callers.
    Raw(Option<TypeId>),
    /// A type with a name.
    Named(TypeId),
}

impl<'a> Context<'a> {
    pub(super) fn arguments(&self, command: &Command) -> Arguments {
        let members = command.arguments.map(|id| self.schema.members(id)).unwrap_or_default();
        let named = command.arguments.filter(|id| self.is_named(*id));
        if !command.generate && !self.config.typed_gen_false {
            return Arguments::Raw(command.arguments.filter(|_| !members.is_empty()));
        }
        match named {
            Some(id) if command.generate => Arguments::Named(id),
            None if command.generate && members.is_empty() => Arguments::None,
            _ => Arguments::Inline(command.arguments),
        }
    }

    /// Returns whether the command takes a file descriptor.
    pub(super) fn takes_fd(&self, command: &Command) -> bool {
        self.config.fd_commands.iter().any(|pattern| matches_pattern(pattern, &command.def.name))
    }

    /// Returns whether the object is a definition of its own, not inline.
    pub(super) fn is_named(&self, id: TypeId) -> bool {
        self.schema.object(id).is_some_and(|o| matches!(o.origin, ObjectOrigin::Struct | ObjectOrigin::Union))
    }

    /// Returns the position of a definition, `FILE:LINE`, with the file relative to the root file's folder. For a dump it is
    /// the file only: a dump has no lines of a schema. For a version that is not the main one, its name follows.
    pub(super) fn position(&self, span: Span) -> String {
        let Some(location) = self.schema.sources.locate(span) else { return String::new() };
        let root = self.schema.sources.files().get(self.schema.root_of(span)).and_then(|file| file.path.parent());
        let path = location.path.strip_prefix(root.unwrap_or(Path::new(""))).unwrap_or(location.path).display();
        let mut position = match self.schema.is_introspected_at(span) {
            true => path.to_string(),
            false => format!("{path}:{}", location.line),
        };
        if let Some(label) = self.schema.other_version_at(span) {
            position += &format!(" ({label})");
        }
        position
    }

    /// The type of any members.
    pub(super) fn map(&self) -> String {
        format!("{0}::Map<{STRING}, {0}::Value>", self.runtime())
    }

    /// The runtime crate.
    pub(super) fn runtime(&self) -> &'a str {
        &self.config.runtime
    }
}
