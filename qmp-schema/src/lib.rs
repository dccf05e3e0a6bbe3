//! The QAPI schema language, in which QEMU and others describe the commands and events of the QEMU Monitor Protocol (QMP): a
//! loader that reports every error with its place and help, the checked model, introspection, and a generator of Rust bindings.
//!
//! # Generate bindings in a build script
//!
//! The bindings need the crate `qmp-types` at run time. Its macros `schema!` and `include_schema!` take them into a module.
//!
//! ```no_run
//! // build.rs
//! fn main() {
//!     qmp_schema::compile("schema/vm.json");
//! }
//! ```
//!
//! [`configure`](crate::configure()) sets options first: one side of the protocol, some of the commands, other names for the
//! runtime crate.
//!
//! # Load, check and introspect a schema
//!
//! ```
//! use qmp_schema::model::Conditions;
//! use qmp_schema::{LoadOptions, TypeNames, introspect, load_text};
//!
//! let text = "{ 'command': 'query-name', 'returns': 'NameInfo' }
//!             { 'struct': 'NameInfo', 'data': { '*name': 'str' } }";
//! let loaded = load_text("vm.json", text, &LoadOptions::default())?;
//! for command in &loaded.schema.commands {
//!     println!("{} at {:?}", command.def.name, loaded.schema.sources.locate(command.def.span));
//! }
//! let answer = introspect(&loaded.schema, &Conditions::Everything, TypeNames::Masked);
//! assert!(answer.starts_with(r#"[{"name": "query-name", "meta-type": "command", "arg-type": "0", "ret-type": "1"}, "#));
//!
//! // A misspelt name: the report is text for people, or JSON.
//! let report = load_text("vm.json", &text.replace("'NameInfo' }", "'NameInf' }"), &LoadOptions::default()).unwrap_err();
//! assert_eq!(report.to_string(), "\
//! vm.json:1:39: error: unknown type `NameInf`
//!   |
//! 1 | { 'command': 'query-name', 'returns': 'NameInf' }
//!   |                                       ^^^^^^^^^ not defined
//!   |
//!   = help: did you mean `NameInfo`?");
//! # Ok::<(), qmp_schema::Report>(())
//! ```
//!
//! # What to read next
//!
//! | to | see |
//! | --- | --- |
//! | load a file and the files that it includes | [`load`](crate::load()), [`LoadOptions`], [`Docs`] |
//! | show errors and warnings | [`Report`], [`diagnostic`] |
//! | read definitions, documentation, conditions | [`model`] |
//! | keep a part of a schema | [`Selection`], [`Schema::configure`](model::Schema::configure) |
//! | get the answer to `query-qmp-schema` | [`introspect`](crate::introspect()) |
//! | make a schema of a server's answer | [`import`](crate::import()), [`open`](crate::open()) |
//! | compare two schemas | [`compat`] |
//! | describe several versions of a schema in one | [`merge`](crate::merge()), [`Config::also`] |
//! | write a schema as a file, format a file | [`Schema::to_qapi`](model::Schema::to_qapi), [`format`](crate::format()) |
//! | read the markup of documentation | [`markup`] |
//! | generate Rust | [`compile`](crate::compile()), [`configure`](crate::configure()), [`Config`] |
//!
//! # Features
//!
//! `codegen` (default): the generator. Without it the crate is the language, introspection and comparison.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(not(feature = "codegen"), allow(rustdoc::broken_intra_doc_links))]
#![allow(clippy::needless_doctest_main, reason = "a build script has one")]
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
mod merge;
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
pub use codegen::{Config, Expansion, OtherVersion, Side};
#[cfg(feature = "codegen")]
pub use compile::{compile, configure};
pub use diagnostic::Report;
pub use dialect::Docs;
pub use format::format;
pub use import::{
    format_introspection, import, import_with_conditions, is_introspection, open, open_text, qapi_from_introspection,
};
pub use introspect::{TypeNames, introspect, introspect_conditions};
pub use load::read_text;
pub use merge::{LabelledSchema, StringOrEnum, merge};
pub use options::LoadOptions;
pub use schema::{Loaded, load, load_text};
pub use select::{Selection, matches_pattern};
