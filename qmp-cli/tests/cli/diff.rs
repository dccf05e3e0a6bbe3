//! `qmp diff`.

use expect_test::expect;

use crate::support::{Folder, VM};

const NEWER: &str = "\
{ 'enum': 'Status', 'data': [ 'on', 'off', 'paused' ] }
{ 'struct': 'StatusInfo', 'data': { 'status': 'Status', '*size': 'size' } }
{ 'command': 'query-status', 'returns': 'StatusInfo' }
{ 'command': 'stop', 'data': { 'id': 'str' } }
{ 'command': 'cont' }
{ 'event': 'STOPPED', 'data': { 'at': 'int' } }
";

#[test]
fn what_breaks_comes_first() {
    let folder = Folder::with(&[("old.json", VM), ("new.json", NEWER)]);
    expect![[r#"
        breaking  stop arguments: optional member `force` removed
        note      query-status return.status: value `paused` added
        fine      stop: not deprecated any more
        fine      cont: command added
        1 breaking, 1 to note, 2 fine
        status: 1
    "#]]
    .assert_eq(&folder.transcript("diff old.json new.json"));
    expect![[r#"
        breaking  cont: command added
        1 breaking
        status: 1
    "#]]
    .assert_eq(&folder.transcript("diff --side server --breaking old.json new.json"));
    expect![[r#"
        [
          {
            "also": [],
            "before": [],
            "change": "member-removed",
            "client": "breaking",
            "entity": "stop",
            "name": "force",
            "optional": true,
            "place": "arguments",
            "server": "fine",
            "text": "optional member `force` removed"
          },
          {
            "also": [],
            "before": [],
            "change": "feature-removed",
            "client": "fine",
            "entity": "stop",
            "name": "deprecated",
            "place": "",
            "server": "note",
            "text": "not deprecated any more"
          }
        ]
        status: 1
    "#]]
    .assert_eq(&folder.transcript("diff --format json --commands stop old.json new.json"));
    expect![[r#"
        0 breaking, 0 to note, 0 fine
        status: 0
    "#]]
    .assert_eq(&folder.transcript("diff old.json old.json"));
}

#[test]
fn both_sides_have_their_columns() {
    let folder = Folder::with(&[("old.json", VM), ("new.json", NEWER)]);
    expect![[r#"
        client    server    change
        breaking  fine      stop arguments: optional member `force` removed
        fine      breaking  cont: command added
        note      fine      query-status return.status: value `paused` added
        fine      note      stop: not deprecated any more
        2 breaking, 2 to note, 0 fine
        status: 1
    "#]]
    .assert_eq(&folder.transcript("diff --side both old.json new.json"));
    expect![[r#"
        0 breaking
        status: 0
    "#]]
    .assert_eq(&folder.transcript("diff --side both --breaking old.json old.json"));
}

#[test]
fn patterns_choose_commands_and_events() {
    let folder = Folder::with(&[
        ("old.json", "{ 'struct': 'Some', 'data': { 'x': 'int' } } { 'command': 'query-a', 'returns': 'Some' } { 'command': 'stop' }
                      { 'event': 'A_B', 'data': 'Some' } { 'event': 'C', 'data': 'Some' }"),
        ("new.json", "{ 'struct': 'Some', 'data': {} } { 'command': 'query-a', 'returns': 'Some' }
                      { 'event': 'A_B', 'data': 'Some' } { 'event': 'C', 'data': 'Some' } { 'event': 'A_D' }"),
    ]);
    expect![[r#"
        breaking  query-a return: required member `x` removed (also in A_B and C)
        breaking  stop: command removed
        fine      A_D: event added
        2 breaking, 0 to note, 1 fine
        status: 1
    "#]]
    .assert_eq(&folder.transcript("diff old.json new.json"));
    expect![[r#"
        breaking  A_B data: required member `x` removed
        1 breaking, 0 to note, 0 fine
        status: 1
    "#]]
    .assert_eq(&folder.transcript("diff --events A_* old.json new.json"));
    expect![[r#"
        breaking  stop: command removed
        breaking  C data: required member `x` removed
        2 breaking, 0 to note, 0 fine
        status: 1
    "#]]
    .assert_eq(&folder.transcript("diff --commands stop --events C old.json new.json"));
    expect![[r#"
        stderr: error: no event matches `E`
        status: 2
    "#]]
    .assert_eq(&folder.transcript("diff --events E old.json new.json"));
}

#[test]
fn files_dumps_and_servers_compare_alike() {
    let folder = Folder::with(&[("old.json", VM), ("new.json", NEWER)]);
    let expected = folder.transcript("diff old.json new.json");
    let dump = folder.stdout("introspect new.json");
    assert_eq!(folder.transcript_of("diff old.json -", dump.as_bytes()), expected);
    folder.serve("vm.sock", dump.trim().to_owned());
    assert_eq!(folder.transcript("diff old.json vm.sock"), expected);
}

#[test]
fn what_cannot_be_compared() {
    let folder = Folder::with(&[("old.json", VM)]);
    expect![[r#"
        stderr: error: `-` is given twice
        stderr:  = help: standard input can be read only once
        status: 2
    "#]]
    .assert_eq(&folder.transcript("diff - -"));
    expect![[r#"
        stderr: error: cannot read `absent.json`: No such file or directory (os error 2)
        status: 2
    "#]]
    .assert_eq(&folder.transcript("diff old.json absent.json"));
    expect![[r#"
        stderr: error: no command matches `x`
        status: 2
    "#]]
    .assert_eq(&folder.transcript("diff --commands x old.json old.json"));
}
