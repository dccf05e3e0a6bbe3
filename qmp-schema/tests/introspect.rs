//! Introspection of small schemas. (`full_schema` compares complete schemas with real servers.)

use expect_test::expect;
use qmp_schema::model::Conditions;
use qmp_schema::{LoadOptions, TypeNames, introspect, load_text};

const SMALL: &str = "
    { 'enum': 'Kind', 'data': [ 'one', { 'name': 'two', 'if': 'TWO', 'features': [ { 'name': 'odd', 'if': 'ODD' } ] } ] }
    { 'struct': 'One', 'data': { 'sizes': [ 'size' ], '*any': 'any' }, 'if': 'ONE' }
    { 'union': 'Either', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': { 'one': 'One' } }
    { 'alternate': 'Reference', 'data': { 'either': 'Either', 'name': 'str' } }
    { 'command': 'put', 'data': { 'what': [ 'Reference' ] }, 'allow-oob': true, 'features': [ 'unstable' ] }
    { 'event': 'DONE' }";

fn small(conditions: &Conditions, names: TypeNames) -> String {
    let loaded = load_text("small.json", SMALL, &LoadOptions::default()).unwrap_or_else(|report| panic!("{report}"));
    introspect(&loaded.schema, conditions, names).replace("}, {\"name\": ", "},\n{\"name\": ")
}

#[test]
fn everything_by_number() {
    expect![[r#"
        [{"name": "put", "meta-type": "command", "arg-type": "0", "ret-type": "1", "allow-oob": true, "features": ["unstable"]},
        {"name": "DONE", "meta-type": "event", "arg-type": "1"},
        {"name": "0", "meta-type": "object", "members": [{"name": "what", "type": "[2]"}]},
        {"name": "1", "meta-type": "object", "members": []},
        {"name": "[2]", "meta-type": "array", "element-type": "2"},
        {"name": "2", "meta-type": "alternate", "members": [{"type": "3"}, {"type": "str"}]},
        {"name": "3", "meta-type": "object", "members": [{"name": "kind", "type": "4"}], "tag": "kind", "variants": [{"case": "one", "type": "5"}, {"case": "two", "type": "1"}]},
        {"name": "str", "meta-type": "builtin", "json-type": "string"},
        {"name": "4", "meta-type": "enum", "members": [{"name": "one"},
        {"name": "two", "features": ["odd"]}], "values": ["one", "two"]},
        {"name": "5", "meta-type": "object", "members": [{"name": "sizes", "type": "[int]"},
        {"name": "any", "type": "any", "default": null}]},
        {"name": "[int]", "meta-type": "array", "element-type": "int"},
        {"name": "int", "meta-type": "builtin", "json-type": "int"},
        {"name": "any", "meta-type": "builtin", "json-type": "value"}]"#]].assert_eq(&small(&Conditions::Everything, TypeNames::Masked));
}

#[test]
fn numbers_do_not_depend_on_conditions() {
    expect![[r#"
        [{"name": "put", "meta-type": "command", "arg-type": "0", "ret-type": "1", "allow-oob": true, "features": ["unstable"]},
        {"name": "DONE", "meta-type": "event", "arg-type": "1"},
        {"name": "0", "meta-type": "object", "members": [{"name": "what", "type": "[2]"}]},
        {"name": "1", "meta-type": "object", "members": []},
        {"name": "[2]", "meta-type": "array", "element-type": "2"},
        {"name": "2", "meta-type": "alternate", "members": [{"type": "3"}, {"type": "str"}]},
        {"name": "3", "meta-type": "object", "members": [{"name": "kind", "type": "4"}], "tag": "kind", "variants": [{"case": "one", "type": "5"}, {"case": "two", "type": "1"}]},
        {"name": "str", "meta-type": "builtin", "json-type": "string"},
        {"name": "4", "meta-type": "enum", "members": [{"name": "one"},
        {"name": "two", "features": []}], "values": ["one", "two"]},
        {"name": "[int]", "meta-type": "array", "element-type": "int"},
        {"name": "int", "meta-type": "builtin", "json-type": "int"},
        {"name": "any", "meta-type": "builtin", "json-type": "value"}]"#]].assert_eq(&small(&Conditions::defined(["TWO"]), TypeNames::Masked));
}

#[test]
fn names_of_the_schema() {
    expect![[r#"
        [{"name": "put", "meta-type": "command", "arg-type": "q_obj_put-arg", "ret-type": "q_empty", "allow-oob": true, "features": ["unstable"]},
        {"name": "DONE", "meta-type": "event", "arg-type": "q_empty"},
        {"name": "q_obj_put-arg", "meta-type": "object", "members": [{"name": "what", "type": "[Reference]"}]},
        {"name": "q_empty", "meta-type": "object", "members": []},
        {"name": "[Reference]", "meta-type": "array", "element-type": "Reference"},
        {"name": "Reference", "meta-type": "alternate", "members": [{"type": "Either"}, {"type": "str"}]},
        {"name": "Either", "meta-type": "object", "members": [{"name": "kind", "type": "Kind"}], "tag": "kind", "variants": [{"case": "one", "type": "One"}]},
        {"name": "str", "meta-type": "builtin", "json-type": "string"},
        {"name": "Kind", "meta-type": "enum", "members": [{"name": "one"}], "values": ["one"]},
        {"name": "One", "meta-type": "object", "members": [{"name": "sizes", "type": "[int]"},
        {"name": "any", "type": "any", "default": null}]},
        {"name": "[int]", "meta-type": "array", "element-type": "int"},
        {"name": "int", "meta-type": "builtin", "json-type": "int"},
        {"name": "any", "meta-type": "builtin", "json-type": "value"}]"#]].assert_eq(&small(&Conditions::defined(["ONE"]), TypeNames::Plain));
}

#[test]
fn an_array_has_the_condition_of_its_element() {
    let text = "{ 'struct': 'Some', 'data': { 'a': 'int' }, 'if': 'SOME' }
        { 'command': 'put', 'data': { 'b': 'int' }, 'if': 'PUT' }
        { 'event': 'LISTS', 'data': { 'some': [ 'Some' ], 'put': [ 'q_obj_put-arg' ] } }";
    let loaded = load_text("arrays.json", text, &LoadOptions::default()).unwrap_or_else(|report| panic!("{report}"));
    let has = |name: &str, entry: &str| {
        let entries = introspect(&loaded.schema, &Conditions::defined([name]), TypeNames::Plain);
        entries.contains(&format!("{{\"name\": \"{entry}\""))
    };
    assert!(has("SOME", "[Some]") && has("PUT", "[q_obj_put-arg]"));
    assert!(!has("PUT", "[Some]") && !has("SOME", "[q_obj_put-arg]"));
}
