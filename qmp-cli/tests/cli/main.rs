//! The program as its users see it: what it prints, where, and its exit status.

mod browser;
mod check;
mod diff;
mod doc;
mod generate;
mod help;
mod introspect;
mod schema;
mod support;
