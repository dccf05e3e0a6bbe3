//! Harnesses over arbitrary input. Each is a function from an input to a panic if a property does not hold.
//!
//! `cargo test -p qmp-fuzz` calls them with the seeds, with changed seeds and with generated input; `cargo fuzz` calls
//! them with input that a fuzzer makes (see `fuzz/README.md`).
#![forbid(unsafe_code)]

mod bindings;
mod client;
mod client_calls;
mod first_wins;
mod format;
mod import;
mod load;
mod reader;
mod server;

pub use client::client;
pub use client_calls::client_calls;
pub use format::format;
pub use import::import;
pub use load::load;
pub use reader::reader;
pub use server::server;

/// Splits bytes into pieces, whose size depends on their number.
fn pieces(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.chunks(1 + bytes.len() % 13)
}

/// Makes a program the fuzz target of a harness that takes text.
#[macro_export]
macro_rules! text_target {
    ($harness:path) => {
        $crate::target!(|input: &[u8]| $harness(&String::from_utf8_lossy(input)));
    };
}

/// Makes a program the fuzz target of a harness that takes bytes.
#[macro_export]
macro_rules! target {
    ($harness:expr) => {
        #[cfg(fuzzing)]
        libfuzzer_sys::fuzz_target!(|input: &[u8]| $harness(input));

        #[cfg(not(fuzzing))]
        fn main() {
            let _: fn(&[u8]) = $harness;
            eprintln!("error: built without a fuzzer\nhelp: run it with `cargo +nightly fuzz run`, see fuzz/README.md");
            std::process::exit(2);
        }
    };
}
