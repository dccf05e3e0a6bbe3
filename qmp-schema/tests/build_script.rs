//! The route of build scripts as cargo runs it: when something is generated again, and the errors of a rejected schema and of
//! `include_schema!`.
#![cfg(feature = "codegen")]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

const MANIFEST: &str = r#"
edition = "2024"
[workspace]
[build-dependencies]
qmp-schema = { path = "ROOT/qmp-schema" }
"#;

/// Keeps a copy of what was generated, to be compared.
const SCRIPT: &str = r#"
fn main() {
    qmp_schema::compile("schema/main.json");
    std::fs::copy(std::env::var("OUT_DIR").unwrap() + "/main.items.rs", "generated.rs").unwrap();
}
"#;

#[test]
fn a_change_of_the_schema_is_seen() {
    let package = package("scripted", SCRIPT);
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

#[test]
fn the_macro_names_the_schemas_there_are() {
    let script =
        r#"fn main() { ["a-b", "qemu-10.0"].map(|name| qmp_schema::compile(format!("schema/{name}.json"))); }"#;
    let package = package("included", script);
    let write = |name: &str, text: &str| fs::write(package.path().join(name), text).unwrap();
    let manifest = fs::read_to_string(package.path().join("Cargo.toml")).unwrap();
    let runtime = "[dependencies]\nqmp-types = { path = \"ROOT/qmp-types\", default-features = false }\n";
    write("Cargo.toml", &(manifest + &runtime.replace("ROOT", &root())));
    write("schema/a-b.json", "{ 'struct': 'Pair', 'data': { 'a': 'int' } }");
    write("schema/qemu-10.0.json", "{ 'command': 'stop' }");

    write(
        "src/lib.rs",
        "pub mod a { qmp_types::include_schema!(\"a-b\"); }\npub mod b { qmp_types::include_schema!(\"qemu-10.0\"); }\n\
         pub use {a::Pair, b::commands::Stop};",
    );
    check(package.path()).unwrap();

    write("src/lib.rs", "pub mod a { qmp_types::include_schema!(\"ab\"); }");
    let said = check(package.path()).unwrap_err();
    let text = "error: expected the name of a schema that `build.rs` compiles (`a-b`, `qemu-10.0`), found `ab`";
    assert!(said.contains(text), "{said}");

    write("build.rs", "fn main() {}");
    let said = check(package.path()).unwrap_err();
    assert!(said.contains("error: no build script has compiled a schema"), "{said}");
    assert!(said.contains("qmp_schema::compile(\"schema/vm.json\")"), "{said}");
    assert!(!said.contains("`ab`"), "{said}");
}

/// A package of this name; cargo takes packages of one name in one target folder for the same.
fn package(name: &str, script: &str) -> TempDir {
    let package = tempfile::tempdir().unwrap();
    let write = |file: &str, text: &str| fs::write(package.path().join(file), text).unwrap();
    fs::create_dir(package.path().join("src")).unwrap();
    fs::create_dir(package.path().join("schema")).unwrap();
    write("Cargo.toml", &format!("[package]\nname = {name:?}\n{}", MANIFEST.replace("ROOT", &root())));
    write("Cargo.lock", &fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock")).unwrap());
    write("src/lib.rs", "");
    write("build.rs", script);
    package
}

/// The folder of the workspace.
fn root() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().display().to_string()
}

/// Has cargo check the package; returns its messages if that fails.
fn check(package: &Path) -> Result<(), String> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["check", "--offline", "--color=never", "--target-dir"]).arg(target()).current_dir(package);
    let output = cargo.output().unwrap();
    match output.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}

/// The folder that this test was built in, with most of what the package needs.
fn target() -> PathBuf {
    let test = env::current_exe().unwrap();
    test.ancestors().nth(3).unwrap().to_owned()
}
