//! Streams of events, expected events and the end of a connection, on the asynchronous client.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use futures_core::Stream;
use qmp_types::{ClientOptions, OtherEvent};
use tokio::time::timeout;

use crate::event_streams::{around_a_command, delete_devices, deleted};
use crate::sample::Client;
use crate::sample::{Event, events};
use crate::scripted_peer::Peer;

const SHORT: Duration = Duration::from_millis(30);

async fn client(script: impl FnOnce(&mut Peer) + Send + 'static) -> Client {
    Client::from_stream(Peer::negotiated(script).0).await.unwrap()
}

fn is_device(number: usize) -> impl FnMut(&events::DeviceDeleted) -> bool + Send {
    move |event| event.device.as_deref() == Some(&number.to_string())
}

#[tokio::test]
async fn an_expected_event_among_many() {
    let client = client(around_a_command(|peer| (0..3000).for_each(|device| peer.send(&deleted(device))))).await;
    let fifth = client.expect(is_device(5)).timeout(SHORT);
    let last = client.expect(is_device(2999)).timeout(SHORT);
    client.stop().await.unwrap();
    assert_eq!(fifth.await.unwrap().path, "/machine/5");
    assert_eq!(last.await.unwrap().path, "/machine/2999");
}

#[tokio::test]
async fn an_expected_event_is_found_by_the_task_that_waits_for_it() {
    let client = client(|peer| {
        peer.line();
        (0..30).for_each(|device| peer.send(&deleted(device)));
        peer.expect_end();
    })
    .await;
    let expected = client.expect(is_device(5));
    timeout(Duration::ZERO, client.stop()).await.unwrap_err();
    assert_eq!(timeout(10 * SHORT, expected).await.unwrap().unwrap().path, "/machine/5");
    let error = client.expect(is_device(5)).timeout(SHORT).await.unwrap_err();
    assert_eq!(error.to_string(), "timed out waiting for the event DEVICE_DELETED: none within 30ms");
}

#[tokio::test]
async fn a_predicate_may_use_the_client() {
    let client = client(around_a_command(|peer| (0..3).for_each(|device| peer.send(&deleted(device))))).await;
    let inner = client.clone();
    let expected = client.expect::<events::DeviceDeleted>(move |event| {
        drop(inner.events());
        inner.greeting().is_some() && event.path == "/machine/2"
    });
    client.stop().await.unwrap();
    assert_eq!(expected.await.unwrap().path, "/machine/2");
}

#[tokio::test]
async fn a_predicate_that_panics() {
    let client = client(around_a_command(|peer| (0..2).for_each(|device| peer.send(&deleted(device))))).await;
    let expected = client.expect::<events::DeviceDeleted>(|event| panic!("no {}", event.path));
    client.stop().await.unwrap();
    let panic = tokio::spawn(expected).await.unwrap_err().into_panic();
    assert_eq!(panic.downcast_ref::<String>().unwrap(), "no /machine/0");
}

#[tokio::test]
async fn lost_events_are_an_item_of_the_stream() {
    let script = around_a_command(|peer| (0..10).for_each(|device| peer.send(&deleted(device))));
    let options = ClientOptions::new().event_capacity(4);
    let client = Client::from_stream_with(Peer::negotiated(script).0, &options).await.unwrap();
    let mut four = client.events();
    let mut two = client.events().capacity(2);
    let mut wanted = client.events_of::<events::DeviceDeleted>().capacity(1).only(is_device(3));
    let mut named = client.events_of::<OtherEvent>().capacity(1).named(["*_RESUMED"]);
    client.stop().await.unwrap();
    assert_eq!(four.next().await.unwrap().unwrap_err().lost_events(), Some(6));
    assert_eq!(two.next_event().await.unwrap_err().lost_events(), Some(8));
    assert!(two.next_event().await.is_ok());
    assert_eq!(wanted.next().await.unwrap().unwrap().path, "/machine/3");
    assert!(wanted.next().await.is_none());
    assert!(named.next().await.is_none());
    assert_eq!(client.next_event().await.unwrap_err().lost_events(), Some(10));
}

/// The trait has the same items as the methods, and a time limit for each.
#[tokio::test]
async fn a_futures_stream() {
    let client = client(|peer| {
        peer.line();
        (0..2).for_each(|device| peer.send(&deleted(device)));
        peer.expect_end();
    })
    .await;
    let mut events = pin!(client.events().timeout(SHORT));
    timeout(Duration::ZERO, client.stop()).await.unwrap_err();
    for device in 0..2 {
        let event = poll_fn(|cx| events.as_mut().poll_next(cx)).await.unwrap().unwrap();
        assert!(matches!(event.event, Event::DeviceDeleted(event) if event.path == format!("/machine/{device}")));
    }
    let start = Instant::now();
    for _ in 0..2 {
        assert!(poll_fn(|cx| events.as_mut().poll_next(cx)).await.unwrap().unwrap_err().is_timeout());
    }
    assert!(start.elapsed() >= 2 * SHORT);
    client.close();
    assert!(poll_fn(|cx| events.as_mut().poll_next(cx)).await.is_none());
}

#[tokio::test]
async fn closing_ends_calls_and_streams() {
    let (send, ended) = mpsc::channel();
    let client = client(move |peer| {
        peer.line();
        peer.expect_end();
        send.send(()).unwrap();
    })
    .await;
    let mut events = client.events();
    let stream = tokio::spawn(async move { events.next().await.is_none() });
    let (call, end) = (tokio::spawn(client.stop()), client.clone());
    let end = tokio::spawn(async move { end.closed().await.to_string() });
    tokio::time::sleep(SHORT).await;
    assert!(client.close_reason().is_none());
    client.close();
    let error = call.await.unwrap().unwrap_err();
    assert_eq!(error.to_string(), "the client closed the connection before the reply to `stop`");
    assert!(stream.await.unwrap());
    assert_eq!(end.await.unwrap(), "the client closed the connection");
    assert!(client.close_reason().unwrap().is_closed());
    ended.recv_timeout(Duration::from_secs(5)).unwrap();
}

#[tokio::test]
async fn the_connection_ends_with_the_last_client_and_call() {
    let (send, ended) = mpsc::channel();
    let client = client(move |peer| {
        peer.line();
        peer.send(r#"{"return": {}, "id": 2}"#);
        peer.expect_end();
        send.send(()).unwrap();
    })
    .await;
    let mut events = client.events();
    let handle = client.events().handle().unwrap();
    let _forgotten = client.expect::<events::Stop>(|_| true);
    let stream = tokio::spawn(async move { events.next().await.is_none() });
    let call = client.stop();
    drop(client);
    call.await.unwrap();
    assert!(stream.await.unwrap());
    handle.stop();
    ended.recv_timeout(Duration::from_secs(5)).unwrap();
}

#[tokio::test]
async fn a_handle_stops_one_stream() {
    let client = client(|peer| {
        peer.line();
        peer.send(r#"{"event": "STOP"}"#);
        peer.expect_end();
    })
    .await;
    let (mut stopped, mut other) = (client.events(), client.events());
    let handle = stopped.handle().unwrap();
    let stream = tokio::spawn(async move { (stopped.next().await.is_none(), stopped.next_event().await) });
    tokio::time::sleep(SHORT).await;
    handle.stop();
    let (is_none, error) = stream.await.unwrap();
    assert!(is_none);
    assert_eq!(error.unwrap_err().to_string(), "the stream of events was stopped before an event");
    timeout(Duration::ZERO, client.stop()).await.unwrap_err();
    assert!(other.next().await.unwrap().is_ok());
    assert!(client.timeout(SHORT).closed().await.is_timeout());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn many_tasks_with_predicates() {
    const ROUNDS: usize = 60;
    let client = client(delete_devices).await;
    let tasks: Vec<_> = (0..6)
        .map(|task| {
            let client = client.clone();
            tokio::spawn(async move {
                for device in (task * ROUNDS)..(task + 1) * ROUNDS {
                    let mut wanted = is_device(device);
                    let deleted = client.expect(move |event| {
                        if device % 10 == 0 {
                            thread::yield_now();
                        }
                        wanted(event)
                    });
                    client.device_del(device.to_string().as_str()).await.unwrap();
                    deleted.timeout(Duration::from_secs(20)).await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
}
