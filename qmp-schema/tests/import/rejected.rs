//! Invalid lists, and their reports.

use expect_test::{Expect, expect};
use qmp_schema::compat::compare;
use qmp_schema::model::Conditions;
use qmp_schema::{Config, TypeNames, import, introspect};
use serde_json::{Value, json};

use super::{SMALL, dump};

/// Compares the first line of each error.
fn rejected(dump: &Value, expected: Expect) {
    rejected_text(&dump.to_string(), expected);
}

pub(crate) fn rejected_text(dump: &str, expected: Expect) {
    let report = import("d.json", dump).expect_err("rejected").to_string();
    let errors: Vec<&str> = report.lines().filter(|line| line.starts_with("d.json:")).collect();
    expected.assert_eq(&errors.join("\n"));
}

#[test]
fn errors_of_json_have_their_place() {
    rejected_text(
        "[\n  {\"name\": \"E\",\n   'meta-type': 1}\n]\n",
        expect!["d.json:3:4: error: invalid introspection data: no JSON list: key must be a string"],
    );
    rejected_text(
        "[\n  {\"name\": \"E\"},\n  {\"name\": \"\u{fc}\u{fc}\" \"x\"}\n]\n",
        expect!["d.json:3:17: error: invalid introspection data: no JSON list: expected `,` or `}`"],
    );
    rejected_text(
        "[\n  {\"name\": \"E\"}\n\n",
        expect!["d.json:2:16: error: invalid introspection data: no JSON list: EOF while parsing a list"],
    );
    rejected_text(
        "{\"QMP\": {}}\n{\"return\": [{\"name\" \"meta-type\"}]}\n",
        expect!["d.json:2:21: error: invalid introspection data: no JSON message: expected `:`"],
    );
    rejected_text(
        "[\n  {\"name\": \"E\",\n  \"x\": 1e999}]",
        expect!["d.json:3:12: error: invalid introspection data: no JSON object: number out of range"],
    );
}

#[test]
fn other_json_is_rejected() {
    rejected_text(
        "[",
        expect!["d.json:1:2: error: invalid introspection data: no JSON list: EOF while parsing a list"],
    );
    rejected_text(
        &("[".repeat(100_000) + &"]".repeat(100_000)),
        expect!["d.json:1:129: error: invalid introspection data: no JSON object: recursion limit exceeded"],
    );
    rejected(
        &json!([1, {}, { "name": "a" }]),
        expect![[r#"
            d.json:1:2: error: invalid introspection data: the entry is not an object
            d.json:1:4: error: invalid introspection data: `name` is missing
            d.json:1:7: error: invalid introspection data: `meta-type` is missing"#]],
    );
    rejected(
        &json!([{ "name": "a", "meta-type": "thing" }]),
        expect!["d.json:1:2: error: invalid introspection data: thing `a`: unknown meta-type"],
    );
    rejected(
        &json!([{ "name": "1", "meta-type": "enum", "values": ["a'", "\\"] }]),
        expect![[r#"d.json:1:2: error: invalid introspection data: enum `1`: "a'" cannot be a name"#]],
    );
}

#[test]
fn the_first_of_many_errors_are_shown() {
    let ends_with_note = |entries: Vec<Value>| {
        let report = import("d.json", &Value::from(entries).to_string()).expect_err("rejected");
        assert_eq!(report.diagnostics().len(), 100);
        let (text, note) = (report.to_string(), "= help: fix these first: further errors are not shown");
        assert_eq!(text.matches(note).count(), usize::from(text.ends_with(note)), "{text}");
        text.ends_with(note)
    };
    assert!(!ends_with_note(vec![json!(1); 100]));
    assert!(ends_with_note(vec![json!(1); 101]));
    // They are found in the order of the use of types, from the last entry to the first.
    let used = |ty: usize| json!({ "name": format!("m{ty}"), "type": ty.to_string() });
    let reserved = json!([{ "name": "u", "type": "0" }]);
    let rejected = |ty: usize| json!({ "name": ty.to_string(), "meta-type": "object", "members": reserved });
    let mut entries: Vec<Value> = (1..=101).rev().map(rejected).collect();
    let members: Vec<Value> = (1..=101).map(used).collect();
    entries.push(json!({ "name": "0", "meta-type": "object", "members": members }));
    entries.push(json!({ "name": "E", "meta-type": "event", "arg-type": "0" }));
    assert!(ends_with_note(entries));
}

#[test]
fn inconsistent_lists_are_rejected() {
    let event = |ty: &str| json!({ "name": "E", "meta-type": "event", "arg-type": ty });
    rejected(
        &json!([event("0")]),
        expect![
            "d.json:1:2: error: invalid introspection data: `E` has its data of type `0`, which is not in the list"
        ],
    );
    rejected(
        &json!([event("0"), { "name": "0", "meta-type": "builtin", "json-type": "int" }]),
        expect!["d.json:1:2: error: invalid introspection data: `E` has its data of type `0`, which is not an object"],
    );
    let empty = json!({ "name": "0", "meta-type": "object", "members": [] });
    rejected(
        &json!([event("0"), empty, empty]),
        expect!["d.json:1:97: error: invalid introspection data: type `0` is duplicated"],
    );
    rejected(
        &json!([event("0"), event("0"), empty]),
        expect!["d.json:1:50: error: invalid introspection data: `E` is defined twice"],
    );
    let own_branch = json!({ "name": "0", "meta-type": "object", "members": [{ "name": "t", "type": "1" }],
        "tag": "t", "variants": [{ "case": "a", "type": "0" }] });
    rejected(
        &json!([event("0"), own_branch, { "name": "1", "meta-type": "enum", "values": ["a"] }]),
        expect!["d.json:1:50: error: invalid introspection data: `0` contains itself"],
    );
    rejected(
        &json!([event("[[0]]"), { "name": "[[0]]", "meta-type": "array", "element-type": "[0]" },
                { "name": "[0]", "meta-type": "array", "element-type": "0" }, empty]),
        expect![[r#"
            d.json:1:2: error: invalid introspection data: `E` has its data of type `[[0]]`, which is not an object
            d.json:1:54: error: invalid introspection data: `[[0]]` has its elements of type `[0]`, which is an array in an array"#]],
    );
}

#[test]
fn errors_of_the_language_are_reported_for_the_entry() {
    let rejected = |more: Value, expected: Expect| {
        let mut entries = vec![
            json!({ "name": "do", "meta-type": "command", "arg-type": "0", "ret-type": "0", "features": ["odd"] }),
            json!({ "name": "int", "meta-type": "builtin", "json-type": "int" }),
        ];
        entries.extend(more.as_array().expect("a list").clone());
        let lines: Vec<String> = entries.iter().map(Value::to_string).collect();
        rejected_text(&format!("[{}]", lines.join(",\n")), expected);
    };
    let object = |members: Value| json!({ "name": "0", "meta-type": "object", "members": members });
    let (a, two) = (json!({ "name": "a", "type": "int" }), json!({ "name": "b", "type": "1" }));
    rejected(
        json!([object(json!([a, a]))]),
        expect!["d.json:3:1: error: invalid introspection data: object `0`: `a` is duplicated"],
    );
    rejected(
        json!([object(json!([two])), { "name": "1", "meta-type": "object", "members": [a, { "name": "u", "type": "int" }] }]),
        expect!["d.json:4:1: error: invalid introspection data: object `1`: the member name `u` is reserved"],
    );
    rejected(
        json!([object(json!([two])), { "name": "1", "meta-type": "alternate", "members": [{ "type": "1" }, { "type": "int" }, { "type": "int" }] }]),
        expect![[r#"
            d.json:4:1: error: invalid introspection data: alternate `1`: `int` is duplicated
            d.json:4:1: error: invalid introspection data: `1` cannot be a branch of an alternate"#]],
    );
    rejected(
        json!([object(json!([])), { "name": "do", "meta-type": "event", "arg-type": "0" }]),
        expect![[r#"
            d.json:4:1: error: invalid introspection data: event `do` is not in UPPER_CASE
            d.json:4:1: error: invalid introspection data: `do` is defined twice"#]],
    );
    // An object that is used once has its members in the definition of its command.
    let command =
        json!({ "name": "once", "meta-type": "command", "arg-type": "1", "ret-type": "0", "features": ["odd", "odd"] });
    let arguments = json!({ "name": "1", "meta-type": "object", "members": [a, a] });
    rejected(
        json!([object(json!([])), command, arguments]),
        expect![[r#"
            d.json:4:1: error: invalid introspection data: command `once`: feature `odd` is duplicated
            d.json:5:1: error: invalid introspection data: object `1`: `a` is duplicated"#]],
    );
}

/// Reads damaged lists or rejects them. What can be read can also be written, compared and generated from.
#[test]
fn damaged_lists_do_not_panic() {
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

/// Exchanges some strings or bytes of the list.
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
