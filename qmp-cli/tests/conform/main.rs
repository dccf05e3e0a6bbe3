//! `qmp conform`, against a server that breaks each rule in turn, against real servers and against the examples.

mod addresses;
mod examples;
mod faulty;
mod matrix;
mod real_servers;
mod reports;
mod support;
mod terminal;
