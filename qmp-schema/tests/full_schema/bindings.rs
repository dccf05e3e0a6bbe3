//! The bindings of a complete schema, as a crate under the target folder: a library, and programs that use it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard};

use qmp_schema::Config;
use qmp_schema::model::Conditions;

use crate::sources::Source;

/// A crate. One test at a time has it.
pub(crate) struct Bindings {
    folder: PathBuf,
    _alone: MutexGuard<'static, ()>,
}

static ALONE: Mutex<()> = Mutex::new(());

impl Bindings {
    /// The bindings of this schema.
    pub(crate) fn of(source: &Source) -> Self {
        let folder = folder().join(&source.name);
        let bindings = Self { folder, _alone: ALONE.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) };
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the workspace");
        let lock = fs::read_to_string(root.join("Cargo.lock")).expect("Cargo.lock");
        bindings.write("Cargo.lock", &lock);
        let manifest = include_str!("manifest.toml").replace("NAME", &source.name);
        bindings.write("Cargo.toml", &manifest.replace("ROOT", root.to_str().expect("a UTF-8 path")));
        let library = "//! QEMU's schema, typed.\n#![deny(warnings)]\n\n/// Bindings.\npub mod qmp;\n";
        bindings.write("src/lib.rs", library);
        let expansion = config(source).expand(&source.path).unwrap_or_else(|report| panic!("{report}"));
        bindings.write("src/qmp.rs", &expansion.items);
        bindings
    }

    /// Builds a program of the crate from its source. `BINDINGS` in it stands for the crate's name.
    pub(crate) fn program(&self, name: &str, main: &str) -> Command {
        let package = self.folder.file_name().and_then(|name| name.to_str()).expect("a name");
        self.write(&format!("src/bin/{package}_{name}.rs"), &main.replace("BINDINGS", package));
        let program = format!("{package}_{name}");
        self.cargo(&["build", "--bin", &program]);
        Command::new(target().join("debug").join(program))
    }

    /// Runs cargo on the crate. A warning is a failure.
    pub(crate) fn cargo(&self, arguments: &[&str]) {
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", target())
            .output()
            .expect("cargo runs");
        let text = String::from_utf8_lossy(&output.stderr);
        let end = text.char_indices().nth(20_000).map_or(text.len(), |(at, _)| at);
        assert!(output.status.success(), "cargo {arguments:?} in {}:\n{}", self.folder.display(), &text[..end]);
    }

    /// Writes a file if its text is new, so that cargo rebuilds only what changed.
    fn write(&self, file: &str, text: &str) {
        let path = self.folder.join(file);
        if fs::read_to_string(&path).is_ok_and(|old| old == text) {
            return;
        }
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder to write to");
        fs::write(path, text).expect("a file to write to");
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("full-schema")
}

fn target() -> PathBuf {
    folder().join("target")
}

fn config(source: &Source) -> Config {
    let config = Config::new().also(source.also.iter().map(PathBuf::as_path));
    match &source.conditions {
        Conditions::Everything => config,
        Conditions::Defined(names) => config.conditions(names),
    }
}
