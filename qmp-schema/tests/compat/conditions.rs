//! Items with an `if`, compared with a server that may have been built without them.

use expect_test::expect;
use qmp_schema::compat::{Change, compare, compare_configured};
use qmp_schema::model::Conditions;

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
        fine note do: no longer deprecated (if OLD)
        note fine do: feature `odd` removed (if ODD)
        note fine do arguments.alt: can no longer be null (if NULLS)
        note fine do arguments.ex: optional member `x` removed or not built in (if HAVE_X and not FLAT)
        note fine do arguments.val: value `b` removed or not built in (if HAVE_B)
        note fine stop: command removed or not built in (if CAN_STOP)
        note fine STOPPED: event removed or not built in (if CAN_STOP or HAVE_B)
        fine note MOVED data.val: value `a` removed or not built in (if BRANCHES)
        fine note MOVED data.val: value `b` removed or not built in (if HAVE_B)
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
    let (schema, server) = (load("{ 'command': 'stop', 'if': 'CAN_STOP' }"), introspected(&load("{ 'event': 'E' }")));
    let change = compare(&schema, &server).remove(0);
    assert_eq!(change.to_json()["condition"], "CAN_STOP");
    assert_eq!(change.to_json()["text"], "command removed or not built in (if CAN_STOP)");
    let unconditional = compare(&load("{ 'command': 'stop' }"), &server).remove(0);
    assert_eq!(unconditional.to_json().get("condition"), None);
}
