//! Cargo workspaces of two packages, `bindings` and `program`, and what it costs to compile them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::rustc::{Cost, observed};

/// What a workspace consists of.
#[derive(Debug, Default)]
pub struct Sources {
    /// Names the workspace; its packages are `NAME-bindings` and `NAME-program`.
    pub name: &'static str,
    /// Lines for `[dependencies]`, of both packages.
    pub dependencies: String,
    /// The files of the library, `lib.rs` first of all; none if the bindings are one of the dependencies.
    pub bindings: Vec<(&'static str, String)>,
    /// The program's `main.rs`, to which the bindings are `qmp`; none to measure bindings alone.
    pub program: Option<String>,
    /// The crates that are counted.
    pub counted: Vec<String>,
}

/// A workspace on disk.
#[derive(Debug)]
pub struct Workspace {
    sources: Sources,
    root: PathBuf,
    target: PathBuf,
}

/// How the crates are compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Check,
    Release,
}

impl Sources {
    /// Writes the workspace, beside the others of its kind. They share a target directory, so that what they depend on is
    /// compiled once.
    pub fn write(self) -> Workspace {
        let this = std::env::current_exe().expect("Linux tells the program's path");
        let target = this.ancestors().nth(2).expect("cargo puts programs below a target directory");
        let home = target.join("bench-crates");
        let workspace = Workspace { root: home.join(self.name), target: home.join("target"), sources: self };
        workspace.write();
        workspace
    }
}

impl Workspace {
    /// Compiles the crates that are counted, anew, and what they depend on where it is missing.
    pub fn cost(&self, mode: Mode) -> Cost {
        self.clean(mode);
        let mut build = match mode {
            Mode::Check => self.cargo(&["check"]),
            Mode::Release => self.cargo(&["build", "--release"]),
        };
        let costs = observed(build.args(["--workspace", "-j1"]), &self.root.join("costs"));
        total(&costs, &self.sources.counted)
    }

    /// The size of the program in MB, after a release build.
    pub fn binary(&self) -> f64 {
        let path = self.target.join("release").join(format!("{}-program", self.sources.name));
        fs::metadata(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).len() as f64 / 1e6
    }

    fn clean(&self, mode: Mode) {
        let mut clean = self.cargo(&["clean", "--quiet"]);
        if mode == Mode::Release {
            clean.arg("--release");
        }
        for package in &self.sources.counted {
            clean.args(["-p", &package.replace('_', "-")]);
        }
        assert!(clean.status().expect("cargo runs").success(), "{clean:?}");
    }

    fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(&self.root).args(arguments).arg("--offline").arg("--target-dir").arg(&self.target);
        cargo.env("CARGO_INCREMENTAL", "0");
        cargo
    }

    fn write(&self) {
        let Sources { name, bindings, program, .. } = &self.sources;
        let mut members = Vec::new();
        if !bindings.is_empty() {
            self.package("bindings", "", bindings);
            members.push("bindings");
        }
        if let Some(program) = program {
            let bindings = if bindings.is_empty() {
                ""
            } else {
                &format!("qmp = {{ package = \"{name}-bindings\", path = \"../bindings\" }}\n")
            };
            self.package("program", bindings, &[("main.rs", program.clone())]);
            members.push("program");
        }
        let manifest =
            format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n[profile.release]\nstrip = true\n");
        put(&self.root.join("Cargo.toml"), &manifest);
        // The versions that this program is built with.
        let lock = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock");
        let lock = fs::read_to_string(lock).unwrap_or_else(|error| panic!("{lock}: {error}"));
        put(&self.root.join("Cargo.lock"), &lock);
    }

    fn package(&self, kind: &str, bindings: &str, files: &[(&str, String)]) {
        let Sources { name, dependencies, .. } = &self.sources;
        let head = format!("[package]\nname = \"{name}-{kind}\"\nedition = \"2024\"\n");
        let root = self.root.join(kind);
        put(&root.join("Cargo.toml"), &format!("{head}[dependencies]\n{dependencies}{bindings}"));
        for (file, text) in files {
            put(&root.join("src").join(file), text);
        }
    }
}

fn total(costs: &BTreeMap<String, Cost>, counted: &[String]) -> Cost {
    let cost = |name: &String| costs.get(name).unwrap_or_else(|| panic!("cargo did not compile {name}"));
    counted
        .iter()
        .map(cost)
        .fold(Cost::default(), |sum, cost| Cost { cpu: sum.cpu + cost.cpu, memory: sum.memory.max(cost.memory) })
}

fn put(path: &Path, text: &str) {
    let folder = path.parent().expect("a file stands in a folder");
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(path, text));
    written.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}
