//! The end of a connection: by the server, by the user, and with the last client.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::sample::blocking::Client;
use crate::sample::events;
use crate::scripted_peer::Peer;

const SHORT: Duration = Duration::from_millis(30);

/// Returns a client, and a channel that receives a message when the peer has seen the end of the connection.
fn client(commands: usize) -> (Client, mpsc::Receiver<()>) {
    let (send, ended) = mpsc::channel();
    let (stream, _peer) = Peer::negotiated(move |peer| {
        (0..commands).for_each(|_| drop(peer.line()));
        if commands > 0 {
            peer.send(r#"{"event": "STOP"}"#);
        }
        peer.expect_end();
        send.send(()).unwrap();
    });
    (Client::from_stream(stream).unwrap(), ended)
}

fn has_ended(ended: &mpsc::Receiver<()>) -> bool {
    ended.recv_timeout(Duration::from_secs(5)).is_ok()
}

#[test]
fn closing_ends_calls_and_streams() {
    let (client, ended) = client(2);
    let expected = client.expect::<events::DeviceDeleted>(|_| true);
    let mut events = client.events();
    thread::scope(|scope| {
        let calls: Vec<_> = (0..2).map(|_| scope.spawn(|| client.stop().unwrap_err())).collect();
        let events = scope.spawn(|| events.by_ref().map(Result::unwrap).count());
        thread::sleep(SHORT);
        client.close();
        for call in calls {
            let error = call.join().unwrap();
            assert!(error.is_closed());
            assert_eq!(error.to_string(), "the client closed the connection before the reply to `stop`");
        }
        assert_eq!(events.join().unwrap(), 1);
    });
    assert!(has_ended(&ended));
    assert_eq!(
        expected.wait().unwrap_err().to_string(),
        "the client closed the connection before the event DEVICE_DELETED"
    );
    assert_eq!(client.stop().unwrap_err().to_string(), "the client closed the connection before `stop` was sent");
    assert_eq!(client.close_reason().unwrap().to_string(), "the client closed the connection");
    assert_eq!(client.closed().to_string(), "the client closed the connection");
    assert!(events.next().is_none());
}

#[test]
fn the_connection_ends_with_the_last_client() {
    let (client, ended) = client(1);
    let _forgotten = (client.events(), client.expect::<events::DeviceDeleted>(|_| true));
    let (clone, events) = (client.clone(), client.events());
    let printer = thread::spawn(move || events.map(Result::unwrap).count());
    assert!(client.timeout(SHORT).stop().unwrap_err().is_timeout());
    drop(client);
    assert!(ended.recv_timeout(SHORT).is_err());
    drop(clone);
    assert!(has_ended(&ended));
    assert_eq!(printer.join().unwrap(), 1);
}

/// The last client is dropped by a predicate, which is dropped with its stream.
#[test]
fn a_predicate_may_hold_the_last_client() {
    let (client, ended) = client(0);
    let inner = client.clone();
    let expected = client.expect::<events::DeviceDeleted>(move |_| inner.close_reason().is_some());
    let stream = client.events_of::<events::DeviceDeleted>();
    let stream = stream.only(move |_| client.close_reason().is_some());
    drop(expected);
    assert!(ended.recv_timeout(SHORT).is_err());
    drop(stream.only(|_| true));
    assert!(has_ended(&ended));
}

#[test]
fn a_handle_stops_one_stream() {
    let (client, _ended) = client(1);
    let (stopped, mut other) = (client.events(), client.events());
    let handle = stopped.handle().unwrap();
    let printer = thread::spawn(move || {
        let mut stopped = stopped;
        let count = stopped.by_ref().map(Result::unwrap).count();
        (count, stopped.next_event().unwrap_err())
    });
    thread::sleep(SHORT);
    handle.stop();
    let (count, error) = printer.join().unwrap();
    assert_eq!((count, error.to_string()), (0, "the stream of events was stopped before an event".into()));
    assert!(error.is_closed());
    handle.stop();
    thread::scope(|scope| {
        scope.spawn(|| client.stop());
        assert!(other.next().unwrap().is_ok());
        client.close();
    });
}

#[test]
fn the_end_is_awaited_with_its_reason() {
    let (stream, _peer) = Peer::negotiated(|peer| {
        peer.line();
        peer.send(r#"{"event": "STOP"}"#);
    });
    let client = Client::from_stream(stream).unwrap();
    let error = client.timeout(SHORT).closed();
    assert_eq!(error.to_string(), "timed out waiting for the end of the connection: none within 30ms");
    assert!(client.close_reason().is_none());
    client.stop().unwrap_err();
    assert_eq!(client.closed().to_string(), "the peer closed the connection");

    let (stream, _peer) = Peer::negotiated(|peer| peer.send("HTTP/1.1 400"));
    let error = Client::from_stream(stream).unwrap().closed();
    assert!(error.is_protocol() && error.to_string().contains("HTTP"), "{error}");
}
