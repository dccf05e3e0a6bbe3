//! The arguments of a command as they are typed: `key=value`, `a.b=value`, `key:=JSON` or a JSON object.
//!
//! [`syntax`] splits one argument into its path and its value, [`tree`] joins the arguments of a command, [`typing`] converts the
//! values to JSON, by the types of a schema if there is one.

mod members;
mod mistake;
mod syntax;
mod tree;
mod typing;

use qmp_schema::model::Schema;
use serde_json::{Map, Value};

pub(crate) use members::{composite, members};
pub(crate) use mistake::Mistake;
use syntax::Argument;
pub(crate) use syntax::split as path_and_value;
use tree::Tree;
use typing::Typing;

/// Converts the arguments of a command to JSON.
///
/// Without a schema, or where it has no type, a value that is a JSON number, `true`, `false`, `null`, or begins with `{`, `[` or
/// `"` is JSON, and everything else a string.
///
/// # Errors
/// The first mistake, with the index of its argument.
pub(crate) fn to_json<S: AsRef<str>>(
    schema: Option<&Schema>,
    command: &str,
    arguments: &[S],
) -> Result<Map<String, Value>, Mistake> {
    let mut tree = Tree::default();
    for (index, text) in arguments.iter().enumerate() {
        for argument in Argument::parse(text.as_ref()).map_err(|mistake| mistake.at(index))? {
            tree.add(index, argument)?;
        }
    }
    match schema {
        Some(schema) => Typing::new(schema).arguments(command, tree),
        None => Ok(typing::untyped(tree)),
    }
}

/// Returns whether converting these arguments takes the types of the schema: raw JSON does not.
pub(crate) fn need_types<S: AsRef<str>>(arguments: &[S]) -> bool {
    arguments.iter().any(|argument| syntax::is_typed(argument.as_ref()))
}

/// Finds the argument that the description of an error names: the index of the first whose path, or the path's last name, stands
/// in quotes.
pub(crate) fn named_in<S: AsRef<str>>(description: &str, arguments: &[S]) -> Option<usize> {
    let is_quoted = |name: &str| ["'", "\"", "`"].iter().any(|q| description.contains(&format!("{q}{name}{q}")));
    arguments.iter().position(|argument| {
        let (path, value) = syntax::split(argument.as_ref()).unwrap_or_default();
        let last = path.rsplit('.').next().unwrap_or(path);
        !path.is_empty() && (is_quoted(path) || is_quoted(last) || (!value.is_empty() && is_quoted(value)))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SCHEMA: &str = "
        { 'enum': 'Driver', 'data': [ 'file', 'qcow2' ] }
        { 'struct': 'FileOptions', 'data': { 'filename': 'str', '*size': 'size' } }
        { 'alternate': 'Ref', 'data': { 'definition': 'Options', 'reference': 'str' } }
        { 'alternate': 'FileOrInt', 'data': { 'f': 'FileOptions', 'i': 'int' } }
        { 'alternate': 'StrOrNull', 'data': { 's': 'str', 'n': 'null' } }
        { 'struct': 'Qcow2Options', 'data': { 'file': 'Ref', '*lazy': 'bool' } }
        { 'union': 'Options', 'base': { 'driver': 'Driver', '*node-name': 'str' }, 'discriminator': 'driver',
          'data': { 'file': 'FileOptions', 'qcow2': 'Qcow2Options' } }
        { 'command': 'add', 'data': 'Options', 'boxed': true }
        { 'command': 'set', 'data': { '*id': 'str', '*n': 'int', '*x': 'number', '*on': 'bool', '*z': 'null', '*any': 'any',
          '*names': ['str'], '*list': ['FileOptions'], '*alt': 'FileOrInt', '*clear': 'StrOrNull', '*small': 'uint8' } }
        { 'command': 'stop' }
    ";

    fn schema() -> Schema {
        let loaded = qmp_schema::load_text("test", SCHEMA, &qmp_schema::LoadOptions::default());
        loaded.unwrap_or_else(|report| panic!("{}", report.render(false))).schema
    }

    #[test]
    fn typed_by_the_schema() {
        let schema = schema();
        for (command, arguments, expected) in [
            ("set", "id=5", r#"{"id":"5"}"#),
            ("set", "id=true n=5 x=1e3 on=true z=null", r#"{"id":"true","n":5,"on":true,"x":1000.0,"z":null}"#),
            ("set", "n=0x10 x=2", r#"{"n":16,"x":2}"#),
            ("add", "driver=file size=18446744073709551615", r#"{"driver":"file","size":18446744073709551615}"#),
            ("set", "id=", r#"{"id":""}"#),
            ("set", "id=a=b", r#"{"id":"a=b"}"#),
            ("set", "id:=7", r#"{"id":7}"#),
            ("set", "any=7", r#"{"any":7}"#),
            ("set", "any.a=7 any.b=x", r#"{"any":{"a":7,"b":"x"}}"#),
            ("set", r#"names=["a","b"]"#, r#"{"names":["a","b"]}"#),
            ("set", "names.0=1 names.1=b", r#"{"names":["1","b"]}"#),
            ("set", "list.0.filename=1 list.0.size=1", r#"{"list":[{"filename":"1","size":1}]}"#),
            ("set", "alt=1 clear=null", r#"{"alt":1,"clear":null}"#),
            ("set", "alt.filename=1 clear=x", r#"{"alt":{"filename":"1"},"clear":"x"}"#),
            ("set", r#"{"id":"x"} n=1"#, r#"{"id":"x","n":1}"#),
            (
                "add",
                "driver=qcow2 node-name=7 file.driver=file file.filename=1 lazy=false",
                r#"{"driver":"qcow2","file":{"driver":"file","filename":"1"},"lazy":false,"node-name":"7"}"#,
            ),
            ("add", "driver=qcow2 file=5", r#"{"driver":"qcow2","file":"5"}"#),
            ("new-command", "a=5 b=x c=true", r#"{"a":5,"b":"x","c":true}"#),
            ("set", "unknown=5", r#"{"unknown":5}"#),
            ("stop", "", "{}"),
        ] {
            let arguments: Vec<&str> = arguments.split_whitespace().collect();
            let json = to_json(Some(&schema), command, &arguments).unwrap_or_else(|m| panic!("{arguments:?}: {m:?}"));
            assert_eq!(Value::Object(json).to_string(), expected, "{command} {arguments:?}");
        }
    }

    #[test]
    fn untyped() {
        for (arguments, expected) in [
            ("id=5 b=true c=text", r#"{"b":true,"c":"text","id":5}"#),
            ("id:=\"5\" a.b.c=1 a.b.d=null", r#"{"a":{"b":{"c":1,"d":null}},"id":"5"}"#),
            ("a={\"b\":1} c=[1,2] d=\"x\"", r#"{"a":{"b":1},"c":[1,2],"d":"x"}"#),
            ("a={b", r#"{"a":"{b"}"#),
        ] {
            let arguments: Vec<&str> = arguments.split_whitespace().collect();
            let json = to_json(None, "any", &arguments).unwrap_or_else(|m| panic!("{arguments:?}: {m:?}"));
            assert_eq!(Value::Object(json).to_string(), expected, "{arguments:?}");
        }
    }

    #[test]
    fn mistakes() {
        let schema = schema();
        for (command, arguments, index, reason) in [
            ("set", "id", 0, "expected `KEY=VALUE`, `KEY:=JSON` or a JSON object, found `id`"),
            ("set", "=5", 0, "expected a name before `=`, found `=5`"),
            ("set", "a..b=5", 0, "expected a name between the dots, found `a..b`"),
            (
                "set",
                "id=1 n=abc",
                1,
                "`n`: expected an integer from -9223372036854775808 to 9223372036854775807, found `abc`",
            ),
            ("set", "small=256", 0, "`small`: expected an integer from 0 to 255, found `256`"),
            ("set", "on=yes", 0, "`on`: expected `true` or `false`, found `yes`"),
            ("set", "x=abc", 0, "`x`: expected a number, found `abc`"),
            ("set", "z=1", 0, "`z`: expected `null`, found `1`"),
            ("set", "names=a", 0, "`names`: expected a JSON list, found `a`"),
            ("set", "names.1=a", 0, "`names`: expected the elements 0 to 0, found `1`"),
            ("set", "names.x=a", 0, "`names`: expected the elements 0 to 0, found `x`"),
            (
                "set",
                "n.a=1",
                0,
                "`n`: expected an integer from -9223372036854775808 to 9223372036854775807, found an object",
            ),
            ("set", "n:={", 0, "`n`: expected JSON, found `{`: EOF while parsing an object at line 1 column 1"),
            ("set", "n=1 n=2", 1, "`n` is given twice"),
            ("set", "any=1 any.a=2", 1, "`any` has a value already, so it has no members"),
            ("set", "any.a=1 any=2", 1, "`any` is given twice"),
            ("add", "driver=raw", 0, "`driver`: expected one of `file`, `qcow2`, found `raw`"),
            (
                "set",
                "{\"id\"",
                0,
                "expected a JSON object, found `{\"id\"`: EOF while parsing an object at line 1 column 5",
            ),
        ] {
            let arguments: Vec<&str> = arguments.split_whitespace().collect();
            let mistake = to_json(Some(&schema), command, &arguments).expect_err(reason);
            assert_eq!((mistake.argument, mistake.reason.as_str()), (index, reason), "{arguments:?}");
        }
    }

    #[test]
    fn errors_name_arguments() {
        let arguments = ["driver=file", "file.filename=/x", "id:=5", "{}"];
        for (description, expected) in [
            ("Parameter 'filename' is missing", Some(1)),
            ("Invalid parameter type for 'id', expected: string", Some(2)),
            ("Parameter 'file.filename' is unexpected", Some(1)),
            ("Could not open '/x': No such file", Some(1)),
            ("Parameter 'size' is unexpected", None),
        ] {
            assert_eq!(named_in(description, &arguments), expected, "{description}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(arguments in prop::collection::vec("[a-z.:=0-9{}\\[\\]\", -]{0,12}|(driver|names|list|any|alt)[.=:]{1,2}[0-9a-z.={}]{0,9}|\\PC{0,8}", 0..5)) {
            let schema = schema();
            for command in ["add", "set", "stop", "other"] {
                for schema in [None, Some(&schema)] {
                    if let Err(mistake) = to_json(schema, command, &arguments) {
                        prop_assert!(mistake.argument < arguments.len());
                    }
                }
            }
            let _ = (need_types(&arguments), named_in("'a' is 'b'", &arguments));
        }
    }
}
