//! What generated code names and nobody else needs. May change with every release: the generator and this crate have to
//! be of the same version.

pub use serde_json::{Map, Value};

pub use crate::handle::Entry;
pub use crate::record::{
    Alternate, Blank, Branches, Enumeration, Field, Kind, List, Member, Name, Names, ReadError, Reader, Record, Table,
    Writer,
};

/// What a handler with exactly one by-value parameter is given: the one inline argument, or the named type.
#[derive(Debug)]
pub struct Is<T>(pub T);

/// What a handler with exactly one by-value parameter is given where the command has no or several inline arguments:
/// nothing, the mistake has been reported already.
#[derive(Debug)]
pub struct NotOne;
