//! Several versions of a schema, merged: what every rule makes of the differences, and the errors where there is no common type.

use expect_test::{Expect, expect};
use qmp_schema::model::{Builtin, Conditions, Schema, TypeId, TypeKind, Versions};
use qmp_schema::{LabelledSchema, LoadOptions, StringOrEnum, TypeNames, import, introspect, load_text, merge};

fn load(label: &str, text: &str) -> LabelledSchema {
    let loaded = load_text(&format!("{label}.json"), text, &LoadOptions::default());
    LabelledSchema::new(label, loaded.unwrap_or_else(|report| panic!("{report}")).schema)
}

/// The same schema as a server of it reports it: without names, conditions and the widths of integers.
fn reported(label: &str, text: &str) -> LabelledSchema {
    let schema = load(label, text).schema;
    let introspection = introspect(&schema, &Conditions::Everything, TypeNames::Masked);
    let imported = import(&format!("{label}.dump"), &introspection).unwrap_or_else(|report| panic!("{report}"));
    LabelledSchema::new(label, imported.schema)
}

fn merged(versions: &[(&str, &str)]) -> String {
    merged_as(StringOrEnum::Enum, versions.iter().map(|(label, text)| load(label, text)).collect())
}

fn merged_as(strings: StringOrEnum, mut versions: Vec<LabelledSchema>) -> String {
    let main = versions.remove(0);
    merge(main, versions, strings).map_or_else(|report| report.to_string() + "\n", |schema| shown(&schema))
}

/// Checks what the versions are merged to. The last is the main one.
#[track_caller]
fn check(old: &str, new: &str, expected: &Expect) {
    expected.assert_eq(&merged(&[("2.0", new), ("1.0", old)]));
}

/// A line for each command, event and type that they use, with the versions of what some lack.
fn shown(schema: &Schema) -> String {
    let mut text = String::new();
    let versions =
        |versions: Versions| schema.describe_versions(versions).map_or(String::new(), |text| format!("  # {text}"));
    let ty = |id: Option<TypeId>| id.map_or("-".to_owned(), |id| name(schema, id));
    for command in &schema.commands {
        let (arguments, returns) = (ty(command.arguments), ty(command.returns));
        text += &format!("{}({arguments}) -> {returns}{}\n", command.def.name, versions(command.def.versions));
    }
    for event in &schema.events {
        text += &format!("{}({}){}\n", event.def.name, ty(event.arguments), versions(event.def.versions));
    }
    for (id, ty) in schema.types().skip(Builtin::ALL.len() + 2) {
        let parts: Vec<String> = match &ty.kind {
            TypeKind::Builtin(_) | TypeKind::Array(_) => continue,
            TypeKind::Enum(kind) => {
                kind.values.iter().map(|value| format!("{}{}", value.name, versions(value.versions))).collect()
            }
            TypeKind::Alternate(alternate) => {
                let branch = |branch: &qmp_schema::model::Branch| {
                    format!("{}: {}{}", branch.name, name(schema, branch.ty), versions(branch.versions))
                };
                alternate.branches.iter().map(branch).collect()
            }
            TypeKind::Object(object) => {
                let member = |member: &&qmp_schema::model::Member| {
                    let star = if member.optional { "*" } else { "" };
                    format!("{star}{}: {}{}", member.name, name(schema, member.ty), versions(member.versions))
                };
                let branches = object.variants.iter().flat_map(|variants| &variants.branches);
                let branch = |branch: &qmp_schema::model::Branch| {
                    format!("[{}] {}{}", branch.name, name(schema, branch.ty), versions(branch.versions))
                };
                schema.members(id).iter().map(member).chain(branches.map(branch)).collect()
            }
        };
        text += &format!("{}{}\n", ty.def.name, versions(ty.def.versions));
        text.extend(parts.iter().map(|part| format!("    {part}\n")));
    }
    text
}

fn name(schema: &Schema, id: TypeId) -> String {
    match &schema.ty(id).kind {
        TypeKind::Array(element) => format!("[{}]", name(schema, *element)),
        TypeKind::Builtin(Builtin::Integer) => "integer".to_owned(),
        _ => schema.ty(id).def.name.clone(),
    }
}

#[test]
fn members_of_replies_and_arguments() {
    check(
        "{ 'command': 'q', 'data': { 'both': 'int', 'old': 'int', '*maybe': 'int' }, 'returns': 'Reply' }
         { 'struct': 'Reply', 'data': { 'both': 'str', 'old': 'bool', '*loose': 'str' } }",
        "{ 'command': 'q', 'data': { 'both': 'int', 'new': 'int', 'maybe': 'int' }, 'returns': 'Reply' }
         { 'struct': 'Reply', 'data': { 'both': 'str', 'new': 'bool', 'loose': 'str' } }",
        &expect![[r#"
            q(q_obj_q-arg) -> Reply
            q_obj_q-arg
                both: int
                *new: int  # Since 2.0, not in 1.0.
                *maybe: int
                *old: int  # Until 1.0, not in 2.0.
            Reply
                both: str
                *new: bool  # Since 2.0, not in 1.0.
                *loose: str
                *old: bool  # Until 1.0, not in 2.0.
        "#]],
    );
}

#[test]
fn commands_events_and_their_types() {
    check(
        "{ 'command': 'old', 'data': { 'need': 'Apple' } } { 'struct': 'Apple', 'data': { 'shared': 'Size', 'own': ['Berry'] } }
         { 'struct': 'Berry', 'data': { 'x': 'int' } } { 'struct': 'Size', 'data': { 'a': 'int' } }
         { 'command': 'both', 'returns': 'Size' } { 'event': 'GONE', 'data': 'Size' }",
        "{ 'struct': 'Size', 'data': { 'a': 'int', 'b': 'int' } } { 'command': 'both', 'returns': 'Size' }
         { 'command': 'new', 'returns': 'Size' } { 'event': 'CAME', 'data': { 'id': 'str' } }",
        &expect![[r#"
            both(-) -> Size
            new(-) -> Size  # Since 2.0, not in 1.0.
            old(q_obj_old-arg) -> -  # Until 1.0, not in 2.0.
            CAME(q_obj_CAME-arg)  # Since 2.0, not in 1.0.
            GONE(Size)  # Until 1.0, not in 2.0.
            Size
                a: int
                *b: int  # Since 2.0, not in 1.0.
            q_obj_CAME-arg  # Since 2.0, not in 1.0.
                id: str
            q_obj_old-arg  # Until 1.0, not in 2.0.
                need: Apple
            Apple  # Until 1.0, not in 2.0.
                shared: Size
                own: [Berry]
            Berry  # Until 1.0, not in 2.0.
                x: int
        "#]],
    );
}

#[test]
fn arguments_that_one_version_has_none_of() {
    check(
        "{ 'command': 'a' } { 'command': 'b', 'data': { 'x': 'int' } } { 'event': 'EVENT' } { 'command': 'c' }",
        "{ 'command': 'a', 'data': { 'x': 'int' } } { 'command': 'b' } { 'event': 'EVENT', 'data': { 'y': 'str' } }
         { 'command': 'c', 'returns': 'Reply' } { 'struct': 'Reply', 'data': { 'z': 'int' } }",
        &expect![[r#"
            a(q_obj_a-arg) -> -
            b(q_obj_b-arg) -> -
            c(-) -> Reply
            EVENT(q_obj_EVENT-arg)
            q_obj_a-arg  # Since 2.0, not in 1.0.
                *x: int  # Since 2.0, not in 1.0.
            q_obj_EVENT-arg  # Since 2.0, not in 1.0.
                *y: str  # Since 2.0, not in 1.0.
            Reply  # Since 2.0, not in 1.0.
                *z: int
            q_obj_b-arg  # Until 1.0, not in 2.0.
                *x: int  # Until 1.0, not in 2.0.
        "#]],
    );
}

#[test]
fn bases_belong_to_their_object_alone() {
    check(
        "{ 'struct': 'Base', 'data': { 'a': 'int' } } { 'struct': 'One', 'base': 'Base', 'data': { 'b': 'int' } }
         { 'command': 'one', 'returns': 'One' } { 'command': 'base', 'returns': 'Base' }",
        "{ 'struct': 'Base', 'data': { 'a': 'int' } } { 'struct': 'One', 'data': { 'b': 'int' } }
         { 'command': 'one', 'returns': 'One' } { 'command': 'base', 'returns': 'Base' }",
        &expect![[r#"
            one(-) -> One
            base(-) -> Base
            Base
                a: int
            One
                b: int
                *a: int  # Until 1.0, not in 2.0.
        "#]],
    );
}

#[test]
fn enums_unions_and_alternates_have_the_parts_of_all() {
    check(
        "{ 'enum': 'Kind', 'data': [ 'a', 'b', 'c' ] } { 'struct': 'Apple', 'data': { 'x': 'int' } }
         { 'struct': 'Cherry', 'data': { 'z': 'int' } }
         { 'union': 'Fruit', 'base': { 'k': 'Kind' }, 'discriminator': 'k', 'data': { 'a': 'Apple', 'c': 'Cherry' } }
         { 'alternate': 'Alt', 'data': { 's': 'str', 'd': 'Apple' } } { 'command': 'q', 'returns': 'Fruit', 'data': { 'alt': 'Alt' } }",
        "{ 'enum': 'Kind', 'data': [ 'a', 'b', 'd' ] } { 'struct': 'Apple', 'data': { 'x': 'int', 'new': 'int' } }
         { 'struct': 'Berry', 'data': { 'y': 'int' } }
         { 'union': 'Fruit', 'base': { 'k': 'Kind' }, 'discriminator': 'k', 'data': { 'a': 'Apple', 'b': 'Berry' } }
         { 'alternate': 'Alt', 'data': { 's': 'str', 'l': ['str'] } } { 'command': 'q', 'returns': 'Fruit', 'data': { 'alt': 'Alt' } }",
        &expect![[r#"
            q(q_obj_q-arg) -> Fruit
            Kind
                a
                b
                d  # Since 2.0, not in 1.0.
                c  # Until 1.0, not in 2.0.
            Apple
                x: int
                *new: int  # Since 2.0, not in 1.0.
            Berry  # Since 2.0, not in 1.0.
                *y: int
            q_obj_Fruit-base  # Since 2.0, not in 1.0.
                k: Kind
            Fruit
                k: Kind
                [a] Apple
                [b] Berry
                [d] q_empty  # Since 2.0, not in 1.0.
                [c] Cherry  # Until 1.0, not in 2.0.
            Alt
                s: str
                l: [str]  # Since 2.0, not in 1.0.
                d: Apple  # Until 1.0, not in 2.0.
            q_obj_q-arg
                alt: Alt
            Cherry  # Until 1.0, not in 2.0.
                z: int
        "#]],
    );
}

/// One member, of the types in the two versions: the type in the merged schema.
#[test]
fn the_common_type_of_a_member() {
    const TYPES: &str = "{ 'enum': 'Level', 'data': [ 'a' ] } { 'struct': 'Size', 'data': { 'x': 'int' } }
                         { 'alternate': 'Alt', 'data': { 's': 'str', 'd': 'Size' } }";
    let mut table = String::new();
    for (old, new) in [
        ("'int'", "'int'"),
        ("'uint8'", "'uint32'"),
        ("'int8'", "'uint8'"),
        ("'int'", "'uint64'"),
        ("'size'", "'uint64'"),
        ("'int'", "'number'"),
        ("'str'", "'Level'"),
        ("'Level'", "'str'"),
        ("'any'", "'Size'"),
        ("'Size'", "'any'"),
        ("'int'", "'Alt'"),
        ("'bool'", "'Alt'"),
        ("'Alt'", "'str'"),
        ("'Alt'", "'Level'"),
        ("'str'", "'int'"),
        ("'Size'", "'str'"),
        ("['uint8']", "['int']"),
        ("['str']", "['Level']"),
        ("['Size']", "'Size'"),
    ] {
        let text = |ty: &str| {
            format!("{TYPES} {{ 'command': 'q', 'returns': 'Reply' }} {{ 'struct': 'Reply', 'data': {{ 'm': {ty} }} }}")
        };
        let merged = merged(&[("2.0", &text(new)), ("1.0", &text(old))]);
        let ty = merged.lines().skip_while(|line| *line != "Reply").nth(1).unwrap_or(&merged).trim();
        let alternate = ty.trim_start_matches("m: ");
        let parts: Vec<&str> = match alternate.contains("Or") || alternate.starts_with("Alt") {
            true => merged
                .lines()
                .skip_while(|line| line.split("  #").next() != Some(alternate))
                .skip(1)
                .take_while(|line| line.starts_with(' '))
                .map(str::trim)
                .collect(),
            false => Vec::new(),
        };
        table += format!("{old:10} {new:10} {ty} {}", parts.join(", ")).trim_end();
        table.push('\n');
    }
    expect![[r#"
        'int'      'int'      m: int
        'uint8'    'uint32'   m: uint32
        'int8'     'uint8'    m: int16
        'int'      'uint64'   m: integer
        'size'     'uint64'   m: uint64
        'int'      'number'   m: number
        'str'      'Level'    m: Level
        'Level'    'str'      m: Level
        'any'      'Size'     m: any
        'Size'     'any'      m: any
        'int'      'Alt'      m: Alt s: str, d: Size, int: int  # Until 1.0, not in 2.0.
        'bool'     'Alt'      m: Alt s: str, d: Size, bool: bool  # Until 1.0, not in 2.0.
        'Alt'      'str'      m: Alt s: str, d: Size
        'Alt'      'Level'    m: Alt2 enum: Level, d: Size
        'str'      'int'      m: IntOrStr int: int  # Since 2.0, not in 1.0., str: str  # Until 1.0, not in 2.0.
        'Size'     'str'      m: StrOrSize str: str  # Since 2.0, not in 1.0., object: Size  # Until 1.0, not in 2.0.
        ['uint8']  ['int']    m: [int]
        ['str']    ['Level']  m: [Level]
        ['Size']   'Size'     m: SizeOrSizeList object: Size  # Since 2.0, not in 1.0., array: [Size]  # Until 1.0, not in 2.0.
    "#]].assert_eq(&table);
    let strings = vec![
        load("2.0", "{ 'command': 'q', 'data': { 'm': 'Level' } } { 'enum': 'Level', 'data': [ 'a' ] }"),
        load("1.0", "{ 'command': 'q', 'data': { 'm': 'str' } }"),
    ];
    assert!(merged_as(StringOrEnum::String, strings).contains("    m: str\n"));
}

#[test]
fn a_struct_and_a_union() {
    const K: &str = "{ 'enum': 'Kind', 'data': [ 'a', 'b' ] } { 'struct': 'Apple', 'data': { 'x': 'int' } } { 'command': 'q', 'returns': 'Fruit' }";
    let union = format!(
        "{K} {{ 'union': 'Fruit', 'base': {{ 'k': 'Kind', 'c': 'int' }}, 'discriminator': 'k', 'data': {{ 'a': 'Apple' }} }}"
    );
    let with_tag = format!("{K} {{ 'struct': 'Fruit', 'data': {{ 'k': 'Kind', 'c': 'int' }} }}");
    let without = format!("{K} {{ 'struct': 'Fruit', 'data': {{ 'x': 'int', 'c': 'int' }} }}");
    check(
        &with_tag,
        &union,
        &expect![[r#"
        q(-) -> Fruit
        Kind
            a
            b
        Apple
            *x: int
        q_obj_Fruit-base  # Since 2.0, not in 1.0.
            k: Kind
            c: int
        Fruit
            k: Kind
            c: int
            [a] Apple  # Since 2.0, not in 1.0.
            [b] q_empty  # Since 2.0, not in 1.0.
    "#]],
    );
    check(
        &union,
        &with_tag,
        &expect![[r#"
        q(-) -> Fruit
        Kind
            a
            b
        Apple
            *x: int
        Fruit
            k: Kind
            c: int
            [a] Apple  # Until 1.0, not in 2.0.
            [b] q_empty  # Until 1.0, not in 2.0.
    "#]],
    );
    check(
        &without,
        &union,
        &expect![[r#"
        q(-) -> Fruit
        Kind
            a
            b
        Apple
            x: int
        q_obj_Fruit-base  # Since 2.0, not in 1.0.
            k: Kind
            c: int
        Fruit
            *k: Kind  # Since 2.0, not in 1.0.
            c: int
            *x: int
    "#]],
    );
    check(
        &union,
        &without,
        &expect![[r#"
        q(-) -> Fruit
        Kind
            a
            b
        Apple
            x: int
        Fruit
            *x: int
            c: int
            *k: Kind  # Until 1.0, not in 2.0.
    "#]],
    );
}

#[test]
fn three_versions_of_which_one_is_introspection() {
    let old = "{ 'command': 'query-disk', 'returns': ['Disk'] } { 'struct': 'Disk', 'data': { 'id': 'str', 'gone': 'int', 'kind': 'Kind' } }
               { 'enum': 'Kind', 'data': [ 'hd', 'cd' ] }";
    let main = "{ 'command': 'query-disk', 'returns': ['Disk'] } { 'struct': 'Disk', 'data': { 'id': 'str', 'size': 'uint32', 'kind': 'Kind' } }
                { 'enum': 'Kind', 'data': [ 'hd', 'cd', 'nvme' ] } { 'command': 'eject', 'data': { 'kind': 'Kind' } }";
    let new = "{ 'command': 'query-disk', 'returns': ['Disk'] }
               { 'struct': 'Disk', 'data': { 'id': 'str', 'size': 'uint32', 'later': ['Later'], 'kind': 'Kind' } }
               { 'struct': 'Later', 'data': { 'n': 'int' } } { 'enum': 'Kind', 'data': [ 'hd', 'nvme' ] }
               { 'command': 'eject', 'data': { 'kind': 'Kind', '*force': 'bool' } }";
    let versions = vec![load("10.0", main), load("7.2", old), reported("11.1", new)];
    expect![[r#"
        query-disk(-) -> [Disk]
        eject(q_obj_eject-arg) -> -  # Since 10.0, not in 7.2.
        Disk
            id: str
            *size: uint32  # Since 10.0, not in 7.2.
            kind: Kind
            *gone: int  # Until 7.2, not in 10.0 and 11.1.
            *later: [DiskLater]  # Since 11.1, not in 7.2 and 10.0.
        Kind
            hd
            cd  # Until 10.0, not in 11.1.
            nvme  # Since 10.0, not in 7.2.
        q_obj_eject-arg  # Since 10.0, not in 7.2.
            kind: Kind
            *force: bool  # Since 11.1, not in 7.2 and 10.0.
        DiskLater  # Since 11.1, not in 7.2 and 10.0.
            n: integer
    "#]]
    .assert_eq(&merged_as(StringOrEnum::Enum, versions));
    // A dump may be the main version: integers then have the widths of the other.
    let versions = vec![reported("11.1", new), load("10.0", main)];
    expect![[r#"
        query-disk(-) -> [DiskInfo]
        eject(q_obj_eject-arg) -> -
        q_obj_eject-arg
            kind: DiskKind
            *force: bool  # Since 11.1, not in 10.0.
        DiskInfo
            id: str
            size: uint32
            *later: [DiskLater]  # Since 11.1, not in 10.0.
            kind: DiskKind
        DiskLater  # Since 11.1, not in 10.0.
            n: integer
        DiskKind
            hd
            nvme
            cd  # Until 10.0, not in 11.1.
    "#]]
    .assert_eq(&merged_as(StringOrEnum::Enum, versions));
}

#[test]
fn errors_have_both_places() {
    check(
        "{ 'command': 'q', 'returns': 'Fruit' } { 'struct': 'Fruit', 'data': { 'x': 'Size' } } { 'struct': 'Size', 'data': {} }
         { 'command': 'silent', 'success-response': false }",
        "{ 'struct': 'Apple', 'data': { 'x': 'Size' } } { 'struct': 'Size', 'data': {} } { 'enum': 'Kind', 'data': [ 'a', 'b' ] }
         { 'command': 'q', 'returns': 'Fruit' } { 'struct': 'Berry', 'data': { 'x': 'Thing' } } { 'struct': 'Thing', 'data': { 'y': 'int' } }
         { 'union': 'Fruit', 'base': { 'k': 'Kind' }, 'discriminator': 'k', 'data': { 'a': 'Apple', 'b': 'Berry' } }
         { 'command': 'silent' }",
        &expect![[r#"
            2.0.json:3:21: error: q return: union `Fruit` with the discriminator `k` and struct `Fruit` have no common type
              |
            3 |          { 'union': 'Fruit', 'base': { 'k': 'Kind' }, 'discriminator': 'k', 'data': { 'a': 'Apple', 'b': 'Berry' } }
              |                     ^^^^^^^ union `Fruit` with the discriminator `k`, in 2.0
              |
             ::: 1.0.json:1:52
              |
            1 | { 'command': 'q', 'returns': 'Fruit' } { 'struct': 'Fruit', 'data': { 'x': 'Size' } } { 'struct': 'Size', 'data': {} }
              |                                                    ------- struct `Fruit`, in 1.0
              |
              = help: leave the command or event out, or generate bindings of one of the versions

            2.0.json:4:23: error: command `silent` has a reply on success in some versions only
              |
            4 |          { 'command': 'silent' }
              |                       ^^^^^^^^ in 2.0
              |
             ::: 1.0.json:2:23
              |
            2 |          { 'command': 'silent', 'success-response': false }
              |                       -------- in 1.0
              |
              = help: leave the command out, or generate bindings of one of the versions
        "#]],
    );
    expect![[r#"
        error: two versions are called `1.0`
         = help: name the versions, as in `also = [("7.2", "old/schema.json")]`
    "#]]
    .assert_eq(&merged(&[("1.0", ""), ("1.0", "")]));
    let labels: Vec<String> = (0..=64).map(|number| format!("1.{number}")).collect();
    let versions = |count: usize| labels[..count].iter().map(|label| load(label, "{ 'command': 'stop' }")).collect();
    assert_eq!(merged_as(StringOrEnum::Enum, versions(64)), "stop(-) -> -\n");
    assert!(merged_as(StringOrEnum::Enum, versions(65)).starts_with("error: the schema has more than 64 versions"));
}

#[test]
fn versions_are_described_by_their_order() {
    let text = |members: &str| {
        format!("{{ 'command': 'q', 'returns': 'Reply' }} {{ 'struct': 'Reply', 'data': {{ {members} }} }}")
    };
    for (labels, expected) in [
        (
            ["9.0", "10.0", "8.2"],
            ["Since 9.0, not in 8.2.", "Until 9.0, not in 10.0.", "Only in 9.0, not in 8.2 and 10.0."],
        ),
        (
            ["old", "new", "first"],
            [
                "Only in old and new, not in first.",
                "Only in old and first, not in new.",
                "Only in old, not in new and first.",
            ],
        ),
    ] {
        let versions = ["'a': 'int', 'b': 'int', 'c': 'int'", "'a': 'int'", "'b': 'int'"];
        let mut versions: Vec<_> =
            labels.iter().zip(versions).map(|(label, members)| load(label, &text(members))).collect();
        let schema = merge(versions.remove(0), versions, StringOrEnum::Enum).unwrap();
        let members = schema.members(schema.commands[0].returns.unwrap());
        let described: Vec<_> = members.iter().filter_map(|member| schema.describe_versions(member.versions)).collect();
        assert_eq!(described, expected);
    }
}
