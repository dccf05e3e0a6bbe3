//! Schemas from introspection: names, the way back, and whatever else a list may hold.

use std::path::{Path, PathBuf};

use expect_test::{Expect, expect};
use qmp_schema::compat::compare;
use qmp_schema::model::Conditions;
use qmp_schema::{
    Config, LoadOptions, Side, TypeNames, import, introspect, is_introspection, load, load_text, open, open_text,
    qapi_from_introspection, tidy_introspection,
};
use serde_json::{Value, json};

const SMALL: &str = "
    { 'enum': 'Kind', 'data': [ 'one', { 'name': 'two', 'features': [ 'odd' ] }, 'three' ] }
    { 'struct': 'One', 'data': { 'sizes': [ 'size' ], '*next': 'Either', '*any': { 'type': 'any', 'features': [ 'unstable' ] } } }
    { 'struct': 'Nothing', 'data': {} }
    { 'union': 'Either', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': { 'one': 'One', 'three': 'Nothing' } }
    { 'alternate': 'Reference', 'data': { 'either': 'Either', 'name': 'str' } }
    { 'struct': 'ThingInfo', 'data': { 'id': 'str', 'state': 'Kind' } }
    { 'command': 'put', 'data': { 'what': [ 'Reference' ] }, 'allow-oob': true, 'features': [ 'unstable' ] }
    { 'command': 'query-things', 'returns': [ 'ThingInfo' ] }
    { 'command': 'set-either', 'data': 'Either', 'boxed': true, 'returns': 'ThingInfo' }
    { 'event': 'DONE', 'data': { 'size': 'uint64' } }";

fn dump(schema: &str) -> String {
    let loaded = load_text("small.json", schema, &LoadOptions::default()).unwrap_or_else(|report| panic!("{report}"));
    introspect(&loaded.schema, &Conditions::Everything, TypeNames::Masked)
}

/// What introspection says after an import.
fn back(dump: &str) -> String {
    let loaded = import("dump.json", dump).unwrap_or_else(|report| panic!("{report}"));
    introspect(&loaded.schema, &Conditions::Everything, TypeNames::Masked)
}

#[test]
fn types_are_named_by_their_use() {
    let text = qapi_from_introspection("dump.json", &dump(SMALL)).unwrap_or_else(|report| panic!("{report}"));
    let (_, definitions) = text.split_once("\n\n").expect("a header");
    expect![[r#"
        { 'command': 'put',
          'data': { 'what': [ 'PutWhat' ] },
          'allow-oob': true,
          'features': [ 'unstable' ] }

        { 'command': 'query-things',
          'returns': [ 'ThingsInfo' ] }

        { 'command': 'set-either',
          'data': 'SetEitherArguments',
          'boxed': true,
          'returns': 'ThingsInfo' }

        { 'event': 'DONE',
          'data': { 'size': 'int' } }

        # What `query-things` returns, a list of these.
        # What `set-either` returns.
        { 'struct': 'ThingsInfo',
          'data': { 'id': 'str', 'state': 'ThingsState' } }

        # The arguments of `set-either`.
        # A branch of `PutWhat`.
        # Member `next` of `SetEitherOne`.
        { 'union': 'SetEitherArguments',
          'base': { 'kind': 'ThingsState' },
          'discriminator': 'kind',
          'data': { 'one': 'SetEitherOne', 'three': 'SetEitherThree' } }

        # Argument `what` of `put`, a list of these.
        { 'alternate': 'PutWhat',
          'data': { 'object': 'SetEitherArguments', 'str': 'str' } }

        # Member `state` of `ThingsInfo`.
        # Member `kind` of `SetEitherArguments`.
        { 'enum': 'ThingsState',
          'data': [ 'one', { 'name': 'two', 'features': [ 'odd' ] }, 'three' ] }

        # Branch `one` of `SetEitherArguments`.
        { 'struct': 'SetEitherOne',
          'data': {
              'sizes': [ 'int' ],
              '*next': 'SetEitherArguments',
              '*any': { 'type': 'any', 'features': [ 'unstable' ] } } }

        # Branch `three` of `SetEitherArguments`.
        { 'struct': 'SetEitherThree',
          'data': {} }
    "#]]
    .assert_eq(definitions);
    load_text("again.json", &text, &LoadOptions::default()).unwrap_or_else(|report| panic!("{report}"));
}

#[test]
fn the_way_there_and_back_changes_nothing() {
    let dump = dump(SMALL);
    assert_eq!(back(&dump), dump);
}

#[test]
fn names_that_a_list_tells_are_kept() {
    let loaded = load_text("small.json", SMALL, &LoadOptions::default()).expect("a schema");
    let dump = introspect(&loaded.schema, &Conditions::Everything, TypeNames::Plain);
    let imported = import("dump.json", &dump).unwrap_or_else(|report| panic!("{report}")).schema;
    assert_eq!(introspect(&imported, &Conditions::Everything, TypeNames::Plain), dump);
}

#[test]
fn a_server_may_lack_a_branch_but_have_its_value_or_the_other_way_round() {
    let schema = "
        { 'enum': 'Kind', 'data': [ 'a', 'b', { 'name': 'c', 'if': 'C' } ] } { 'struct': 'Some', 'data': { 'x': 'int' } }
        { 'union': 'Uni', 'base': { 'k': 'Kind' }, 'discriminator': 'k',
          'data': { 'a': 'Some', 'b': { 'type': 'Some', 'if': 'B' }, 'c': 'Some' } }
        { 'command': 'query-u', 'returns': 'Uni' }";
    let schema = load_text("t.json", schema, &LoadOptions::default()).expect("a schema").schema;
    let dump = introspect(&schema, &Conditions::defined::<&str>([]), TypeNames::Masked);
    assert!(dump.contains(r#""variants": [{"case": "a", "type": "3"}, {"case": "c", "type": "3"}]"#), "{dump}");
    assert!(back(&dump).contains(r#""variants": [{"case": "a", "type": "3"}]"#), "{}", back(&dump));
}

#[test]
fn the_empty_object_is_known_by_its_name() {
    let schema = "
        { 'enum': 'Kind', 'data': [ 'a', 'b' ] } { 'struct': 'Some', 'data': { 'x': 'int' } }
        { 'union': 'Uni', 'base': { 'k': 'Kind' }, 'discriminator': 'k', 'data': { 'a': 'Some' } }
        { 'command': 'c', 'data': 'Some', 'returns': 'Uni' }";
    let schema = load_text("t.json", schema, &LoadOptions::default()).expect("a schema").schema;
    let dump = introspect(&schema, &Conditions::Everything, TypeNames::Plain);
    assert!(dump.contains(r#"{"case": "b", "type": "q_empty"}"#), "{dump}");
    let imported = import("dump.json", &dump).unwrap_or_else(|report| panic!("{report}")).schema;
    assert_eq!(introspect(&imported, &Conditions::Everything, TypeNames::Plain), dump);
}

#[test]
fn data_whose_name_a_list_tells_keeps_it() {
    let schema = "{ 'struct': 'What', 'data': { 'x': 'int' } } { 'command': 'c', 'data': 'What' } { 'command': 'd', 'data': { 'y': 'int' } }";
    let schema = load_text("t.json", schema, &LoadOptions::default()).expect("a schema").schema;
    let dump = introspect(&schema, &Conditions::Everything, TypeNames::Plain);
    assert!(dump.contains(r#""arg-type": "What""#) && dump.contains(r#""arg-type": "q_obj_d-arg""#), "{dump}");
    let imported = import("dump.json", &dump).unwrap_or_else(|report| panic!("{report}")).schema;
    assert_eq!(introspect(&imported, &Conditions::Everything, TypeNames::Plain), dump);
}

#[test]
fn before_qemu_6_2_enums_had_values_only() {
    let old = dump(SMALL)
        .replace(r#""members": [{"name": "one"}, {"name": "two", "features": ["odd"]}, {"name": "three"}], "#, "");
    assert!(!old.contains(r#""odd""#));
    assert_eq!(back(&old), dump(SMALL).replace(r#", "features": ["odd"]"#, ""));
}

#[test]
fn names_that_the_language_dislikes_are_excepted() {
    let text = "
        { 'pragma': { 'command-name-exceptions': [ 'do_it' ], 'command-returns-exceptions': [ 'do_it' ],
                      'member-name-exceptions': [ 'Odd', 'Args' ] } }
        { 'enum': 'Odd', 'data': [ 'A_b' ] } { 'struct': 'Args', 'data': { 'qdevId': 'Odd', 'list': [ 'Args' ] } }
        { 'command': 'do_it', 'data': 'Args', 'returns': [ 'Odd' ] }";
    assert_eq!(back(&dump(text)), dump(text));
}

#[test]
fn the_list_is_found_in_what_was_captured() {
    let list = dump(SMALL);
    let pretty = format!("{:#}", serde_json::from_str::<Value>(&list).expect("JSON"));
    let greeting =
        r#"{"QMP": {"version": {"qemu": {"micro": 0, "minor": 1, "major": 0}, "package": ""}, "capabilities": []}}"#;
    let commands = r#"{"return": [{"name": "put"}, {"name": "query-things"}], "id": 2}"#;
    let event = r#"{"timestamp": {"seconds": 1, "microseconds": 2}, "event": "STOP"}"#;
    for captured in [
        list.clone(),
        pretty.clone(),
        format!("{{\"return\": {list}}}"),
        format!("{{\n  \"return\": {pretty},\n  \"id\": \"libvirt-1\"\n}}"),
        format!("{{\"id\":1,\"return\":{list}}}"),
        format!("{greeting}\r\n{{\"return\": {{}}}}\r\n{commands}\r\n{event}\r\n{{\"return\": {list}}}\r\n{event}\r\n"),
        format!(
            "{greeting}\n{{\"execute\": \"qmp_capabilities\"}}\n{{\"return\": {{}}}}\n{{\"return\": {list}, \"id\": 7}}"
        ),
    ] {
        assert!(is_introspection(&captured), "{captured}");
        assert_eq!(back(&captured), list, "{captured}");
        assert_eq!(tidy_introspection("d.json", &captured).unwrap_or_else(|report| panic!("{report}")), list);
        assert!(open_text("d.json", &captured, &LoadOptions::default()).is_ok());
    }
    assert_eq!(back("[]"), "[]");
    assert_eq!(back("{\"return\": []}"), "[]");
    for schema in ["", "# text", "{ 'event': 'E' }", "[ { 'event': 'E' } ]", "[", "{", "\"a\"", "{}"] {
        assert!(!is_introspection(schema), "{schema}");
    }
}

#[test]
fn a_list_is_made_tidy_but_its_order_and_names_stay() {
    let list = r#"[
        {"meta-type":"object","name":"7","members":[{"type":"int","default":null,"name":"a","new":1.5}],"more":"\u0041\n"},
        {"name": "int", "json-type": "int", "meta-type": "builtin"},
        {"arg-type":"7","ret-type":"7","meta-type":"command","name":"c","allow-oob":true}]"#;
    let tidy = tidy_introspection("d.json", list).unwrap_or_else(|report| panic!("{report}"));
    expect![[r#"
        [{"name": "7", "meta-type": "object", "members": [{"name": "a", "type": "int", "default": null, "new": 1.5}], "more": "A\n"},
        {"name": "int", "meta-type": "builtin", "json-type": "int"},
        {"name": "c", "meta-type": "command", "arg-type": "7", "ret-type": "7", "allow-oob": true}]"#]].assert_eq(&tidy.replace("}, {\"name", "},\n{\"name"));
    assert!(tidy_introspection("d.json", "[{}]").is_err());
}

#[test]
fn a_capture_without_a_list_is_refused() {
    refused_text(
        "{\"return\": {}}\n{\"return\": 1}\n",
        expect!["d.json:2:14: error: not what `query-qmp-schema` returns: no reply with such a list in it"],
    );
    refused_text(
        "{\"QMP\": {}}\n{\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"The command query-qmp-schema has not been found\"}}",
        expect![
            "d.json:2:11: error: not what `query-qmp-schema` returns: the server refused: The command query-qmp-schema has not been found"
        ],
    );
    refused_text(
        "{\"return\": []}{\"return\": [1]}",
        expect!["d.json:1:30: error: not what `query-qmp-schema` returns: no reply with such a list in it"],
    );
    refused_text(
        "{\"return\": [1]}",
        expect!["d.json:1:13: error: not what `query-qmp-schema` returns: an entry that is not an object"],
    );
}

#[test]
fn mistakes_of_json_are_told_where_they_are() {
    refused_text(
        "[\n  {\"name\": \"E\",\n   'meta-type': 1}\n]\n",
        expect!["d.json:3:4: error: not what `query-qmp-schema` returns: no JSON list: key must be a string"],
    );
    refused_text(
        "[\n  {\"name\": \"E\"},\n  {\"name\": \"\u{fc}\u{fc}\" \"x\"}\n]\n",
        expect!["d.json:3:17: error: not what `query-qmp-schema` returns: no JSON list: expected `,` or `}`"],
    );
    refused_text(
        "[\n  {\"name\": \"E\"}\n\n",
        expect!["d.json:2:16: error: not what `query-qmp-schema` returns: no JSON list: EOF while parsing a list"],
    );
    refused_text(
        "{\"QMP\": {}}\n{\"return\": [{\"name\" \"meta-type\"}]}\n",
        expect!["d.json:2:21: error: not what `query-qmp-schema` returns: no JSON message: expected `:`"],
    );
    refused_text(
        "[\n  {\"name\": \"E\",\n  \"x\": 1e999}]",
        expect!["d.json:3:12: error: not what `query-qmp-schema` returns: no JSON object: number out of range"],
    );
}

#[test]
fn what_the_language_refuses_is_told_of_the_entry() {
    let refused = |more: Value, expected: Expect| {
        let mut entries = vec![
            json!({ "name": "do", "meta-type": "command", "arg-type": "0", "ret-type": "0", "features": ["odd"] }),
            json!({ "name": "int", "meta-type": "builtin", "json-type": "int" }),
        ];
        entries.extend(more.as_array().expect("a list").clone());
        let lines: Vec<String> = entries.iter().map(Value::to_string).collect();
        refused_text(&format!("[{}]", lines.join(",\n")), expected);
    };
    let object = |members: Value| json!({ "name": "0", "meta-type": "object", "members": members });
    let (a, two) = (json!({ "name": "a", "type": "int" }), json!({ "name": "b", "type": "1" }));
    refused(
        json!([object(json!([a, a]))]),
        expect!["d.json:3:1: error: not what `query-qmp-schema` returns: object `0`: `a` is there twice"],
    );
    refused(
        json!([object(json!([two])), { "name": "1", "meta-type": "object", "members": [a, { "name": "u", "type": "int" }] }]),
        expect!["d.json:4:1: error: not what `query-qmp-schema` returns: object `1`: the member name `u` is reserved"],
    );
    refused(
        json!([object(json!([two])), { "name": "1", "meta-type": "alternate", "members": [{ "type": "1" }, { "type": "int" }, { "type": "int" }] }]),
        expect![[r#"
            d.json:4:1: error: not what `query-qmp-schema` returns: `1` cannot be a branch of an alternate
            d.json:4:1: error: not what `query-qmp-schema` returns: alternate `1`: `int` is there twice"#]],
    );
    refused(
        json!([object(json!([])), { "name": "do", "meta-type": "event", "arg-type": "0" }]),
        expect![[r#"
        d.json:4:1: error: not what `query-qmp-schema` returns: event `do` is not in UPPER_CASE
        d.json:4:1: error: not what `query-qmp-schema` returns: `do` is defined twice"#]],
    );
}

/// Whatever is wrong with a list: the first line of each error.
fn refused(dump: &Value, expected: Expect) {
    refused_text(&dump.to_string(), expected);
}

fn refused_text(dump: &str, expected: Expect) {
    let report = import("d.json", dump).expect_err("refused").to_string();
    let errors: Vec<&str> = report.lines().filter(|line| line.starts_with("d.json:")).collect();
    expected.assert_eq(&errors.join("\n"));
}

#[test]
fn what_is_no_list_of_entries_is_refused() {
    refused_text(
        "[",
        expect!["d.json:1:2: error: not what `query-qmp-schema` returns: no JSON list: EOF while parsing a list"],
    );
    refused_text(
        &("[".repeat(100_000) + &"]".repeat(100_000)),
        expect!["d.json:1:129: error: not what `query-qmp-schema` returns: no JSON object: recursion limit exceeded"],
    );
    refused(
        &json!([1, {}, { "name": "a" }]),
        expect![[r#"
        d.json:1:2: error: not what `query-qmp-schema` returns: an entry that is not an object
        d.json:1:4: error: not what `query-qmp-schema` returns: `name` is missing
        d.json:1:7: error: not what `query-qmp-schema` returns: `meta-type` is missing"#]],
    );
    refused(
        &json!([{ "name": "a", "meta-type": "thing" }]),
        expect!["d.json:1:2: error: not what `query-qmp-schema` returns: thing `a`: unknown meta-type"],
    );
    refused(
        &json!([{ "name": "1", "meta-type": "enum", "values": ["a'", "\\"] }]),
        expect![[r#"d.json:1:2: error: not what `query-qmp-schema` returns: enum `1`: "a'" cannot be a name"#]],
    );
}

#[test]
fn of_very_many_mistakes_the_first_are_told() {
    let report = import("d.json", &Value::from(vec![1; 100]).to_string()).expect_err("refused");
    assert_eq!(report.diagnostics().len(), 100);
    let report = import("d.json", &Value::from(vec![1; 1000]).to_string()).expect_err("refused");
    assert_eq!(report.diagnostics().len(), 100);
    assert!(report.to_string().ends_with("= help: mend these first: what comes after them is not told"), "{report}");
}

#[test]
fn what_does_not_hang_together_is_refused() {
    let event = |ty: &str| json!({ "name": "E", "meta-type": "event", "arg-type": ty });
    refused(
        &json!([event("0")]),
        expect![
            "d.json:1:2: error: not what `query-qmp-schema` returns: `E` has its data of type `0`, which is not in the list"
        ],
    );
    refused(
        &json!([event("0"), { "name": "0", "meta-type": "builtin", "json-type": "int" }]),
        expect![
            "d.json:1:2: error: not what `query-qmp-schema` returns: `E` has its data of type `0`, which is not an object"
        ],
    );
    let empty = json!({ "name": "0", "meta-type": "object", "members": [] });
    refused(
        &json!([event("0"), empty, empty]),
        expect!["d.json:1:97: error: not what `query-qmp-schema` returns: type `0` is there twice"],
    );
    refused(
        &json!([event("0"), event("0"), empty]),
        expect!["d.json:1:50: error: not what `query-qmp-schema` returns: `E` is defined twice"],
    );
    let own_branch = json!({ "name": "0", "meta-type": "object", "members": [{ "name": "t", "type": "1" }],
        "tag": "t", "variants": [{ "case": "a", "type": "0" }] });
    refused(
        &json!([event("0"), own_branch, { "name": "1", "meta-type": "enum", "values": ["a"] }]),
        expect!["d.json:1:50: error: not what `query-qmp-schema` returns: `0` contains itself"],
    );
    refused(
        &json!([event("[[0]]"), { "name": "[[0]]", "meta-type": "array", "element-type": "[0]" },
                { "name": "[0]", "meta-type": "array", "element-type": "0" }, empty]),
        expect![[r#"
            d.json:1:2: error: not what `query-qmp-schema` returns: `E` has its data of type `[[0]]`, which is not an object
            d.json:1:54: error: not what `query-qmp-schema` returns: `[[0]]` has its elements of type `[0]`, which is an array in an array"#]],
    );
}

#[test]
fn a_chain_of_types_is_as_long_as_it_likes() {
    let object = |at: usize| json!({ "name": at.to_string(), "meta-type": "object", "members": [{ "name": "next", "type": (at + 1).to_string() }] });
    let mut entries: Vec<Value> = (0..5_000).map(object).collect();
    entries.push(json!({ "name": "5000", "meta-type": "object", "members": [] }));
    entries.insert(0, json!({ "name": "E", "meta-type": "event", "arg-type": "0" }));
    let loaded = import("d.json", &Value::from(entries).to_string()).unwrap_or_else(|report| panic!("{report}"));
    let longest = loaded.schema.types().map(|(_, ty)| ty.def.name.len()).max();
    assert!(longest < Some(100), "{longest:?}");
}

/// Whatever is done to a list, it is read or refused, and what is read can be written, compared and generated from.
#[test]
fn damaged_lists_are_no_trouble() {
    let mut rng = fastrand::Rng::with_seed(1);
    let whole = dump(SMALL);
    let intact = import("d.json", &whole).expect("it is right").schema;
    let (mut read, mut refused) = (0, 0);
    for _ in 0..2000 {
        match import("d.json", &damaged(&whole, &mut rng)) {
            Ok(loaded) => {
                let _ = introspect(&loaded.schema, &Conditions::Everything, TypeNames::Masked);
                let _ = compare(&intact, &loaded.schema);
                let _ = Config::new().generate(loaded.schema);
                read += 1;
            }
            Err(report) => {
                assert!(!report.to_string().is_empty());
                refused += 1;
            }
        }
    }
    assert!(read > 100 && refused > 100, "{read} read, {refused} refused");
}

/// The list with some of its strings exchanged, or some of its bytes.
fn damaged(list: &str, rng: &mut fastrand::Rng) -> String {
    let mut parts: Vec<&str> = list.split('"').collect();
    if rng.bool() {
        for _ in 0..rng.usize(1..3) {
            let (a, b) = (rng.usize(..parts.len() / 2) * 2 + 1, rng.usize(..parts.len() / 2) * 2 + 1);
            if rng.bool() { parts.swap(a, b) } else { parts[a] = parts[b] }
        }
        return parts.join("\"");
    }
    let mut bytes = list.as_bytes().to_vec();
    let at = rng.usize(..bytes.len());
    match rng.bool() {
        true => bytes[at] = rng.alphanumeric() as u8,
        false => drop(bytes.drain(at..(at + rng.usize(1..30)).min(list.len()))),
    }
    String::from_utf8(bytes).expect("it was ASCII")
}

#[test]
fn bindings_are_generated_from_a_file_of_introspection() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("dump.json");
    std::fs::write(&path, dump(SMALL)).expect("a file");
    let expansion = Config::new().side(Side::Client).expand(&path).unwrap_or_else(|report| panic!("{report}"));
    assert_eq!(expansion.files, [path]);
    assert!(expansion.items.contains("pub size: ::qmp_types::Int,"), "{}", expansion.items);
    // The lines of the schema that was made of it mean nothing to anybody.
    assert!(expansion.items.contains("`put`, `dump.json`\n"), "{}", expansion.items);
    assert!(!expansion.items.contains("dump.json:"), "{}", expansion.items);
}

#[test]
fn complete_schemas_survive() {
    for path in complete_schemas() {
        let schema = load(&path, &LoadOptions::default()).unwrap_or_else(|report| panic!("{report}")).schema;
        let dump = introspect(&schema, &Conditions::Everything, TypeNames::Masked);
        assert_eq!(back(&dump), dump, "{}", path.display());
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("dump.json");
        std::fs::write(&file, &dump).expect("a file");
        assert_eq!(
            open(&file, &LoadOptions::default()).expect("a schema").schema.commands.len(),
            schema.commands.len()
        );
    }
}

fn complete_schemas() -> Vec<PathBuf> {
    let root = std::env::var_os("QMP_SHARED").map_or_else(|| Path::new("../../shared").to_owned(), PathBuf::from);
    let files = ["qemu-7.2", "qemu-10.0"].into_iter().flat_map(|version| {
        ["qapi", "qga", "storage-daemon/qapi"].map(|part| format!("schemas/{version}/{part}/qapi-schema.json"))
    });
    let found = |path: &PathBuf| {
        if !path.exists() {
            println!("skipped: the way there and back of {}: not found", path.display());
        }
        path.exists()
    };
    files.map(|file| root.join(file)).filter(found).collect()
}
