//! The example requests of the manual: a server accepts them.

use std::collections::HashSet;

use expect_test::expect;
use test_support::schemas::{self, CompleteSchema};

use crate::doc_manual::html_files;
use crate::support::Folder;
use crate::validator::Validator;

/// The requests in the manual of a schema, as JSON.
fn requests(folder: &Folder, schema: &str) -> Vec<String> {
    folder.stdout(&format!("doc {schema} -o manual"));
    let pages = html_files(folder);
    let examples = pages.values().flat_map(|page| page.split("Example request</h").skip(1));
    let requests = examples.filter_map(|rest| rest.split_once("<pre>")?.1.split_once("</pre>"));
    requests.map(|(request, _)| unescaped(request)).collect()
}

/// The request for the only command of a schema, on one line; if there is none, the explanation in the manual.
fn request(schema: &str) -> String {
    let folder = Folder::with(&[("vm.json", schema)]);
    match &*requests(&folder, "vm.json") {
        [request] => {
            let introspection = folder.stdout("introspect vm.json");
            assert_eq!(Validator::new(&introspection).request(request), Ok(()), "{request}");
            request.split_whitespace().collect::<Vec<_>>().join(" ")
        }
        _ => {
            let page = folder.read("manual/vm.html");
            let (_, rest) = page.split_once("Example request").expect("a heading");
            rest.split(['<', '>']).find(|text| text.contains(' ')).expect("a sentence").to_owned()
        }
    }
}

/// The text of a coloured example.
fn unescaped(html: &str) -> String {
    let html: String = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    html.replace("&quot;", "\"").replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

fn every_command_has_a_valid_request(schemas: Vec<CompleteSchema>) {
    for schema in schemas {
        let schema = schema.path.display().to_string();
        let folder = Folder::with(&[]);
        let validator = Validator::new(&folder.stdout(&format!("introspect {schema}")));
        let mut commands: HashSet<&str> = validator.commands().collect();
        let requests = requests(&folder, &schema);
        assert!(!requests.is_empty());
        for request in &requests {
            assert_eq!(validator.request(request), Ok(()), "{schema}: {request}");
            let name = request.split('"').nth(3).expect("a name");
            assert!(commands.remove(name), "{name}");
        }
        assert!(commands.is_empty(), "{commands:?}");
    }
}

#[test]
fn every_command_of_qemu_has_a_request_that_qemu_takes() {
    every_command_has_a_valid_request(schemas::published());
}

#[test]
fn every_command_of_shared_schemas_has_a_request_that_qemu_takes() {
    every_command_has_a_valid_request(schemas::shared());
}

#[test]
fn the_validator_refuses() {
    let folder = Folder::with(&[(
        "vm.json",
        "{ 'enum': 'Kind', 'data': [ 'a', 'b' ] }
         { 'struct': 'Items', 'data': { 'x': [ 'int' ] } }
         { 'union': 'Union', 'base': { 'e': 'Kind' }, 'discriminator': 'e', 'data': { 'a': 'Items' } }
         { 'alternate': 'Either', 'data': { 's': 'str', 'n': 'null' } }
         { 'command': 'c', 'data': { 'it': 'Union', '*l': 'Either' } }",
    )]);
    let validator = Validator::new(&folder.stdout("introspect vm.json"));
    let check = |arguments: &str| validator.request(&format!(r#"{{"execute": "c", "arguments": {arguments}}}"#));
    for right in
        [r#"{"it": {"e": "b"}}"#, r#"{"it": {"e": "a", "x": []}}"#, r#"{"it": {"e": "a", "x": [1]}, "l": null}"#]
    {
        assert_eq!(check(right), Ok(()));
    }
    for wrong in [
        "{}",
        r#"{"it": {}}"#,
        r#"{"it": {"e": "c"}}"#,
        r#"{"it": {"e": "a"}}"#,
        r#"{"it": {"e": "a", "x": {}}}"#,
        r#"{"it": {"e": "a", "x": ["1"]}}"#,
        r#"{"it": {"e": "b", "x": []}}"#,
        r#"{"it": {"e": "b"}, "l": 1}"#,
        r#"{"it": {"e": "b"}, "m": 1}"#,
    ] {
        assert!(check(wrong).is_err(), "{wrong}");
    }
    assert!(validator.request(r#"{"execute": "d"}"#).is_err() && validator.request("{\"execute\": \"c\"").is_err());
}

#[test]
fn the_smallest_branch_is_taken_and_the_first_of_equals() {
    let schema = "
        { 'enum': 'Kind', 'data': [ 'self', 'big', 'one', 'other' ] }
        { 'struct': 'Within', 'data': { 'within': 'Union' } }
        { 'struct': 'Big', 'data': { 'x': 'int', 'y': 'int', 'w': 'int' } }
        { 'struct': 'One', 'data': { 'z': 'Either' } }
        { 'alternate': 'Either', 'data': { 'o': 'Within', 's': 'str', 'n': 'null' } }
        { 'union': 'Union', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind',
          'data': { 'self': 'Within', 'big': 'Big', 'one': 'One', 'other': 'One' } }
        { 'command': 'c', 'data': { 'it': 'Union' } }";
    expect![[r#"{"execute": "c", "arguments": {"it": {"kind": "one", "z": "z0"}}}"#]].assert_eq(&request(schema));
}

#[test]
fn doubtful_parts_are_avoided() {
    let schema = "
        { 'enum': 'Kind', 'data': [ { 'name': 'old', 'features': [ 'deprecated' ] }, { 'name': 'rare', 'if': 'RARE' }, 'sound' ] }
        { 'struct': 'Fine', 'data': { 'x': 'int', 'kind-of': 'Kind' } }
        { 'struct': 'Shaky', 'data': { 'y': { 'type': 'int', 'features': [ 'unstable' ] } } }
        { 'union': 'Union', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': { 'sound': 'Fine' } }
        { 'alternate': 'Either', 'data': { 'o': 'Shaky', 's': { 'type': 'str', 'if': 'RARE' }, 'l': [ 'Union' ] } }
        { 'command': 'c', 'data': { 'it': 'Union', 'either': 'Either' } }";
    expect![[r#"{ "execute": "c", "arguments": { "it": { "kind": "sound", "x": 1, "kind-of": "sound" }, "either": [ { "kind": "sound", "x": 1, "kind-of": "sound" } ] } }"#]].assert_eq(&request(schema));
    let schema = "{ 'enum': 'Old', 'data': [ { 'name': 'one', 'features': [ 'deprecated' ] } ] }
                  { 'command': 'c', 'data': { 'old': 'Old' } }";
    expect![[r#"{"execute": "c", "arguments": {"old": "one"}}"#]].assert_eq(&request(schema));
}

#[test]
fn an_optional_argument_is_shown_if_no_argument_is_required() {
    let schema = "
        { 'enum': 'Old', 'data': [ { 'name': 'one', 'features': [ 'deprecated' ] } ] }
        { 'struct': 'Data', 'data': { '*a': { 'type': 'int', 'features': [ 'deprecated' ] }, '*b': { 'type': 'int', 'if': 'B' },
                                      '*c': 'Old', '*d': [ 'str' ], '*e': 'int' } }
        { 'command': 'c', 'data': 'Data', 'boxed': true }";
    expect![[r#"{"execute": "c", "arguments": {"d": ["d0"]}}"#]].assert_eq(&request(schema));
    expect![[r#"{"execute": "c"}"#]]
        .assert_eq(&request("{ 'command': 'c', 'data': { '*old': { 'type': 'int', 'features': [ 'unstable' ] } } }"));
}

#[test]
fn deep_and_endless_types() {
    let nested: String = (1..7)
        .map(|level| format!("{{ 'struct': 'Level{level}', 'data': {{ 'in': 'Level{}' }} }}\n", level + 1))
        .collect();
    let deepest = "{ 'struct': 'Level7', 'data': { 'x': 'int', 'tree': 'Tree', 'twigs': [ 'Endless' ] } }
                   { 'struct': 'Tree', 'data': { 'children': [ 'Tree' ] } }
                   { 'struct': 'Endless', 'data': { 'more': 'Endless' } }";
    let request = |data: &str| request(&format!("{nested}{deepest}\n{{ 'command': 'c', 'data': {{ {data} }} }}"));
    expect![[r#"{ "execute": "c", "arguments": { "it": { "in": { "in": { "in": { "in": { "in": { "in": { "x": 1, "tree": { "children": [ { "children": [] } ] }, "twigs": [] } } } } } } } } }"#]].assert_eq(&request("'it': 'Level1'"));
    expect!["No finite request exists: a required argument contains itself."].assert_eq(&request("'it': 'Endless'"));
    expect![[r#"{"execute": "c"}"#]].assert_eq(&request("'*it': 'Endless'"));
}

#[test]
fn long_requests_are_not_shown() {
    let doubling = |depth: usize, element: &dyn Fn(String) -> String| {
        let level = |level: usize| {
            let next = element(format!("'Level{}'", level + 1));
            format!("{{ 'struct': 'Level{level}', 'data': {{ 'one': {next}, 'two': {next} }} }}\n")
        };
        let levels: String = (0..depth).map(level).collect();
        format!(
            "{levels}{{ 'struct': 'Level{depth}', 'data': {{}} }}\n{{ 'command': 'c', 'data': {{ 'it': 'Level0' }} }}"
        )
    };
    let too_long = "The recommended request is too long to show.";
    assert_eq!(request(&doubling(60, &|next| next)), too_long);
    // A short request is passed over because a part of it is deprecated.
    let kinds = "{ 'enum': 'Kind', 'data': [ { 'name': 'short', 'features': [ 'deprecated' ] }, 'long' ] }
                 { 'struct': 'Long', 'data': { 'it': 'Level0' } }
                 { 'union': 'Either', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': { 'long': 'Long' } }";
    let command = "{ 'command': 'c', 'data': 'Either', 'boxed': true }";
    let schema = doubling(60, &|next| next).replace("{ 'command': 'c', 'data': { 'it': 'Level0' } }", kinds) + command;
    assert_eq!(request(&schema), too_long);
    let listed = request(&doubling(60, &|next| format!("[ {next} ]")));
    assert!(listed.contains("\"one\": []") && listed.len() < 500, "{listed}");
}
