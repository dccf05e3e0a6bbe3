//! The fuzz target of [`qmp_fuzz::format`].
#![cfg_attr(fuzzing, no_main)]

qmp_fuzz::text_target!(qmp_fuzz::format);
