//! `qmp conform`, against a server that breaks each rule in turn, against real servers and against the examples.

mod addresses;

mod faulty;
mod matrix;
mod our_servers;
mod real_servers;
mod reports;
mod support;
mod terminal;
