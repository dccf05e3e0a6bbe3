//! The program as its users see it: what it prints, where, and its exit status.

#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

mod browser;
mod check;
mod diff;
mod doc;
mod generate;
mod help;
mod introspect;
mod reached;
mod schema;
mod support;
mod terminal;
