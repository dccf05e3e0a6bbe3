//! The part of the sample that needs neither server nor client.
#![allow(missing_docs, unreachable_pub, dead_code, unused_imports, clippy::large_enum_variant)]

include!("types.rs");
