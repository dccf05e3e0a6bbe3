//! The build script's route: `qmp_schema::compile("schema/vm.json")`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "how a build script talks to cargo and to the user")]

use std::path::{Path, PathBuf};
use std::{env, process};

use crate::codegen::{Config, EXPAND, Tail, write};
use crate::diagnostic::Report;

/// Generates everything that the schema has, for `include_schema!` to take in; the same as `configure().compile(path)`.
pub fn compile(path: impl AsRef<Path>) {
    configure().compile(path);
}

/// What to generate: options to be set, then [`compile`](Config::compile).
#[must_use]
pub fn configure() -> Config {
    Config::new()
}

impl Config {
    /// For build scripts: generates the Rust of the schema at `path` (relative to the package) into cargo's `OUT_DIR`, in a
    /// file with the schema's name, and has cargo run the build script again when a file of the schema changes.
    ///
    /// Ends the build script, with the reasons on standard error, if the schema is refused or nothing can be written.
    pub fn compile(&self, path: impl AsRef<Path>) {
        let out = env::var_os("OUT_DIR").map(PathBuf::from).expect("cargo sets OUT_DIR for build scripts");
        println!("cargo:rerun-if-env-changed={EXPAND}");
        match self.compile_to(path, &out) {
            Ok(files) => watch(files.iter().map(PathBuf::as_path)),
            Err(report) => {
                watch(report.files());
                eprintln!("{report}");
                process::exit(1);
            }
        }
    }

    /// Generates into the folder `out` and tells the files of the schema. What `compile` does without cargo.
    ///
    /// # Errors
    ///
    /// Whatever is wrong with the schema or with the options; also if a file cannot be written.
    pub fn compile_to(&self, path: impl AsRef<Path>, out: &Path) -> Result<Vec<PathBuf>, Report> {
        let expansion = self.expand(&path)?;
        let stem = path.as_ref().file_stem().unwrap_or_default();
        let items = out.join(stem).with_extension("items.rs");
        write(&items, &expansion.items)?;
        write(&out.join(stem).with_extension("rs"), &expansion.checked(Tail::Include(&items)))?;
        Ok(expansion.files)
    }
}

fn watch<'a>(files: impl Iterator<Item = &'a Path>) {
    for file in files {
        println!("cargo:rerun-if-changed={}", file.display());
    }
}
