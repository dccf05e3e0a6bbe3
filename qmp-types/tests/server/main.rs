//! The server, seen from the wire: bytes in, bytes out.
#![cfg(unix)]

mod machine;
#[allow(dead_code, reason = "the sample has more types than the server's tests use")]
#[path = "../sample/types_only.rs"]
mod sample;
mod support;

mod arguments;
mod dialect;
mod dialogue;
