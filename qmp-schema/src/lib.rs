//! The QAPI schema language: from schema files to a checked model, to introspection, to Rust.
//!
//! The path of the data: [`load`] reads files and follows includes; every file is cut into tokens, parsed into
//! syntax, and lowered into the [`model`]; the checks prove it; introspection and (feature `codegen`) the generator read it.

pub mod model;
pub mod source;
