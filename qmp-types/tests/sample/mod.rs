//! Generated code, written by hand: what the generator makes of `schema.json`, both sides, open enums, docs on.
//! The contract between generator and runtime; the runtime's own tests need no generator.
#![allow(missing_docs, unreachable_pub, clippy::large_enum_variant)]

// One module, in three files so that a test can take what it needs.
include!("types.rs");
include!("server.rs");
include!("client.rs");
