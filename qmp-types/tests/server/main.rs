//! The server, seen from the wire: bytes in, bytes out.
#![cfg(unix)]

mod machine;
#[path = "../sample/types_only.rs"]
mod sample;
mod support;

mod arguments;
mod dialect;
mod dialogue;
