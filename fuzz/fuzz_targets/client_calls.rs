//! The fuzz target of [`qmp_fuzz::client_calls`].
#![cfg_attr(fuzzing, no_main)]

qmp_fuzz::target!(qmp_fuzz::client_calls);
