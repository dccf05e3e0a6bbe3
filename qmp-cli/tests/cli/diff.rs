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
fn breaking_changes_come_first() {
    let folder = Folder::with(&[("old.json", VM), ("new.json", NEWER)]);
    expect![[r#"
        stop
          breaking  arguments: optional member `force` removed
          fine      no longer deprecated
        query-status
          note      return.status: value `paused` added
        cont
          fine      command added
        1 breaking, 1 note, 2 fine
        status: 1
    "#]]
    .assert_eq(&folder.transcript("diff old.json new.json"));
    expect![[r#"
        cont
          breaking  command added
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
            "text": "no longer deprecated"
          }
        ]
        status: 1
    "#]]
    .assert_eq(&folder.transcript("diff --format json --commands stop old.json new.json"));
    expect![[r#"
        0 breaking, 0 note, 0 fine
        status: 0
    "#]]
    .assert_eq(&folder.transcript("diff old.json old.json"));
}

#[test]
fn both_sides_have_their_columns() {
    let folder = Folder::with(&[("old.json", VM), ("new.json", NEWER)]);
    expect![[r#"
          client    server
        stop
          breaking  fine      arguments: optional member `force` removed
          fine      note      no longer deprecated
        cont
          fine      breaking  command added
        query-status
          note      fine      return.status: value `paused` added
        2 breaking, 2 note, 0 fine
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
        query-a
          breaking  return: required member `x` removed (also in A_B and C)
        stop
          breaking  command removed
        A_D
          fine      event added
        2 breaking, 0 note, 1 fine
        status: 1
    "#]]
    .assert_eq(&folder.transcript("diff old.json new.json"));
    expect![[r#"
        A_B
          breaking  data: required member `x` removed
        1 breaking, 0 note, 0 fine
        status: 1
    "#]]
    .assert_eq(&folder.transcript("diff --events A_* old.json new.json"));
    expect![[r#"
        stop
          breaking  command removed
        C
          breaking  data: required member `x` removed
        2 breaking, 0 note, 0 fine
        status: 1
    "#]]
    .assert_eq(&folder.transcript("diff --commands stop --events C old.json new.json"));
    expect![[r#"
        stderr: error: no event matches `E`
        status: 2
    "#]]
    .assert_eq(&folder.transcript("diff --events E old.json new.json"));
}

const DOCUMENTED: &str = "\
##
# @halt:
#
# @mode: how to
#
# @delay: when
#
# @why: the reason
#
# Features:
#
# @deprecated: Arguments @delay and
#     ``why`` are deprecated.  Use `stop`.
#
#     Soon.
##
{ 'command': 'halt', 'data': { 'mode': 'str', '*delay': { 'type': 'int', 'features': [ 'deprecated' ] },
                               '*why': { 'type': 'str', 'features': [ 'deprecated' ] } } }
";

#[test]
fn the_documentation_says_why() {
    let old = "{ 'command': 'halt', 'data': { '*mode': 'str', '*delay': 'int', '*why': 'str' } }";
    let gone = "{ 'command': 'halt', 'data': { '*mode': 'str' } }";
    let folder = Folder::with(&[("old.json", old), ("new.json", DOCUMENTED), ("gone.json", gone)]);
    expect![[r#"
        halt
          breaking  arguments.mode: now required
          note      arguments.delay: now deprecated
                      Arguments delay and
                      why are deprecated. Use stop.
                      Soon.
          note      arguments.why: now deprecated
        1 breaking, 2 note, 0 fine
        status: 1
    "#]]
    .assert_eq(&folder.transcript("diff old.json new.json"));
    expect![[r#"
          client    server
        halt
          fine      breaking  arguments.mode: now optional
          breaking  fine      arguments: optional member `delay` removed, was deprecated
                                Arguments delay and
                                why are deprecated. Use stop.
                                Soon.
          breaking  fine      arguments: optional member `why` removed, was deprecated
        3 breaking, 0 note, 0 fine
        status: 1
    "#]]
    .assert_eq(&folder.transcript("diff --side both new.json gone.json"));
    let json = folder.run("diff --format json --breaking new.json gone.json");
    let changes: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(changes[0]["reason"], "Arguments @delay and\n``why`` are deprecated.  Use `stop`.\n\nSoon.");
}

/// A file has conditions, a server has been built under some configuration.
#[test]
fn items_that_may_not_be_built_in_do_not_break() {
    let folder = Folder::with(&[("vm.json", VM)]);
    let without = folder.stdout("introspect --no-cfg vm.json");
    folder.serve("vm.sock", without.trim().to_owned());
    expect![[r#"
        conditions
          note      CAN_STOP: disabled on the server: 2 items (in query-status and stop)
        0 breaking, 1 note, 0 fine
        status: 0
    "#]]
    .assert_eq(&folder.transcript("diff vm.json vm.sock"));
    let diff = |arguments: &str| folder.transcript_of(&format!("diff {arguments}"), without.as_bytes());
    expect![[r#"
        0 breaking, 0 note, 0 fine
        status: 0
    "#]]
    .assert_eq(&diff("--no-cfg vm.json -"));
    expect![[r#"
        stop
          breaking  command removed, was deprecated
        query-status
          fine      return.status: value `off` removed
        1 breaking, 0 note, 1 fine
        status: 1
    "#]]
    .assert_eq(&diff("--cfg CAN_STOP vm.json -"));
    expect![[r#"
        0 breaking
        status: 0
    "#]]
    .assert_eq(&diff("--breaking vm.json -"));
    expect![[r#"
        [
          {
            "also": [],
            "before": [],
            "change": "command-added",
            "client": "fine",
            "condition": "CAN_STOP",
            "entity": "stop",
            "place": "",
            "server": "note",
            "text": "command added (if CAN_STOP)"
          },
          {
            "also": [],
            "before": [],
            "change": "value-added",
            "client": "note",
            "condition": "CAN_STOP",
            "entity": "query-status",
            "name": "off",
            "place": "return.status",
            "server": "fine",
            "text": "value `off` added (if CAN_STOP)"
          }
        ]
        status: 0
    "#]]
    .assert_eq(&diff("--side server --format json - vm.json"));
    // Between two files nothing is unknown.
    expect![[r#"
        0 breaking, 0 note, 0 fine
        stderr: warning: no condition in `vm.json` or `vm.json` mentions `TYPO`
        status: 0
    "#]]
    .assert_eq(&folder.transcript("diff --cfg CAN_STOP --cfg TYPO vm.json vm.json"));
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
fn failures_of_diff() {
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
