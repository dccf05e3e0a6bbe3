//! Compatibility: each kind of change, its place and its impact; and complete schemas.

mod conditions;
mod reasons;
mod types;
mod usage;

use expect_test::{Expect, expect};
use qmp_schema::compat::{Change, ChangeKind, Impact, compare};
use qmp_schema::model::{Conditions, Schema};
use qmp_schema::{LoadOptions, TypeNames, import, introspect, load_text};
use test_support::schemas::{self, CompleteSchema};

/// Compares two schemas; each line of `expected` is `CLIENT SERVER CHANGE`.
pub(crate) fn check(old: &str, new: &str, expected: Expect) {
    let (old, new) = (load(old), load(new));
    expected.assert_eq(&text(&compare(&old, &new)));
    check_mirrored(&old, &new);
    check_introspected(&old, &new, text, text);
}

/// The change back must have the impact on servers that the change has on clients.
fn check_mirrored(old: &Schema, new: &Schema) {
    let changes = compare(old, new);
    let back = compare(new, old);
    let in_order = |mut impacts: Vec<_>| {
        impacts.sort();
        impacts
    };
    let there = in_order(changes.iter().map(|c| (affected(c), c.client, c.server)).collect());
    assert_eq!(there, in_order(back.iter().map(|c| (affected(c), c.server, c.client)).collect()));
}

/// Introspection, in which types have no names, must show the same changes. `mixed` describes the changes between a schema file
/// and introspection.
fn check_introspected(
    old: &Schema,
    new: &Schema,
    text: impl Fn(&[Change]) -> String,
    mixed: impl Fn(&[Change]) -> String,
) {
    let (old_dump, new_dump) = (introspected(old), introspected(new));
    let shown: Vec<Change> = compare(old, new).into_iter().filter(is_shown).collect();
    assert_eq!(text(&compare(&old_dump, &new_dump)), text(&shown), "by introspection");
    assert_eq!(mixed(&compare(&old_dump, new)), mixed(&shown), "from introspection");
    assert_eq!(mixed(&compare(old, &new_dump)), mixed(&shown), "to introspection");
}

/// All commands and events that the change affects.
fn affected(change: &Change) -> Vec<&String> {
    let mut affected: Vec<&String> = change.also.iter().chain([&change.entity]).collect();
    affected.sort();
    affected
}

pub(crate) fn load(text: &str) -> Schema {
    load_text("t.json", text, &LoadOptions::default()).unwrap_or_else(|report| panic!("{report}")).schema
}

/// The schema as a server of it describes itself.
pub(crate) fn introspected(schema: &Schema) -> Schema {
    let dump = introspect(schema, &Conditions::Everything, TypeNames::Masked);
    import("t.json", &dump).unwrap_or_else(|report| panic!("{report}")).schema
}

fn text(changes: &[Change]) -> String {
    changes.iter().map(|c| format!("{} {} {c}\n", c.client.id(), c.server.id())).collect()
}

/// Whether introspection shows the change: it shows neither the width of integers nor all flags of commands.
fn is_shown(change: &Change) -> bool {
    let is_integer = |name: &str| ["int", "uint", "size"].iter().any(|integer| name.starts_with(integer));
    match &change.kind {
        ChangeKind::TypeChanged { old, new, .. } => !is_integer(old) || !is_integer(new),
        kind => !["preconfig", "response", "free-arguments"].iter().any(|flag| kind.id().starts_with(flag)),
    }
}

#[test]
fn commands_and_events_come_and_go() {
    check(
        "{ 'command': 'a' } { 'command': 'b', 'allow-oob': true } { 'event': 'E' }",
        "{ 'command': 'b' } { 'command': 'c', 'allow-oob': true } { 'event': 'F', 'features': [ 'deprecated' ] }",
        expect![[r#"
            breaking fine a: command removed
            breaking fine b: can no longer be executed out of band
            fine breaking c: command added
            breaking fine E: event removed
            fine breaking F: event added
        "#]],
    );
}

#[test]
fn flags_of_commands_come_and_go_as_far_as_both_schemas_show_them() {
    check(
        "{ 'command': 'a', 'allow-preconfig': true } { 'command': 'b', 'success-response': false } { 'command': 'c' }
         { 'command': 'd', 'gen': false }",
        "{ 'command': 'a' } { 'command': 'b' } { 'command': 'c', 'success-response': false, 'allow-preconfig': true, 'gen': false }
         { 'command': 'd' }",
        expect![[r#"
            breaking fine a: can no longer be executed before the machine is initialised
            breaking breaking b: now has a reply on success
            fine breaking c: can now be executed before the machine is initialised
            breaking breaking c: no longer has a reply on success
            fine breaking c: now accepts arguments that the schema does not name
            breaking fine d: no longer accepts arguments that the schema does not name
        "#]],
    );
}

#[test]
fn arguments_are_read_strictly() {
    check(
        "{ 'command': 'a', 'data': { 'gone': 'str', '*went': 'str', '*must': 'str', 'may': 'str' } }",
        "{ 'command': 'a', 'data': { 'must': 'str', '*may': 'str', 'new': 'str', '*free': 'str' } }",
        expect![[r#"
            breaking breaking a arguments: required member `gone` removed
            breaking fine a arguments: optional member `went` removed
            breaking fine a arguments.must: now required
            fine breaking a arguments.may: now optional
            breaking breaking a arguments: required member `new` added
            fine breaking a arguments: optional member `free` added
        "#]],
    );
}

#[test]
fn output_is_read_leniently() {
    check(
        "{ 'struct': 'Ret', 'data': { 'gone': 'str', '*went': 'str', '*must': 'str', 'may': 'str' } }
         { 'command': 'query-a', 'returns': 'Ret' }",
        "{ 'struct': 'Ret', 'data': { 'must': 'str', '*may': 'str', 'new': 'str', '*free': 'str' } }
         { 'command': 'query-a', 'returns': 'Ret' }",
        expect![[r#"
            breaking fine query-a return: required member `gone` removed
            note fine query-a return: optional member `went` removed
            fine breaking query-a return.must: now required
            breaking fine query-a return.may: now optional
            fine breaking query-a return: required member `new` added
            fine note query-a return: optional member `free` added
        "#]],
    );
}

#[test]
fn values_are_open_to_clients() {
    check(
        "{ 'enum': 'Val', 'data': [ 'a', 'b' ] } { 'command': 'do', 'data': { 'v': 'Val' } } { 'event': 'E', 'data': { 'v': 'Val' } }",
        "{ 'enum': 'Val', 'data': [ { 'name': 'b', 'features': [ 'deprecated' ] }, 'c' ] }
         { 'command': 'do', 'data': { 'v': 'Val' } } { 'event': 'E', 'data': { 'v': 'Val' } }",
        expect![[r#"
            breaking fine do arguments.v: value `a` removed
            note fine do arguments.v=b: now deprecated
            fine breaking do arguments.v: value `c` added
            fine note E data.v: value `a` removed
            note fine E data.v=b: now deprecated
            note fine E data.v: value `c` added
        "#]],
    );
}

#[test]
fn features_come_and_go() {
    check(
        "{ 'command': 'a', 'features': [ 'gone', 'deprecated' ], 'data': { 'm': { 'type': 'str', 'features': [ 'gone' ] } } }
         { 'event': 'E', 'features': [ 'gone' ] }",
        "{ 'command': 'a', 'features': [ 'new', 'unstable' ], 'data': { 'm': { 'type': 'str', 'features': [ 'new' ] } } }
         { 'event': 'E', 'features': [ 'new' ] }",
        expect![[r#"
            note fine a: feature `gone` removed
            fine note a: no longer deprecated
            fine note a: feature `new` added
            note fine a: now unstable
            note fine a arguments.m: feature `gone` removed
            fine note a arguments.m: feature `new` added
            note fine E: feature `gone` removed
            fine note E: feature `new` added
        "#]],
    );
}

#[test]
fn a_removal_may_have_been_announced() {
    check(
        "{ 'enum': 'Val', 'data': [ 'a', { 'name': 'b', 'features': [ 'unstable' ] } ] }
         { 'command': 'x-a', 'features': [ 'unstable', 'odd', 'deprecated' ] }
         { 'command': 'b', 'data': { 'm': { 'type': 'str', 'features': [ 'deprecated' ] }, 'v': 'Val' } } { 'command': 'c', 'data': 'Val2' }
         { 'struct': 'Val2', 'data': { 'v': 'Val' } } { 'event': 'E', 'features': [ 'deprecated' ] }",
        "{ 'enum': 'Val', 'data': [ 'a' ] } { 'command': 'b', 'data': { 'v': 'Val' } } { 'command': 'c', 'data': 'Val2' }
         { 'struct': 'Val2', 'data': { 'v': 'Val' } }",
        expect![[r#"
            breaking fine x-a: command removed, was unstable and deprecated
            breaking breaking b arguments: required member `m` removed, was deprecated
            breaking fine b arguments.v: value `b` removed, was unstable (also in c)
            breaking fine E: event removed, was deprecated
        "#]],
    );
}

#[test]
fn types_have_features() {
    let schema = |feature: &str| {
        format!(
            "{{ 'enum': 'Val', 'data': [ 'a', 'b' ], 'features': [ '{feature}' ] }}
             {{ 'struct': 'Base', 'data': {{ 'kind': 'Val' }}, 'features': [ '{feature}' ] }}
             {{ 'struct': 'Ex', 'data': {{}}, 'features': [ '{feature}' ] }}
             {{ 'union': 'Uni', 'base': 'Base', 'discriminator': 'kind', 'data': {{ 'a': 'Ex' }}, 'features': [ '{feature}' ] }}
             {{ 'alternate': 'Alt', 'data': {{ 'u': 'Uni', 'n': 'null' }}, 'features': [ '{feature}' ] }}
             {{ 'command': 'do', 'data': 'Ex', 'returns': [ 'Base' ] }}
             {{ 'event': 'E', 'data': {{ 'alt': 'Alt', '*val': 'Val' }} }}"
        )
    };
    check(
        &schema("old"),
        &schema("new"),
        expect![[r#"
            note fine do arguments: feature `old` of the type removed
            fine note do arguments: feature `new` of the type added
            note fine do return[]: feature `old` of the type removed
            fine note do return[]: feature `new` of the type added
            note fine do return[].kind: feature `old` of the type removed (also in E)
            fine note do return[].kind: feature `new` of the type added (also in E)
            note fine E data.alt: feature `old` of the type removed
            fine note E data.alt: feature `new` of the type added
            note fine E data.alt: feature `old` of the type removed
            fine note E data.alt: feature `new` of the type added
            note fine E data.alt[kind=a]: feature `old` of the type removed
            fine note E data.alt[kind=a]: feature `new` of the type added
        "#]],
    );
}

#[test]
fn a_schema_is_compatible_with_itself() {
    let text = "{ 'command': 'a', 'data': { 'x': 'int' } }";
    check(text, text, expect![""]);
    assert_eq!(compare(&load(text), &load("{ 'command': 'a' }"))[0].client, Impact::Breaking);
}

#[test]
fn programs_need_not_read_the_text() {
    let old = "
        { 'alternate': 'Alt', 'data': { 's': 'str', 'n': 'null' } } { 'enum': 'Val', 'data': [ 'a' ] }
        { 'command': 'a', 'data': { '*gone': { 'type': 'str', 'features': [ 'deprecated' ] }, 'may': 'str', 'ty': 'str', 'alt': 'Alt', 'val': 'Val' } }";
    let new = "
        { 'alternate': 'Alt', 'data': { 's': 'str', 'l': [ 'str' ] } } { 'enum': 'Val', 'data': [ 'b' ] }
        { 'command': 'a', 'features': [ 'new' ], 'data': { 'came': 'str', '*may': 'str', 'ty': 'int', 'alt': 'Alt', 'val': 'Val' } }";
    let changes = compare(&load(old), &load(new));
    let texts: String = changes.iter().map(|change| change.to_json().to_string() + "\n").collect();
    expect![[r#"
        {"also":[],"before":[],"change":"feature-added","client":"fine","entity":"a","name":"new","place":"","server":"note","text":"feature `new` added"}
        {"also":[],"before":["deprecated"],"change":"member-removed","client":"breaking","entity":"a","name":"gone","optional":true,"place":"arguments","server":"fine","text":"optional member `gone` removed, was deprecated"}
        {"also":[],"before":[],"change":"now-optional","client":"fine","entity":"a","name":"may","optional":true,"place":"arguments.may","server":"breaking","text":"now optional"}
        {"also":[],"before":[],"change":"type-changed","client":"breaking","entity":"a","new":"int","old":"str","place":"arguments.ty","server":"breaking","text":"type changed from str to int"}
        {"also":[],"before":[],"change":"member-added","client":"breaking","entity":"a","name":"came","optional":false,"place":"arguments","server":"breaking","text":"required member `came` added"}
        {"also":[],"before":[],"change":"branch-removed","client":"breaking","entity":"a","old":"null","place":"arguments.alt","server":"fine","text":"can no longer be null"}
        {"also":[],"before":[],"change":"branch-added","client":"fine","entity":"a","new":"a list","place":"arguments.alt","server":"breaking","text":"can now be a list"}
        {"also":[],"before":[],"change":"value-removed","client":"breaking","entity":"a","name":"a","place":"arguments.val","server":"fine","text":"value `a` removed"}
        {"also":[],"before":[],"change":"value-added","client":"fine","entity":"a","name":"b","place":"arguments.val","server":"breaking","text":"value `b` added"}
    "#]].assert_eq(&texts);
}

/// Describes each change without its place: introspection has commands in another order, so that another command may come
/// first, and another place.
fn sorted(changes: &[Change], line: impl Fn(&Change) -> String) -> String {
    let mut lines: Vec<String> = changes.iter().map(|c| format!("{:?} {}\n", affected(c), line(c))).collect();
    lines.sort();
    lines.concat()
}

#[test]
fn complete_schemas() {
    for [old, new] in [["qemu_7_0", "qemu_7_2"], ["qemu_7_2", "qemu_9_1"], ["guest_agent_7_1", "guest_agent_9_1"]] {
        check_versions(schemas::named(old), schemas::named(new));
    }
}

#[test]
fn shared_schemas() {
    check_versions(schemas::named("qemu_7_2"), schemas::shared_named("qemu_10_0"));
    for part in ["guest_agent", "storage_daemon"] {
        let [old, new] = ["7_2", "10_0"].map(|version| schemas::shared_named(&format!("{part}_{version}")));
        check_versions(old, new);
    }
}

fn check_versions(old: Option<CompleteSchema>, new: Option<CompleteSchema>) {
    let (Some(old_schema), Some(new_schema)) = (old, new) else { return };
    let [old, new] = [&old_schema, &new_schema].map(|schema| {
        let loaded = qmp_schema::load(&schema.path, &LoadOptions::default());
        loaded.unwrap_or_else(|report| panic!("{report}")).schema
    });
    assert_eq!(compare(&old, &old), []);
    assert!(!compare(&old, &new).is_empty(), "{} and {}", old_schema.name, new_schema.name);
    check_mirrored(&old, &new);
    let whole = |c: &Change| format!("{} {} {}", c.client.id(), c.server.id(), c.text());
    // Conditions lower the impact.
    let kind = |c: &Change| c.kind.to_string();
    check_introspected(&old, &new, |changes| sorted(changes, whole), |changes| sorted(changes, kind));
}
