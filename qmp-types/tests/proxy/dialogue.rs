//! What passes through a proxy: greeting, ids, replies, events, and what does not.

use crate::scripted_server::GREETING;
use crate::support::RunningProxy;

#[test]
fn texts_are_passed_on_as_they_came() {
    let (proxy, mut server, _socket) = RunningProxy::scripted(|proxy| proxy);
    let mut client = proxy.connect();
    assert_eq!(client.line(), GREETING);
    client.send(r#"{"execute": "qmp_capabilities"}"#);
    assert_eq!(client.line(), r#"{"return": {}}"#);

    client.send(r#"{"execute": "a\u002db", "arguments": {"x": [1.50, 'y', {}],  "z": 1e400}, "id": "ours"}"#);
    server.expect(r#"{"execute":"a-b","arguments":{"x": [1.50, 'y', {}],  "z": 1e400},"id":1}"#);
    let event = r#"{"timestamp": {"seconds":1,"microseconds":2},"event":"ODD" , "data": {"x": 0.10, "y": "\u00e9"}, "more": 1}"#;
    server.send(event);
    server.send(r#"{"return": {"a":1.50,  "b" : [ ], "c": -0, "d": "\/"}, "id": 1}"#);
    assert_eq!(client.line(), event);
    assert_eq!(client.line(), r#"{"return": {"a":1.50,  "b" : [ ], "c": -0, "d": "\/"}, "id": "ours"}"#);

    client.send(r#"{"execute": "fail", "arguments": {}}"#);
    server.expect(r#"{"execute":"fail","id":2}"#);
    server.send(r#"{"id": 2, "error": {"class" : "Other", "desc": "é", "hint": 7}}"#);
    assert_eq!(client.line(), r#"{"error": {"class" : "Other", "desc": "é", "hint": 7}}"#);
    proxy.stop();
}

#[test]
fn ids_of_all_kinds_come_back() {
    let (proxy, mut server, _socket) = RunningProxy::scripted(|proxy| proxy);
    let mut client = proxy.client();
    for id in [
        "0",
        "-7",
        "18446744073709551615",
        "1.5",
        r#""text""#,
        r#""\u00E9""#,
        "null",
        "true",
        "[]",
        r#"[1, [null, {}]]"#,
        r#"{"a": {"b": [false]}, "id": 3}"#,
    ] {
        client.send(&format!("{{\"execute\": \"stop\", \"id\": {id}}}"));
        server.answer("stop");
        assert_eq!(client.line(), format!("{{\"return\": {{}}, \"id\": {id}}}"));
        client.send(&format!("{{\"id\": {id}, \"execute\": \"fail\"}}"));
        let number = server.request("fail");
        server.send(&format!("{{\"error\": {{\"class\": \"GenericError\", \"desc\": \"no\"}}, \"id\": {number}}}"));
        let error = r#"{"class": "GenericError", "desc": "no"}"#;
        assert_eq!(client.line(), format!("{{\"id\": {id}, \"error\": {error}}}"));
    }
    proxy.stop();
}

#[test]
fn replies_go_to_who_asked_and_events_to_all_that_have_negotiated() {
    let (proxy, mut server, _socket) = RunningProxy::scripted(|proxy| proxy);
    let (mut one, mut other, mut new) = (proxy.client(), proxy.client(), proxy.connect());
    assert_eq!(new.line(), GREETING);
    one.send(r#"{"execute": "first", "id": 1}"#);
    let first = server.request("first");
    other.send(r#"{"execute": "second", "id": 1}"#);
    let second = server.request("second");
    assert_ne!(first, second);
    let event = r#"{"event": "STOP", "timestamp": {"seconds": 1, "microseconds": 0}}"#;
    server.send(event);
    server.send(&format!("{{\"return\": 1, \"id\": {first}}}\r\n{{\"return\": 2, \"id\": {second}}}"));
    assert_eq!([one.line(), one.line()], [event, r#"{"return": 1, "id": 1}"#]);
    assert_eq!([other.line(), other.line()], [event, r#"{"return": 2, "id": 1}"#]);
    assert!(one.is_silent() && other.is_silent() && new.is_silent());
    proxy.stop();
}

#[test]
fn each_client_negotiates_for_itself() {
    let (proxy, mut server, _socket) = RunningProxy::scripted(|proxy| proxy);
    let mut client = proxy.connect();
    client.line();
    let early = client.call(r#"{"execute": "stop", "id": 1}"#);
    assert!(early.contains("CommandNotFound") && early.contains("Expecting capabilities negotiation"), "{early}");
    client.send(r#"{"execute": "qmp_capabilities"}"#);
    assert_eq!(client.line(), r#"{"return": {}}"#);
    let oob = client.call(r#"{"exec-oob": "yank", "id": 2}"#);
    assert_eq!(
        oob,
        r#"{"id": 2, "error": {"class": "GenericError", "desc": "QMP input member 'exec-oob' is unexpected"}}"#
    );
    let again = client.call(r#"{"execute": "qmp_capabilities", "id": 3}"#);
    assert!(again.contains("Capabilities negotiation is already complete"), "{again}");
    let malformed = client.call(r#"{"execute": "stop", "arguments": {"x": nil}}"#);
    assert!(malformed.contains("JSON parse error, invalid keyword 'nil'"), "{malformed}");

    let mut capable = proxy.oob_client();
    capable.send(r#"{"exec-oob": "yank", "arguments": {"instances": []}, "id": 1}"#);
    server.expect(r#"{"exec-oob":"yank","arguments":{"instances": []},"id":1}"#);
    server.send(r#"{"return": {}, "id": 1}"#);
    assert_eq!(capable.line(), r#"{"return": {}, "id": 1}"#);
    proxy.stop();
}

#[test]
fn oob_overtakes_and_in_band_does_not() {
    let (proxy, mut server, _socket) = RunningProxy::scripted(|proxy| proxy);
    let (mut plain, mut capable) = (proxy.client(), proxy.oob_client());
    plain.send(r#"{"execute": "slow", "id": "slow"}{"execute": "next", "id": "next"}"#);
    let slow = server.request("slow");
    capable.send(r#"{"execute": "waits", "id": "waits"}"#);
    let waits = server.request("waits");
    capable.send(r#"{"exec-oob": "urgent", "id": "urgent"}{"exec-oob": "urgent-too", "id": "too"}"#);
    let urgent = server.request("urgent");
    server.send(&format!("{{\"return\": 1, \"id\": {urgent}}}"));
    assert_eq!(capable.line(), r#"{"return": 1, "id": "urgent"}"#);
    server.answer("urgent-too");
    assert_eq!(capable.line(), r#"{"return": {}, "id": "too"}"#);
    assert!(plain.is_silent() && capable.is_silent());
    server.send(&format!("{{\"return\": 2, \"id\": {slow}}}"));
    assert_eq!(plain.line(), r#"{"return": 2, "id": "slow"}"#);
    server.send(&format!("{{\"return\": 3, \"id\": {waits}}}"));
    assert_eq!(capable.line(), r#"{"return": 3, "id": "waits"}"#);
    server.answer("next");
    assert_eq!(plain.line(), r#"{"return": {}, "id": "next"}"#);
    proxy.stop();
}

#[test]
fn commands_without_a_success_reply() {
    let (proxy, mut server, _socket) = RunningProxy::scripted(|proxy| proxy);
    let (mut client, mut other) = (proxy.client(), proxy.client());
    client.send(r#"{"execute": "silent", "id": 1}{"execute": "stop", "id": 2}"#);
    server.request("silent");
    // The proxy asks after a while: the server has executed the command before it answers this.
    let probe = server.any_line();
    let probe = probe.strip_prefix(r#"{"execute":"qmp_capabilities","id":"#).unwrap().trim_end_matches('}');
    server.send(&format!("{{\"id\": {probe}, \"error\": {{\"class\": \"CommandNotFound\", \"desc\": \"ignored\"}}}}"));
    server.answer("stop");
    assert_eq!(client.line(), r#"{"return": {}, "id": 2}"#);

    // The reply to any later request says the same.
    client.send(r#"{"execute": "silent", "id": 3}{"execute": "cont", "id": 4}"#);
    server.request("silent");
    other.send(r#"{"execute": "query", "id": 5}"#);
    server.answer("query");
    assert_eq!(other.line(), r#"{"return": {}, "id": 5}"#);
    server.answer("cont");
    assert_eq!(client.line(), r#"{"return": {}, "id": 4}"#);
    proxy.stop();
}

#[test]
fn an_error_without_an_id_is_for_the_running_request() {
    let (proxy, mut server, _socket) = RunningProxy::scripted(|proxy| proxy);
    let (mut one, mut other) = (proxy.client(), proxy.client());
    one.send(r#"{"execute": "first", "id": "one"}"#);
    server.request("first");
    other.send(r#"{"execute": "second", "id": "other"}"#);
    let second = server.request("second");
    server.send(r#"{"error": {"class": "GenericError", "desc": "too large"}}"#);
    server.send(&format!("{{\"return\": 2, \"id\": {second}}}"));
    assert_eq!(one.line(), r#"{"id": "one", "error": {"class": "GenericError", "desc": "too large"}}"#);
    assert_eq!(other.line(), r#"{"return": 2, "id": "other"}"#);
    // A reply that nothing asked for changes nothing.
    server.send(r#"{"return": {}, "id": 77}"#);
    server.send(r#"{"return": {}, "id": "77"}"#);
    one.send(r#"{"execute": "stop"}"#);
    server.answer("stop");
    assert_eq!(one.line(), r#"{"return": {}}"#);
    proxy.stop();
}

#[test]
fn rules_of_a_listener() {
    let (proxy, mut server, _socket) = RunningProxy::scripted(|proxy| proxy);
    let mut client = proxy.read_only_client();
    let refused = client.call(r#"{"execute": "stop", "id": 1}"#);
    let desc = "The command stop is not allowed: this session is read-only";
    assert_eq!(refused, format!("{{\"id\": 1, \"error\": {{\"class\": \"GenericError\", \"desc\": \"{desc}\"}}}}"));
    client.send(r#"{"execute": "query-status"}"#);
    server.answer("query-status");
    assert_eq!(client.line(), r#"{"return": {}}"#);

    proxy.handle.disable("query-status", "not now");
    let disabled = client.call(r#"{"execute": "query-status"}"#);
    assert!(disabled.contains("Command query-status has been disabled: not now"), "{disabled}");
    proxy.stop();
}

#[test]
fn a_large_reply_and_a_large_request() {
    let (proxy, mut server, _socket) = RunningProxy::scripted(|proxy| proxy);
    let mut client = proxy.client();
    let large = "x".repeat(3 << 20);
    let request = format!("{{\"execute\": \"write\", \"arguments\": {{\"data\": \"{large}\"}}, \"id\": 1}}");
    std::thread::scope(|scope| {
        scope.spawn(|| client.send(&request));
        let line = server.line();
        assert_eq!(line, format!("{{\"execute\":\"write\",\"arguments\":{{\"data\": \"{large}\"}},\"id\":1}}"));
    });
    std::thread::scope(|scope| {
        scope.spawn(|| server.send(&format!("{{\"return\": \"{large}\", \"id\": 1}}")));
        assert_eq!(client.line(), format!("{{\"return\": \"{large}\", \"id\": 1}}"));
    });
    proxy.stop();
}
