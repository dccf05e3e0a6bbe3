//! Greeting, negotiation, envelopes and built-in commands.

use serde_json::json;

use crate::machine;
use crate::support::{NEGOTIATE, check, check_error, check_error_of, converse, messages, replies, replies_to};
use crate::test_client::{Client, SERVERS};

const EXPECTING: &str = "Expecting capabilities negotiation with 'qmp_capabilities'";

#[test]
fn the_greeting() {
    let output = converse(b"", 1);
    let version = r#"{"qemu": {"micro": 1, "minor": 2, "major": 9}, "package": "test"}"#;
    let expected = format!("{{\"QMP\": {{\"version\": {version}, \"capabilities\": [\"oob\"]}}}}\r\n");
    assert_eq!(String::from_utf8_lossy(&output), expected);
    let greeting = &messages(&output)[0];
    assert_eq!(replies("{'execute': 'query-version'}"), [json!({ "return": greeting["QMP"]["version"] })]);
}

#[test]
fn commands_before_negotiation() {
    for (input, class, desc) in [
        ("{'execute': 'stop'}", "CommandNotFound", EXPECTING),
        ("{'execute': 'no-such'}", "CommandNotFound", EXPECTING),
        ("{'execute': 'query-version', 'arguments': {'x': 1}}", "CommandNotFound", EXPECTING),
        ("{}", "GenericError", "QMP input lacks member 'execute'"),
        ("{'exec-oob': 'stop'}", "GenericError", "QMP input member 'exec-oob' is unexpected"),
        ("12 ", "GenericError", "QMP input must be a JSON object"),
    ] {
        assert_eq!(replies_to(input), [json!({ "error": { "class": class, "desc": desc } })], "{input}");
    }
    let error = json!({ "class": "CommandNotFound", "desc": EXPECTING });
    assert_eq!(replies_to("{'execute': 'stop', 'id': 1}"), [json!({ "id": 1, "error": error })]);
}

#[test]
fn negotiation() {
    let negotiate = |arguments: &str| {
        let input =
            format!("{{'execute': 'qmp_capabilities', 'arguments': {arguments}}}{{'execute': 'query-version'}}");
        let output = replies_to(input);
        assert_eq!(output.len(), 2);
        (output[0].clone(), output[1]["return"].is_object())
    };
    let refused = |desc: &str| (json!({ "error": { "class": "GenericError", "desc": desc } }), false);
    assert_eq!(negotiate("{}"), (json!({ "return": {} }), true));
    assert_eq!(negotiate("{'enable': []}"), (json!({ "return": {} }), true));
    assert_eq!(negotiate("{'enable': ['x']}"), refused("Parameter 'null' does not accept value 'x'"));
    assert_eq!(negotiate("{'enable': 1}"), refused("Invalid parameter type for 'enable', expected: array"));
    assert_eq!(negotiate("{'enable': [1]}"), refused("Invalid parameter type for 'enable[0]', expected: string"));
    assert_eq!(negotiate("{'x': 1}"), refused("Parameter 'x' is unexpected"));
}

#[test]
fn out_of_band_execution_may_be_withheld() {
    let enable = "{'execute': 'qmp_capabilities', 'arguments': {'enable': ['oob', 'oob']}}";
    for &serve in SERVERS {
        let (mut client, ..) = Client::greeted(serve, machine::server());
        assert_eq!(client.receive()["QMP"]["capabilities"], json!(["oob"]));
        assert_eq!(client.call(enable), json!({ "return": {} }));
        let (mut client, ..) = Client::greeted(serve, machine::server().oob(false));
        assert_eq!(client.receive()["QMP"]["capabilities"], json!([]));
        let error = json!({ "class": "GenericError", "desc": "Capability oob not available" });
        assert_eq!(client.call(enable), json!({ "error": error }));
    }
}

#[test]
fn negotiation_may_be_tried_again_but_not_repeated() {
    let again = format!("{{'execute': 'qmp_capabilities', 'arguments': {{'enable': ['x']}}}}{NEGOTIATE}{NEGOTIATE}");
    let output = replies_to(again);
    assert!(output[0]["error"].is_object());
    assert_eq!(output[1], json!({ "return": {} }));
    let desc = "Capabilities negotiation is already complete, command ignored";
    assert_eq!(output[2], json!({ "error": { "class": "CommandNotFound", "desc": desc } }));
}

#[test]
fn a_repeated_negotiation_is_checked_like_any_command() {
    let again = |arguments: &str| replies(format!("{{'execute': 'qmp_capabilities', 'arguments': {arguments}}}"));
    let refused = |desc: &str| [json!({ "error": { "class": "GenericError", "desc": desc } })];
    assert_eq!(again("{'x': 1}"), refused("Parameter 'x' is unexpected"));
    assert_eq!(again("{'enable': ['x']}"), refused("Parameter 'null' does not accept value 'x'"));
    let desc = "Capabilities negotiation is already complete, command ignored";
    assert_eq!(again("{'enable': ['oob']}"), [json!({ "error": { "class": "CommandNotFound", "desc": desc } })]);
}

#[test]
fn envelopes() {
    for (input, desc) in [
        ("{}", "QMP input lacks member 'execute'"),
        ("{'arguments': {}}", "QMP input lacks member 'execute'"),
        ("{'execute': 1}", "QMP input member 'execute' must be a string"),
        ("{'execute': ['stop']}", "QMP input member 'execute' must be a string"),
        ("{'execute': 'stop', 'arguments': []}", "QMP input member 'arguments' must be an object"),
        ("{'execute': 'stop', 'arguments': null}", "QMP input member 'arguments' must be an object"),
        ("{'execute': 'stop', 'x': 1}", "QMP input member 'x' is unexpected"),
        ("{'exec-oob': 'ping'}", "QMP input member 'exec-oob' is unexpected"),
        ("{'execute': 'stop', 'control': {}}", "QMP input member 'control' is unexpected"),
    ] {
        check_error(input, desc);
    }
}

#[test]
fn commands_that_do_not_exist() {
    for name in ["no-such", "", "STOP", "query_status", "stop ", "\\u0073top2"] {
        let shown = name.replace("\\u0073", "s");
        check_error_of(
            "CommandNotFound",
            format!("{{\"execute\": \"{name}\"}}"),
            &format!("The command {shown} has not been found"),
        );
    }
    let output = replies(format!("{{'execute': '{}'}}", "n".repeat(1 << 16)));
    assert!(output[0].to_string().len() < 2000);
}

#[test]
fn ids_are_echoed() {
    for id in [
        "1",
        "\"x\"",
        "null",
        "true",
        "-0.5",
        "[1, 2, []]",
        r#"{"a": {"b": null}, "c": "\\"}"#,
        "18446744073709551616",
        r#""\u00e9\n""#,
        r#""é""#,
    ] {
        let id_value: serde_json::Value = serde_json::from_str(id).expect("JSON");
        for (input, key) in [("'execute': 'echo'", "return"), ("'execute': 'no'", "error"), ("'x': 1", "error")] {
            let output = replies(format!("{{{input}, 'id': {id}}}"));
            assert_eq!((output.len(), &output[0]["id"]), (1, &id_value));
            assert!(output[0][key].is_object());
        }
    }
}

#[test]
fn ids_are_echoed_as_strict_json() {
    let echo = |id: &str| {
        let input = format!("{NEGOTIATE}{{'execute': 'echo', 'id': {id}}}");
        let output = String::from_utf8(converse(input.as_bytes(), 5)).expect("ASCII");
        output.split("\r\n").nth(2).expect("a third message").to_owned()
    };
    for (sent, back) in [
        ("1e400", "1e400"),
        ("-0", "-0"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        ("'it\"s'", "\"it\\\"s\""),
        ("'\\''", "\"'\""),
        ("{'a':[1,'b' , {}]}", "{\"a\": [1, \"b\", {}]}"),
        ("\"\u{7f}é\"", "\"\\u007F\\u00E9\""),
    ] {
        assert_eq!(echo(sent), format!("{{\"return\": {{}}, \"id\": {back}}}"));
    }
}

#[test]
fn events_precede_replies() {
    check("{'execute': 'query-status'}", &[r#"{"return": {"running": true, "status": "running"}}"#]);
    check("{'execute': 'stop', 'id': 1}", &[r#"{"event": "STOP"}"#, r#"{"return": {}, "id": 1}"#]);
    check(
        "{'execute': 'device_del', 'arguments': {'id': 'nic0'}}",
        &[r#"{"event": "DEVICE_DELETED", "data": {"device": "nic0", "path": "/nic0"}}"#, r#"{"return": {}}"#],
    );
    check_error_of("DeviceNotFound", "{'execute': 'device_del', 'arguments': {'id': 'x'}}", "Device 'x' not found");
    check_error("{'execute': 'block_resize', 'arguments': {'size': 1}}", "too \"large\"\u{7f}\u{1F600}\r\n");
}

#[test]
fn no_reply_on_success() {
    check("{'execute': 'silent', 'id': 1}{'execute': 'echo'}", &[r#"{"return": {}}"#]);
    check_error("{'execute': 'silent', 'arguments': {'fail': true}}", "loud");
    check_error_of("CommandNotFound", "{'execute': 'silent!'}", "The command silent! has not been found");
}

#[test]
fn async_handlers_and_panics() {
    check("{'execute': 'yield', 'id': 1}", &[r#"{"return": 3, "id": 1}"#]);
    for name in ["panic", "yield-panic"] {
        let output = replies(format!("{{'execute': '{name}', 'id': 1}}{{'execute': 'echo'}}"));
        let desc = format!("The command {name} failed: its handler panicked");
        let error = json!({ "id": 1, "error": { "class": "GenericError", "desc": desc } });
        assert_eq!(output, [error, json!({ "return": {} })]);
    }
}

#[test]
fn built_in_queries() {
    let output = replies("{'execute': 'query-commands'}{'execute': 'query-qmp-schema', 'arguments': {}}");
    let names: Vec<_> = output[0]["return"].as_array().expect("a list").iter().map(|row| &row["name"]).collect();
    for name in ["qmp_capabilities", "query-commands", "query-qmp-schema", "query-version", "stop", "echo"] {
        assert!(names.iter().any(|found| *found == name), "{name}");
    }
    assert_eq!(output[1]["return"], json!([{ "name": "stop", "meta-type": "command" }]));
    for name in ["query-commands", "query-version", "query-qmp-schema"] {
        check_error(format!("{{'execute': '{name}', 'arguments': {{'x': 1}}}}"), "Parameter 'x' is unexpected");
    }
}
