//! Compatibility: each kind of change, where it stands and whom it hurts; and complete schemas.

use expect_test::{Expect, expect};
use qmp_schema::compat::{Change, ChangeKind, Impact, compare};
use qmp_schema::model::{Conditions, Schema};
use qmp_schema::{LoadOptions, TypeNames, import, introspect, load_text};

/// What changed between two schemas, each line `CLIENT SERVER CHANGE`.
fn check(old: &str, new: &str, expected: Expect) {
    let (old, new) = (load(old), load(new));
    expected.assert_eq(&text(&compare(&old, &new)));
    check_other_ways(&old, &new, text);
}

/// The way back must mean to servers what the way there means to clients. The same must come of introspection, in which types
/// have no names.
fn check_other_ways(old: &Schema, new: &Schema, text: impl Fn(&[Change]) -> String) {
    let changes = compare(old, new);
    let back = compare(new, old);
    let sorted = |mut impacts: Vec<_>| {
        impacts.sort();
        impacts
    };
    let there = sorted(changes.iter().map(|c| (concerned(c), c.client, c.server)).collect());
    assert_eq!(there, sorted(back.iter().map(|c| (concerned(c), c.server, c.client)).collect()), "the way back");

    let told: Vec<Change> = changes.into_iter().filter(is_told).collect();
    assert_eq!(text(&compare(&dumped(old), &dumped(new))), text(&told), "by introspection");
    assert_eq!(text(&compare(&dumped(old), new)), text(&told), "from introspection");
    assert_eq!(text(&compare(old, &dumped(new))), text(&told), "to introspection");
}

/// All commands and events that the change concerns.
fn concerned(change: &Change) -> Vec<&String> {
    let mut concerned: Vec<&String> = change.also.iter().chain([&change.entity]).collect();
    concerned.sort();
    concerned
}

fn load(text: &str) -> Schema {
    load_text("t.json", text, &LoadOptions::default()).unwrap_or_else(|report| panic!("{report}")).schema
}

/// What a server tells of the schema.
fn dumped(schema: &Schema) -> Schema {
    let dump = introspect(schema, &Conditions::Everything, TypeNames::Masked);
    import("t.json", &dump).unwrap_or_else(|report| panic!("{report}")).schema
}

fn text(changes: &[Change]) -> String {
    changes.iter().map(|c| format!("{} {} {c}\n", c.client.id(), c.server.id())).collect()
}

/// Whether introspection tells: not how wide integers are, nor all flags of commands.
fn is_told(change: &Change) -> bool {
    let is_integer = |name: &str| ["int", "uint", "size"].iter().any(|integer| name.starts_with(integer));
    match &change.kind {
        ChangeKind::TypeChanged { old, new, .. } => !is_integer(old) || !is_integer(new),
        kind => !["preconfig", "response"].iter().any(|flag| kind.id().starts_with(flag)),
    }
}

#[test]
fn commands_and_events_come_and_go() {
    check(
        "{ 'command': 'a' } { 'command': 'b', 'allow-oob': true } { 'event': 'E' }",
        "{ 'command': 'b' } { 'command': 'c', 'allow-oob': true } { 'event': 'F', 'features': [ 'deprecated' ] }",
        expect![[r#"
            breaking fine a: command removed
            breaking fine b: cannot be executed out of band any more
            fine breaking c: command added
            breaking fine E: event removed
            fine breaking F: event added
        "#]],
    );
}

#[test]
fn flags_of_commands_come_and_go_as_far_as_both_schemas_tell() {
    check(
        "{ 'command': 'a', 'allow-preconfig': true } { 'command': 'b', 'success-response': false } { 'command': 'c' }",
        "{ 'command': 'a' } { 'command': 'b' } { 'command': 'c', 'success-response': false, 'allow-preconfig': true }",
        expect![[r#"
            breaking fine a: cannot be executed before the machine is initialised any more
            breaking breaking b: is answered on success now
            fine breaking c: can be executed before the machine is initialised
            breaking breaking c: is not answered on success any more
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
            breaking fine a arguments.must: required now
            fine breaking a arguments.may: optional now
            breaking breaking a arguments: required member `new` added
            fine breaking a arguments: optional member `free` added
        "#]],
    );
}

#[test]
fn what_servers_send_is_read_leniently() {
    check(
        "{ 'struct': 'Ret', 'data': { 'gone': 'str', '*went': 'str', '*must': 'str', 'may': 'str' } }
         { 'command': 'query-a', 'returns': 'Ret' }",
        "{ 'struct': 'Ret', 'data': { 'must': 'str', '*may': 'str', 'new': 'str', '*free': 'str' } }
         { 'command': 'query-a', 'returns': 'Ret' }",
        expect![[r#"
            breaking fine query-a return: required member `gone` removed
            note fine query-a return: optional member `went` removed
            fine breaking query-a return.must: required now
            breaking fine query-a return.may: optional now
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
            note fine do arguments.v=b: deprecated now
            fine breaking do arguments.v: value `c` added
            fine note E data.v: value `a` removed
            note fine E data.v=b: deprecated now
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
            fine note a: not deprecated any more
            fine note a: feature `new` added
            note fine a: unstable now
            note fine a arguments.m: feature `gone` removed
            fine note a arguments.m: feature `new` added
            note fine E: feature `gone` removed
            fine note E: feature `new` added
        "#]],
    );
}

#[test]
fn what_is_removed_may_have_been_announced() {
    check(
        "{ 'enum': 'Val', 'data': [ 'a', { 'name': 'b', 'features': [ 'unstable' ] } ] }
         { 'command': 'x-a', 'features': [ 'unstable', 'odd', 'deprecated' ] }
         { 'command': 'b', 'data': { 'm': { 'type': 'str', 'features': [ 'deprecated' ] }, 'v': 'Val' } } { 'command': 'c', 'data': 'Val2' }
         { 'struct': 'Val2', 'data': { 'v': 'Val' } } { 'event': 'E', 'features': [ 'deprecated' ] }",
        "{ 'enum': 'Val', 'data': [ 'a' ] } { 'command': 'b', 'data': { 'v': 'Val' } } { 'command': 'c', 'data': 'Val2' }
         { 'struct': 'Val2', 'data': { 'v': 'Val' } }",
        expect![[r#"
            breaking fine x-a: command removed, unstable and deprecated before
            breaking breaking b arguments: required member `m` removed, deprecated before
            breaking fine b arguments.v: value `b` removed, unstable before (also in c)
            breaking fine E: event removed, deprecated before
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
fn types_change() {
    check(
        "{ 'enum': 'Val', 'data': [ 'a' ] } { 'alternate': 'Alt', 'data': { 'v': 'Val', 'n': 'null' } }
         { 'command': 'do', 'data': { 'number': 'int', 'text': 'Val', 'either': 'Val', 'less': 'Alt', 'thing': 'str', 'l': [ 'str' ] } }",
        "{ 'enum': 'Val', 'data': [ 'a' ] } { 'alternate': 'Alt', 'data': { 'v': 'Val', 'n': 'null' } }
         { 'command': 'do', 'data': { 'number': 'number', 'text': 'str', 'either': 'Alt', 'less': 'Val', 'thing': 'bool', 'l': [ 'any' ] } }",
        expect![[r#"
            fine breaking do arguments.number: was int, is number
            fine breaking do arguments.text: was an enum, is str
            fine breaking do arguments.either: can also be null
            breaking fine do arguments.less: cannot be null any more
            breaking breaking do arguments.thing: was str, is bool
            fine breaking do arguments.l[]: was str, is any
        "#]],
    );
}

#[test]
fn some_integer_may_be_refused() {
    check(
        "{ 'command': 'do', 'data': { 'a': 'int', 'b': 'int8', 'c': 'size', 'd': 'int', 'e': 'uint32', 'f': 'int8', 'g': 'uint8', 'h': 'int' } }",
        "{ 'command': 'do', 'data': { 'a': 'int8', 'b': 'int', 'c': 'uint64', 'd': 'size', 'e': 'int32', 'f': 'uint64', 'g': 'int16', 'h': 'number' } }",
        expect![[r#"
            breaking fine do arguments.a: was int, is int8
            fine breaking do arguments.b: was int8, is int
            fine fine do arguments.c: was size, is uint64
            fine breaking do arguments.d: was int, is size
            breaking breaking do arguments.e: was uint32, is int32
            fine breaking do arguments.f: was int8, is uint64
            fine breaking do arguments.g: was uint8, is int16
            fine breaking do arguments.h: was int, is number
        "#]],
    );
    check(
        "{ 'event': 'E', 'data': { 'a': 'int', 'b': 'int8', 'c': 'size', 'd': 'int', 'e': 'uint32', 'f': 'int8', 'g': 'uint8', 'h': 'int' } }",
        "{ 'event': 'E', 'data': { 'a': 'int8', 'b': 'int', 'c': 'uint64', 'd': 'size', 'e': 'int32', 'f': 'uint64', 'g': 'int16', 'h': 'number' } }",
        expect![[r#"
            fine breaking E data.a: was int, is int8
            breaking fine E data.b: was int8, is int
            fine fine E data.c: was size, is uint64
            breaking breaking E data.d: was int, is size
            breaking breaking E data.e: was uint32, is int32
            breaking breaking E data.f: was int8, is uint64
            breaking fine E data.g: was uint8, is int16
            breaking fine E data.h: was int, is number
        "#]],
    );
}

#[test]
fn returned_types_change() {
    check(
        "{ 'enum': 'Val', 'data': [ 'a' ] } { 'struct': 'Ret', 'data': { 'text': 'Val', 'value': 'str', 'number': 'int' } }
         { 'command': 'query-a', 'returns': 'Ret' }",
        "{ 'enum': 'Val', 'data': [ 'a' ] } { 'struct': 'Ret', 'data': { 'text': 'str', 'value': 'Val', 'number': 'number' } }
         { 'command': 'query-a', 'returns': 'Ret' }",
        expect![[r#"
            note fine query-a return.text: was an enum, is str
            fine note query-a return.value: was str, is an enum
            breaking fine query-a return.number: was int, is number
        "#]],
    );
}

#[test]
fn any_value_takes_all_and_who_knows_one_kind_only_cannot_read_two() {
    let schema = |either: &str, any: &str, only: &str| {
        format!(
            "{{ 'enum': 'Val', 'data': [ 'a' ] }} {{ 'alternate': 'Two', 'data': {{ 'v': 'Val', 'n': 'null' }} }}
             {{ 'alternate': 'Three', 'data': {{ 'v': 'Val', 'n': 'null', 'l': [ 'str' ] }} }}
             {{ 'command': 'do', 'data': {{ 'either': '{either}', 'any': '{any}', 'only': '{only}' }} }}
             {{ 'event': 'E', 'data': {{ 'either': '{either}', 'any': '{any}', 'only': '{only}' }} }}"
        )
    };
    check(
        &schema("Two", "Two", "Val"),
        &schema("Three", "any", "Two"),
        expect![[r#"
            fine breaking do arguments.any: was an alternate, is any
            fine breaking do arguments.only: can also be null
            fine breaking do arguments.either: can also be a list
            breaking fine E data.any: was an alternate, is any
            breaking fine E data.only: can also be null
            note fine E data.either: can also be a list
        "#]],
    );
}

#[test]
fn members_move_into_branches() {
    check(
        "{ 'enum': 'Kind', 'data': [ 'x', 'y' ] } { 'struct': 'Ret', 'data': { 'k': 'Kind', 'a': 'str' } }
         { 'command': 'query-r', 'returns': 'Ret' }",
        "{ 'enum': 'Kind', 'data': [ 'x', 'y' ] } { 'struct': 'Ex', 'data': { 'a': 'str', 'b': 'str' } }
         { 'union': 'Ret', 'base': { 'k': 'Kind' }, 'discriminator': 'k', 'data': { 'x': 'Ex' } }
         { 'command': 'query-r', 'returns': 'Ret' }",
        expect![[r#"
            fine breaking query-r return[k=x]: required member `b` added
            breaking fine query-r return[k=y]: required member `a` removed
        "#]],
    );
}

#[test]
fn cases_with_the_same_branch_are_told_together() {
    let schema = |ty: &str| {
        let names: Vec<String> = (0..30).map(|number| format!("'case-{number}'")).collect();
        let branches: Vec<String> = names.iter().map(|name| format!("{name}: 'Many'")).collect();
        format!(
            "{{ 'enum': 'Kind', 'data': [ 'x', 'y', 'z', 'none', {} ] }} {{ 'struct': 'Ex', 'data': {{ 'a': '{ty}' }} }}
             {{ 'struct': 'Zed', 'data': {{ 'z': '{ty}' }} }} {{ 'struct': 'Many', 'data': {{ 'm': '{ty}' }} }}
             {{ 'union': 'Uni', 'base': {{ 'k': 'Kind' }}, 'discriminator': 'k', 'data': {{ 'y': 'Ex', 'z': 'Zed', 'x': 'Ex', {} }} }}
             {{ 'event': 'E', 'data': 'Uni', 'boxed': true }}",
            names.join(", "),
            branches.join(", ")
        )
    };
    check(
        &schema("str"),
        &schema("bool"),
        expect![[r#"
        breaking breaking E data[k=y|x].a: was str, is bool
        breaking breaking E data[k=z].z: was str, is bool
        breaking breaking E data[k=case-0|case-1|case-2|case-3|case-4|case-5|case-6|case-7|case-8|case-9|case-10|case-11|case-12|case-13|...].m: was str, is bool
    "#]],
    );
}

#[test]
fn a_value_without_its_branch_is_refused() {
    let schema = "
        { 'enum': 'Kind', 'data': [ 'x', 'y' ] } { 'struct': 'Ex', 'data': { 'a': 'str' } }
        { 'union': 'Arg', 'base': { 'k': 'Kind' }, 'discriminator': 'k',
          'data': { 'x': 'Ex', 'y': { 'type': 'Ex', 'if': 'HAVE_Y' } } }
        { 'command': 'do', 'data': 'Arg', 'boxed': true }";
    let whole = load(schema);
    let mut part = whole.clone();
    part.configure(&Conditions::defined::<&str>([]));
    let texts = |old, new| compare(old, new).iter().map(|c| format!("{} {c}", c.client.id())).collect::<Vec<_>>();
    assert_eq!(texts(&whole, &part), ["breaking do arguments.k: value `y` removed"]);
    assert_eq!(texts(&part, &whole), ["fine do arguments.k: value `y` added"]);
}

#[test]
fn types_may_contain_themselves_and_nothing_may_become_something() {
    check(
        "{ 'struct': 'Tree', 'data': { '*t': [ 'Tree' ], 'a': 'str' } } { 'command': 'a', 'returns': 'Tree' } { 'command': 'b' }",
        "{ 'struct': 'Tree', 'data': { '*t': [ 'Tree' ] } } { 'command': 'a', 'returns': 'Tree' } { 'command': 'b', 'data': { 'x': 'int' } }",
        expect![[r#"
            breaking fine a return: required member `a` removed
            breaking breaking b arguments: required member `x` added
        "#]],
    );
}

#[test]
fn nothing_is_the_object_without_members() {
    check(
        "{ 'command': 'query-a' } { 'command': 'query-b' } { 'command': 'c', 'data': { '*x': 'int' } } { 'event': 'E' }",
        "{ 'pragma': { 'command-returns-exceptions': [ 'query-a' ] } }
         { 'enum': 'Kind', 'data': [ 'p', 'q' ] } { 'struct': 'Pi', 'data': { 'z': 'str' } }
         { 'union': 'Uni', 'base': { 'k': 'Kind' }, 'discriminator': 'k', 'data': { 'p': 'Pi' } }
         { 'command': 'query-a', 'returns': [ 'int' ] } { 'command': 'query-b', 'returns': 'Uni' } { 'command': 'c' }
         { 'struct': 'Empty', 'data': {} } { 'event': 'E', 'data': 'Empty' }",
        expect![[r#"
            breaking breaking query-a return: was an object, is a list
            fine breaking query-b return: required member `k` added
            fine breaking query-b return[k=p]: required member `z` added
            breaking fine c arguments: optional member `x` removed
        "#]],
    );
}

#[test]
fn a_type_that_was_exchanged_is_told_wherever_it_was() {
    let schema = |ty: &str, thing: &str| {
        format!(
            "{{ 'alternate': 'Alt', 'data': {{ 's': 'str', 'n': 'null' }} }} {{ 'struct': 'Ex', 'data': {{ 'x': '{ty}', 'y': '{ty}' }} }}
             {{ 'command': 'a', 'data': {{ 'one': '{ty}', 'list': [ '{ty}' ], 'either': '{thing}', 'or': '{thing}' }} }}
             {{ 'command': 'b', 'data': {{ 'one': '{ty}', 'either': '{thing}' }} }}
             {{ 'command': 'c', 'data': 'Ex', 'returns': 'Ex' }}"
        )
    };
    check(
        &schema("str", "str"),
        &schema("bool", "Alt"),
        expect![[r#"
        breaking breaking a arguments.one: was str, is bool
        breaking breaking a arguments.list[]: was str, is bool
        fine breaking a arguments.either: can also be null
        fine breaking a arguments.or: can also be null
        breaking breaking b arguments.one: was str, is bool
        fine breaking b arguments.either: can also be null
        breaking breaking c arguments.x: was str, is bool
        breaking breaking c arguments.y: was str, is bool
        breaking breaking c return.x: was str, is bool
        breaking breaking c return.y: was str, is bool
    "#]],
    );
}

#[test]
fn whoever_uses_a_type_is_told_of_its_change() {
    let schema = |changed: &str| {
        format!(
            "{{ 'struct': 'Leaf', 'data': {{ {changed} }} }} {{ 'struct': 'Tree', 'data': {{ '*t': [ 'Tree' ], 'leaf': 'Leaf' }} }}
             {{ 'enum': 'Kind', 'data': [ 'x', 'y' ] }} {{ 'struct': 'Ex', 'data': {{ 'tree': 'Tree' }} }}
             {{ 'union': 'Uni', 'base': {{ 'k': 'Kind' }}, 'discriminator': 'k', 'data': {{ 'x': 'Ex' }} }}
             {{ 'command': 'a', 'data': 'Leaf', 'returns': 'Leaf' }} {{ 'command': 'b', 'data': 'Tree' }}
             {{ 'command': 'c', 'data': 'Uni', 'boxed': true }} {{ 'command': 'd', 'data': {{ 'x': [ 'Ex' ] }} }}
             {{ 'command': 'e', 'data': {{ 'l': [ 'Leaf' ] }} }} {{ 'command': 'f', 'data': {{ 'kind': 'Kind' }} }}
             {{ 'event': 'E', 'data': 'Tree' }} {{ 'event': 'F', 'data': 'Leaf' }}"
        )
    };
    check(
        &schema("'l': 'str', '*m': 'bool'"),
        &schema("'l': 'str'"),
        expect![[r#"
            breaking fine a arguments: optional member `m` removed (also in b, c and 2 more)
            note fine a return: optional member `m` removed (also in E and F)
        "#]],
    );
    let changes = compare(&load(&schema("'*m': 'bool'")), &load(&schema("")));
    assert_eq!(changes[0].also, ["b", "c", "d", "e"]);
    assert_eq!(changes[1].also, ["E", "F"]);
}

#[test]
fn of_very_many_users_some_are_told() {
    let schema = |users: usize, ty: &str| -> String {
        let commands = (0..users).map(|number| format!("{{ 'command': 'c-{number}', 'data': {{ 'm': 'Some' }} }}\n"));
        format!(
            "{{ 'struct': 'Some', 'data': {{ 'deep': 'Deep' }} }} {{ 'struct': 'Deep', 'data': {{ 'x': '{ty}' }} }}\n"
        ) + &commands.collect::<String>()
    };
    let change = |users| compare(&load(&schema(users, "str")), &load(&schema(users, "bool"))).remove(0);
    assert_eq!(change(101).also.len(), 100);
    assert_eq!(change(101).to_string(), "c-0 arguments.m.deep.x: was str, is bool (also in c-1, c-2 and 98 more)");
    assert_eq!(change(102).also.len(), 100);
    assert_eq!(change(102).to_string(), "c-0 arguments.m.deep.x: was str, is bool (also in c-1, c-2 and over 98 more)");
    assert_eq!(change(102).to_json()["also-more"], true);
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
        {"also":[],"before":["deprecated"],"change":"member-removed","client":"breaking","entity":"a","name":"gone","optional":true,"place":"arguments","server":"fine","text":"optional member `gone` removed, deprecated before"}
        {"also":[],"before":[],"change":"now-optional","client":"fine","entity":"a","optional":true,"place":"arguments.may","server":"breaking","text":"optional now"}
        {"also":[],"before":[],"change":"type-changed","client":"breaking","entity":"a","new":"int","old":"str","place":"arguments.ty","server":"breaking","text":"was str, is int"}
        {"also":[],"before":[],"change":"member-added","client":"breaking","entity":"a","name":"came","optional":false,"place":"arguments","server":"breaking","text":"required member `came` added"}
        {"also":[],"before":[],"change":"alternative-removed","client":"breaking","entity":"a","old":"null","place":"arguments.alt","server":"fine","text":"cannot be null any more"}
        {"also":[],"before":[],"change":"alternative-added","client":"fine","entity":"a","new":"a list","place":"arguments.alt","server":"breaking","text":"can also be a list"}
        {"also":[],"before":[],"change":"value-removed","client":"breaking","entity":"a","name":"a","place":"arguments.val","server":"fine","text":"value `a` removed"}
        {"also":[],"before":[],"change":"value-added","client":"fine","entity":"a","name":"b","place":"arguments.val","server":"breaking","text":"value `b` added"}
    "#]].assert_eq(&texts);
}

/// Introspection has commands in another order, so that another one may come first, and another place.
fn in_any_order(changes: &[Change]) -> String {
    let line = |c: &Change| format!("{} {} {:?} {}\n", c.client.id(), c.server.id(), concerned(c), c.text());
    let mut lines: Vec<String> = changes.iter().map(line).collect();
    lines.sort();
    lines.concat()
}

#[test]
fn complete_schemas() {
    let root = std::env::var_os("QMP_SHARED").map_or_else(|| "../../shared".into(), std::path::PathBuf::from);
    for part in ["qapi", "qga", "storage-daemon/qapi"] {
        let [old, new] = ["qemu-7.2", "qemu-10.0"].map(|version| {
            let path = root.join("schemas").join(version).join(part).join("qapi-schema.json");
            let schema = qmp_schema::load(&path, &LoadOptions::default());
            path.exists().then(|| schema.unwrap_or_else(|report| panic!("{report}")).schema)
        });
        let (Some(old), Some(new)) = (old, new) else {
            println!("skipped: comparing {part}: no {}", root.display());
            continue;
        };
        assert_eq!(compare(&old, &old), []);
        assert!(!compare(&old, &new).is_empty(), "{part}");
        check_other_ways(&old, &new, in_any_order);
    }
}
