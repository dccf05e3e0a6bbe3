//! The sample's types and server.
#![allow(missing_docs, unreachable_pub, dead_code, unused_imports, clippy::large_enum_variant)]

include!("../../../qmp-types/tests/sample/types.rs");
include!("../../../qmp-types/tests/sample/server.rs");
