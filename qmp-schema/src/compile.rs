//! The route of build scripts: `qmp_schema::compile("schema/vm.json")`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "how a build script talks to cargo and to the user")]

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::{env, process};

use crate::codegen::{Config, EXPAND, Tail, write};
use crate::diagnostic::Report;

/// Generates everything that the schema defines, for `include_schema!`. The same as `configure().compile(path)`.
pub fn compile(path: impl AsRef<Path>) {
    configure().compile(path);
}

/// Returns the default options, to be changed before [`compile`](Config::compile).
///
/// For bindings of several versions of a schema at once, name the others with [`also`](Config::also):
///
/// ```no_run
/// // build.rs
/// fn main() {
///     qmp_schema::configure().also(["qemu-7.2/qapi/qapi-schema.json"]).compile("qemu-10.0/qapi/qapi-schema.json");
/// }
/// ```
#[must_use]
pub fn configure() -> Config {
    Config::new()
}

impl Config {
    /// Generates the Rust of the schema at `path` from a build script, for `include_schema!`.
    ///
    /// The path starts from the package's directory. The Rust goes to a file in cargo's `OUT_DIR`; `include_schema!` finds it
    /// by the schema's name, which is the name of the file without its extension. If a file of the schema changes, cargo runs
    /// the build script again.
    ///
    /// If the schema is rejected, or a file cannot be written, this prints the errors and ends the build script.
    pub fn compile(&self, path: impl AsRef<Path>) {
        let Some(out) = env::var_os("OUT_DIR").map(PathBuf::from) else {
            eprintln!("error: `compile` is for build scripts: expected the environment variable `OUT_DIR`");
            eprintln!(" = help: elsewhere, call `compile_to` with the folder to write to");
            process::exit(1);
        };
        println!("cargo:rerun-if-env-changed={EXPAND}");
        match self.compile_to(&path, &out) {
            Ok(files) => {
                watch(files.iter().map(PathBuf::as_path));
                announce(&stem(path.as_ref()), &out);
            }
            Err(report) => {
                watch(report.files());
                eprintln!("{report}");
                process::exit(1);
            }
        }
    }

    /// Generates the Rust of the schema at `path` into `STEM.rs` in the folder `out`, to be taken in with `include!`. Returns
    /// the files of the schema.
    ///
    /// # Errors
    ///
    /// If the schema is rejected, if an option does not fit it, or if a file cannot be written.
    pub fn compile_to(&self, path: impl AsRef<Path>, out: &Path) -> Result<Vec<PathBuf>, Report> {
        let expansion = self.expand(&path)?;
        let file = generated(&stem(path.as_ref()), out);
        let items = file.with_extension("items.rs");
        write(&items, &expansion.items)?;
        write(&file, &expansion.checked(Tail::Include(&items)))?;
        Ok(expansion.files)
    }
}

/// Has cargo run the build script again when a file changes.
fn watch<'a>(files: impl Iterator<Item = &'a Path>) {
    for file in files {
        println!("cargo:rerun-if-changed={}", file.display());
    }
}

/// Passes the generated file and the names of all schemas so far to `include_schema!`.
fn announce(name: &str, out: &Path) {
    /// The schemas that this build script has compiled so far.
    static COMPILED: Mutex<Vec<String>> = Mutex::new(Vec::new());

    let mut compiled = COMPILED.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    compiled.push(format!("`{name}`"));
    println!("cargo:rustc-env=QMP_SCHEMA_{name}={}", generated(name, out).display());
    println!("cargo:rustc-env=QMP_SCHEMAS={}", compiled.join(", "));
}

/// The name of a schema: its file's name without the extension.
fn stem(schema: &Path) -> String {
    schema.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn generated(name: &str, out: &Path) -> PathBuf {
    out.join(format!("{name}.rs"))
}
