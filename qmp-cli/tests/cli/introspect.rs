//! `qmp introspect`.

use std::fs;
use std::io::Read;
use std::os::unix::net::UnixListener;
use std::process::Stdio;

use expect_test::expect;
use serde_json::Value;
use test_support::schemas;

use crate::support::{Folder, VM};

#[test]
fn conditions_are_evaluated() {
    let folder = Folder::with(&[("vm.json", VM)]);
    expect![[r#"
        [{"name": "query-status", "meta-type": "command", "arg-type": "0", "ret-type": "1"}, {"name": "stop", "meta-type": "command", "arg-type": "2", "ret-type": "0", "features": ["deprecated"]}, {"name": "STOPPED", "meta-type": "event", "arg-type": "3"}, {"name": "0", "meta-type": "object", "members": []}, {"name": "1", "meta-type": "object", "members": [{"name": "status", "type": "4"}, {"name": "size", "type": "int", "default": null}]}, {"name": "2", "meta-type": "object", "members": [{"name": "id", "type": "str"}, {"name": "force", "type": "bool", "default": null}]}, {"name": "3", "meta-type": "object", "members": [{"name": "at", "type": "int"}]}, {"name": "4", "meta-type": "enum", "members": [{"name": "on"}, {"name": "off"}], "values": ["on", "off"]}, {"name": "int", "meta-type": "builtin", "json-type": "int"}, {"name": "str", "meta-type": "builtin", "json-type": "string"}, {"name": "bool", "meta-type": "builtin", "json-type": "boolean"}]
    "#]].assert_eq(&folder.stdout("introspect vm.json"));
    let all = folder.stdout("introspect vm.json");
    let none = folder.stdout("introspect --no-cfg vm.json");
    assert!(all.contains(r#""stop""#) && all.contains(r#""off""#));
    assert!(!none.contains(r#""stop""#) && !none.contains(r#""off""#));
    assert_eq!(folder.stdout("introspect --cfg CAN_STOP --cfg MORE vm.json"), all);
    assert_eq!(folder.stdout("introspect --cfg MORE vm.json"), none);
    assert_eq!(folder.transcript_of("introspect -", VM.as_bytes()), all + "status: 0\n");
}

#[test]
fn unmasked_and_pretty() {
    let folder = Folder::with(&[("vm.json", "{ 'struct': 'Some', 'data': {} }\n{ 'event': 'E', 'data': 'Some' }")]);
    expect![[r#"
        [
          {
            "name": "E",
            "meta-type": "event",
            "arg-type": "Some"
          },
          {
            "name": "Some",
            "meta-type": "object",
            "members": []
          }
        ]
    "#]]
    .assert_eq(&folder.stdout("introspect --unmasked --pretty vm.json"));
}

#[test]
fn a_dump_goes_in_and_comes_out() {
    let folder = Folder::with(&[("vm.json", VM)]);
    let dump = folder.stdout("introspect vm.json");
    assert_eq!(folder.transcript_of("introspect -", dump.as_bytes()), dump + "status: 0\n");
}

#[test]
fn a_dump_is_neither_unmasked_nor_configured() {
    let folder = Folder::with(&[("vm.json", VM)]);
    fs::write(folder.path("dump.json"), folder.stdout("introspect vm.json")).expect("a file");
    let refused = |option: &str| folder.transcript(&format!("introspect {option} dump.json"));
    expect![[r#"
        stderr: error: `--unmasked` needs a schema, but `dump.json` is introspection data
        stderr:  = help: servers hide the names of types; `qmp schema dump.json` generates names
        status: 2
    "#]]
    .assert_eq(&refused("--unmasked"));
    expect![[r#"
        stderr: error: `--cfg` needs a schema, but `dump.json` is introspection data
        stderr:  = help: servers do not show conditions, only what was built in
        status: 2
    "#]]
    .assert_eq(&refused("--cfg CAN_STOP"));
    expect![[r#"
        stderr: error: `--no-cfg` needs a schema, but `dump.json` is introspection data
        stderr:  = help: servers do not show conditions, only what was built in
        status: 2
    "#]]
    .assert_eq(&refused("--no-cfg"));
    expect![[r#"
        stderr: error: `--unmasked` needs a schema, but `<stdin>` is introspection data
        stderr:  = help: servers hide the names of types; `qmp schema -` generates names
        status: 2
    "#]]
    .assert_eq(&folder.transcript_of("introspect --unmasked -", b"[]"));
}

#[test]
fn a_server_is_asked() {
    let folder = Folder::with(&[("vm.json", VM)]);
    let dump = folder.stdout("introspect vm.json");
    // Its JSON has other blanks and another order of members.
    let value: Value = serde_json::from_str(&dump).expect("JSON");
    folder.serve("vm.sock", value.to_string());
    assert_eq!(folder.stdout("introspect vm.sock"), dump);
}

#[test]
fn the_reply_of_a_server_is_validated() {
    let folder = Folder::with(&[]);
    for (answer, expected) in [
        (
            "1",
            expect![[r#"
                stderr: vm.sock:1:1: error: invalid introspection data: no JSON list
                stderr:   |
                stderr: 1 | 1
                stderr:   | ^
                status: 2
            "#]],
        ),
        (
            r#"[{"name": "E", "meta-type": "event", "arg-type": "0"}]"#,
            expect![[r#"
            stderr: vm.sock:1:2: error: invalid introspection data: `E` has its data of type `0`, which is not in the list
            stderr:   |
            stderr: 1 | [{"arg-type":"0","meta-type":"event","name":"E"}]
            stderr:   |  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            status: 2
        "#]],
        ),
    ] {
        let _ = fs::remove_file(folder.path("vm.sock"));
        folder.serve("vm.sock", answer.to_owned());
        expected.assert_eq(&folder.transcript("introspect vm.sock"));
    }
}

#[test]
fn failures_of_introspect() {
    let folder = Folder::with(&[("bad.json", "{ 'event': 'e' }"), ("dump.json", "[{ \"name\": \"a\" }]")]);
    expect![[r#"
        stderr: bad.json:1:12: error: event `e` is not in UPPER_CASE
        stderr:   |
        stderr: 1 | { 'event': 'e' }
        stderr:   |            ^^^ has lower-case letters or `-`
        stderr:   |
        stderr:   = help: separate words by `_`
        stderr:   = help: for example `E`
        status: 2
    "#]]
    .assert_eq(&folder.transcript("introspect bad.json"));
    expect![[r#"
        stderr: dump.json:1:2: error: invalid introspection data: `meta-type` is missing
        stderr:   |
        stderr: 1 | [{ "name": "a" }]
        stderr:   |  ^^^^^^^^^^^^^^^
        status: 2
    "#]]
    .assert_eq(&folder.transcript("introspect dump.json"));
    expect![[r#"
        stderr: error: cannot read `absent.sock`: No such file or directory (os error 2)
        status: 2
    "#]]
    .assert_eq(&folder.transcript("introspect absent.sock"));
    folder.serve("vm.sock", "1".to_owned());
    expect![[r#"
        stderr: error: `--no-cfg` needs a schema, but `vm.sock` is introspection data
        stderr:  = help: servers do not show conditions, only what was built in
        status: 2
    "#]]
    .assert_eq(&folder.transcript("introspect --no-cfg vm.sock"));
    drop(UnixListener::bind(folder.path("dead.sock")).expect("a socket"));
    expect![[r#"
        stderr: error: cannot connect to `dead.sock`: connection refused
        stderr:  = help: no server is listening: start it again, or give the address of a running server
        status: 2
    "#]]
    .assert_eq(&folder.transcript("introspect dead.sock"));
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let Some(schema) = schemas::named("qemu_9_1") else { return };
    let folder = Folder::with(&[]);
    let mut command = folder.command(&format!("introspect {}", schema.path.display()));
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let mut first = [0; 10];
    child.stdout.take().expect("its output").read_exact(&mut first).expect("it writes");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
}
