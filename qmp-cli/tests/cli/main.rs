//! The program as its users see it: what it prints, where, and its exit status.

#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

mod browser;
mod check;
mod chromium;
mod diff;
mod doc;
mod doc_folder;
mod doc_site;
mod doc_text;
mod generate;
mod help;
mod introspect;
mod reached;
mod real_servers;
mod request;
mod schema;
mod support;
mod terminal;
mod validator;
