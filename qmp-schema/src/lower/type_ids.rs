//! The table of names, and the ids of types.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Diagnostics, Rule};
use crate::model::{Builtin, ObjectOrigin, TypeId};
use crate::source::Span;
use crate::syntax::{Definition, Kind, Name, TypeRef};

/// The id of `q_empty`: it comes after the builtins and `QType`.
pub(super) const EMPTY: TypeId = TypeId(Builtin::ALL.len() as u32 + 1);

/// The origin of a type.
#[derive(Debug, Clone, Copy)]
pub(super) enum Slot<'a> {
    Builtin(Builtin),
    QType,
    Empty,
    /// The array of the element of this name, and where it is first used.
    Array(&'a str, Span),
    /// The inline members of a definition.
    Implicit(usize, ObjectOrigin),
    Definition(usize),
}

/// The meaning of a name.
#[derive(Debug, Clone, Copy)]
pub(super) enum Named {
    Predefined(TypeId),
    Definition(usize),
}

/// The types that a definition makes.
#[derive(Debug, Clone, Copy, Default)]
struct Made {
    /// Its own; commands and events have none.
    own: Option<TypeId>,
    /// The implicit one of its inline members.
    implicit: Option<TypeId>,
}

/// The names and ids of a schema.
#[derive(Debug)]
pub(super) struct TypeIds<'a> {
    definitions: &'a [Definition],
    pub(super) slots: Vec<Slot<'a>>,
    pub(super) names: HashMap<&'a str, Named>,
    made: Vec<Made>,
    /// Arrays by their element's name.
    arrays: HashMap<&'a str, TypeId>,
    /// The names that are defined twice.
    twice: HashSet<&'a str>,
}

/// Returns the names of the types that every schema has, in the order of their ids.
fn predefined_names() -> impl Iterator<Item = &'static str> {
    Builtin::ALL.iter().map(|builtin| builtin.name()).chain(["QType", "q_empty"])
}

/// Returns whether every schema has a type of this name.
pub(crate) fn is_predefined(name: &str) -> bool {
    predefined_names().any(|predefined| predefined == name)
}

impl<'a> TypeIds<'a> {
    pub(super) fn new(definitions: &'a [Definition], diagnostics: &mut Diagnostics) -> Self {
        let (names, arrays) = (HashMap::with_capacity(definitions.len()), HashMap::new());
        let mut ids = Self { definitions, slots: Vec::new(), names, made: Vec::new(), arrays, twice: HashSet::new() };
        let others = [Slot::QType, Slot::Empty];
        for (name, slot) in predefined_names().zip(Builtin::ALL.map(Slot::Builtin).into_iter().chain(others)) {
            ids.predefine(name, slot);
        }
        for (index, definition) in definitions.iter().enumerate() {
            ids.enter(index, definition, diagnostics);
            ids.make(index, definition);
        }
        ids
    }

    /// Returns the type of a definition, unless that is a command or an event.
    pub(super) fn own(&self, definition: usize) -> Option<TypeId> {
        self.made[definition].own
    }

    /// Returns the implicit type of a definition's inline members, if it has any.
    pub(super) fn implicit(&self, definition: usize) -> Option<TypeId> {
        self.made[definition].implicit
    }

    /// Returns the type that stands for unknown ones: the one after all others.
    pub(super) fn unknown(&self) -> TypeId {
        TypeId(self.slots.len() as u32)
    }

    /// Returns the types of definitions that lost a part to an error, or that have the same name.
    pub(super) fn incomplete(&self) -> HashSet<TypeId> {
        let is_lost = |definition: &Definition| !definition.complete || self.twice.contains(&*definition.name.text);
        let lost = self.definitions.iter().zip(&self.made).filter(|(definition, _)| is_lost(definition));
        lost.flat_map(|(_, made)| [made.own, made.implicit]).flatten().collect()
    }

    /// Returns the type of a name: builtin, defined, an array that is used somewhere, or implicit.
    pub(super) fn resolve(&self, name: &str) -> Option<TypeId> {
        match self.names.get(name) {
            Some(&Named::Predefined(id)) => Some(id),
            Some(&Named::Definition(definition)) => self.own(definition),
            None => self.resolve_unwritten(name),
        }
    }

    /// Returns the array of an element's name, if it is used somewhere.
    pub(super) fn array(&self, element: &str) -> Option<TypeId> {
        self.arrays.get(element).copied()
    }

    pub(super) fn is_array(&self, id: TypeId) -> bool {
        matches!(self.slots.get(id.index()), Some(Slot::Array(..)))
    }

    fn resolve_unwritten(&self, name: &str) -> Option<TypeId> {
        if let Some(element) = name.strip_suffix("List") {
            return self.array(element);
        }
        let owner = name.strip_prefix("q_obj_")?;
        let (owner, is_base) = match owner.strip_suffix("-base") {
            Some(owner) => (owner, true),
            None => (owner.strip_suffix("-arg")?, false),
        };
        let Some(&Named::Definition(index)) = self.names.get(owner) else { return None };
        let has_base = matches!(self.definitions[index].kind, Kind::Union(_));
        self.implicit(index).filter(|_| is_base == has_base)
    }

    fn predefine(&mut self, name: &'static str, slot: Slot<'a>) {
        let id = self.add(slot);
        self.names.insert(name, Named::Predefined(id));
    }

    fn add(&mut self, slot: Slot<'a>) -> TypeId {
        self.slots.push(slot);
        TypeId(self.slots.len() as u32 - 1)
    }

    /// Enters a definition's name.
    fn enter(&mut self, index: usize, definition: &'a Definition, diagnostics: &mut Diagnostics) {
        let name = &definition.name;
        match self.names.get(&*name.text) {
            None => drop(self.names.insert(&name.text, Named::Definition(index))),
            Some(Named::Predefined(_)) => drop(diagnostics.error(Rule::PredefinedName, name.span, &[&name.text])),
            Some(&Named::Definition(first)) => {
                let first = self.definitions[first].name.span;
                diagnostics.error(Rule::DefinedTwice, name.span, &[&name.text]).related(first, "first defined here");
                self.twice.insert(&name.text);
            }
        }
    }

    /// Makes the types of a definition: arrays that it is the first to use, the implicit one, its own.
    fn make(&mut self, index: usize, definition: &'a Definition) {
        for reference in definition.type_refs() {
            self.make_array(reference);
        }
        definition.type_names().for_each(|name| self.make_named_array(name));
        let origin = match &definition.kind {
            Kind::Union(_) => Some(ObjectOrigin::Base),
            Kind::Command(_) | Kind::Event(_) => Some(ObjectOrigin::Arguments),
            Kind::Enum(_) | Kind::Struct(_) | Kind::Alternate(_) => None,
        };
        let origin = origin.filter(|_| !definition.members().is_empty());
        let implicit = origin.map(|origin| self.add(Slot::Implicit(index, origin)));
        let is_type = !matches!(definition.kind, Kind::Command(_) | Kind::Event(_));
        let own = is_type.then(|| self.add(Slot::Definition(index)));
        self.made.push(Made { own, implicit });
    }

    fn make_array(&mut self, reference: &'a TypeRef) {
        self.make_named_array(reference.name());
        if let TypeRef::Array(element) = reference {
            self.add_array(&element.text, element.span);
        }
    }

    /// Makes the array of a builtin, which may be named `strList` without being used otherwise.
    fn make_named_array(&mut self, name: &'a Name) {
        let is_builtin = |name: &&str| Builtin::ALL.iter().any(|builtin| builtin.name() == *name);
        if let Some(element) = name.text.strip_suffix("List").filter(is_builtin) {
            self.add_array(element, name.span);
        }
    }

    fn add_array(&mut self, element: &'a str, span: Span) {
        if !self.arrays.contains_key(element) {
            let id = self.add(Slot::Array(element, span));
            self.arrays.insert(element, id);
        }
    }
}
