//! Clients that connect again.

use std::os::unix::net::UnixListener;
use std::path::Path;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use qmp_types::client::ReconnectPolicy;
use qmp_types::{ClientOptions, Error, OtherEvent, blocking};
use serde_json::json;
use test_support::{Generation, Server, TIME_LIMIT};

use crate::sample::Commands;
use crate::scripted_peer::Peer;

const SHORT: Duration = Duration::from_millis(30);

fn policy() -> ReconnectPolicy {
    ReconnectPolicy::new().pauses(Duration::from_millis(5), SHORT).give_up_after(Duration::from_secs(5))
}

/// Serves one client after the other with the scripts, and does not listen for a time between them.
fn serve(path: &Path, scripts: Vec<fn(&mut Peer)>) -> JoinHandle<()> {
    let path = path.to_owned();
    let mut listener = Some(UnixListener::bind(&path).unwrap());
    thread::spawn(move || {
        for script in scripts {
            let (stream, _) = listener.take().unwrap_or_else(|| UnixListener::bind(&path).unwrap()).accept().unwrap();
            std::fs::remove_file(&path).unwrap();
            let mut peer = Peer::new(stream);
            peer.greet();
            script(&mut peer);
            drop(peer);
            thread::sleep(2 * SHORT);
        }
    })
}

/// The server ends while it executes a command, while no command is executed, and after an event.
fn scripts() -> Vec<fn(&mut Peer)> {
    vec![
        |peer| {
            peer.expect(r#"{"execute": "stop", "id": 2}"#);
            peer.send(r#"{"return": {}, "id": 2}"#);
            peer.expect(r#"{"execute": "device_del", "arguments": {"id": "net0"}, "id": 3}"#);
        },
        |peer| {
            peer.expect(r#"{"execute": "stop", "id": 2}"#);
            peer.send(r#"{"return": {}, "id": 2}"#);
            peer.send(r#"{"event": "FIRST"}"#);
        },
        |peer| {
            peer.expect(r#"{"execute": "stop", "id": 2}"#);
            peer.send(r#"{"event": "SECOND"}"#);
            peer.send(r#"{"return": {}, "id": 2}"#);
            peer.expect_end();
        },
    ]
}

const LOST: &str =
    "the peer closed the connection before the reply to `device_del`; the command may have been executed";

fn check_lost(error: &Error) {
    assert_eq!(error.to_string(), LOST);
    assert!(error.is_closed() && error.may_have_been_executed());
}

fn check_gap(error: &Error) {
    assert!(error.outage().is_some_and(|outage| outage < Duration::from_secs(5)), "{error}");
    let text = error.to_string();
    assert!(text.starts_with("the connection was lost for "), "{text}");
    assert!(text.ends_with(", and events in that time; the client is connected again"), "{text}");
}

#[test]
fn calls_and_events_across_connections() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vm.sock");
    let server = serve(&path, scripts());
    let vm = blocking::ReconnectingClient::connect_with(path.as_path(), policy()).unwrap();
    vm.stop().unwrap();
    let mut events = vm.events::<OtherEvent>();
    check_lost(&vm.device_del("net0").unwrap_err());
    check_gap(&events.next().unwrap().unwrap_err());
    vm.stop().unwrap();
    assert_eq!(events.next().unwrap().unwrap().name, "FIRST");
    // No call has noticed the end of the connection yet.
    thread::sleep(SHORT);
    vm.clone().timeout(TIME_LIMIT).stop().unwrap();
    check_gap(&events.next().unwrap().unwrap_err());
    assert_eq!(vm.connections(), 3);
    drop((vm, events));
    server.join().unwrap();
}

#[cfg(feature = "tokio")]
#[tokio::test]
async fn calls_and_events_across_connections_asynchronously() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vm.sock");
    let server = serve(&path, scripts());
    let vm = qmp_types::tokio::ReconnectingClient::connect_with(path.as_path(), policy()).await.unwrap();
    vm.stop().await.unwrap();
    let mut events = vm.events::<OtherEvent>().await;
    check_lost(&vm.device_del("net0").await.unwrap_err());
    check_gap(&events.next().await.unwrap().unwrap_err());
    vm.stop().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().name, "FIRST");
    tokio::time::sleep(SHORT).await;
    vm.timeout(TIME_LIMIT).stop().await.unwrap();
    check_gap(&events.next().await.unwrap().unwrap_err());
    assert_eq!(vm.connections().await, 3);
    drop(events);
    vm.client().await.unwrap().close();
    server.join().unwrap();
}

/// Several threads wait for one that connects; all give up in time.
#[test]
fn a_server_that_does_not_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vm.sock");
    let server = serve(&path, vec![|_| {}]);
    let policy = policy().give_up_after(4 * SHORT);
    let vm = blocking::ReconnectingClient::connect_with(path.as_path(), policy).unwrap();
    server.join().unwrap();
    let start = Instant::now();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let error = vm.stop().unwrap_err();
                assert_eq!((error.command(), error.may_have_been_executed()), (Some("stop"), false), "{error}");
            });
        }
    });
    assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
    let mut events = vm.events::<OtherEvent>();
    let error = events.next().unwrap().unwrap_err();
    let expected = format!("timed out waiting for a new connection: none within {:?}; the last attempt: ", 4 * SHORT);
    assert!(error.is_timeout() && error.to_string().starts_with(&expected), "{error}");
    assert!(error.to_string().contains("No such file"), "{error}");
    assert!(events.next().is_none());
    let error = vm.timeout(SHORT).call_raw("stop", &json!({})).unwrap_err();
    assert!(error.io().is_some() || error.is_timeout(), "{error}");
}

/// QEMU is killed, and another one started at the same path.
#[test]
fn qemu_is_restarted() {
    for generation in Generation::ALL {
        let Some(qemu) = Server::bare_emulator(generation) else { continue };
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("socket");
        std::os::unix::fs::symlink(qemu.socket(), &path).unwrap();
        let policy = policy().options(ClientOptions::new().enable_oob()).give_up_after(TIME_LIMIT);
        let vm = blocking::ReconnectingClient::connect_with(path.as_path(), policy).unwrap();
        let mut events = vm.events::<OtherEvent>();
        vm.stop().unwrap();
        drop(qemu);
        let starting = thread::spawn(move || {
            let qemu = Server::bare_emulator(generation).unwrap();
            std::fs::remove_file(&path).unwrap();
            std::os::unix::fs::symlink(qemu.socket(), &path).unwrap();
            qemu
        });
        vm.query_status().unwrap();
        assert!(vm.client().unwrap().greeting().unwrap().offers_oob());
        assert!(events.any(|event| event.is_err_and(|error| error.outage().is_some())));
        drop(starting.join().unwrap());
    }
}
