//! Captures: the list, the reply, a session.

use expect_test::expect;
use qmp_schema::{LoadOptions, format_introspection, is_introspection, open_text};
use serde_json::Value;

use super::rejected::rejected_text;
use super::{SMALL, back, dump};

#[test]
fn the_list_is_found_in_a_capture() {
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
        assert_eq!(format_introspection("d.json", &captured).unwrap_or_else(|report| panic!("{report}")), list);
        assert!(open_text("d.json", &captured, &LoadOptions::default()).is_ok());
    }
}

#[test]
fn recordings_contain_captures() {
    let list = dump(SMALL);
    let line = |from: &str, message: &str| format!(r#"{{"session": 1, "from": "{from}", "message": {message}}}"#);
    let recording = [
        line("server", r#"{"QMP": {"version": {}, "capabilities": []}}"#),
        line("client", r#""no object""#),
        r#"{"session": 1, "from": "client", "text": "{"}"#.to_owned(),
        line("server", &format!(r#"{{"return": {list}, "id": 2}}"#)),
        r#"{"session": 1, "from": "server", "end": true}"#.to_owned(),
    ];
    assert!(is_introspection(&recording.join("\n")));
    assert_eq!(back(&recording.join("\n")), list);

    let report = open_text("d.json", &recording[..3].join("\n"), &LoadOptions::default()).unwrap_err();
    assert!(report.to_string().contains("expected a reply to `query-qmp-schema`, found none"), "{report}");
}

#[test]
fn captures_are_distinguished_from_schemas() {
    let list = dump(SMALL);
    // The keys may be in any order.
    for first in [
        r#"{"data": {"guest": true}, "event": "STOP", "timestamp": {"seconds": 1, "microseconds": 2}}"#,
        r#"{"arguments": {}, "execute": "qmp_capabilities"}"#,
        r#"{"id": 1, "exec-oob": "put"}"#,
        "{ \"id\": \"x\",\n  \"return\": {} }",
    ] {
        let session = format!("{first}\n{{\"id\": 2, \"return\": {list}}}");
        assert!(is_introspection(&session), "{first}");
        assert_eq!(back(&session), list, "{first}");
    }
    assert!(is_introspection(r#"{"id": 1, "error": {"class": "GenericError", "desc": "no"}}"#));
    assert!(is_introspection(r#"{"return": [{"name" 1}]}"#), "a damaged reply");
    assert!(is_introspection("[]") && is_introspection(" [\n] "));
    assert_eq!(back("[]"), "[]");
    assert_eq!(back("{\"return\": []}"), "[]");
    let quoted = [
        r#"{ "event": "E" }"#,
        r#"{ "command": "stop", "data": { "return": "str" } }"#,
        r#"{ "data": { "error": "str" }, "event": "E" }"#,
        "{ \"event\": \"E\", # no JSON\n \"data\": { \"timestamp\": \"str\" } }",
        r#"{ "id": "x" }"#,
        "{ \"event",
    ];
    for schema in quoted.into_iter().chain([
        "",
        "# text",
        "{ 'event': 'E' }",
        "[ { 'event': 'E' } ]",
        "[",
        "{",
        "\"a\"",
        "{}",
        "[[ ]\n}'string'",
        "[ ] [",
        "[{ ]",
    ]) {
        assert!(!is_introspection(schema), "{schema}");
    }
}

#[test]
fn formatting_keeps_the_order_and_the_names() {
    let list = r#"[
        {"meta-type":"object","name":"7","members":[{"type":"int","default":null,"name":"a","new":1.5}],"more":"\u0041\n"},
        {"name": "int", "json-type": "int", "meta-type": "builtin"},
        {"arg-type":"7","ret-type":"7","meta-type":"command","name":"c","allow-oob":true}]"#;
    let formatted = format_introspection("d.json", list).unwrap_or_else(|report| panic!("{report}"));
    expect![[r#"
        [{"name": "7", "meta-type": "object", "members": [{"name": "a", "type": "int", "default": null, "new": 1.5}], "more": "A\n"},
        {"name": "int", "meta-type": "builtin", "json-type": "int"},
        {"name": "c", "meta-type": "command", "arg-type": "7", "ret-type": "7", "allow-oob": true}]"#]].assert_eq(&formatted.replace("}, {\"name", "},\n{\"name"));
    assert!(format_introspection("d.json", "[{}]").is_err());
}

#[test]
fn a_capture_without_a_list_is_refused() {
    rejected_text(
        "{\"return\": {}}\n{\"return\": 1}\n",
        expect!["d.json:2:14: error: invalid introspection data: expected a reply to `query-qmp-schema`, found none"],
    );
    rejected_text(
        "{\"QMP\": {}}\n{\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"The command query-qmp-schema has not been found\"}}",
        expect![
            "d.json:2:11: error: invalid introspection data: the server refused: The command query-qmp-schema has not been found"
        ],
    );
    rejected_text(
        "{\"return\": []}{\"return\": [1]}",
        expect!["d.json:1:30: error: invalid introspection data: expected a reply to `query-qmp-schema`, found none"],
    );
    rejected_text(
        "{\"return\": [1]}",
        expect!["d.json:1:13: error: invalid introspection data: the entry is not an object"],
    );
}
