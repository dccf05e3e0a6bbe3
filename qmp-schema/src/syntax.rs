//! Definitions as they are written: names are not resolved yet, and everything has its place.

use std::collections::HashSet;

use crate::model::{Condition, EnumValue, Feature, FreeForm};
use crate::source::Span;
pub(crate) use crate::value::Name;

/// The definitions of all files, includes expanded in place.
#[derive(Debug, Default)]
pub(crate) struct Syntax {
    pub(crate) definitions: Vec<Definition>,
    /// The documentation of each definition, in the same order.
    pub(crate) docs: Vec<Option<Doc>>,
    /// The documentation between them.
    pub(crate) free_form: Vec<FreeForm>,
    pub(crate) pragmas: Pragmas,
    /// Whether nothing was lost to errors. If something was, a missing definition may be part of it.
    pub(crate) complete: bool,
    pub(crate) origin: Origin,
}

/// The origin of definitions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Files in the QAPI language.
    #[default]
    Files,
    /// Introspection data: the names of its types are not the schema's, and it may have been built without any branch of a
    /// union.
    Introspection,
}

/// The values of the pragmas. The last one of each kind counts.
#[derive(Debug, Default)]
pub(crate) struct Pragmas {
    pub(crate) doc_required: bool,
    pub(crate) command_name_exceptions: HashSet<String>,
    pub(crate) command_returns_exceptions: HashSet<String>,
    pub(crate) member_name_exceptions: HashSet<String>,
    pub(crate) documentation_exceptions: HashSet<String>,
    /// The earlier values that do not count any more.
    pub(crate) replaced: Vec<Replaced>,
}

/// The names of a pragma that a later one replaced.
#[derive(Debug)]
pub(crate) struct Replaced {
    pub(crate) names: HashSet<String>,
    /// The key of the later one.
    pub(crate) by: Name,
}

/// One definition.
#[derive(Debug)]
pub(crate) struct Definition {
    pub(crate) name: Name,
    pub(crate) kind: Kind,
    pub(crate) condition: Condition,
    pub(crate) features: Vec<Feature>,
    /// Whether no part of it was lost to errors.
    pub(crate) complete: bool,
}

/// The kind of a definition, with its parts.
#[derive(Debug)]
pub(crate) enum Kind {
    Enum(Vec<EnumValue>),
    Struct(Struct),
    Union(Union),
    Alternate(Vec<Branch>),
    Command(Command),
    Event(Event),
}

#[derive(Debug)]
pub(crate) struct Struct {
    pub(crate) base: Option<Name>,
    pub(crate) members: Vec<Member>,
}

#[derive(Debug)]
pub(crate) struct Union {
    pub(crate) base: Members,
    pub(crate) discriminator: Name,
    pub(crate) branches: Vec<Branch>,
}

#[derive(Debug)]
pub(crate) struct Command {
    pub(crate) arguments: Members,
    pub(crate) returns: Option<TypeRef>,
    pub(crate) boxed: bool,
    pub(crate) generate: bool,
    pub(crate) success_response: bool,
    pub(crate) allow_oob: bool,
    pub(crate) allow_preconfig: bool,
    pub(crate) coroutine: bool,
}

#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) arguments: Members,
    pub(crate) boxed: bool,
}

/// The members of a union's base, or the data of a command or event.
#[derive(Debug)]
pub(crate) enum Members {
    None,
    /// Those of a type.
    Type(Name),
    /// Those written in place.
    Inline(Vec<Member>),
}

#[derive(Debug)]
pub(crate) struct Member {
    /// The name without the `*`.
    pub(crate) name: Name,
    pub(crate) optional: bool,
    pub(crate) ty: TypeRef,
    pub(crate) condition: Condition,
    pub(crate) features: Vec<Feature>,
}

/// A branch of a union or an alternate.
#[derive(Debug)]
pub(crate) struct Branch {
    pub(crate) name: Name,
    pub(crate) ty: TypeRef,
    pub(crate) condition: Condition,
}

/// A use of a type.
#[derive(Debug)]
pub(crate) enum TypeRef {
    /// `'Name'`
    Name(Name),
    /// `[ 'Name' ]`
    Array(Name),
}

/// A definition's documentation, with the places of its parts.
#[derive(Debug)]
pub(crate) struct Doc {
    /// The `##` that opens it.
    pub(crate) span: Span,
    /// The name after the first `@`; none if it is free-form.
    pub(crate) symbol: Option<Name>,
    pub(crate) body: String,
    pub(crate) members: Vec<(Name, String)>,
    pub(crate) features: Vec<(Name, String)>,
    pub(crate) sections: Vec<(Name, String)>,
    /// The names that are described in the wrong place, which has been reported.
    pub(crate) misplaced: HashSet<String>,
}

impl Pragmas {
    /// Returns the place where a later pragma removed `name` from the ones of this kind.
    pub(crate) fn lost(&self, pragma: &str, name: &str) -> Option<Span> {
        let lost = self.replaced.iter().rfind(|replaced| replaced.by.text == pragma && replaced.names.contains(name));
        lost.map(|replaced| replaced.by.span)
    }
}

impl Doc {
    /// Returns the text if it is free-form.
    pub(crate) fn free_form(&self) -> Option<FreeForm> {
        let is_free_form = self.symbol.is_none() && !self.body.is_empty();
        is_free_form.then(|| FreeForm { text: self.body.clone(), span: self.span })
    }
}

impl Definition {
    /// The key that determines the kind, which is also its name in messages.
    pub(crate) fn meta(&self) -> &'static str {
        match self.kind {
            Kind::Enum(_) => "enum",
            Kind::Struct(_) => "struct",
            Kind::Union(_) => "union",
            Kind::Alternate(_) => "alternate",
            Kind::Command(_) => "command",
            Kind::Event(_) => "event",
        }
    }

    /// Returns every reference to a type, in the order that determines where arrays are first used.
    pub(crate) fn type_refs(&self) -> impl Iterator<Item = &TypeRef> {
        let (branches, returns): (&[Branch], Option<&TypeRef>) = match &self.kind {
            Kind::Union(def) => (&def.branches, None),
            Kind::Alternate(branches) => (branches, None),
            Kind::Command(def) => (&[], def.returns.as_ref()),
            Kind::Enum(_) | Kind::Struct(_) | Kind::Event(_) => (&[], None),
        };
        let members = self.members().iter().map(|member| &member.ty);
        members.chain(branches.iter().map(|branch| &branch.ty)).chain(returns)
    }

    /// Returns the names of types that cannot be arrays: of a struct's base, and where members could be written in place.
    pub(crate) fn type_names(&self) -> impl Iterator<Item = &Name> {
        let (base, members) = match &self.kind {
            Kind::Struct(def) => (def.base.as_ref(), None),
            Kind::Union(def) => (None, Some(&def.base)),
            Kind::Command(def) => (None, Some(&def.arguments)),
            Kind::Event(def) => (None, Some(&def.arguments)),
            Kind::Enum(_) | Kind::Alternate(_) => (None, None),
        };
        let named = members.and_then(|members| match members {
            Members::Type(name) => Some(name),
            Members::None | Members::Inline(_) => None,
        });
        base.into_iter().chain(named)
    }

    /// Returns the members written in the definition: a struct's, and those of an inline base or inline data.
    pub(crate) fn members(&self) -> &[Member] {
        match &self.kind {
            Kind::Enum(_) | Kind::Alternate(_) => &[],
            Kind::Struct(def) => &def.members,
            Kind::Union(def) => def.base.inline(),
            Kind::Command(def) => def.arguments.inline(),
            Kind::Event(def) => def.arguments.inline(),
        }
    }

    /// Returns the values of an enum.
    pub(crate) fn values(&self) -> &[EnumValue] {
        match &self.kind {
            Kind::Enum(values) => values,
            _ => &[],
        }
    }
}

impl Members {
    /// Returns the members written in place.
    pub(crate) fn inline(&self) -> &[Member] {
        match self {
            Self::Inline(members) => members,
            Self::None | Self::Type(_) => &[],
        }
    }
}

impl TypeRef {
    /// Returns a placeholder for a type that was lost to an error.
    pub(crate) fn lost() -> Self {
        Self::Name(Name { text: String::new(), span: Span::NONE })
    }

    /// Returns the name of the type or of the array's element.
    pub(crate) fn name(&self) -> &Name {
        match self {
            Self::Name(name) | Self::Array(name) => name,
        }
    }
}
