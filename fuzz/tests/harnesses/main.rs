//! The harnesses with their seeds, with changed seeds and with generated input.
//!
//! More of it: `PROPTEST_CASES=100000 cargo test --release -p qmp-fuzz`.

mod change;
mod protocol;
mod schema;

use std::fs;
use std::path::Path;

/// Returns the seeds of a harness as text, in which U+FFFD stands for each byte that is no UTF-8.
fn seeds(harness: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(harness);
    let files = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let seeds: Vec<String> =
        files.map(|file| String::from_utf8_lossy(&fs::read(file.unwrap().path()).unwrap()).into_owned()).collect();
    assert!(!seeds.is_empty(), "{} has seeds", folder.display());
    seeds
}
