//! Types that change: numbers, alternates, unions, and nothing at all.

use expect_test::expect;
use qmp_schema::compat::compare;
use qmp_schema::model::Conditions;

use super::{check, load};

#[test]
fn types_change() {
    check(
        "{ 'enum': 'Val', 'data': [ 'a' ] } { 'alternate': 'Alt', 'data': { 'v': 'Val', 'n': 'null' } }
         { 'command': 'do', 'data': { 'number': 'int', 'text': 'Val', 'either': 'Val', 'less': 'Alt', 'thing': 'str', 'l': [ 'str' ] } }",
        "{ 'enum': 'Val', 'data': [ 'a' ] } { 'alternate': 'Alt', 'data': { 'v': 'Val', 'n': 'null' } }
         { 'command': 'do', 'data': { 'number': 'number', 'text': 'str', 'either': 'Alt', 'less': 'Val', 'thing': 'bool', 'l': [ 'any' ] } }",
        expect![[r#"
            fine breaking do arguments.number: type changed from int to number
            fine breaking do arguments.text: type changed from an enum to str
            fine breaking do arguments.either: can now be null
            breaking fine do arguments.less: can no longer be null
            breaking breaking do arguments.thing: type changed from str to bool
            fine breaking do arguments.l[]: type changed from str to any
        "#]],
    );
}

#[test]
fn some_integer_may_be_refused() {
    check(
        "{ 'command': 'do', 'data': { 'a': 'int', 'b': 'int8', 'c': 'size', 'd': 'int', 'e': 'uint32', 'f': 'int8', 'g': 'uint8', 'h': 'int' } }",
        "{ 'command': 'do', 'data': { 'a': 'int8', 'b': 'int', 'c': 'uint64', 'd': 'size', 'e': 'int32', 'f': 'uint64', 'g': 'int16', 'h': 'number' } }",
        expect![[r#"
            breaking fine do arguments.a: type changed from int to int8
            fine breaking do arguments.b: type changed from int8 to int
            fine fine do arguments.c: type changed from size to uint64
            fine breaking do arguments.d: type changed from int to size
            breaking breaking do arguments.e: type changed from uint32 to int32
            fine breaking do arguments.f: type changed from int8 to uint64
            fine breaking do arguments.g: type changed from uint8 to int16
            fine breaking do arguments.h: type changed from int to number
        "#]],
    );
    check(
        "{ 'event': 'E', 'data': { 'a': 'int', 'b': 'int8', 'c': 'size', 'd': 'int', 'e': 'uint32', 'f': 'int8', 'g': 'uint8', 'h': 'int' } }",
        "{ 'event': 'E', 'data': { 'a': 'int8', 'b': 'int', 'c': 'uint64', 'd': 'size', 'e': 'int32', 'f': 'uint64', 'g': 'int16', 'h': 'number' } }",
        expect![[r#"
            fine breaking E data.a: type changed from int to int8
            breaking fine E data.b: type changed from int8 to int
            fine fine E data.c: type changed from size to uint64
            breaking breaking E data.d: type changed from int to size
            breaking breaking E data.e: type changed from uint32 to int32
            breaking breaking E data.f: type changed from int8 to uint64
            breaking fine E data.g: type changed from uint8 to int16
            breaking fine E data.h: type changed from int to number
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
            note fine query-a return.text: type changed from an enum to str
            fine note query-a return.value: type changed from str to an enum
            breaking fine query-a return.number: type changed from int to number
        "#]],
    );
}

#[test]
fn any_accepts_everything_and_one_kind_does_not_accept_two() {
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
            fine breaking do arguments.any: type changed from an alternate to any
            fine breaking do arguments.only: can now be null
            fine breaking do arguments.either: can now be a list
            breaking fine E data.any: type changed from an alternate to any
            breaking fine E data.only: can now be null
            note fine E data.either: can now be a list
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
fn cases_with_the_same_branch_are_grouped() {
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
            breaking breaking E data[k=y|x].a: type changed from str to bool
            breaking breaking E data[k=z].z: type changed from str to bool
            breaking breaking E data[k=case-0|case-1|case-2|case-3|case-4|case-5|case-6|case-7|case-8|case-9|case-10|case-11|case-12|case-13|...].m: type changed from str to bool
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
fn nothing_is_the_object_without_members() {
    check(
        "{ 'command': 'query-a' } { 'command': 'query-b' } { 'command': 'c', 'data': { '*x': 'int' } } { 'event': 'E' }",
        "{ 'pragma': { 'command-returns-exceptions': [ 'query-a' ] } }
         { 'enum': 'Kind', 'data': [ 'p', 'q' ] } { 'struct': 'Pi', 'data': { 'z': 'str' } }
         { 'union': 'Uni', 'base': { 'k': 'Kind' }, 'discriminator': 'k', 'data': { 'p': 'Pi' } }
         { 'command': 'query-a', 'returns': [ 'int' ] } { 'command': 'query-b', 'returns': 'Uni' } { 'command': 'c' }
         { 'struct': 'Empty', 'data': {} } { 'event': 'E', 'data': 'Empty' }",
        expect![[r#"
            breaking breaking query-a return: type changed from an object to a list
            fine breaking query-b return: required member `k` added
            fine breaking query-b return[k=p]: required member `z` added
            breaking fine c arguments: optional member `x` removed
        "#]],
    );
}
