//! `qmp check`.

use std::fs;

use expect_test::expect;
use test_support::schemas::{self, CompleteSchema};

use crate::support::{Folder, VM, transcript};

#[test]
fn a_valid_schema_gives_no_output() {
    let folder = Folder::with(&[("vm.json", VM)]);
    expect![["status: 0\n"]].assert_eq(&folder.transcript("check vm.json vm.json"));
    expect![["[]\nstatus: 0\n"]].assert_eq(&folder.transcript("check --format json vm.json"));
    expect![["status: 0\n"]].assert_eq(&folder.transcript_of("check -", VM.as_bytes()));
}

#[test]
fn errors_of_all_files_are_reported() {
    let folder = Folder::with(&[
        ("a.json", "{ 'command': 'a', 'returns': 'Nothing' }\n{ 'include': 'b.json' }\n"),
        ("b.json", "{ 'event': 'e' }\n"),
        ("c.json", "["),
    ]);
    expect![[r#"
        stderr: a.json:1:30: error: unknown type `Nothing`
        stderr:   |
        stderr: 1 | { 'command': 'a', 'returns': 'Nothing' }
        stderr:   |                              ^^^^^^^^^ not defined
        stderr:
        stderr: b.json:1:12: error: event `e` is not in UPPER_CASE
        stderr:   |
        stderr: 1 | { 'event': 'e' }
        stderr:   |            ^^^ has lower-case letters or `-`
        stderr:   |
        stderr:   = help: separate words by `_`
        stderr:   = help: for example `E`
        stderr: In file included from a.json:2
        stderr:
        stderr: c.json:1:2: error: expected a value: `{`, `[`, a string, `true` or `false`, found the end of the file
        stderr:   |
        stderr: 1 | [
        stderr:   | -^ unexpected
        stderr:   | |
        stderr:   | opened here
        stderr:
        stderr: 3 errors
        status: 1
    "#]]
    .assert_eq(&folder.transcript("check a.json c.json"));
    expect![[r#"
        [
          {
            "column": 2,
            "end-column": 2,
            "end-line": 1,
            "file": "c.json",
            "included-from": [],
            "label": "unexpected",
            "line": 1,
            "message": "expected a value: `{`, `[`, a string, `true` or `false`, found the end of the file",
            "notes": [],
            "related": [
              {
                "column": 1,
                "end-column": 2,
                "end-line": 1,
                "file": "c.json",
                "line": 1,
                "text": "opened here"
              }
            ],
            "rule": "unexpected-token",
            "severity": "error"
          }
        ]
        status: 1
    "#]]
    .assert_eq(&folder.transcript("check --format json c.json"));
    expect![[r#"
        stderr: <stdin>:1:12: error: event `e` is not in UPPER_CASE
        stderr:   |
        stderr: 1 | { 'event': 'e' }
        stderr:   |            ^^^ has lower-case letters or `-`
        stderr:   |
        stderr:   = help: separate words by `_`
        stderr:   = help: for example `E`
        status: 1
    "#]]
    .assert_eq(&folder.transcript_of("check -", b"{ 'event': 'e' }"));
}

#[test]
fn warnings_are_errors_only_in_strict_dialects() {
    let schema = "##\n# @E:\n#\n# @x: nothing of that name\n##\n{ 'event': 'E' }\n";
    let folder = Folder::with(&[("e.json", schema)]);
    expect![[r#"
        stderr: e.json:4:4: warning: documented `x` is not in event `E`
        stderr:   |
        stderr: 4 | # @x: nothing of that name
        stderr:   |    ^ no such name
        stderr:   |
        stderr:   = help: only names written in the definition itself can be described
        status: 0
    "#]]
    .assert_eq(&folder.transcript("check e.json"));
    assert!(folder.transcript("check --docs qemu-8.2 e.json").ends_with("status: 1\n"));
    expect![[r#"
        stderr: error: invalid value 'qemu-1.0' for '--docs <DIALECT>'
        stderr:   [possible values: lenient, qemu-8.2, qemu-10.0, qemu-10.2]
        stderr:
        stderr:   tip: a similar value exists: 'qemu-10.2'
        stderr:
        stderr: For more information, try '--help'.
        status: 2
    "#]]
    .assert_eq(&folder.transcript("check --docs qemu-1.0 e.json"));
}

#[test]
fn unreadable_files() {
    let folder = Folder::with(&[]);
    fs::create_dir(folder.path("folder")).expect("a folder");
    fs::write(folder.path("latin1.json"), b"# fine\n# caf\xe9\n").expect("a file");
    folder.serve("socket", String::new());
    expect![[r#"
        stderr: error: cannot read `absent.json`: No such file or directory (os error 2)
        stderr:
        stderr: error: cannot read `folder`: Is a directory (os error 21)
        stderr:
        stderr: latin1.json:2:6: error: the file is not UTF-8
        stderr:   |
        stderr: 2 | # caf�
        stderr:   |      ^ not UTF-8 from here on
        stderr:   |
        stderr:   = help: schemas are UTF-8 text
        stderr:
        stderr: 3 errors
        status: 1
    "#]]
    .assert_eq(&folder.transcript("check absent.json folder latin1.json"));
    expect![[r#"
        [
          {
            "file": "absent.json",
            "included-from": [],
            "label": "",
            "message": "cannot read `absent.json`: No such file or directory (os error 2)",
            "notes": [],
            "related": [],
            "rule": "unreadable",
            "severity": "error"
          }
        ]
        status: 1
    "#]]
    .assert_eq(&folder.transcript("check --format json absent.json"));
    expect![[r#"
        stderr: error: `-` is given twice
        stderr:  = help: standard input can be read only once
        status: 2
    "#]]
    .assert_eq(&folder.transcript("check - vm.json -"));
    expect![[r#"
        stderr: error: cannot check `socket`: it is the socket of a server
        stderr:  = help: `qmp schema socket -o FILE` writes the schema of the server to a file
        status: 2
    "#]]
    .assert_eq(&folder.transcript("check socket"));
    expect![[r#"
        stderr: <stdin>:2:6: error: the file is not UTF-8
        stderr:   |
        stderr: 2 | # caf�
        stderr:   |      ^ not UTF-8 from here on
        stderr:   |
        stderr:   = help: schemas are UTF-8 text
        status: 1
    "#]]
    .assert_eq(&folder.transcript_of("check -", b"# fine\n# caf\xe9\n"));
    // Endless input ends at the size limit.
    let endless = fs::File::open("/dev/zero").expect("zeros");
    let output = folder.command("check -").stdin(endless).output().expect("it ends");
    expect![[r#"
        stderr: error: cannot read `<stdin>`: larger than 256 MiB
        status: 1
    "#]]
    .assert_eq(&transcript(&output));
    expect![[r#"
        stderr: error: the following required arguments were not provided:
        stderr:   <FILE>...
        stderr:
        stderr: Usage: qmp check <FILE>...
        stderr:
        stderr: For more information, try '--help'.
        status: 2
    "#]]
    .assert_eq(&folder.transcript("check"));
}

#[test]
fn a_dump_is_not_checked() {
    let folder = Folder::with(&[("vm.json", VM), ("empty.json", "[]")]);
    let dump = folder.stdout("introspect vm.json");
    expect![[r#"
        stderr: error: expected a schema, found a dump of `query-qmp-schema` in `<stdin>`
        stderr:  = help: `qmp introspect -` validates it, `qmp schema -` converts it to a schema
        status: 2
    "#]]
    .assert_eq(&folder.transcript_of("check -", dump.as_bytes()));
    fs::write(folder.path("reply.json"), format!("{{\"return\": {dump}}}")).expect("a file");
    expect![[r#"
        stderr: error: expected a schema, found a dump of `query-qmp-schema` in `reply.json`
        stderr:  = help: `qmp introspect reply.json` validates it, `qmp schema reply.json` converts it to a schema
        status: 2
    "#]]
    .assert_eq(&folder.transcript("check vm.json reply.json"));
    assert!(folder.transcript("check empty.json").ends_with("status: 2\n"));
}

#[test]
fn several_diagnostics_are_counted() {
    let warning = "##\n# @E:\n#\n# @x: nothing of that name\n##\n{ 'event': 'E' }\n";
    let folder = Folder::with(&[("warning.json", warning), ("error.json", "{ 'event': 'e' }"), ("fine.json", VM)]);
    let count = |arguments: &str| folder.transcript(arguments).lines().rev().nth(1).unwrap_or_default().to_owned();
    assert_eq!(count("check warning.json fine.json error.json"), "stderr: 1 error, 1 warning");
    assert_eq!(count("check warning.json fine.json warning.json"), "stderr: 2 warnings");
    assert_eq!(count("check fine.json error.json"), "stderr:   = help: for example `E`");
}

fn are_clean(schemas: Vec<CompleteSchema>) {
    for schema in schemas {
        let folder = Folder::with(&[]);
        let transcript = folder.transcript(&format!("check {}", schema.path.display()));
        assert!(transcript.ends_with("status: 0\n"), "{}: {transcript}", schema.name);
    }
}

#[test]
fn complete_schemas_are_clean() {
    are_clean(schemas::published());
}

#[test]
fn shared_schemas_are_clean() {
    are_clean(schemas::shared());
}
