//! The QAPI schema language: from schema files to a checked model, to introspection, to Rust.
//!
//! The path of the data: [`load`] reads files and follows includes; every file is cut into tokens, parsed into
//! syntax, and lowered into the [`model`]; the checks prove it; introspection and (feature `codegen`) the generator read it.

mod check;
mod define;
pub mod diagnostic;
mod doc;
mod introspect;
mod lex;
mod load;
mod lower;
pub mod model;
mod options;
mod parse;
mod pragma;
mod schema;
mod select;
pub mod source;
mod syntax;
mod value;

pub use diagnostic::Report;
pub use introspect::{TypeNames, introspect};
pub use options::{Docs, LoadOptions};
pub use schema::{Loaded, load, load_text};
pub use select::Selection;
