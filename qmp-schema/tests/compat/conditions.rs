//! Items with an `if`, compared with a server that may have been built without them.

use expect_test::expect;
use qmp_schema::compat::{Change, compare, compare_configured};
use qmp_schema::model::{Conditions, Entity};

use super::{introspected, load};

const SCHEMA: &str = "
    { 'enum': 'Val', 'data': [ 'a', { 'name': 'b', 'if': 'HAVE_B' } ] }
    { 'struct': 'Ex', 'data': { '*x': { 'type': 'int', 'if': { 'all': [ 'HAVE_X', { 'not': 'FLAT' } ] } } } }
    { 'union': 'Uni', 'base': { 'val': 'Val' }, 'discriminator': 'val', 'data': { 'a': { 'type': 'Ex', 'if': 'BRANCHES' } } }
    { 'alternate': 'Alt', 'data': { 's': 'str', 'n': { 'type': 'null', 'if': 'NULLS' } } }
    { 'command': 'do', 'data': { 'alt': 'Alt', 'ex': 'Ex', 'val': 'Val' },
      'features': [ { 'name': 'deprecated', 'if': 'OLD' }, { 'name': 'odd', 'if': 'ODD' } ] }
    { 'command': 'stop', 'if': 'CAN_STOP' } { 'event': 'STOPPED', 'if': { 'any': [ 'CAN_STOP', 'HAVE_B' ] } }
    { 'event': 'MOVED', 'data': 'Uni', 'boxed': true }";

const NO_NAMES: [&str; 0] = [];

fn lines(changes: &[Change]) -> String {
    changes.iter().map(|c| format!("{} {} {c}\n", c.client.id(), c.server.id())).collect()
}

#[test]
fn items_that_a_server_lacks_may_not_be_built_in() {
    let schema = load(SCHEMA);
    let mut without = schema.clone();
    without.configure(&Conditions::defined(NO_NAMES));
    let server = introspected(&without);
    expect![[r#"
        note fine do arguments.ex: optional member `x` removed or not built in (if HAVE_X and not FLAT)
        fine note conditions OLD: disabled on the server: 1 item (in do)
        note fine conditions ODD: disabled on the server: 1 item (in do)
        note fine conditions NULLS: disabled on the server: 1 item (in do)
        note note conditions HAVE_B: disabled on the server: 2 items (in do and MOVED)
        note fine conditions CAN_STOP: disabled on the server: 1 item (in stop)
        note fine conditions CAN_STOP or HAVE_B: disabled on the server: 1 item (in STOPPED)
        fine note conditions BRANCHES: disabled on the server: 1 item (in MOVED)
    "#]]
    .assert_eq(&lines(&compare(&schema, &server)));
    expect![[r#"
        note fine do: now deprecated (if OLD)
        fine note do: feature `odd` added (if ODD)
        fine note do arguments.alt: can now be null (if NULLS)
        fine note do arguments.ex: optional member `x` added (if HAVE_X and not FLAT)
        fine note do arguments.val: value `b` added (if HAVE_B)
        fine note stop: command added (if CAN_STOP)
        note fine MOVED data.val: value `a` added (if BRANCHES)
        note fine MOVED data.val: value `b` added (if HAVE_B)
        fine note STOPPED: event added (if CAN_STOP or HAVE_B)
    "#]]
    .assert_eq(&lines(&compare(&server, &schema)));
    // Between two files the configuration is the same.
    expect![[r#"
        fine note do: no longer deprecated
        note fine do: feature `odd` removed
        breaking fine do arguments.alt: can no longer be null
        breaking fine do arguments.ex: optional member `x` removed
        breaking fine do arguments.val: value `b` removed
        breaking fine stop: command removed
        breaking fine STOPPED: event removed
        fine note MOVED data.val: value `a` removed
        fine note MOVED data.val: value `b` removed
    "#]]
    .assert_eq(&lines(&compare(&schema, &without)));
}

#[test]
fn a_configuration_decides() {
    let schema = load(SCHEMA);
    let server = introspected(&load("{ 'event': 'MOVED' }"));
    let with = |names: &[&str]| lines(&compare_configured(&schema, &server, &Conditions::defined(names.to_vec())));
    expect![[r#"
        breaking fine do: command removed
        breaking fine MOVED data: required member `val` removed
    "#]]
    .assert_eq(&with(&[]));
    expect![[r#"
        breaking fine do: command removed
        breaking fine stop: command removed
        breaking fine STOPPED: event removed
        breaking fine MOVED data: required member `val` removed
    "#]]
    .assert_eq(&with(&["CAN_STOP"]));
    assert_eq!(compare_configured(&schema, &server, &Conditions::Everything), compare(&schema, &server));
}

#[test]
fn programs_learn_the_condition() {
    let schema = load("{ 'command': 'stop', 'if': { 'all': [ 'A', 'B' ] } } { 'command': 'cont', 'if': 'CAN_CONT' }");
    let server = introspected(&load("{ 'event': 'E' }"));
    let changes = compare(&schema, &server);
    assert_eq!(changes[0].to_json()["condition"], "A and B");
    assert_eq!(changes[0].to_json()["text"], "command removed or not built in (if A and B)");
    let disabled = changes.last().unwrap().to_json();
    assert_eq!(disabled["change"], "condition-disabled");
    assert_eq!((&disabled["entity"], &disabled["place"]), (&"conditions".into(), &"CAN_CONT".into()));
    assert_eq!(disabled["items"], serde_json::json!(["cont: command removed"]));
    assert_eq!(disabled["also"], serde_json::json!(["cont"]));
    let unconditional = compare(&load("{ 'command': 'stop' }"), &server).remove(0);
    assert_eq!(unconditional.to_json().get("condition"), None);
}

/// `there` is what the server has of the schema.
#[track_caller]
fn check_deduced(schema: &str, there: &[&str], expected: &expect_test::Expect) {
    let schema = load(schema);
    let mut server = schema.clone();
    server.configure(&Conditions::defined(there.to_vec()));
    // A command that a later version removed, whatever the conditions are.
    server.commands.retain(|command| !command.def.name.starts_with("removed"));
    server.interface.retain(|entity| !matches!(entity, Entity::Command(index) if *index >= server.commands.len()));
    expected.assert_eq(&lines(&compare(&schema, &introspected(&server))));
}

#[test]
fn conditions_are_deduced_from_what_is_there() {
    let schema = "{ 'command': 'a', 'if': 'A' } { 'command': 'a2', 'if': 'A' } { 'command': 'b', 'if': 'B' }
                  { 'command': 'not-a', 'if': { 'not': 'A' } }
                  { 'command': 'both', 'if': { 'all': [ 'A', 'B' ] } } { 'command': 'one', 'if': { 'any': [ 'A', 'C' ] } }
                  { 'command': 'removed-a', 'if': 'A' } { 'command': 'removed-both', 'if': { 'all': [ 'A', 'B' ] } }
                  { 'command': 'removed-c', 'if': 'UNSEEN' }";
    check_deduced(
        schema,
        &["A"],
        &expect![[r#"
        breaking fine removed-a: command removed
        note fine conditions B: disabled on the server: 1 item (in b)
        note fine conditions not A: disabled on the server: 1 item (in not-a)
        note fine conditions A and B: disabled on the server: 2 items (in both and removed-both)
        note fine conditions UNSEEN: disabled on the server: 1 item (in removed-c)
    "#]],
    );
    check_deduced(
        schema,
        &["A", "B"],
        &expect![[r#"
        breaking fine removed-a: command removed
        breaking fine removed-both: command removed
        note fine conditions not A: disabled on the server: 1 item (in not-a)
        note fine conditions UNSEEN: disabled on the server: 1 item (in removed-c)
    "#]],
    );
    check_deduced(
        schema,
        &["C"],
        &expect![[r#"
        note fine conditions A: disabled on the server: 3 items (in a, a2 and removed-a)
        note fine conditions B: disabled on the server: 1 item (in b)
        note fine conditions A and B: disabled on the server: 2 items (in both and removed-both)
        note fine conditions UNSEEN: disabled on the server: 1 item (in removed-c)
    "#]],
    );
}
