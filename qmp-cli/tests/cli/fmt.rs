//! `qmp fmt`.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use expect_test::expect;

use crate::support::Folder;

const ROUGH: &str = "# comment\n{'command':'stop'}\n";
const FORMATTED: &str = "# comment\n{ 'command': 'stop' }\n";

#[test]
fn files_are_rewritten() {
    let folder = Folder::with(&[("rough.json", ROUGH), ("done.json", FORMATTED)]);
    fs::set_permissions(folder.path("rough.json"), fs::Permissions::from_mode(0o640)).expect("permissions");
    symlink("rough.json", folder.path("link.json")).expect("a link");
    let before = fs::metadata(folder.path("done.json")).and_then(|metadata| metadata.modified()).expect("a time");
    expect!["status: 0\n"].assert_eq(&folder.transcript("fmt link.json done.json"));
    assert_eq!(folder.read("rough.json"), FORMATTED);
    assert!(folder.path("link.json").is_symlink());
    let metadata = fs::metadata(folder.path("rough.json")).expect("a file");
    assert_eq!(metadata.permissions().mode() & 0o777, 0o640);
    let after = fs::metadata(folder.path("done.json")).and_then(|metadata| metadata.modified()).expect("a time");
    assert_eq!(before, after, "a formatted file is not written");
    assert_eq!(fs::read_dir(folder.path("")).expect("a folder").count(), 3, "nothing is left behind");
}

#[test]
fn check_lists_what_would_change() {
    let folder = Folder::with(&[("rough.json", ROUGH), ("done.json", FORMATTED), ("end.json", "{ 'event': 'E' }")]);
    expect![[r#"
        stderr: rough.json:2: not formatted
        stderr: end.json:1: not formatted
        status: 1
    "#]]
    .assert_eq(&folder.transcript("fmt --check rough.json done.json end.json"));
    assert_eq!(folder.read("rough.json"), ROUGH);
    expect!["status: 0\n"].assert_eq(&folder.transcript("fmt --check done.json"));
}

#[test]
fn results_go_to_standard_output() {
    let folder = Folder::with(&[("rough.json", ROUGH)]);
    expect![[r#"
        # comment
        { 'command': 'stop' }
        status: 0
    "#]]
    .assert_eq(&folder.transcript("fmt --stdout rough.json"));
    assert_eq!(folder.read("rough.json"), ROUGH);
    expect![[r#"
        { 'event': 'E' }
        status: 0
    "#]]
    .assert_eq(&folder.transcript_of("fmt -", b"{'event':'E'}"));
}

#[test]
fn what_does_not_parse_stays_as_it_is() {
    let folder = Folder::with(&[
        ("bad.json", "{'command':'stop'"),
        ("dump.json", "[{\"name\": \"E\"}]"),
        ("rough.json", ROUGH),
        ("no-schema.json", "{'command':'Bad Name'}"),
    ]);
    expect![[r#"
        stderr: bad.json:1:18: error: expected `,` or `}`, found the end of the file
        stderr:   |
        stderr: 1 | {'command':'stop'
        stderr:   | - opened here    ^ unexpected
        stderr: error: cannot read `absent.json`: No such file or directory (os error 2)
        stderr: error: expected a schema, found a dump of `query-qmp-schema` in `dump.json`
        stderr:  = help: `qmp introspect dump.json` validates it, `qmp schema dump.json` converts it to a schema
        status: 2
    "#]]
    .assert_eq(&folder.transcript("fmt bad.json absent.json dump.json rough.json no-schema.json"));
    assert_eq!(folder.read("bad.json"), "{'command':'stop'");
    assert_eq!(folder.read("rough.json"), FORMATTED, "the others are formatted");
    assert_eq!(folder.read("no-schema.json"), "{ 'command': 'Bad Name' }\n");
    expect![[r#"
        stderr: error: `-` is given twice
        stderr:  = help: standard input can be read only once
        status: 2
    "#]]
    .assert_eq(&folder.transcript("fmt - -"));
}

#[test]
fn what_is_no_file_is_not_replaced() {
    let folder = Folder::with(&[("dump.json", "")]);
    folder.serve("vm.sock", "[]".to_owned());
    expect![[r#"
        stderr: error: cannot format `vm.sock`: it is the socket of a server
        stderr: error: cannot write `/dev/stdin`: No such file or directory (os error 2)
        status: 2
    "#]]
    .assert_eq(&folder.transcript_of("fmt vm.sock /dev/stdin", b"{'event':'E'}"));
}
