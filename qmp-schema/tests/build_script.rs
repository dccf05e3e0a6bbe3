//! The build.rs route as cargo runs it: what is generated again and when, and what a broken schema says.
#![cfg(feature = "codegen")]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

const MANIFEST: &str =
    "[package]\nname = \"scripted\"\nedition = \"2024\"\n[workspace]\n[build-dependencies.qmp-schema]\npath = ";

/// Keeps a copy of what was generated, to be compared.
const SCRIPT: &str = r#"
fn main() {
    qmp_schema::compile("schema/main.json");
    std::fs::copy(std::env::var("OUT_DIR").unwrap() + "/main.items.rs", "generated.rs").unwrap();
}
"#;

#[test]
fn a_change_of_the_schema_is_seen() {
    let package = package();
    let write = |name: &str, text: &str| fs::write(package.path().join(name), text).unwrap();
    let generated = || fs::read_to_string(package.path().join("generated.rs")).unwrap_or_default();
    write("schema/main.json", "{ 'include': 'more.json' }");
    write("schema/more.json", "{ 'command': 'stop' }");

    check(package.path()).unwrap();
    assert!(generated().contains("pub struct Stop;"));

    // Nothing of the schema: the script does not run, or it would write the copy again.
    write("generated.rs", "");
    write("schema/unused.json", "{}");
    check(package.path()).unwrap();
    assert_eq!(generated(), "");

    write("schema/more.json", "{ 'command': 'stop', 'data': 'Missing' }");
    let said = check(package.path()).unwrap_err();
    assert!(said.contains("schema/more.json:1:30: error: "), "{said}");

    // The broken file is watched as well.
    write("schema/more.json", "{ 'command': 'cont' }");
    check(package.path()).unwrap();
    assert!(generated().contains("pub struct Cont;"));
}

fn package() -> TempDir {
    let package = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(package.path().join(name), text).unwrap();
    fs::create_dir(package.path().join("src")).unwrap();
    fs::create_dir(package.path().join("schema")).unwrap();
    write("Cargo.toml", &format!("{MANIFEST}{:?}", env!("CARGO_MANIFEST_DIR")));
    write("Cargo.lock", &fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock")).unwrap());
    write("src/lib.rs", "");
    write("build.rs", SCRIPT);
    package
}

/// Has cargo check the package; what it said if that failed.
fn check(package: &Path) -> Result<(), String> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["check", "--offline", "--color=never", "--target-dir"]).arg(target()).current_dir(package);
    let output = cargo.output().unwrap();
    match output.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}

/// Where this test was built, and with it most of what the package needs.
fn target() -> PathBuf {
    let test = env::current_exe().unwrap();
    test.ancestors().nth(3).unwrap().to_owned()
}
