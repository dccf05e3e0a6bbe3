//! Harnesses over arbitrary input. Each is a function from an input to a panic if a property does not hold.
//!
//! `cargo test -p qmp-fuzz` calls them with the seeds, with changed seeds and with generated input; `cargo fuzz` calls
//! them with input that a fuzzer makes (see `fuzz/README.md`).
#![forbid(unsafe_code)]

mod first_wins;
mod format;
mod import;
mod load;
mod reader;

pub use format::format;
pub use import::import;
pub use load::load;
pub use reader::reader;

/// Makes a program the fuzz target of a harness that takes text.
#[macro_export]
macro_rules! text_target {
    ($harness:path) => {
        #[cfg(fuzzing)]
        libfuzzer_sys::fuzz_target!(|input: &[u8]| $harness(&String::from_utf8_lossy(input)));

        #[cfg(not(fuzzing))]
        fn main() {
            eprintln!("error: built without a fuzzer\nhelp: run it with `cargo +nightly fuzz run`, see fuzz/README.md");
            std::process::exit(2);
        }
    };
}
