//! The program as users see it: its output and its exit status.

mod bad_input;
mod bad_output;
mod browser;
mod call;
mod check;
mod chromium;
mod diff;
mod doc;
mod doc_index;
mod doc_manual;
mod doc_output_dir;
mod doc_text;
mod events;
mod example_requests;
mod fmt;
mod generate;
mod help;
mod introspect;
mod reachable;
mod real_servers;
mod schema;
mod serving;
mod shell;
mod support;
mod terminal;
mod validator;
