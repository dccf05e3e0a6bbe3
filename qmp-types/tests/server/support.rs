//! Dialogues with a server on a pair of sockets.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::thread;

use qmp_types::{Server, ServerHandle};
use serde_json::Value;

use crate::machine::{self, Machine};
use crate::test_client::Client;

pub(crate) const NEGOTIATE: &str = "{\"execute\": \"qmp_capabilities\"}";

/// A client that has negotiated, and the thread that serves it.
pub(crate) type Served = (Client, ServerHandle, thread::JoinHandle<qmp_types::Result<()>>);

/// Runs a test with the blocking and with the asynchronous server, if there is one.
pub(crate) fn each_server(test: impl Fn(&dyn Fn(Server<Machine>) -> Served)) {
    test(&Client::of);
    #[cfg(feature = "tokio")]
    test(&Client::of_async);
}

/// Sends the input in pieces of `chunk` bytes and closes the sending side. Returns all output.
pub(crate) fn converse(input: &[u8], chunk: usize) -> Vec<u8> {
    converse_with(|stream| machine::server().serve_stream(stream), input, chunk)
}

/// [`converse`] with the asynchronous server.
#[cfg(feature = "tokio")]
pub(crate) fn converse_async(input: &[u8], chunk: usize) -> Vec<u8> {
    let serve = |stream| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(machine::server().tokio().serve_stream::<UnixStream>(stream))
    };
    converse_with(serve, input, chunk)
}

fn converse_with(
    serve: impl FnOnce(UnixStream) -> qmp_types::Result<()> + Send + 'static,
    input: &[u8],
    chunk: usize,
) -> Vec<u8> {
    let (mut client, theirs) = UnixStream::pair().expect("a pair");
    let server = thread::spawn(move || serve(theirs));
    let mut writer = client.try_clone().expect("a second descriptor");
    let input = input.to_vec();
    let sender = thread::spawn(move || {
        for piece in input.chunks(chunk) {
            if writer.write_all(piece).is_err() {
                return;
            }
        }
        writer.shutdown(std::net::Shutdown::Write).ok();
    });
    let mut output = Vec::new();
    client.read_to_end(&mut output).ok();
    sender.join().expect("the sender");
    server.join().expect("the server does not panic").expect("the server does not fail");
    output
}

/// Returns the messages in the output, each of which is a line of strict JSON in ASCII.
pub(crate) fn messages(output: &[u8]) -> Vec<Value> {
    let text = std::str::from_utf8(output).expect("ASCII");
    assert!(text.is_ascii() && (text.is_empty() || text.ends_with("\r\n")), "{text:?}");
    text.split_terminator("\r\n")
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect()
}

/// Returns the messages after the reply to the negotiation, which must not depend on how the input is split.
pub(crate) fn replies(input: impl AsRef<[u8]>) -> Vec<Value> {
    replies_to([NEGOTIATE.as_bytes(), input.as_ref()].concat())[1..].to_vec()
}

/// Returns the messages after the greeting, which must not depend on how the input is split.
pub(crate) fn replies_to(input: impl AsRef<[u8]>) -> Vec<Value> {
    let input = input.as_ref();
    let whole = without_time(messages(&converse(input, usize::MAX)));
    // Byte by byte, large inputs would take too long.
    let chunks: &[usize] = if input.len() < 10_000 { &[1, 2, 7] } else { &[1009] };
    for &chunk in chunks {
        assert_eq!(without_time(messages(&converse(input, chunk))), whole, "in pieces of {chunk}");
    }
    #[cfg(feature = "tokio")]
    assert_eq!(without_time(messages(&converse_async(input, 5)))[1..], whole[1..], "asynchronously");
    assert!(whole[0]["QMP"].is_object(), "{:?}", whole[0]);
    whole[1..].to_vec()
}

fn without_time(mut messages: Vec<Value>) -> Vec<Value> {
    for message in &mut messages {
        message.as_object_mut().expect("an object").remove("timestamp");
    }
    messages
}

/// Checks that the input is answered with a single `GenericError` without an id.
pub(crate) fn check_error(input: impl AsRef<[u8]>, desc: &str) {
    check_error_of("GenericError", input, desc);
}

/// Checks that the input is answered with a single error without an id.
pub(crate) fn check_error_of(class: &str, input: impl AsRef<[u8]>, desc: &str) {
    let shown = String::from_utf8_lossy(input.as_ref()).into_owned();
    let expected = serde_json::json!({ "error": { "class": class, "desc": desc } });
    assert_eq!(replies(input), [expected], "{shown}");
}

/// Checks that the input is answered with these messages, given as JSON.
pub(crate) fn check(input: impl AsRef<[u8]>, expected: &[&str]) {
    let shown = String::from_utf8_lossy(input.as_ref()).into_owned();
    let expected: Vec<Value> = expected.iter().map(|text| serde_json::from_str(text).expect("JSON")).collect();
    assert_eq!(replies(input), expected, "{shown}");
}
