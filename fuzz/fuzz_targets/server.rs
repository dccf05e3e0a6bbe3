//! The fuzz target of [`qmp_fuzz::server`].
#![cfg_attr(fuzzing, no_main)]

qmp_fuzz::target!(qmp_fuzz::server);
