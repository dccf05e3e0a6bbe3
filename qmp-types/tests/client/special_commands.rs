//! Commands without a success reply, and commands with a file descriptor.

use std::fs::File;
use std::io::{IoSliceMut, Read, Seek, Write};
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use qmp_types::{ClientOptions, Command, CommandSpec, OobCommand};
use rustix::net::{RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags};

use crate::sample::blocking::Client;
use crate::sample::commands;
use crate::scripted_peer::{GREETING, Peer};

/// A command that is answered only if it fails, as the guest agent's `guest-shutdown`.
struct Shutdown;

impl Command for Shutdown {
    const SPEC: &'static CommandSpec = &CommandSpec::new("guest-shutdown", "").no_success_response();
    type Arguments = ();
    type Return = ();
}

impl OobCommand for Shutdown {}

#[test]
fn silence_is_success() {
    let (stream, peer) = Peer::negotiated(|peer| {
        for answer in [None, Some(r#"{"error": {"class": "GenericError", "desc": "not now"}, "id": 4}"#)] {
            peer.line();
            peer.line();
            answer.inspect(|answer| peer.send(answer));
            let id = if answer.is_none() { 3 } else { 5 };
            peer.send(&format!(r#"{{"error": {{"class": "CommandNotFound", "desc": "negotiated"}}, "id": {id}}}"#));
        }
        peer.expect(r#"{"execute": "guest-shutdown", "id": 6}"#);
        peer.line();
    });
    let client = Client::from_stream(stream).unwrap();
    client.call::<Shutdown>(()).unwrap();
    assert_eq!(client.call::<Shutdown>(()).unwrap_err().desc(), Some("not now"));
    // The peer disconnects, as a guest does when it shuts down.
    client.call::<Shutdown>(()).unwrap();
    peer.join().unwrap();
    assert!(client.call::<Shutdown>(()).unwrap_err().is_closed());
}

/// Returns a connection to a peer that expects [`Shutdown`] out of band, then with a descriptor.
fn silent_peer() -> (UnixStream, JoinHandle<()>) {
    Peer::follow(|peer| {
        peer.send(GREETING);
        peer.expect(r#"{"execute": "qmp_capabilities", "arguments": {"enable": ["oob"]}, "id": 1}"#);
        peer.send(r#"{"return": {}, "id": 1}"#);
        for (id, request) in
            [(2, r#"{"exec-oob": "guest-shutdown", "id": 2}"#), (4, r#" {"execute": "guest-shutdown", "id": 4}"#)]
        {
            peer.expect(request);
            peer.line();
            let id = id + 1;
            peer.send(&format!(r#"{{"error": {{"class": "CommandNotFound", "desc": "negotiated"}}, "id": {id}}}"#));
        }
    })
}

const LIMIT: Duration = Duration::from_secs(5);

#[test]
fn silence_is_success_out_of_band_and_with_a_descriptor() {
    let (stream, peer) = silent_peer();
    let client = Client::from_stream_with(stream, &ClientOptions::new().enable_oob()).unwrap().timeout(LIMIT);
    client.call_oob::<Shutdown>(()).unwrap();
    client.call_with_fd::<Shutdown>((), tempfile::tempfile().unwrap()).unwrap();
    peer.join().unwrap();
}

#[cfg(feature = "tokio")]
#[tokio::test]
async fn silence_is_success_for_the_asynchronous_client_too() {
    let (stream, peer) = silent_peer();
    let client = crate::sample::Client::from_stream_with(stream, &ClientOptions::new().enable_oob()).await.unwrap();
    let client = client.timeout(LIMIT);
    client.call_oob::<Shutdown>(()).await.unwrap();
    client.call_with_fd::<Shutdown>((), tempfile::tempfile().unwrap()).await.unwrap();
    peer.join().unwrap();
}

/// Receives the bytes that have arrived, and their descriptors.
fn receive(socket: &UnixStream) -> (Vec<u8>, Vec<OwnedFd>) {
    let mut bytes = [0; 4096];
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(4))];
    let mut control = RecvAncillaryBuffer::new(&mut space);
    let received =
        rustix::net::recvmsg(socket, &mut [IoSliceMut::new(&mut bytes)], &mut control, RecvFlags::empty()).unwrap();
    let fds = control.drain().flat_map(|message| match message {
        RecvAncillaryMessage::ScmRights(fds) => fds.collect::<Vec<_>>(),
        _ => vec![],
    });
    (bytes[..received.bytes].to_vec(), fds.collect())
}

#[test]
fn a_descriptor_is_sent_with_its_command() {
    let (ours, mut theirs) = UnixStream::pair().unwrap();
    let peer = thread::spawn(move || {
        theirs.write_all(GREETING.as_bytes()).unwrap();
        assert!(receive(&theirs).1.is_empty());
        theirs.write_all(br#"{"return": {}, "id": 1}"#).unwrap();
        let (bytes, mut fds) = receive(&theirs);
        assert_eq!(bytes, b" {\"execute\": \"stop\", \"id\": 2}\n");
        theirs.write_all(br#"{"return": {}, "id": 2}"#).unwrap();
        let mut file = File::from(fds.pop().unwrap());
        assert!(fds.is_empty());
        let mut text = String::new();
        file.rewind().unwrap();
        file.read_to_string(&mut text).unwrap();
        assert_eq!(text, "sent");
    });
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(b"sent").unwrap();
    Client::from_stream(ours).unwrap().call_with_fd::<commands::Stop>((), &file).unwrap();
    peer.join().unwrap();
}
