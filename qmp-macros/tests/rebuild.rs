//! `schema!` in a package of its own: when cargo compiles it again, and where it points if an option does not fit the schema.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use expect_test::expect;
use tempfile::TempDir;

const MANIFEST: &str = "edition = \"2024\"\n[workspace]\n[dependencies.qmp-macros]\npath = ";

/// A crate with a runtime that makes nothing of what is generated, so that there is little to build.
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
    let package = package("rebuilt");
    let write = |name: &str, text: &str| fs::write(package.path().join(name), text).unwrap();
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

#[test]
fn a_change_of_another_version_is_seen() {
    let package = package("rebuilt-versions");
    let write = |name: &str, text: &str| fs::write(package.path().join(name), text).unwrap();
    write("schema/main.json", "{ 'command': 'stop' }");
    write("schema/old.json", "{ 'command': 'old' }");
    write("src/lib.rs", &CRATE.replace("crate = ", r#"also = [("1.0", "schema/old.json")], crate = "#));
    assert!(is_compiled(package.path()));
    assert!(!is_compiled(package.path()));
    write("schema/old.json", "{ 'command': 'older' }");
    assert!(is_compiled(package.path()));
}

#[test]
fn versions_that_do_not_fit_are_errors_at_their_tokens() {
    let package = package("wrong-versions");
    let write = |name: &str, text: &str| fs::write(package.path().join(name), text).unwrap();
    write("schema/main.json", "{ 'command': 'stop' }");
    write("schema/old.json", "{ 'command': 'stop', 'success-response': false }");
    for (options, expected) in [
        (r#"version = "1.0", also = [("1.0", "schema/old.json")],"#, "error: two versions are called `1.0`: "),
        (r#"side = server, also = ["schema/old.json"],"#, "error: bindings of several versions are for clients only: "),
    ] {
        write("src/lib.rs", &CRATE.replace("crate = ", &format!("{options} crate = ")));
        let said = String::from_utf8(cargo(package.path(), &[]).stderr).unwrap();
        let error = said.split("\n\n").find(|error| error.contains(expected)).unwrap_or_else(|| panic!("{said}"));
        assert!(error.lines().last().unwrap().contains("^^^"), "{error}");
        assert!(error.contains("also = [") && !error.contains("cannot use the schema"), "{error}");
    }
    write("src/lib.rs", &CRATE.replace("crate = ", r#"also = ["schema/old.json"], crate = "#));
    let said = String::from_utf8(cargo(package.path(), &[]).stderr).unwrap();
    assert!(said.contains("command `stop` has a reply on success in some versions only"), "{said}");
    assert!(said.contains("main.json:1:14") && said.contains("old.json:1:14"), "{said}");
}

#[test]
fn an_option_that_does_not_fit_the_schema_is_an_error_at_its_token() {
    let package = package("wrong-options");
    let write = |name: &str, text: &str| fs::write(package.path().join(name), text).unwrap();
    write("schema/main.json", "{ 'command': 'query-status' } { 'event': 'STOP' } { 'enum': 'RunState', 'data': [] }");
    let options = r#"
        commands = ["query-statu", "query-*"],
        events = ["BLOCK_*"],
        types = ["Runstate"],
        conditions = ["config_x"],
    "#;
    write("src/lib.rs", &CRATE.replace("crate = ", &format!("{options} crate = ")));
    let output = cargo(package.path(), &[]);
    let said = String::from_utf8(output.stderr).unwrap();
    let errors = said.match_indices("error: ").filter_map(|(at, _)| said[at..].split_once("\n\n"));
    let errors = errors.map(|(error, _)| format!("{error}\n")).collect::<Vec<_>>().concat();
    expect![[r#"
        error: `config_x` cannot be a condition: a condition is a name of A-Z, 0-9 and `_` that begins with a letter
          --> src/lib.rs:14:23
           |
        14 |         conditions = ["config_x"],
           |                       ^^^^^^^^^^
        error: no command matches `query-statu`: did you mean `query-status`?
          --> src/lib.rs:11:21
           |
        11 |         commands = ["query-statu", "query-*"],
           |                     ^^^^^^^^^^^^^
        error: no event matches `BLOCK_*`
          --> src/lib.rs:12:19
           |
        12 |         events = ["BLOCK_*"],
           |                   ^^^^^^^^^
        error: no type matches `Runstate`: did you mean `RunState`?
          --> src/lib.rs:13:18
           |
        13 |         types = ["Runstate"],
           |                  ^^^^^^^^^^
    "#]]
    .assert_eq(&errors);
}

/// A package of this name; cargo takes packages of one name in one target folder for the same.
fn package(name: &str) -> TempDir {
    let package = tempfile::tempdir().unwrap();
    let write = |file: &str, text: &str| fs::write(package.path().join(file), text).unwrap();
    fs::create_dir(package.path().join("src")).unwrap();
    fs::create_dir(package.path().join("schema")).unwrap();
    write("Cargo.toml", &format!("[package]\nname = {name:?}\n{MANIFEST}{:?}", env!("CARGO_MANIFEST_DIR")));
    write("Cargo.lock", &fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock")).unwrap());
    write("src/lib.rs", CRATE);
    package
}

/// Has cargo check the package; returns whether that took the compiler.
fn is_compiled(package: &Path) -> bool {
    is_compiled_with(package, &[])
}

fn is_compiled_with(package: &Path, environment: &[(&str, &Path)]) -> bool {
    let output = cargo(package, environment);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    said.contains("Checking rebuilt")
}

fn cargo(package: &Path, environment: &[(&str, &Path)]) -> std::process::Output {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["check", "--offline", "--color=never", "--target-dir"]).arg(target()).current_dir(package);
    cargo.envs(environment.iter().copied());
    cargo.output().unwrap()
}

/// The folder that this test was built in, with most of what the package needs.
fn target() -> PathBuf {
    let test = env::current_exe().unwrap();
    test.ancestors().nth(3).unwrap().to_owned()
}
