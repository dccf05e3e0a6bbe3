//! Commands and messages without a connection.

use qmp_types::OtherEvent;
use qmp_types::client::{Decoder, Invocation, Message, encode};
use serde_json::json;

use crate::sample::{BlockResizeArgs, RunState, commands, events};
use crate::scripted_peer::GREETING;

#[test]
fn commands_as_bytes() {
    let mut bytes = b"before".to_vec();
    encode(&Invocation::<commands::Stop>::new(()), 7, &mut bytes);
    let arguments = BlockResizeArgs::new(5).node_name("disk");
    encode(&Invocation::<commands::BlockResize>::new(arguments), 8, &mut bytes);
    let expected = "before{\"execute\": \"stop\", \"id\": 7}\n\
                    {\"execute\": \"block_resize\", \"arguments\": {\"node-name\": \"disk\", \"size\": 5}, \"id\": 8}\n";
    assert_eq!(String::from_utf8(bytes).unwrap(), expected);
}

/// Returns a text per message.
fn decode(decoder: &mut Decoder) -> Vec<String> {
    let mut texts = Vec::new();
    while let Some(message) = decoder.next_message().unwrap() {
        texts.push(match message {
            Message::Greeting(greeting) => format!("greeting of {:?}", greeting.version.qemu),
            Message::Reply(reply) if reply.id() == Some(1) => {
                format!("{:?}", reply.decode::<commands::QueryStatus>().map(|status| status.status))
            }
            Message::Reply(reply) if reply.error().is_some() => {
                format!("{:?}: {}", reply.id(), reply.decode_raw("x").unwrap_err())
            }
            Message::Reply(reply) => reply.decode_raw("x").unwrap().to_string(),
            Message::Event(event) if event.name() == "STOP" => {
                let stopped = event.decode::<events::Stop>().unwrap();
                assert_eq!(stopped.timestamp, event.timestamp());
                stopped.timestamp.to_string()
            }
            Message::Event(event) => event.decode::<OtherEvent>().unwrap().event.data.to_string(),
            other => panic!("{other:?}"),
        });
    }
    texts
}

#[test]
fn messages_from_bytes_in_any_pieces() {
    let input = [
        GREETING,
        r#"{"return": {"running": true, "status": "running"}, "id": 1}"#,
        r#"{"id": 2, "error": {"class": "GenericError", "desc": "no"}}"#,
        r#"{"error": {"class": "GenericError", "desc": "unreadable"}}"#,
        r#"{"return": [1], "id": "other"}"#,
        r#"{"event": "STOP", "timestamp": {"seconds": 1, "microseconds": 2}}"#,
        r#"{"event": "NEW", "data": {"a": 1}}"#,
    ];
    let input = input.concat();
    let expected = [
        "greeting of (8, 2, 7)".to_owned(),
        format!("Ok({:?})", RunState::Running),
        "Some(2): no".into(),
        "None: unreadable".into(),
        "[1]".into(),
        "1.000002".into(),
        json!({"a": 1}).to_string(),
    ];
    for step in [1, 2, 7, input.len()] {
        let mut decoder = Decoder::new();
        let pieces = input.as_bytes().chunks(step);
        let messages = pieces.flat_map(|piece| {
            decoder.receive(piece);
            decode(&mut decoder)
        });
        assert_eq!(messages.collect::<Vec<_>>(), expected, "in pieces of {step}");
    }
}

#[test]
fn missing_members_and_other_protocols() {
    const STATUS: &[u8] = br#"{"return": {"running": true}, "id": 1}"#;
    for (missing, is_ok) in
        [(qmp_types::client::MissingMembers::Fill, true), (qmp_types::client::MissingMembers::Refuse, false)]
    {
        let mut decoder = Decoder::new().missing_members(missing);
        decoder.receive(STATUS);
        let Some(Message::Reply(reply)) = decoder.next_message().unwrap() else { panic!() };
        assert_eq!(reply.decode::<commands::QueryStatus>().is_ok(), is_ok);
    }
    let mut decoder = Decoder::new();
    decoder.receive(b"HTTP/1.1 400");
    assert!(decoder.next_message().unwrap_err().is_protocol());
}
