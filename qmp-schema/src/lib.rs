//! The QAPI schema language: from schema files to a checked model, to introspection, to Rust.
//!
//! The path of the data: [`load`] reads files and follows includes; every file is cut into tokens, parsed into
//! syntax, and lowered into the [`model`]; the checks prove it; introspection and (feature `codegen`) the generator read it.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![warn(clippy::print_stdout, clippy::print_stderr)]

mod check;
#[cfg(feature = "codegen")]
mod codegen;
pub mod compat;
#[cfg(feature = "codegen")]
mod compile;
mod define;
pub mod diagnostic;
mod dialect;
mod doc;
mod format;
mod import;
mod introspect;
mod layout;
mod lex;
mod load;
mod lower;
pub mod markup;
pub mod model;
mod options;
mod parse;
mod pragma;
mod print;
mod schema;
mod select;
pub mod source;
mod syntax;
mod value;

#[cfg(feature = "codegen")]
pub use codegen::{Config, Expansion, Side};
#[cfg(feature = "codegen")]
pub use compile::{compile, configure};
pub use diagnostic::Report;
pub use dialect::Docs;
pub use format::format;
pub use import::{import, is_introspection, open, open_text, qapi_from_introspection, tidy_introspection};
pub use introspect::{TypeNames, introspect};
pub use load::read_text;
pub use options::LoadOptions;
pub use schema::{Loaded, load, load_text};
pub use select::Selection;
