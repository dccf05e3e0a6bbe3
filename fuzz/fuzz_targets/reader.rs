//! The fuzz target of [`qmp_fuzz::reader`].
#![cfg_attr(fuzzing, no_main)]

qmp_fuzz::text_target!(qmp_fuzz::reader);
