//! A small server that keeps all rules, with a switch for each way to break one.
//!
//! It shares no code with the runtime, so that the tool is judged by something else than what it is built from.

mod commands;
mod dialect;
mod dispatch;
mod parser;
mod server;
mod session;
mod switch;
mod writer;

pub(crate) use server::{FaultyServer, serve};
pub(crate) use switch::{MATRIX, Switch, Variant};
