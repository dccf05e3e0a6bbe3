//! Cargo compiles a crate again when a file of its schema changes, and not otherwise.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

const MANIFEST: &str =
    "[package]\nname = \"rebuilt\"\nedition = \"2024\"\n[workspace]\n[dependencies.qmp-macros]\npath = ";

/// A crate with a runtime that has no use for what is generated, so that there is little to build.
const CRATE: &str = r#"
mod runtime {
    pub mod private {
        macro_rules! generated {
            ($($items:tt)*) => {};
        }
        pub(crate) use generated;
    }
}
qmp_macros::schema!("schema/main.json", crate = crate::runtime);
"#;

#[test]
fn a_change_of_the_schema_is_seen() {
    let package = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(package.path().join(name), text).unwrap();
    fs::create_dir(package.path().join("src")).unwrap();
    fs::create_dir(package.path().join("schema")).unwrap();
    write("Cargo.toml", &format!("{MANIFEST}{:?}", env!("CARGO_MANIFEST_DIR")));
    write("Cargo.lock", &fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock")).unwrap());
    write("src/lib.rs", CRATE);
    write("schema/main.json", "{ 'include': 'more.json' }");
    write("schema/more.json", "{ 'command': 'stop' }");

    assert!(is_compiled(package.path()));
    write("schema/unused.json", "{}");
    assert!(!is_compiled(package.path()));
    write("schema/more.json", "{ 'command': 'cont' }");
    assert!(is_compiled(package.path()));
    assert!(!is_compiled(package.path()));

    // Asking for a copy to read makes the macro run once more.
    let copies = package.path().join("copies");
    assert!(is_compiled_with(package.path(), &[("QMP_EXPAND", &copies)]));
    assert!(fs::read_to_string(copies.join("main.rs")).unwrap().contains("pub struct Cont;"));
}

/// Has cargo check the package; whether that took the compiler.
fn is_compiled(package: &Path) -> bool {
    is_compiled_with(package, &[])
}

fn is_compiled_with(package: &Path, environment: &[(&str, &Path)]) -> bool {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["check", "--offline", "--color=never", "--target-dir"]).arg(target()).current_dir(package);
    cargo.envs(environment.iter().copied());
    let output = cargo.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    said.contains("Checking rebuilt")
}

/// Where this test was built, and with it most of what the package needs.
fn target() -> std::path::PathBuf {
    let test = env::current_exe().unwrap();
    test.ancestors().nth(3).unwrap().to_owned()
}
