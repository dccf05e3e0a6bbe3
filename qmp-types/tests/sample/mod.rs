//! What the generator makes of `schema.json`, both sides, open enums, docs on: the runtime's own tests need no generator.
//! `UPDATE_EXPECT=1 cargo test -p qmp-schema --test codegen` writes the three files anew.
#![allow(missing_docs, unreachable_pub, clippy::all)]

// One module, in three files so that a test can take what it needs.
include!("types.rs");
include!("server.rs");
include!("client.rs");
