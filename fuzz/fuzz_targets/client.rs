//! The fuzz target of [`qmp_fuzz::client`].
#![cfg_attr(fuzzing, no_main)]

qmp_fuzz::target!(qmp_fuzz::client);
