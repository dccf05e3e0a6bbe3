//! `qmp generate`.

use std::fs;

use expect_test::expect;

use crate::support::{Folder, VM};

#[test]
fn writes_what_a_build_script_writes() {
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
    assert!(!String::from_utf8_lossy(&nothing.stdout).contains("Stopped"));
}

#[test]
fn bindings_come_from_a_dump_alone() {
    let folder = Folder::with(&[("vm.json", VM)]);
    let dump = folder.stdout("introspect vm.json");
    let bindings = folder.transcript_of("generate - --side client", dump.as_bytes());
    assert!(bindings.contains("pub at: ::qmp_types::Int,"), "{bindings}");
}

#[test]
fn what_cannot_be_generated() {
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
