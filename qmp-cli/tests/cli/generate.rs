//! `qmp generate`.

use std::fs;

use expect_test::expect;

use crate::support::{Folder, VM};

#[test]
fn the_output_equals_that_of_a_build_script() {
    let folder = Folder::with(&[("vm.json", VM)]);
    expect![["status: 0\n"]].assert_eq(&folder.transcript("generate vm.json -o vm.rs"));
    let generated = folder.read("vm.rs");
    assert_eq!(generated, folder.stdout("generate vm.json"));
    assert_eq!(generated, qmp_schema::Config::new().expand(folder.path("vm.json")).expect("it is right").source());
}

#[test]
fn options_narrow_it() {
    let folder = Folder::with(&[("vm.json", VM)]);
    let narrow = folder.stdout("generate vm.json --side client --no-docs --closed --commands query-* --no-cfg");
    assert!(narrow.contains("pub struct QueryStatus") || narrow.contains("query_status"), "{narrow}");
    assert!(!narrow.contains("stop") && !narrow.contains("What it does.") && !narrow.contains("Unknown"));
    assert!(folder.stdout("generate vm.json --events STOP*").contains("Stopped"));
    assert!(folder.stdout("generate vm.json --cfg CAN_STOP").contains("Off"));
    let mut nothing = folder.command("generate vm.json --side client --events");
    let nothing = nothing.arg("").output().expect("it runs");
    let bindings = String::from_utf8_lossy(&nothing.stdout);
    assert!(nothing.status.success() && bindings.contains("query_status"), "{nothing:?}");
    assert!(!bindings.contains("Stopped"), "{bindings}");
}

#[test]
fn arguments_of_gen_false_are_typed_if_wanted() {
    let folder = Folder::with(&[("plug.json", "{ 'command': 'plug', 'data': { 'driver': 'str' }, 'gen': false }")]);
    let raw = folder.stdout("generate plug.json");
    assert!(raw.contains("type Arguments = ::qmp_types::Map<"), "{raw}");
    let typed = folder.stdout("generate plug.json --typed-gen-false");
    assert!(typed.contains("type Arguments = super::PlugArgs;"), "{typed}");
}

#[test]
fn several_versions_have_one_client() {
    let old = "{ 'command': 'query-size', 'returns': 'Size' } { 'struct': 'Size', 'data': { 'bytes': 'int' } }";
    let new = old.replace("'int' }", "'int', 'max': 'int' }");
    let folder = Folder::with(&[("vm-2.0.json", &new), ("old.json", old)]);
    let both = folder.stdout("generate vm-2.0.json --also 1.5=old.json");
    assert!(both.contains("/// Since 2.0, not in 1.5."), "{both}");
    assert!(both.contains("pub max: ::std::option::Option<i64>"), "{both}");
    assert!(!both.contains("pub fn server"), "{both}");
    let named = folder.stdout("generate vm-2.0.json --also old.json --version-name new --side client");
    assert!(named.contains("/// Only in new, not in old.json."), "{named}");
    expect![[r#"
        stderr: error: bindings of several versions are for clients only
        stderr:  = help: a server has one version: generate its side from that one alone, in a module of its own
        status: 2
    "#]]
    .assert_eq(&folder.transcript("generate vm-2.0.json --also old.json --side both"));
}

#[test]
fn types_are_selected_too() {
    let folder = Folder::with(&[(
        "types.json",
        "{ 'enum': 'Mode', 'data': [ 'on' ] } { 'struct': 'Level', 'data': { 'mode': 'Mode' } } { 'enum': 'Other', 'data': [] }",
    )]);
    let all = folder.stdout("generate types.json");
    assert!(all.contains("pub struct Level") && all.contains("pub enum Other"), "{all}");
    let some = folder.stdout("generate types.json --types L*");
    assert!(some.contains("pub struct Level") && some.contains("pub enum Mode") && !some.contains("Other"), "{some}");
    expect![[r#"
        stderr: error: no type matches `Levl`
        stderr:  = help: did you mean `Level`?
        status: 2
    "#]]
    .assert_eq(&folder.transcript("generate types.json --types Levl"));
}

#[test]
fn bindings_come_from_a_dump_alone() {
    let folder = Folder::with(&[("vm.json", VM)]);
    let dump = folder.stdout("introspect vm.json");
    let bindings = folder.transcript_of("generate - --side client", dump.as_bytes());
    assert!(bindings.contains("pub at: ::qmp_types::Int,"), "{bindings}");
}

/// The path of the output does not matter.
#[test]
fn inputs_are_not_overwritten() {
    let folder = Folder::with(&[("vm.json", "{ 'include': 'sub.json' }"), ("sub.json", VM)]);
    let dump = folder.stdout("introspect vm.json");
    fs::write(folder.path("dump.json"), &dump).expect("a file");
    std::os::unix::fs::symlink("vm.json", folder.path("link.json")).expect("a link");
    expect![[r#"
        stderr: error: cannot write `vm.json`: it is the input `vm.json`
        stderr:  = help: name another output file
        status: 2
    "#]]
    .assert_eq(&folder.transcript("generate vm.json -o vm.json"));
    for arguments in [
        "generate vm.json -o ../{}/vm.json",
        "generate link.json -o vm.json",
        "generate vm.json -o link.json",
        "generate dump.json -o ./dump.json",
        "schema dump.json -o dump.json",
    ] {
        let name = folder.path("").file_name().expect("a name").to_str().expect("UTF-8").to_owned();
        let transcript = folder.transcript(&arguments.replace("{}", &name));
        assert!(transcript.contains(": it is the input `"), "{arguments}: {transcript}");
    }
    expect![[r#"
        stderr: error: cannot write `sub.json`: it is the input `sub.json`
        stderr:  = help: name another output file
        status: 2
    "#]]
    .assert_eq(&folder.transcript("generate vm.json -o sub.json"));
    let mut command = folder.command("schema - -o dump.json");
    let output = command.stdin(fs::File::open(folder.path("dump.json")).expect("a file")).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!((folder.read("sub.json"), folder.read("dump.json")), (VM.to_owned(), dump));
    assert_eq!(folder.transcript("generate vm.json -o new.rs"), "status: 0\n");
    assert_eq!(folder.transcript("generate vm.json -o new.rs"), "status: 0\n");
}

#[test]
fn unused_names_of_conditions_are_reported() {
    let folder = Folder::with(&[("vm.json", VM)]);
    let narrow = folder.transcript("generate vm.json --cfg CAN_STOP --cfg CAN_STOPP -o vm.rs");
    expect![[r#"
        stderr: warning: no condition in `vm.json` mentions `CAN_STOPP`
        status: 0
    "#]]
    .assert_eq(&narrow);
    let introspected = folder.run("introspect --cfg X1 vm.json");
    assert_eq!(String::from_utf8_lossy(&introspected.stderr), "warning: no condition in `vm.json` mentions `X1`\n");
    expect![[r#"
        stderr: error: invalid value 'A,B' for '--cfg <NAME>': expected A-Z, 0-9 and `_`, beginning with a letter
        stderr:
        stderr: For more information, try '--help'.
        status: 2
    "#]]
    .assert_eq(&folder.transcript("introspect --cfg A,B vm.json"));
    for illegal in ["", "A=y", "config_a", "1A"] {
        let output = folder.command("generate vm.json --cfg").arg(illegal).output().expect("it runs");
        assert_eq!(output.status.code(), Some(2), "{illegal}");
    }
    fs::write(folder.path("dump.json"), folder.stdout("introspect vm.json")).expect("a file");
    expect![[r#"
        stderr: warning: no condition in `dump.json` mentions `CAN_STOP`
        status: 0
    "#]]
    .assert_eq(&folder.transcript("generate dump.json --cfg CAN_STOP -o vm.rs"));
}

#[test]
fn failures_of_generate() {
    let folder = Folder::with(&[("vm.json", VM)]);
    fs::create_dir(folder.path("folder")).expect("a folder");
    expect![[r#"
        stderr: error: no command matches `stopp`
        stderr:  = help: did you mean `stop`?
        status: 2
    "#]]
    .assert_eq(&folder.transcript("generate vm.json --commands stopp"));
    expect![[r#"
        stderr: error: cannot write `folder`: Is a directory (os error 21)
        status: 2
    "#]]
    .assert_eq(&folder.transcript("generate vm.json -o folder"));
    expect![[r#"
        stderr: error: cannot write `absent/vm.rs`: No such file or directory (os error 2)
        status: 2
    "#]]
    .assert_eq(&folder.transcript("generate vm.json -o absent/vm.rs"));
}
