//! File descriptors.

use std::io::{IoSlice, Write};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use rustix::net::{SendAncillaryBuffer, SendAncillaryMessage, SendFlags};
use serde_json::json;

use crate::test_client::Client;

const TAKE: &str = "{'execute': 'take-fd'}";

/// Returns the reading end of a pipe that contains this byte.
pub(crate) fn pipe(byte: u8) -> OwnedFd {
    let (reader, mut writer) = std::io::pipe().expect("a pipe");
    writer.write_all(&[byte]).expect("room for a byte");
    reader.into()
}

pub(crate) fn send(client: &Client, text: &str, fds: &[OwnedFd]) {
    let fds: Vec<BorrowedFd<'_>> = fds.iter().map(AsFd::as_fd).collect();
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(16))];
    let mut control = SendAncillaryBuffer::new(&mut space);
    assert!(control.push(SendAncillaryMessage::ScmRights(&fds)));
    let sent = rustix::net::sendmsg(&client.stream, &[IoSlice::new(text.as_bytes())], &mut control, SendFlags::empty());
    assert_eq!(sent, Ok(text.len()));
}

fn none() -> serde_json::Value {
    json!({ "error": { "class": "GenericError", "desc": "No file descriptor supplied via SCM_RIGHTS" } })
}

#[test]
fn a_descriptor_arrives_with_its_command() {
    let mut client = Client::of_machine();
    assert_eq!(client.call(TAKE), none());
    send(&client, TAKE, &[pipe(7)]);
    assert_eq!(client.receive(), json!({ "return": 7 }));
    assert_eq!(client.call(TAKE), none());
}

#[test]
fn a_descriptor_waits_for_its_command() {
    let mut client = Client::of_machine();
    send(&client, " ", &[pipe(1)]);
    assert!(client.call("{'execute': 'echo'}")["return"].is_object());
    assert!(client.call("{'execute': 'take-fd', 'arguments': {'x': 1}}")["error"].is_object());
    assert_eq!(client.call(TAKE), json!({ "return": 1 }));
}

#[test]
fn a_command_takes_the_first_descriptor_of_the_last_message() {
    let mut client = Client::of_machine();
    send(&client, " ", &[pipe(1)]);
    send(&client, " ", &[pipe(2), pipe(3)]);
    assert_eq!(client.call(TAKE), json!({ "return": 2 }));
    assert_eq!(client.call(TAKE), none());
}

#[test]
fn a_command_may_take_all_descriptors_of_a_message() {
    let mut client = Client::of_machine();
    send(&client, " ", &[pipe(1)]);
    send(&client, "{'execute': 'take-fds'}", &[pipe(2), pipe(3), pipe(4)]);
    assert_eq!(client.receive(), json!({ "return": [2, 3, 4] }));
    assert_eq!(client.call("{'execute': 'take-fds'}"), json!({ "return": [] }));
}

#[test]
fn pipelined_commands_take_their_own_descriptors() {
    let mut client = Client::of_machine();
    for byte in 0..8 {
        send(&client, TAKE, &[pipe(byte)]);
    }
    for byte in 0..8 {
        assert_eq!(client.receive(), json!({ "return": byte }));
    }
}

#[test]
fn sixteen_descriptors_in_one_message() {
    let mut client = Client::of_machine();
    send(&client, TAKE, &(0..16).map(pipe).collect::<Vec<_>>());
    assert_eq!(client.receive(), json!({ "return": 0 }));
}
