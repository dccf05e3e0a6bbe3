//! The bindings of complete schemas, as a crate under the target folder.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard};

use qmp_schema::Config;
use qmp_schema::model::Conditions;

use crate::sources::Source;

/// A crate with one module per schema. One test at a time has it.
pub(crate) struct Bindings {
    folder: PathBuf,
    _alone: MutexGuard<'static, ()>,
}

static ALONE: Mutex<()> = Mutex::new(());

impl Bindings {
    /// A library of the bindings of these schemas.
    pub(crate) fn of(sources: &[Source]) -> Self {
        let bindings = Self::empty("all");
        let modules = sources.iter().fold(
            String::from("//! QEMU's schemas, typed.\n#![deny(warnings)]\n"),
            |mut modules, source| {
                let _ = writeln!(modules, "/// Bindings.\npub mod {source};");
                modules
            },
        );
        bindings.write("src/lib.rs", &modules);
        sources.iter().for_each(|source| bindings.write_schema(source));
        bindings
    }

    /// A program that reads values of this schema, see `oracle`.
    pub(crate) fn oracle(source: &Source, main: &str) -> Self {
        let bindings = Self::empty(source.name);
        bindings.write_schema(source);
        bindings.write("src/main.rs", main);
        bindings
    }

    /// A program that drives a running server through the client of this schema.
    pub(crate) fn driver(source: &Source) -> Self {
        let bindings = Self::empty("drive");
        bindings.write_schema(source);
        bindings.write("src/bin/drive.rs", include_str!("drive_main.rs"));
        bindings
    }

    fn empty(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("full-schema").join(name);
        let bindings = Self { folder, _alone: ALONE.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) };
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the workspace");
        let lock = fs::read_to_string(root.join("Cargo.lock")).expect("Cargo.lock");
        bindings.write("Cargo.lock", &lock);
        let manifest = include_str!("manifest.toml").replace("NAME", name);
        bindings.write("Cargo.toml", &manifest.replace("ROOT", root.to_str().expect("a UTF-8 path")));
        bindings
    }

    fn write_schema(&self, source: &Source) {
        let expansion = config(source).expand(&source.path).unwrap_or_else(|report| panic!("{report}"));
        self.write(&format!("src/{source}.rs"), &expansion.items);
    }

    /// Writes a file if it is not there yet, so that cargo rebuilds only what changed.
    fn write(&self, file: &str, text: &str) {
        let path = self.folder.join(file);
        if fs::read_to_string(&path).is_ok_and(|old| old == text) {
            return;
        }
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder to write to");
        fs::write(path, text).expect("a file to write to");
    }

    /// Runs cargo on the crate; a warning is a failure.
    pub(crate) fn cargo(&self, arguments: &[&str]) {
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.target())
            .output()
            .expect("cargo runs");
        let text = String::from_utf8_lossy(&output.stderr);
        let end = text.char_indices().nth(20_000).map_or(text.len(), |(at, _)| at);
        assert!(output.status.success(), "cargo {arguments:?} in {}:\n{}", self.folder.display(), &text[..end]);
    }

    /// The program built by `cargo build`.
    pub(crate) fn program(&self) -> PathBuf {
        self.target().join("debug").join(self.folder.file_name().expect("a name"))
    }

    fn target(&self) -> PathBuf {
        Path::new(env!("CARGO_TARGET_TMPDIR")).join("full-schema").join("target")
    }
}

fn config(source: &Source) -> Config {
    match &source.conditions {
        Conditions::Everything => Config::new(),
        Conditions::Defined(names) => Config::new().conditions(names),
    }
}
