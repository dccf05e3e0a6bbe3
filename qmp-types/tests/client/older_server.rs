//! Clients and a server that is older than their schema: it does not send all members.

use qmp_types::{ClientOptions, MissingMembers};

use crate::sample::blocking::Client;
use crate::sample::{Event, RunState, StatusInfo};
use crate::scripted_peer::Peer;

/// Returns a client whose peer answers the status without its `status`, and sends it without `running`.
fn client(options: &ClientOptions) -> Client {
    let (stream, _) = Peer::negotiated(|peer| {
        peer.line();
        peer.send(r#"{"event": "STATUS_CHANGED", "data": {"status": "paused"}}"#);
        peer.send(r#"{"return": {"running": true}, "id": 2}"#);
        peer.expect_end();
    });
    Client::from_stream_with(stream, options).unwrap()
}

#[test]
fn missing_members_are_filled() {
    for options in [ClientOptions::new(), ClientOptions::new().missing_members(MissingMembers::Fill)] {
        let vm = client(&options);
        assert_eq!(vm.query_status().unwrap(), StatusInfo::new(true, RunState::Unknown(String::new())));
        let Event::StatusChanged(event) = vm.next_event().unwrap().event else { panic!("another event") };
        assert_eq!(event.0, StatusInfo::new(false, RunState::Paused));
    }
}

#[test]
fn missing_members_are_refused() {
    let vm = client(&ClientOptions::new().missing_members(MissingMembers::Refuse));
    let error = vm.query_status().unwrap_err();
    assert!(error.is_protocol());
    let text = "the reply to `query-status`: `status`: required member is missing";
    assert!(error.to_string().starts_with(text), "{error}");
    let error = vm.next_event().unwrap_err();
    assert!(
        error.to_string().starts_with("the event STATUS_CHANGED: `running`: required member is missing"),
        "{error}"
    );
}
