//! Records: how generated types are read from JSON and written to it.
//!
//! There is one reader and one writer: one lexer and one set of rules for all types. A generated type adds to them a static
//! [`Table`] of its members' names and rules, a function that reads the member at an index and a function that hands all
//! members to the writer ([`Record`]).
//!
//! Generated functions are generic or `#[inline]`, and [`Reader::record`] and [`Writer::record`], which lead to them, are
//! generic and never inlined. So a crate of bindings compiles none of them, and a program that uses the bindings compiles
//! each type that it reads or writes once.
//!
//! Generated code implements these traits. They are no public interface and may change with every release.

mod error;
mod int;
mod names;
mod reader;
mod scalar;
mod shapes;
mod table;
mod unknown;
mod writer;

pub use error::ReadError;
pub use int::Int;
pub use names::Names;
pub use reader::{Mode, Object, Reader};
pub use shapes::{Enum, Shape, Struct, Tag};
pub use table::Table;
pub use unknown::{Null, UnknownBranch, UnknownValue};
pub use writer::Writer;

use std::fmt::Debug;
use std::hash::Hasher;

use serde_json::{Map, Value};

/// A value that can stand in a record: a scalar, an optional, a list, or a generated type.
pub trait Field {
    /// Creates a value for the reader to fill. The value itself means nothing.
    fn blank() -> Self
    where
        Self: Sized;
    /// Fills the value from the reader, which stands at the value's first byte.
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError>;
    /// Appends the value.
    fn write(&self, writer: &mut Writer);
    /// Appends the value and a separator.
    // Never inlined, so that a program has it once for each type.
    #[inline(never)]
    fn write_item(&self, writer: &mut Writer) {
        self.write(writer);
        writer.separate();
    }
    /// Appends the value as a member; an optional without a value is left out. `key` is `"name": `.
    #[inline]
    fn write_member<const N: usize>(&self, key: &'static [u8; N], writer: &mut Writer)
    where
        Self: Sized,
    {
        writer.key(key);
        self.write_item(writer);
    }
    /// Feeds the value to a hasher, for the `Hash` of types that have it.
    fn feed(&self, hasher: &mut dyn Hasher)
    where
        Self: Sized;
}

/// A generated type of one of the `shapes`: [`Field`] is implemented for the shape, not for each type.
pub trait Generated: Sized {
    /// The shape.
    type Shape: Shape<Self>;
    /// See [`Field::blank`].
    fn blank() -> Self;
}

/// A JSON object with known members: a struct, a union, arguments.
pub trait Record {
    /// The names and rules of the members.
    const TABLE: &'static Table;
    /// Fills the member at `index` of the table. (Without members there is no index; a value is passed over.)
    fn read_member(&mut self, _index: usize, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        reader.skip()
    }
    /// Hands all members to a visitor, in the table's order, then the selected branch, then the members not in the schema.
    fn visit<V: Visitor>(&self, visitor: &mut V);
    /// Returns the branch that a union's discriminator selects, to be filled; none if the value has no members of its own.
    fn branch(&mut self) -> Option<&mut dyn Object> {
        None
    }
    /// Returns the members not in the schema, where such are kept: commands with `gen: false`, unknown branches.
    fn extra(&mut self) -> Option<&mut Map<String, Value>> {
        None
    }
}

/// A string out of a fixed set.
pub trait Enumeration: Sized {
    /// The set.
    const NAMES: &'static Names;
    /// Returns the value's position among the names, or the text of a value that is not in the set.
    fn position(&self) -> Result<usize, &str>;
    /// Returns the value's text.
    fn text(&self) -> &str {
        self.position().map_or_else(|text| text, |index| Self::NAMES.all[index])
    }
    /// Returns the value at `index` of the names.
    fn known(index: usize) -> Self;
    /// Returns a value that keeps a text not in the set; none if the type is closed.
    fn unknown(text: &str) -> Option<Self>;
}

/// A union's discriminator together with the branch it selects. A [known](Enumeration::known) value has a blank branch.
pub trait Branches: Enumeration {
    /// Returns the branch, to be filled; none if the value has no members of its own.
    fn branch(&mut self) -> Option<&mut dyn Object>;
    /// Hands the members of the branch to a visitor.
    fn visit_branch<V: Visitor>(&self, visitor: &mut V);
}

/// Takes the members of a record, one after the other: the writer, `Debug`, `Hash`.
pub trait Visitor {
    /// Takes a member; `key` is `"name": `.
    fn member<const N: usize, T: Field + Debug>(&mut self, key: &'static [u8; N], value: &T);
    /// Takes the branch that the discriminator selects, after the discriminator itself.
    fn branch<T: Branches>(&mut self, tag: &T);
    /// Takes the members not in the schema.
    fn extra(&mut self, members: &Map<String, Value>);
}

/// A value whose branch is known by its JSON kind.
pub trait Alternate: Sized {
    /// The alternate's name in the schema.
    const NAME: &'static str;
    /// Selects the branch of this JSON kind and fills it; none if there is no such branch.
    fn read_branch(&mut self, kind: Kind, reader: &mut Reader<'_>) -> Option<Result<(), ReadError>>;
    /// Returns a value that keeps what no branch takes; none if the type is closed.
    fn unknown(value: Value) -> Option<Self>;
}

/// The kinds of JSON values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "JSON's own names")]
pub enum Kind {
    Null,
    Bool,
    Number,
    String,
    Array,
    Object,
}
