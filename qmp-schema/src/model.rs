//! The model of a schema: its definitions, with every name resolved to an id.
//!
//! [`load`](crate::load()) and [`import`](crate::import()) return a [`Schema`]. Its lists can be read as they are; methods answer
//! questions that need more than one of them:
//!
//! ```
//! use qmp_schema::model::TypeKind;
//!
//! let text = "{ 'struct': 'Size', 'data': { 'bytes': 'size', '*note': 'str' } } { 'command': 'query-size', 'returns': 'Size' }";
//! let schema = qmp_schema::load_text("vm.json", text, &Default::default())?.schema;
//! let returns = schema.commands[0].returns.expect("it returns something");
//! assert_eq!(schema.ty(returns).def.name, "Size");
//! for member in schema.members(returns) {
//!     println!("{}: {}", member.name, schema.ty(member.ty).def.name);
//! }
//! # assert!(matches!(schema.ty(returns).kind, TypeKind::Object(_)));
//! # Ok::<(), qmp_schema::Report>(())
//! ```
//!
//! Structs may get further fields in later versions. The kinds of things in the language ([`TypeKind`], [`Builtin`], [`Entity`],
//! [`Condition`]) are complete: a `match` on them can be exhaustive.
//!
//! The model does not depend on Rust or on the text of a schema. Every part keeps the [`Span`] of its place in the files.

use crate::source::{SourceMap, Span};

mod condition;
mod described;
mod documented;
mod mentioned;
mod query;
mod versions;

pub use condition::{Condition, Conditions};
pub use described::Described;
pub(crate) use documented::{DocumentedMember, documented_members};
pub use query::has_feature;
pub use versions::{Version, Versions};

/// A complete schema: all files, all definitions.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Schema {
    /// The files of the schema, which turn a [`Span`] into file, line and column.
    pub sources: SourceMap,
    /// All types: the predefined ones first, then those of the schema in definition order. Implicit types (inline data and bases)
    /// come right before the definition that makes them, arrays where they are first used.
    pub types: Vec<Type>,
    /// All commands, in definition order.
    pub commands: Vec<Command>,
    /// All events, in definition order.
    pub events: Vec<Event>,
    /// Commands and events in the order of introspection: module by module (the root file first, then each file at its first
    /// include directive, depth first), within a module in definition order.
    pub interface: Vec<Entity>,
    /// The documentation between definitions, such as introductions and headings, in the order written. That of an included file
    /// stands at its include directive.
    pub free_form: Vec<FreeForm>,
    /// The versions that the schema was [merged](crate::merge()) from, the main one first. Empty if it was not merged.
    pub versions: Vec<Version>,
}

/// The index of a [`Type`] in [`Schema::types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub(crate) u32);

/// A command or an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entity {
    /// The index in [`Schema::commands`].
    Command(usize),
    /// The index in [`Schema::events`].
    Event(usize),
}

/// The part that all definitions have.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Definition {
    /// The name in the schema; for commands and events, also on the wire.
    pub name: String,
    /// The place of the name. An implicit type has that of its definition, an array that of its first use, a predefined type
    /// [`Span::NONE`].
    pub span: Span,
    /// The `if` of the definition.
    pub condition: Condition,
    /// The `features`, in the order written.
    pub features: Vec<Feature>,
    /// The documentation block, if there is one.
    pub doc: Option<Doc>,
    /// The versions that have the definition.
    pub versions: Versions,
}

/// A feature of a definition, a member or an enum value. `deprecated` and `unstable` are special.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Feature {
    /// The name of the feature.
    pub name: String,
    /// Its place.
    pub span: Span,
    /// Its `if`.
    pub condition: Condition,
}

/// A type: predefined, defined by the schema, implicit or an array.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Type {
    /// Name, place, features... The names of implicit types are `q_obj_NAME-arg` and `q_obj_NAME-base`, those of arrays
    /// `ELEMENTList`.
    pub def: Definition,
    /// The kind of the type.
    pub kind: TypeKind,
}

/// The kinds of types.
#[derive(Debug, Clone)]
pub enum TypeKind {
    /// A builtin type.
    Builtin(Builtin),
    /// An enumeration (`QType` is one, predefined).
    Enum(Enum),
    /// A struct, a union or an implicit type: all are JSON objects.
    Object(Object),
    /// An alternate.
    Alternate(Alternate),
    /// An array of the given element type.
    Array(TypeId),
}

/// The builtin types (QAPI's `int`, `str`, ...).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is the QAPI builtin of that name")]
pub enum Builtin {
    /// `int` in a schema made of introspection data: any of the integers, because introspection does not say which.
    Integer,
    Str,
    Number,
    Int,
    Int8,
    Int16,
    Int32,
    Int64,
    Uint8,
    Uint16,
    Uint32,
    Uint64,
    Size,
    Bool,
    Any,
    Null,
}

/// An enumeration type.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Enum {
    /// The values, in the order written.
    pub values: Vec<EnumValue>,
}

/// One value of an enumeration.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct EnumValue {
    /// The value on the wire.
    pub name: String,
    /// Its place.
    pub span: Span,
    /// Its `if`.
    pub condition: Condition,
    /// Its features.
    pub features: Vec<Feature>,
    /// The versions that have the value, of those that have its type.
    pub versions: Versions,
}

/// An object type: struct, union, or one of the implicit objects.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Object {
    /// The origin of the object.
    pub origin: ObjectOrigin,
    /// The type whose members come first.
    pub base: Option<TypeId>,
    /// The object's own members, without the base's.
    pub members: Vec<Member>,
    /// A union's discriminator and branches.
    pub variants: Option<Variants>,
}

/// The origin of an object type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ObjectOrigin {
    /// A `struct` definition.
    Struct,
    /// A `union` definition.
    Union,
    /// The inline `data` of a command or event (`q_obj_NAME-arg`).
    Arguments,
    /// The inline `base` of a union (`q_obj_NAME-base`).
    Base,
    /// `q_empty`: the object without members.
    Empty,
}

/// A member of an object.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Member {
    /// The name, without the `*`.
    pub name: String,
    /// Its place.
    pub span: Span,
    /// Its type.
    pub ty: TypeId,
    /// Whether the member may be absent (written with a leading `*`).
    pub optional: bool,
    /// Its `if`.
    pub condition: Condition,
    /// Its features.
    pub features: Vec<Feature>,
    /// The versions that have the member, of those that have its type.
    pub versions: Versions,
}

/// A union's discriminator and branches.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Variants {
    /// The name of the discriminator, one of the base's members.
    pub tag: String,
    /// The place where the discriminator is named.
    pub tag_span: Span,
    /// The enum type of the discriminator.
    pub tag_type: TypeId,
    /// The branches: the written ones first, then the implicit ones (type `q_empty`) in the order of the enum's values.
    pub branches: Vec<Branch>,
}

/// A branch of a union or an alternate.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Branch {
    /// In a union, the value of the discriminator. In an alternate, a name that is not on the wire.
    pub name: String,
    /// Its place; [`Span::NONE`] for implicit branches.
    pub span: Span,
    /// The branch's type.
    pub ty: TypeId,
    /// Its `if`.
    pub condition: Condition,
    /// Whether it was added for an enum value that the union does not mention.
    pub implicit: bool,
    /// The versions that have the branch, of those that have its type.
    pub versions: Versions,
}

/// An alternate: the JSON kind of the value determines the branch.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Alternate {
    /// The branches, in the order written.
    pub branches: Vec<Branch>,
}

/// A command.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Command {
    /// Name, place, features, documentation.
    pub def: Definition,
    /// The object type of the arguments, an implicit one for inline data; none for no arguments.
    pub arguments: Option<TypeId>,
    /// The type of the `return`; none for the empty object.
    pub returns: Option<TypeId>,
    /// `boxed`: no effect on the wire.
    pub boxed: bool,
    /// `gen`: if false, undeclared arguments are passed on instead of rejected.
    pub generate: bool,
    /// `success-response`: if false, there is no reply on success.
    pub success_response: bool,
    /// `allow-oob`: the command may be executed out of band.
    pub allow_oob: bool,
    /// `allow-preconfig`: the command may be executed before the machine is initialised.
    pub allow_preconfig: bool,
    /// `coroutine`: no effect on the wire.
    pub coroutine: bool,
}

/// An event.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Event {
    /// Name, place, features, documentation.
    pub def: Definition,
    /// The object type of the event's data, an implicit one for inline data; none for no data.
    pub arguments: Option<TypeId>,
    /// `boxed`: no effect on the wire.
    pub boxed: bool,
}

/// Documentation between the definitions.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FreeForm {
    /// The text, in the markup of [`Doc`], with headings: `= Title`, `== Title`.
    pub text: String,
    /// The place where it begins.
    pub span: Span,
}

/// The documentation of a definition, cut into parts. Its text is QAPI's [markup](crate::markup), without the leading `# `,
/// unindented, lines separated by `\n`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Doc {
    /// The text before the first description or section.
    pub body: String,
    /// The descriptions of members, values, branches or arguments: name and text, in the order written.
    pub members: Vec<(String, String)>,
    /// The descriptions of features: name and text.
    pub features: Vec<(String, String)>,
    /// The sections: tag (`Returns`, `Since`, `Errors`, `Note`, `Example`, `TODO`...; no colon) and text. Untagged text behind a
    /// description or a section has an empty tag.
    pub sections: Vec<(String, String)>,
}
