//! Records: how generated types are read from JSON and written to it.
//!
//! Every generated type goes through ONE reader and ONE writer. A type describes itself by a static [`Table`] and hands
//! out its members one by one ([`Record`]); the code that walks JSON is here, once, not once per type.
//!
//! Generated code implements these traits; nobody else needs them, and they may change with every release.

mod error;
mod int;
mod names;
mod reader;
mod scalar;
mod table;
mod unknown;
mod writer;

pub use error::ReadError;
pub use int::Int;
pub use names::{Name, Names};
pub use reader::{Mode, Reader};
pub use table::{Member, Table};
pub use unknown::{Null, UnknownBranch, UnknownValue};
pub use writer::Writer;

use std::fmt::Debug;

use serde_json::{Map, Value};

/// A value that can stand in a record: a scalar, an optional, a list, or a generated type.
pub trait Field: Debug {
    /// Fills the value from the reader, which stands at the value's first byte.
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError>;
    /// Appends the value.
    fn write(&self, writer: &mut Writer);
    /// Whether the member is left out: an optional without a value.
    fn absent(&self) -> bool {
        false
    }
}

/// A type that can make a value to be filled. Only the reader calls it; the value means nothing.
pub trait Blank {
    /// A value to be filled.
    fn blank() -> Self
    where
        Self: Sized;
}

/// A JSON object with known members: struct, union, arguments.
pub trait Record {
    /// What the object looks like.
    fn table(&self) -> &'static Table;
    /// The member at `index` of the table.
    fn get(&self, index: usize) -> &dyn Field;
    /// The member at `index` of the table, to be filled.
    fn get_mut(&mut self, index: usize) -> &mut dyn Field;
    /// A union's discriminator, which carries the branch: the same value as the member at [`Table::tag`].
    fn branches(&self) -> Option<&dyn Branches> {
        None
    }
    /// [`branches`](Self::branches), to be filled.
    fn branches_mut(&mut self) -> Option<&mut dyn Branches> {
        None
    }
    /// Members the schema does not name, where such are kept: commands with `gen: false`, unknown branches.
    fn extra(&self) -> Option<&Map<String, Value>> {
        None
    }
    /// [`extra`](Self::extra), to be filled.
    fn extra_mut(&mut self) -> Option<&mut Map<String, Value>> {
        None
    }
}

/// A string out of a fixed set.
pub trait Enumeration {
    /// The set, in schema order.
    fn names(&self) -> &'static Names;
    /// The value's text.
    fn text(&self) -> &str;
    /// Becomes the value at `index` of the names.
    fn select(&mut self, index: usize);
    /// Becomes a value that keeps a text the set lacks; `false` if the type is closed.
    fn unknown(&mut self, text: &str) -> bool;
}

/// A union's discriminator together with the branch it selects.
pub trait Branches: Enumeration {
    /// The selected branch; none where the value has no members of its own.
    fn record(&self) -> Option<&dyn Record>;
    /// [`record`](Self::record), to be filled.
    fn record_mut(&mut self) -> Option<&mut dyn Record>;
}

/// A value whose JSON kind tells what it is.
pub trait Alternate {
    /// The alternate's name in the schema.
    fn name(&self) -> &'static str;
    /// Becomes the branch of this JSON kind, blank, to be filled; none if there is no such branch.
    fn select(&mut self, kind: Kind) -> Option<&mut dyn Field>;
    /// The value of the branch.
    fn value(&self) -> &dyn Field;
    /// Becomes a value that keeps what no branch takes; `false` if the type is closed.
    fn unknown(&mut self, value: Value) -> bool;
}

/// A list, grown one element at a time, so that one loop fills every `Vec`.
pub trait List {
    /// Appends a blank element, to be filled.
    fn grow(&mut self) -> &mut dyn Field;
    /// Removes all elements.
    fn clear(&mut self);
    /// How many elements there are.
    fn count(&self) -> usize;
    /// The element at `index`.
    fn item(&self, index: usize) -> &dyn Field;
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
