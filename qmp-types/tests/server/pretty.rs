//! Messages with a line for each member and item.

use crate::machine;

/// Executes requests in a session without IO, and returns its output.
fn output(mut session: qmp_types::server::Session, server: &qmp_types::Server<machine::Machine>) -> String {
    session.receive(b"{'execute': 'qmp_capabilities'}{'execute': 'stop', 'id': [{}]}{'execute': 'no'}", vec![]);
    while let Some(request) = session.next() {
        request.run(server);
    }
    let output = String::from_utf8(session.take_output()).expect("UTF-8");
    let time = output.find("\"seconds\": ").expect("an event") + 11..output.find("\"event\"").expect("an event");
    output.replace(&output[time], "TIME, ")
}

const PRETTY: &str = r#"{
    "QMP": {
        "version": {
            "qemu": {
                "micro": 1,
                "minor": 2,
                "major": 9
            },
            "package": "test"
        },
        "capabilities": [
            "oob"
        ]
    }
}
{
    "return": {
    }
}
{
    "timestamp": {
        "seconds": TIME, "event": "STOP"
}
{
    "return": {
    },
    "id": [
        {
        }
    ]
}
{
    "error": {
        "class": "CommandNotFound",
        "desc": "The command no has not been found"
    }
}
"#;

#[test]
fn a_server_is_pretty() {
    let server = machine::server().pretty(true);
    assert_eq!(output(server.session(), &server), PRETTY.replace('\n', "\r\n"));
}

#[test]
fn a_session_is_pretty_from_its_greeting_on() {
    let server = machine::server();
    let mut session = server.session();
    session.set_pretty(true);
    assert_eq!(output(session, &server), PRETTY.replace('\n', "\r\n"));
    assert!(output(server.session(), &server).starts_with("{\"QMP\": {\"version\""), "the others are not");
}

#[test]
fn a_session_can_be_compact_again() {
    let server = machine::server().pretty(true);
    let mut session = server.session();
    assert!(session.take_output().starts_with(b"{\r\n"));
    session.set_pretty(false);
    assert!(output(session, &server).starts_with("{\"return\": {}}\r\n"));
}
