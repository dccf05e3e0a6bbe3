//! The model: what a schema means, with every name resolved to an id.
//!
//! `lower` builds it, `check` proves it, introspection, documentation and `codegen` read it. It knows
//! nothing of Rust and nothing of QAPI's text; every entity keeps the [`Span`] it was written at.

use crate::source::{SourceMap, Span};

mod condition;
mod described;
mod mentioned;
mod query;

pub use condition::{Condition, Conditions};
pub use described::Described;
pub use query::has_feature;

/// A complete schema: all files, all definitions.
#[derive(Debug, Clone)]
pub struct Schema {
    /// The files the schema was read from; turns a [`Span`] into file, line and column.
    pub sources: SourceMap,
    /// Every type: the builtins first, then the user's in definition order, implicit ones (inline arguments and
    /// bases) right before the definition that made them, arrays where they are first used.
    pub types: Vec<Type>,
    /// Every command, in definition order.
    pub commands: Vec<Command>,
    /// Every event, in definition order.
    pub events: Vec<Event>,
    /// Commands and events as introspection orders them: module by module (the root file first, then each file at its
    /// first include directive, depth first), in definition order within a module.
    pub interface: Vec<Entity>,
    /// The documentation that belongs to no definition: introductions, headings. In the order written, a file's where it is
    /// included.
    pub free_form: Vec<FreeForm>,
}

/// Index of a [`Type`] in [`Schema::types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub(crate) u32);

/// A command or an event, by its index in [`Schema::commands`] or [`Schema::events`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entity {
    /// Index in [`Schema::commands`].
    Command(usize),
    /// Index in [`Schema::events`].
    Event(usize),
}

/// What every definition has.
#[derive(Debug, Clone)]
pub struct Definition {
    /// The name as the schema spells it (and the wire, for commands and events).
    pub name: String,
    /// Where the name stands. For builtins and implicit types: the place that made them, or [`Span::NONE`].
    pub span: Span,
    /// The `if` of the definition.
    pub condition: Condition,
    /// The `features`, in the order written.
    pub features: Vec<Feature>,
    /// The documentation block, if there is one.
    pub doc: Option<Doc>,
}

/// A feature of a definition, a member or an enum value. `deprecated` and `unstable` have a meaning of their own.
#[derive(Debug, Clone)]
pub struct Feature {
    /// The name of the feature.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// Its `if`.
    pub condition: Condition,
}

/// A type: builtin, written in the schema, implicit or an array.
#[derive(Debug, Clone)]
pub struct Type {
    /// Name, place, features... Implicit types are called `q_obj_NAME-arg` and `q_obj_NAME-base`, arrays `ELEMENTList`.
    pub def: Definition,
    /// What kind of type it is.
    pub kind: TypeKind,
}

/// The kinds of types.
#[derive(Debug, Clone)]
pub enum TypeKind {
    /// A builtin type.
    Builtin(Builtin),
    /// An enumeration (`QType` is one, predefined).
    Enum(Enum),
    /// A struct, a union, or an implicit object: all are JSON objects.
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
    /// `int` in a schema made of introspection: any of the integers, for a server does not tell which.
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
pub struct Enum {
    /// The values, in the order written.
    pub values: Vec<EnumValue>,
}

/// One value of an enumeration.
#[derive(Debug, Clone)]
pub struct EnumValue {
    /// The value as it stands on the wire.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// Its `if`.
    pub condition: Condition,
    /// Its features.
    pub features: Vec<Feature>,
}

/// An object type: struct, union, or one of the implicit objects.
#[derive(Debug, Clone)]
pub struct Object {
    /// How the object came to be.
    pub origin: ObjectOrigin,
    /// The type whose members come first.
    pub base: Option<TypeId>,
    /// The object's own members, without the base's.
    pub members: Vec<Member>,
    /// A union's discriminator and branches.
    pub variants: Option<Variants>,
}

/// How an object type came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
pub struct Member {
    /// The name, without the `*`.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// Its type.
    pub ty: TypeId,
    /// Whether the member may be absent (written with a leading `*`).
    pub optional: bool,
    /// Its `if`.
    pub condition: Condition,
    /// Its features.
    pub features: Vec<Feature>,
}

/// A union's discriminator and branches.
#[derive(Debug, Clone)]
pub struct Variants {
    /// The name of the discriminator, one of the base's members.
    pub tag: String,
    /// Where the discriminator is named.
    pub tag_span: Span,
    /// The enumeration that the discriminator is of.
    pub tag_type: TypeId,
    /// The branches: the written ones first, then the implicit ones (type `q_empty`) in the order of the enum's values.
    pub branches: Vec<Branch>,
}

/// A branch of a union or an alternate.
#[derive(Debug, Clone)]
pub struct Branch {
    /// A union's: the value of the discriminator. An alternate's: the name of the branch, never seen on the wire.
    pub name: String,
    /// Where it stands ([`Span::NONE`] for implicit ones).
    pub span: Span,
    /// The branch's type.
    pub ty: TypeId,
    /// Its `if`.
    pub condition: Condition,
    /// Whether it was made for an enum value that the union does not mention.
    pub implicit: bool,
}

/// An alternate: the JSON kind of the value tells the branch.
#[derive(Debug, Clone)]
pub struct Alternate {
    /// The branches, in the order written.
    pub branches: Vec<Branch>,
}

/// A command.
#[derive(Debug, Clone)]
pub struct Command {
    /// Name, place, features, documentation.
    pub def: Definition,
    /// The arguments: an object type, implicit if the schema has them inline; none for no arguments.
    pub arguments: Option<TypeId>,
    /// The type of the `return`; none for the empty object.
    pub returns: Option<TypeId>,
    /// `boxed`: no effect on the wire.
    pub boxed: bool,
    /// `gen`: if false, undeclared arguments are handed over instead of refused.
    pub generate: bool,
    /// `success-response`: if false, there is no reply on success.
    pub success_response: bool,
    /// `allow-oob`: may be executed out of band.
    pub allow_oob: bool,
    /// `allow-preconfig`: may be executed before the machine is initialised.
    pub allow_preconfig: bool,
    /// `coroutine`: no effect on the wire.
    pub coroutine: bool,
}

/// An event.
#[derive(Debug, Clone)]
pub struct Event {
    /// Name, place, features, documentation.
    pub def: Definition,
    /// The event's data: an object type, implicit if the schema has it inline; none for no data.
    pub arguments: Option<TypeId>,
    /// `boxed`: no effect on the wire.
    pub boxed: bool,
}

/// Documentation between the definitions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeForm {
    /// The text, in the markup of [`Doc`], with headings: `= Title`, `== Title`.
    pub text: String,
    /// Where it begins.
    pub span: Span,
}

/// A definition's documentation, cut into its parts. Text is QAPI's reStructuredText-like markup, without the leading `# `,
/// de-indented, lines separated by `\n`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Doc {
    /// What comes before the first argument, feature or tagged section.
    pub body: String,
    /// The described members, values, branches or arguments: name and text, in the order written.
    pub members: Vec<(String, String)>,
    /// The described features: name and text.
    pub features: Vec<(String, String)>,
    /// Tagged sections (`Returns`, `Since`, `Errors`, `Note`, `Example`, `TODO`...; no colon) and untagged text after them (empty tag).
    pub sections: Vec<(String, String)>,
}
