//! Records: the reader and the writer of generated types.
//!
//! All types share one reader and one writer, with one lexer and one set of rules. A generated type contributes three
//! things ([`Record`]): a static [`Table`] of its members' names and rules, a function that reads the member at an index,
//! and a function that passes all members to a visitor such as the writer.
//!
//! Generated functions are generic or `#[inline]`. They are called by [`Reader::record`] and [`Writer::record`], which are
//! generic and never inlined. So a crate of bindings compiles none of them, and a program that uses the bindings compiles
//! each type that it reads or writes once.
//!
//! Generated code implements these traits. They are not a public interface and may change with every release.

mod error;
mod features;
mod int;
mod invalid;
mod names;
mod reader;
mod scalar;
mod shapes;
mod table;
mod unknown;
mod writer;

pub use error::ReadError;
#[cfg(feature = "testing")]
pub(crate) use error::{Mistake, Wording};
pub use features::Features;
pub use int::Int;
pub use names::Names;
pub use reader::{MissingMembers, Mode, Object, Reader};
pub use shapes::{Enum, Shape, Struct, Tag};
pub use table::Table;
pub use unknown::{Null, UnknownBranch, UnknownValue};
pub use writer::Writer;

use std::fmt::Debug;
use std::hash::Hasher;

use serde_json::{Map, Value};

/// A value that can be a member of a record: a scalar, an optional, a list, or a generated type.
pub trait Field {
    /// Creates a placeholder for the reader to fill.
    fn blank() -> Self
    where
        Self: Sized;
    /// Fills the value from the reader, which is positioned at the value's first byte.
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError>;
    /// Appends the value.
    fn write(&self, writer: &mut Writer);
    /// Appends the value and a separator.
    // Never inlined, so that a program contains it once for each type.
    #[inline(never)]
    fn write_item(&self, writer: &mut Writer) {
        self.write(writer);
        writer.separate();
    }
    /// Appends the value as a member, and omits an optional without a value. `key` is `"name": `.
    #[inline]
    fn write_member<const N: usize>(&self, key: &'static [u8; N], writer: &mut Writer)
    where
        Self: Sized,
    {
        writer.key(key);
        self.write_item(writer);
    }
    /// Feeds the value to a hasher, for generated types that implement `Hash`.
    fn feed(&self, hasher: &mut dyn Hasher)
    where
        Self: Sized;
}

/// A generated type of one of the `shapes`. [`Field`] is implemented once for each shape, not for each type.
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
    /// Fills the member at `index` of the table.
    ///
    /// The default is for records without members. It skips the value.
    fn read_member(&mut self, _index: usize, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        reader.skip()
    }
    /// Passes all members to a visitor, in the table's order, then the selected branch, then the members not in the schema.
    fn visit<V: Visitor>(&self, visitor: &mut V);
    /// Returns the branch that a union's discriminator selects, for the reader to fill. Returns `None` if that discriminator
    /// value adds no members.
    fn branch(&mut self) -> Option<&mut dyn Object> {
        None
    }
    /// Returns the members that are not in the schema, for records that keep them: commands with `gen: false` and unknown
    /// branches.
    fn extra(&mut self) -> Option<&mut Map<String, Value>> {
        None
    }
}

/// A string from a fixed set.
pub trait Enumeration: Sized {
    /// The names in the set.
    const NAMES: &'static Names;
    /// Returns the value's index among the names.
    ///
    /// # Errors
    /// Returns the text of a value that is not in the set.
    fn position(&self) -> Result<usize, &str>;
    /// Returns the value's text.
    fn text(&self) -> &str {
        self.position().map_or_else(|text| text, |index| Self::NAMES.all[index])
    }
    /// Returns the value at `index` of the names.
    fn known(index: usize) -> Self;
    /// Returns a value that keeps a text not in the set, or `None` if the type is closed.
    fn unknown(text: &str) -> Option<Self>;
}

/// A union's discriminator together with the branch it selects. A [known](Enumeration::known) value has a blank branch.
pub trait Branches: Enumeration {
    /// Returns the branch, for the reader to fill, or `None` if the value adds no members.
    fn branch(&mut self) -> Option<&mut dyn Object>;
    /// Passes the members of the branch to a visitor.
    fn visit_branch<V: Visitor>(&self, visitor: &mut V);
}

/// Receives the members of a record, one after the other. Visitors are the writer, `Debug` and `Hash`.
pub trait Visitor {
    /// Receives a member. `key` is `"name": `.
    fn member<const N: usize, T: Field + Debug>(&mut self, key: &'static [u8; N], value: &T);
    /// Receives a member that has special features. Default: like any other.
    #[inline]
    fn special_member<const N: usize, T: Field + Debug>(
        &mut self,
        _features: Features,
        key: &'static [u8; N],
        value: &T,
    ) {
        self.member(key, value);
    }
    /// Receives the branch that the discriminator selects, after the discriminator itself.
    fn branch<T: Branches>(&mut self, tag: &T);
    /// Receives the members that are not in the schema.
    fn extra(&mut self, members: &Map<String, Value>);
}

/// A value whose JSON kind selects its branch.
pub trait Alternate: Sized {
    /// The alternate's name in the schema.
    const NAME: &'static str;
    /// Selects the branch for this JSON kind and fills it. Returns `None` if there is no such branch.
    fn read_branch(&mut self, kind: Kind, reader: &mut Reader<'_>) -> Option<Result<(), ReadError>>;
    /// Returns a value that keeps JSON which no branch accepts, or `None` if the type is closed.
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
