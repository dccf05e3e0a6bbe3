//! The bindings of `fuzz/schema/protocol.json`.
#![allow(missing_docs, unreachable_pub, reason = "generated, from a schema without documentation")]

qmp_types::schema!("schema/protocol.json", side = client);
