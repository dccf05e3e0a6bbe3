//! Turns definitions into the model: every name becomes an id.

mod resolve;
mod type_ids;
mod variants;

use std::collections::HashSet;

use crate::diagnostic::Diagnostics;
use crate::model::{
    Alternate, Branch, Builtin, Command, Condition, Definition, Doc, Entity, Enum, EnumValue, Event, Member, Object,
    ObjectOrigin, Schema, Type, TypeId, TypeKind, Variants, Versions,
};
use crate::source::{SourceMap, Span};
use crate::syntax::{self, Kind, Members, Syntax};
use resolve::Resolver;
pub(crate) use type_ids::is_predefined;
use type_ids::{Slot, TypeIds};
pub(crate) use variants::MAX_DEPTH;

/// The model of a schema before it is checked.
#[derive(Debug)]
pub(crate) struct Lowered {
    pub(crate) schema: Schema,
    /// The part of the model that each definition of the syntax has become.
    pub(crate) entities: Vec<Lowering>,
    /// The type that names of unknown types stand for, so that one mistake is reported once.
    pub(crate) unknown: TypeId,
    /// The types that may lack a malformed part.
    pub(crate) incomplete: HashSet<TypeId>,
}

/// The part of the model that a definition has become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lowering {
    Type(TypeId),
    Command(usize),
    Event(usize),
}

/// Builds the model. Reports names that are defined twice or not at all.
pub(crate) fn lower(
    syntax: &Syntax,
    docs: Vec<Option<syntax::Doc>>,
    sources: SourceMap,
    diagnostics: &mut Diagnostics,
) -> Lowered {
    let ids = TypeIds::new(&syntax.definitions, diagnostics);
    let mut lowerer = Lowerer { syntax, docs, types: Resolver { syntax, ids, diagnostics } };
    let slots = lowerer.types.ids.slots.len();
    let mut types: Vec<Type> = (0..slots).map(|index| lowerer.ty(index)).collect();
    let mut schema = Schema {
        sources,
        types: Vec::new(),
        commands: Vec::new(),
        events: Vec::new(),
        interface: Vec::new(),
        free_form: syntax.free_form.clone(),
        versions: Vec::new(),
    };
    let entities = (0..syntax.definitions.len()).map(|index| lowerer.entity(index, &mut schema)).collect();
    let (unknown, incomplete) = (lowerer.types.ids.unknown(), lowerer.types.ids.incomplete());
    types.push(predefined("", TypeKind::Object(object(ObjectOrigin::Empty, None, Vec::new()))));
    schema.types = types;
    schema.interface = interface(&schema);
    variants::complete(&mut schema);
    Lowered { schema, entities, unknown, incomplete }
}

impl Lowered {
    /// Returns the model after all checks have passed.
    pub(crate) fn into_schema(mut self) -> Schema {
        self.schema.types.truncate(self.unknown.index());
        self.schema
    }
}

/// Returns commands and events module by module. Modules are numbered in the order of their inclusion.
fn interface(schema: &Schema) -> Vec<Entity> {
    let commands =
        schema.commands.iter().enumerate().map(|(index, command)| (command.def.span, Entity::Command(index)));
    let events = schema.events.iter().enumerate().map(|(index, event)| (event.def.span, Entity::Event(index)));
    let mut interface: Vec<_> = commands.chain(events).collect();
    interface.sort_by_key(|&(span, _)| span);
    interface.into_iter().map(|(_, entity)| entity).collect()
}

struct Lowerer<'a> {
    syntax: &'a Syntax,
    docs: Vec<Option<syntax::Doc>>,
    types: Resolver<'a>,
}

impl<'a> Lowerer<'a> {
    fn ty(&mut self, index: usize) -> Type {
        match self.types.ids.slots[index] {
            Slot::Builtin(builtin) => predefined(builtin.name(), TypeKind::Builtin(builtin)),
            Slot::QType => predefined("QType", qtype()),
            Slot::Empty => predefined("q_empty", TypeKind::Object(object(ObjectOrigin::Empty, None, Vec::new()))),
            Slot::Array(element, span) => self.array(element, span),
            Slot::Implicit(definition, origin) => self.implicit(definition, origin),
            Slot::Definition(definition) => self.definition(definition),
        }
    }

    fn array(&mut self, element: &str, span: Span) -> Type {
        let ids = &self.types.ids;
        let id = ids.resolve(element).unwrap_or(ids.unknown());
        let condition = match ids.slots.get(id.index()) {
            Some(&(Slot::Definition(element) | Slot::Implicit(element, _))) => {
                self.syntax.definitions[element].condition.clone()
            }
            _ => Condition::Always,
        };
        let def = Definition { condition, span, ..named(format!("{element}List")) };
        Type { def, kind: TypeKind::Array(id) }
    }

    fn implicit(&mut self, definition: usize, origin: ObjectOrigin) -> Type {
        let owner = &self.syntax.definitions[definition];
        let suffix = if origin == ObjectOrigin::Base { "base" } else { "arg" };
        let name = format!("q_obj_{}-{suffix}", owner.name.text);
        let def = Definition { condition: owner.condition.clone(), span: owner.name.span, ..named(name) };
        Type { def, kind: TypeKind::Object(object(origin, None, self.members(owner.members()))) }
    }

    fn definition(&mut self, index: usize) -> Type {
        let syntax = self.syntax;
        let kind = match &syntax.definitions[index].kind {
            Kind::Enum(values) => TypeKind::Enum(Enum { values: values.clone() }),
            Kind::Struct(def) => {
                let base = def.base.as_ref().map(|base| self.types.named(base));
                TypeKind::Object(object(ObjectOrigin::Struct, base, self.members(&def.members)))
            }
            Kind::Union(union) => TypeKind::Object(self.union(index, union)),
            Kind::Alternate(branches) => TypeKind::Alternate(Alternate { branches: self.branches(branches) }),
            // They make no type of their own, and have no slot.
            Kind::Command(_) | Kind::Event(_) => TypeKind::Builtin(Builtin::Null),
        };
        Type { def: self.head(index), kind }
    }

    fn union(&mut self, index: usize, union: &syntax::Union) -> Object {
        let base = self.members_type(index, &union.base);
        let variants = Variants {
            tag: union.discriminator.text.clone(),
            tag_span: union.discriminator.span,
            tag_type: self.types.ids.unknown(),
            branches: self.branches(&union.branches),
        };
        Object { variants: Some(variants), ..object(ObjectOrigin::Union, base, Vec::new()) }
    }

    /// Adds a command or an event; returns the type that any other definition has become.
    fn entity(&mut self, index: usize, schema: &mut Schema) -> Lowering {
        let syntax = self.syntax;
        match &syntax.definitions[index].kind {
            Kind::Command(command) => {
                let command = self.command(index, command);
                schema.commands.push(command);
                Lowering::Command(schema.commands.len() - 1)
            }
            Kind::Event(event) => {
                let arguments = self.members_type(index, &event.arguments);
                schema.events.push(Event { def: self.head(index), arguments, boxed: event.boxed });
                Lowering::Event(schema.events.len() - 1)
            }
            _ => Lowering::Type(self.types.ids.own(index).unwrap_or(self.types.ids.unknown())),
        }
    }

    fn command(&mut self, index: usize, command: &syntax::Command) -> Command {
        Command {
            def: self.head(index),
            arguments: self.members_type(index, &command.arguments),
            returns: command.returns.as_ref().map(|returns| self.types.reference(returns)),
            boxed: command.boxed,
            generate: command.generate,
            success_response: command.success_response,
            allow_oob: command.allow_oob,
            allow_preconfig: command.allow_preconfig,
            coroutine: command.coroutine,
        }
    }

    /// Returns the part that all definitions have.
    fn head(&mut self, index: usize) -> Definition {
        let definition = &self.syntax.definitions[index];
        Definition {
            name: definition.name.text.clone(),
            span: definition.name.span,
            condition: definition.condition.clone(),
            features: definition.features.clone(),
            doc: self.docs[index].take().filter(|doc| doc.symbol.is_some()).map(Doc::from),
            versions: Versions::ALL,
        }
    }

    /// Returns the type of the members, an implicit one if they are written in place; none for no members.
    fn members_type(&mut self, definition: usize, members: &Members) -> Option<TypeId> {
        match members {
            Members::None => None,
            Members::Type(name) => Some(self.types.named(name)),
            Members::Inline(_) => self.types.ids.implicit(definition),
        }
    }

    fn members(&mut self, members: &[syntax::Member]) -> Vec<Member> {
        let lower = |member: &syntax::Member| Member {
            name: member.name.text.clone(),
            span: member.name.span,
            ty: self.types.reference(&member.ty),
            optional: member.optional,
            condition: member.condition.clone(),
            features: member.features.clone(),
            versions: Versions::ALL,
        };
        members.iter().map(lower).collect()
    }

    fn branches(&mut self, branches: &[syntax::Branch]) -> Vec<Branch> {
        let lower = |branch: &syntax::Branch| Branch {
            name: branch.name.text.clone(),
            span: branch.name.span,
            ty: self.types.reference(&branch.ty),
            condition: branch.condition.clone(),
            implicit: false,
            versions: Versions::ALL,
        };
        branches.iter().map(lower).collect()
    }
}

impl From<syntax::Doc> for Doc {
    fn from(doc: syntax::Doc) -> Self {
        let without_places =
            |parts: Vec<(syntax::Name, String)>| parts.into_iter().map(|(name, text)| (name.text, text)).collect();
        Self {
            body: doc.body,
            members: without_places(doc.members),
            features: without_places(doc.features),
            sections: without_places(doc.sections),
        }
    }
}

fn object(origin: ObjectOrigin, base: Option<TypeId>, members: Vec<Member>) -> Object {
    Object { origin, base, members, variants: None }
}

fn predefined(name: &str, kind: TypeKind) -> Type {
    Type { def: named(name.to_owned()), kind }
}

fn named(name: String) -> Definition {
    Definition {
        name,
        span: Span::NONE,
        condition: Condition::Always,
        features: Vec::new(),
        doc: None,
        versions: Versions::ALL,
    }
}

fn qtype() -> TypeKind {
    let value = |name: &str| EnumValue {
        name: name.to_owned(),
        span: Span::NONE,
        condition: Condition::Always,
        features: Vec::new(),
        versions: Versions::ALL,
    };
    TypeKind::Enum(Enum { values: ["none", "qnull", "qnum", "qstring", "qdict", "qlist", "qbool"].map(value).into() })
}
