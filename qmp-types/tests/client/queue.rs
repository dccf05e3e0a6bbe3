//! With out-of-band execution enabled, at most eight commands are outstanding, and urgent ones overtake the others.

use std::fs::File;
use std::os::unix::net::UnixStream;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use qmp_types::{ClientOptions, Command, CommandSpec, OobCommand, Value};
use serde_json::json;
use test_support::{Generation, Server, TIME_LIMIT};

use crate::blocked_emulator::BlockingCommand;
use crate::sample::blocking::Client;
use crate::scripted_peer::{GREETING, Peer};

/// The number of commands that QEMU may have at the same time.
const LIMIT: usize = 8;

struct QueryYank;

impl Command for QueryYank {
    const SPEC: &'static CommandSpec = &CommandSpec::new("query-yank", "").allow_oob();
    type Arguments = ();
    type Return = Value;
}

impl OobCommand for QueryYank {}

/// Returns the client's end of a connection to a peer that offers out-of-band execution.
fn peer(script: impl FnOnce(&mut Peer) + Send + 'static) -> (UnixStream, JoinHandle<()>) {
    Peer::follow(|peer| {
        peer.send(GREETING);
        peer.line();
        peer.send(r#"{"return": {}, "id": 1}"#);
        script(peer);
    })
}

fn id(request: &str) -> u64 {
    serde_json::from_str::<Value>(request).unwrap()["id"].as_u64().unwrap()
}

/// Calls that begin one after the other, in threads of their own.
fn in_threads<'s>(scope: &'s thread::Scope<'s, '_>, client: &'s Client, names: &'s [&'s str]) {
    for name in names {
        scope.spawn(|| client.call_raw(name, &json!({})).unwrap());
        thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn eight_commands_at_a_time() {
    let (stream, peer) = peer(|peer| {
        let mut ids: Vec<_> = (0..LIMIT).map(|_| id(&peer.line())).collect();
        assert_eq!(ids, (2..10).collect::<Vec<_>>());
        // The next one overtakes two that are queued.
        assert_eq!(peer.line(), r#"{"exec-oob": "query-yank", "id": 12}"#);
        peer.expect_silence();
        peer.send(r#"{"return": [], "id": 12}"#);
        peer.expect_silence();
        for next in [10, 11] {
            peer.send(&format!(r#"{{"return": {{}}, "id": {}}}"#, ids.pop().unwrap()));
            assert_eq!(id(&peer.line()), next);
            ids.insert(0, next);
        }
        ids.iter().for_each(|id| peer.send(&format!(r#"{{"return": {{}}, "id": {id}}}"#)));
    });
    let client = Client::from_stream_with(stream, &ClientOptions::new().enable_oob()).unwrap();
    thread::scope(|scope| {
        in_threads(scope, &client, &["x"; LIMIT + 2]);
        assert_eq!(client.call_oob::<QueryYank>(()).unwrap(), json!([]));
    });
    peer.join().unwrap();
}

#[test]
fn without_out_of_band_execution_the_server_queues() {
    let (stream, peer) = Peer::negotiated(|peer| {
        let ids: Vec<_> = (0..3 * LIMIT).map(|_| id(&peer.line())).collect();
        ids.iter().for_each(|id| peer.send(&format!(r#"{{"return": {{}}, "id": {id}}}"#)));
    });
    let client = Client::from_stream(stream).unwrap();
    thread::scope(|scope| in_threads(scope, &client, &["x"; 3 * LIMIT]));
    peer.join().unwrap();
}

/// The time limit counts from the call, and a queued command that has timed out is not sent.
#[test]
fn a_queued_command_times_out_unsent() {
    let (stream, peer) = peer(|peer| {
        let ids: Vec<_> = (0..LIMIT).map(|_| id(&peer.line())).collect();
        thread::sleep(Duration::from_millis(300));
        ids.iter().for_each(|id| peer.send(&format!(r#"{{"return": {{}}, "id": {id}}}"#)));
        peer.expect(r#"{"execute": "last", "id": 11}"#);
        peer.send(r#"{"return": {}, "id": 11}"#);
    });
    let client = Client::from_stream_with(stream, &ClientOptions::new().enable_oob()).unwrap();
    thread::scope(|scope| {
        in_threads(scope, &client, &["x"; LIMIT]);
        let error = client.timeout(Duration::from_millis(50)).call_raw("late", &json!({})).unwrap_err();
        assert_eq!(error.to_string(), "timed out waiting for the reply to `late`: none within 50ms");
    });
    client.call_raw("last", &json!({})).unwrap();
    peer.join().unwrap();
}

#[cfg(feature = "tokio")]
#[tokio::test]
async fn a_queued_call_that_is_dropped_is_not_sent() {
    use std::pin::pin;

    let (stream, peer) = peer(|peer| {
        let ids: Vec<_> = (0..LIMIT).map(|_| id(&peer.line())).collect();
        ids.iter().for_each(|id| peer.send(&format!(r#"{{"return": {{}}, "id": {id}}}"#)));
        peer.expect(r#" {"execute": "stop", "id": 11}"#);
        peer.send(r#"{"return": {}, "id": 11}"#);
    });
    let client = crate::sample::Client::from_stream_with(stream, &ClientOptions::new().enable_oob()).await.unwrap();
    let short = Duration::from_millis(30);
    let mut sent: Vec<_> = (0..LIMIT).map(|_| Box::pin(client.stop())).collect();
    for call in &mut sent {
        // The first poll sends the command; the peer replies only once it has all.
        assert!(std::future::poll_fn(|cx| std::task::Poll::Ready(call.as_mut().poll(cx).is_pending())).await);
    }
    {
        let null = File::open("/dev/null").unwrap();
        let mut dropped = pin!(client.call_with_fd::<crate::sample::commands::Stop>((), null));
        assert!(std::future::poll_fn(|cx| std::task::Poll::Ready(dropped.as_mut().poll(cx).is_pending())).await);
    }
    let null = File::open("/dev/null").unwrap();
    let last = client.call_with_fd::<crate::sample::commands::Stop>((), null);
    let last = tokio::spawn(last);
    tokio::time::sleep(short).await;
    for call in sent {
        call.await.unwrap();
    }
    last.await.unwrap().unwrap();
    peer.join().unwrap();
}

/// One command blocks QEMU, eight wait, and one overtakes them all.
#[test]
fn qemu_executes_an_urgent_command_at_once() {
    for generation in Generation::ALL {
        let Some(qemu) = Server::bare_emulator(generation) else { continue };
        let blocking = BlockingCommand::new();
        let client =
            Client::connect_unix_with(qemu.socket(), &ClientOptions::new().enable_oob()).unwrap().timeout(TIME_LIMIT);
        thread::scope(|scope| {
            let blocked = scope.spawn(|| client.call_raw(BlockingCommand::NAME, &blocking.arguments));
            thread::sleep(Duration::from_millis(100));
            in_threads(scope, &client, &["query-name"; LIMIT]);
            let start = Instant::now();
            client.call_oob::<QueryYank>(()).unwrap();
            assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
            assert!(!blocked.is_finished());
            blocking.unblock();
            blocked.join().unwrap().unwrap();
        });
    }
}
