//! Types that several commands and events use.

use expect_test::expect;
use qmp_schema::compat::compare;

use super::{check, load};

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
fn an_exchanged_type_is_reported_at_every_place() {
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
            breaking breaking a arguments.one: type changed from str to bool
            breaking breaking a arguments.list[]: type changed from str to bool
            fine breaking a arguments.either: can now be null
            fine breaking a arguments.or: can now be null
            breaking breaking b arguments.one: type changed from str to bool
            fine breaking b arguments.either: can now be null
            breaking breaking c arguments.x: type changed from str to bool
            breaking breaking c arguments.y: type changed from str to bool
            breaking breaking c return.x: type changed from str to bool
            breaking breaking c return.y: type changed from str to bool
        "#]],
    );
}

#[test]
fn a_change_of_a_type_names_all_its_users() {
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
fn the_number_of_listed_users_is_bounded() {
    let schema = |users: usize, ty: &str| -> String {
        let commands = (0..users).map(|number| format!("{{ 'command': 'c-{number}', 'data': {{ 'm': 'Some' }} }}\n"));
        format!(
            "{{ 'struct': 'Some', 'data': {{ 'deep': 'Deep' }} }} {{ 'struct': 'Deep', 'data': {{ 'x': '{ty}' }} }}\n"
        ) + &commands.collect::<String>()
    };
    let change = |users| compare(&load(&schema(users, "str")), &load(&schema(users, "bool"))).remove(0);
    assert_eq!(change(101).also.len(), 100);
    assert_eq!(
        change(101).to_string(),
        "c-0 arguments.m.deep.x: type changed from str to bool (also in c-1, c-2 and 98 more)"
    );
    assert_eq!(change(102).also.len(), 100);
    assert_eq!(
        change(102).to_string(),
        "c-0 arguments.m.deep.x: type changed from str to bool (also in c-1, c-2 and over 98 more)"
    );
    assert_eq!(change(102).to_json()["also-more"], true);
}

#[test]
fn a_shared_branch_is_reported_once() {
    let schema = |changed: &str| {
        format!(
            "{{ 'enum': 'Kind', 'data': [ 'x', 'y' ] }} {{ 'struct': 'Br', 'data': {{ 'm': 'str' {changed} }} }}
             {{ 'union': 'Ua', 'base': {{ 'k': 'Kind' }}, 'discriminator': 'k', 'data': {{ 'x': 'Br' }} }}
             {{ 'union': 'Ub', 'base': {{ 'k': 'Kind' }}, 'discriminator': 'k', 'data': {{ 'x': 'Br', 'y': 'Br' }} }}
             {{ 'command': 'c1', 'data': 'Ua', 'boxed': true }} {{ 'command': 'c2', 'data': 'Ub', 'boxed': true }}
             {{ 'command': 'c3', 'data': {{ 'br': 'Br' }} }} {{ 'command': 'c4', 'returns': 'Br' }}"
        )
    };
    check(
        &schema(", 'n': 'str'"),
        &schema(""),
        expect![[r#"
            breaking breaking c1 arguments[k=x]: required member `n` removed (also in c2 and c3)
            breaking fine c4 return: required member `n` removed
        "#]],
    );
}

#[test]
fn a_former_union_loses_its_branches_once() {
    let schema = |kind: &str, data: &str| {
        let members: Vec<String> = (0..50).map(|number| format!("'m{number}': 'str'")).collect();
        let mut text = "{ 'enum': 'Kind', 'data': [ 'x' ] }\n".to_owned();
        text += &format!("{{ 'struct': 'Br', 'data': {{ {} }} }}\n", members.join(", "));
        for number in 0..50 {
            text += &format!("{{ '{kind}': 'Uni{number}', {data} }}\n");
            text += &format!("{{ 'command': 'c-{number}', 'data': 'Uni{number}', 'boxed': true }}\n");
        }
        load(&text)
    };
    let union = schema("union", "'base': { 'k': 'Kind' }, 'discriminator': 'k', 'data': { 'x': 'Br' }");
    let object = schema("struct", "'data': { 'k': 'Kind' }");
    let changes = compare(&union, &object);
    assert_eq!((changes.len(), changes[0].also.len()), (50, 49));
    let first = "c-0 arguments[k=x]: required member `m0` removed (also in c-1, c-2 and 47 more)";
    assert_eq!(changes[0].to_string(), first);
}

#[test]
fn only_the_branch_that_a_member_moved_into_differs_from_elsewhere() {
    let schema = |changed: &str, common: &str, branch: &str| {
        format!(
            "{{ 'enum': 'Kind', 'data': [ 'x', 'y' ] }} {{ 'struct': 'Br', 'data': {{ 'm': 'str' {changed} }} }}
             {{ 'struct': 'Ex', 'data': {{ 'e': 'str' {branch} }} }}
             {{ 'union': 'Uni', 'base': {{ 'k': 'Kind' {common} }}, 'discriminator': 'k', 'data': {{ 'x': 'Ex', 'y': 'Br' }} }}
             {{ 'command': 'c1', 'data': 'Uni', 'boxed': true }} {{ 'command': 'c2', 'data': {{ 'br': 'Br', 'ex': 'Ex' }} }}"
        )
    };
    check(
        &schema(", 'n': 'str'", ", '*a': 'str'", ""),
        &schema("", "", ", '*a': 'str'"),
        expect![[r#"
            breaking fine c1 arguments[k=y]: optional member `a` removed
            breaking breaking c1 arguments[k=y]: required member `n` removed (also in c2)
            fine breaking c2 arguments.ex: optional member `a` added
        "#]],
    );
}
