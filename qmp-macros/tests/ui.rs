//! The mistakes that people make with the macros, and what the compiler says: `tests/ui/*.rs` and `.stderr`.
//!
//! Half of the texts are rustc's, which change with its version: these are of 1.95. `TRYBUILD=overwrite cargo test -p
//! qmp-macros --test ui` writes what is said now, to be read in the diff.

#[test]
fn mistakes() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
