//! Schemas from introspection data: names, the way back, and special cases.

mod captured;
mod placeholders;
mod rejected;

use expect_test::expect;
use qmp_schema::model::Conditions;
use qmp_schema::{
    Config, LoadOptions, Side, TypeNames, import, introspect, load, load_text, open, qapi_from_introspection,
};
use serde_json::{Value, json};
use test_support::schemas::{self, CompleteSchema};

pub(crate) const SMALL: &str = "
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

pub(crate) fn dump(schema: &str) -> String {
    let loaded = load_text("small.json", schema, &LoadOptions::default()).unwrap_or_else(|report| panic!("{report}"));
    introspect(&loaded.schema, &Conditions::Everything, TypeNames::Masked)
}

/// Returns the introspection of an imported list.
pub(crate) fn back(dump: &str) -> String {
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

        # Returned by `query-things`, a list of these.
        # Returned by `set-either`.
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
          'data': { 'sizes': [ 'int' ],
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
fn names_in_a_list_are_kept() {
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
fn data_keeps_its_name_in_a_list() {
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
fn a_chain_of_types_is_as_long_as_it_likes() {
    let object = |at: usize| json!({ "name": at.to_string(), "meta-type": "object", "members": [{ "name": "next", "type": (at + 1).to_string() }] });
    let mut entries: Vec<Value> = (0..5_000).map(object).collect();
    entries.push(json!({ "name": "5000", "meta-type": "object", "members": [] }));
    entries.insert(0, json!({ "name": "E", "meta-type": "event", "arg-type": "0" }));
    let loaded = import("d.json", &Value::from(entries).to_string()).unwrap_or_else(|report| panic!("{report}"));
    let longest = loaded.schema.types().map(|(_, ty)| ty.def.name.len()).max();
    assert!(longest < Some(100), "{longest:?}");
}

#[test]
fn bindings_are_generated_from_a_file_of_introspection() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("dump.json");
    std::fs::write(&path, dump(SMALL)).expect("a file");
    let expansion = Config::new().side(Side::Client).expand(&path).unwrap_or_else(|report| panic!("{report}"));
    assert_eq!(expansion.files, [path]);
    assert!(expansion.items.contains("pub size: ::qmp_types::Int,"), "{}", expansion.items);
    // The list is on one line: its number means nothing.
    assert!(expansion.items.contains("`put`, `dump.json`\n"), "{}", expansion.items);
    assert!(!expansion.items.contains("dump.json:"), "{}", expansion.items);
}

#[test]
fn complete_schemas_survive() {
    schemas::published().into_iter().for_each(survives);
}

#[test]
fn shared_schemas_survive() {
    schemas::shared().into_iter().for_each(survives);
}

fn survives(CompleteSchema { name, path }: CompleteSchema) {
    let schema = load(&path, &LoadOptions::default()).unwrap_or_else(|report| panic!("{report}")).schema;
    let dump = introspect(&schema, &Conditions::Everything, TypeNames::Masked);
    assert_eq!(back(&dump), dump, "{name}");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("dump.json");
    std::fs::write(&file, &dump).expect("a file");
    let opened = open(&file, &LoadOptions::default()).expect("a schema").schema;
    assert_eq!(opened.commands.len(), schema.commands.len());
}
