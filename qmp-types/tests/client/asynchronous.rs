//! The asynchronous client.

use std::future::pending;
use std::os::unix::net::UnixStream;
use std::pin::pin;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use qmp_types::ClientOptions;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::sample::{BlockResizeArgs, Client, Event, RunState, StatusInfo, commands, events};
use crate::scripted_peer::{GREETING, Peer};

const SHORT: Duration = Duration::from_millis(30);
const STOPPED: &str = r#"{"timestamp": {"seconds": 12, "microseconds": 34}, "event": "STOP"}"#;

async fn connect((stream, peer): (UnixStream, JoinHandle<()>)) -> (Client, JoinHandle<()>) {
    (Client::from_stream(stream).await.unwrap(), peer)
}

/// Returns a client whose peer follows the script after the handshake.
async fn client(script: impl FnOnce(&mut Peer) + Send + 'static) -> Client {
    connect(Peer::negotiated(script)).await.0
}

/// Checks that a future is `Send`.
fn send<T: Send>(value: T) -> T {
    value
}

#[tokio::test]
async fn a_call() {
    let (client, peer) = connect(Peer::negotiated(|peer| {
        peer.expect(r#"{"execute": "query-status", "id": 2}"#);
        peer.send(r#"{"return": {"status": "running", "singlestep": false, "running": true}, "id": 2}"#);
        peer.expect(r#"{"execute": "block_resize", "arguments": {"node-name": "disk", "size": 5}, "id": 3}"#);
        peer.send(r#"{"id": 3, "error": {"class": "GenericError", "desc": "too small"}}"#);
        peer.expect(r#"{"execute": "x-new", "arguments": {"a": 1}, "id": 4}"#);
        peer.send(r#"{"return": [1], "id": 4}"#);
        peer.expect_end();
    }))
    .await;
    assert_eq!(client.greeting().unwrap().version.qemu, (8, 2, 7));
    let status = send(client.query_status()).await.unwrap();
    #[expect(deprecated, reason = "this server sends it")]
    let expected = StatusInfo::new(true, RunState::Running).singlestep(false);
    assert_eq!(status, expected);
    let arguments = BlockResizeArgs::new(5).node_name("disk");
    assert_eq!(client.block_resize(arguments).await.unwrap_err().desc(), Some("too small"));
    assert_eq!(send(client.call_raw("x-new", &json!({"a": 1}))).await.unwrap(), json!([1]));
    drop(client);
    peer.join().unwrap();
}

#[tokio::test]
async fn events_at_any_time() {
    let (stream, _peer) = Peer::follow(|peer| {
        peer.send(r#"{"event": "BEFORE_GREETING"}"#);
        peer.send(GREETING);
        peer.line();
        peer.send(STOPPED);
        peer.send(r#"{"return": {}, "id": 1}"#);
    });
    let client = Client::from_stream(stream).await.unwrap();
    assert!(
        matches!(send(client.next_event()).await.unwrap().event, Event::Other(other) if other.name == "BEFORE_GREETING")
    );
    assert!(matches!(client.next_event().await.unwrap().event, Event::Stop(_)));
    assert!(client.next_event().await.unwrap_err().is_closed());
}

#[tokio::test]
async fn an_expected_event() {
    let client = client(|peer| {
        peer.line();
        for device in ["nic9", "nic0"] {
            let data = format!(r#"{{"device": "{device}", "path": "/machine/{device}"}}"#);
            peer.send(&format!(r#"{{"event": "DEVICE_DELETED", "data": {data}}}"#));
        }
        peer.send(r#"{"return": {}, "id": 2}"#);
        peer.expect_end();
    })
    .await;
    let deleted = client.expect::<events::DeviceDeleted>(|event| event.device.as_deref() == Some("nic0"));
    let silence = client.expect::<events::Stop>(|_| true).timeout(SHORT);
    client.stop().await.unwrap();
    assert_eq!(send(deleted).await.unwrap().path, "/machine/nic0");
    assert!(silence.await.unwrap_err().is_timeout());
}

#[tokio::test]
async fn a_subscription() {
    let client = client(|peer| {
        peer.line();
        peer.send(STOPPED);
        peer.send(r#"{"return": {}, "id": 2}"#);
        peer.send(STOPPED);
    })
    .await;
    let mut events = client.events();
    client.stop().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().timestamp.to_string(), "12.000034");
    assert!(events.next().await.is_some());
    assert!(send(events.next()).await.is_none());
}

/// Returns a script that answers batches of requests in reverse order.
fn echo_in_reverse(batch: usize, batches: usize) -> impl FnOnce(&mut Peer) + Send + 'static {
    move |peer| {
        for _ in 0..batches {
            let requests: Vec<_> = (0..batch).map(|_| peer.line()).collect();
            for request in requests.iter().rev() {
                let request: Value = serde_json::from_str(request).unwrap();
                peer.send(&json!({"id": request["id"], "return": request["arguments"]}).to_string());
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_tasks() {
    let client = client(echo_in_reverse(8, 50)).await;
    let tasks: Vec<_> = (0..8)
        .map(|task| {
            let client = client.clone();
            tokio::spawn(async move {
                for round in 0..50 {
                    let arguments = json!({ "task": task, "round": round });
                    assert_eq!(client.call_raw("echo", &arguments).await.unwrap(), arguments);
                }
            })
        })
        .collect();
    for task in tasks {
        timeout(Duration::from_secs(10), task).await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn in_flight_together() {
    let client = client(echo_in_reverse(3, 1)).await;
    let arguments = [json!({"a": 1}), json!({"a": 2}), json!({"a": 3})];
    let (one, two, three) = tokio::join!(
        client.call_raw("echo", &arguments[0]),
        client.call_raw("echo", &arguments[1]),
        client.call_raw("echo", &arguments[2]),
    );
    assert_eq!([one.unwrap(), two.unwrap(), three.unwrap()], arguments);
}

#[tokio::test]
async fn dropped_calls_and_late_replies() {
    let client = client(|peer| {
        peer.line();
        peer.line();
        thread::sleep(4 * SHORT);
        peer.send(r#"{"return": {"late": true}, "id": 2}"#);
        peer.send(r#"{"return": {"late": true}, "id": 3}"#);
        peer.line();
        peer.send(r#"{"return": {"late": false}, "id": 4}"#);
    })
    .await;
    timeout(SHORT, client.stop()).await.unwrap_err();
    let error = client.timeout(SHORT).stop().await.unwrap_err();
    assert_eq!(error.to_string(), "timed out waiting for the reply to `stop`: none within 30ms");
    assert_eq!(client.call_raw("x", &json!({})).await.unwrap(), json!({"late": false}));
}

/// A future that was polled, is not dropped and is never polled again does not keep others from their replies.
#[tokio::test]
async fn a_forgotten_future_does_not_block_others() {
    let client = client(|peer| {
        for id in 2..5 {
            peer.line();
            thread::sleep(SHORT);
            peer.send(&format!(r#"{{"return": {{}}, "id": {id}}}"#));
        }
        peer.expect_end();
    })
    .await;
    let mut forgotten = pin!(client.next_event());
    assert!(timeout(SHORT, forgotten.as_mut()).await.is_err());
    client.stop().await.unwrap();

    // In another task, which waits for something else.
    let elsewhere = tokio::spawn({
        let client = client.clone();
        async move {
            let mut forgotten = pin!(client.next_event());
            assert!(timeout(SHORT, forgotten.as_mut()).await.is_err());
            pending::<()>().await;
        }
    });
    tokio::time::sleep(2 * SHORT).await;
    timeout(Duration::from_secs(5), client.stop()).await.unwrap().unwrap();
    timeout(Duration::from_secs(5), client.stop()).await.unwrap().unwrap();
    elsewhere.abort();
}

#[tokio::test]
async fn the_connection_ends_while_several_wait() {
    let client = client(|peer| (0..2).for_each(|_| drop(peer.line()))).await;
    let expected = client.expect::<events::Stop>(|_| true);
    let (one, two, event) = tokio::join!(client.stop(), client.query_status(), expected);
    assert_eq!(one.unwrap_err().to_string(), "the peer closed the connection before the reply to `stop`");
    assert!(two.unwrap_err().is_closed());
    assert_eq!(event.unwrap_err().to_string(), "the peer closed the connection before the event STOP");
    assert!(client.stop().await.unwrap_err().is_closed());
}

#[tokio::test]
async fn large_messages_in_both_directions() {
    let client = client(|peer| {
        // The peer reads only after all this has been received.
        (0..20_000).for_each(|_| peer.send(STOPPED));
        let request: Value = serde_json::from_str(&peer.line()).unwrap();
        peer.send(&json!({"return": request["arguments"], "id": 2}).to_string());
    })
    .await;
    let arguments = json!({ "text": "x".repeat(5 << 20) });
    assert_eq!(client.call_raw("echo", &arguments).await.unwrap(), arguments);
}

#[tokio::test]
async fn out_of_band() {
    let (stream, peer) = Peer::follow(|peer| {
        peer.send(GREETING);
        peer.expect(r#"{"execute": "qmp_capabilities", "arguments": {"enable": ["oob"]}, "id": 1}"#);
        peer.send(r#"{"return": {}, "id": 1}"#);
        peer.expect(r#"{"exec-oob": "stop", "id": 2}"#);
        peer.send(r#"{"return": {}, "id": 2}"#);
    });
    let client = Client::from_stream_with(stream, &ClientOptions::new().enable_oob()).await.unwrap();
    client.call_oob::<commands::Stop>(()).await.unwrap();
    peer.join().unwrap();
}
