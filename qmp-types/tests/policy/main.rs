//! Policies on deprecated and unstable parts of a schema, disabled commands, and the state before machine initialisation.

#![cfg(feature = "macros")]

mod arguments;
mod invalid_values;
mod log;
mod output;
mod raw_arguments;
mod recordings;
mod replays;
mod running_server;

mod qmp {
    #![deny(warnings)]
    qmp_types::schema!("tests/policy/features.json", side = server);
}
