//! Which tasks are woken when the socket is ready, and how many requests one system call sends.

use std::future::{Future, poll_fn};
use std::os::fd::OwnedFd;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use qmp_types::Value;
use qmp_types::tokio::Client;
use rustix::net::{AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType};
use tokio::time::timeout;

use crate::sample::commands;
use crate::scripted_peer::{GREETING, Peer};

const SOON: Duration = Duration::from_secs(5);

async fn client(script: impl FnOnce(&mut Peer) + Send + 'static) -> (Client, JoinHandle<()>) {
    let (stream, peer) = Peer::negotiated(script);
    (Client::from_stream(stream).await.unwrap(), peer)
}

/// Polls a future once. It must not be ready.
async fn poll_once<F: Future>(mut future: Pin<&mut F>) {
    let is_pending = poll_fn(|cx| Poll::Ready(future.as_mut().poll(cx).is_pending())).await;
    assert!(is_pending);
}

/// Polls a future once in a task of its own, which then neither polls nor drops it.
fn forget(future: impl Future + Send + 'static) -> tokio::task::JoinHandle<()> {
    tokio::spawn(async move {
        let mut forgotten = pin!(future);
        poll_once(forgotten.as_mut()).await;
        std::future::pending::<()>().await;
    })
}

fn reply(id: u64) -> String {
    format!(r#"{{"return": {{}}, "id": {id}}}"#)
}

/// Receives `count` requests, and answers each when its id arrives on the channel.
fn answer_on_request(count: u64) -> (impl FnOnce(&mut Peer) + Send + 'static, std::sync::mpsc::Sender<u64>) {
    let (sender, ids) = std::sync::mpsc::channel();
    let script = move |peer: &mut Peer| {
        (0..count).for_each(|_| drop(peer.line()));
        ids.iter().for_each(|id| peer.send(&reply(id)));
    };
    (script, sender)
}

#[tokio::test]
async fn a_forgotten_call_does_not_keep_others_from_their_replies() {
    let (script, answer) = answer_on_request(3);
    let (client, _peer) = client(script).await;
    let waiting = tokio::spawn(client.call::<commands::Stop>(()));
    tokio::task::yield_now().await;
    // They would be called to read, as they have begun last.
    let forgotten = [forget(client.call::<commands::Stop>(())), forget(client.call::<commands::Stop>(()))];
    tokio::time::sleep(Duration::from_millis(20)).await;
    answer.send(2).unwrap();
    timeout(SOON, waiting).await.unwrap().unwrap().unwrap();
    forgotten.iter().for_each(tokio::task::JoinHandle::abort);
}

/// The requests of a burst are sent by the first task that calls in it.
#[tokio::test]
async fn a_forgotten_call_does_not_keep_others_from_being_sent() {
    let (script, answer) = answer_on_request(3);
    let (client, _peer) = client(script).await;
    let first = tokio::spawn(client.call::<commands::Stop>(()));
    let sender = forget(client.call::<commands::Stop>(()));
    let third = tokio::spawn(client.call::<commands::Stop>(()));
    (2..5).for_each(|id| answer.send(id).unwrap());
    timeout(SOON, first).await.unwrap().unwrap().unwrap();
    timeout(SOON, third).await.unwrap().unwrap().unwrap();
    sender.abort();
}

/// Counts how often a task is woken.
#[derive(Default)]
struct Count(AtomicUsize);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// Calls do not wake tasks that wait for something else.
#[tokio::test]
async fn a_reply_wakes_only_its_caller() {
    const WAITERS: usize = 100;
    const CALLS: usize = 200;
    let (client, _peer) = client(|peer| {
        (0..WAITERS).for_each(|_| drop(peer.line()));
        for id in 2 + WAITERS..2 + WAITERS + CALLS {
            peer.line();
            peer.send(&reply(id as u64));
        }
        peer.expect_end();
    })
    .await;
    let woken = Arc::new(Count::default());
    let waker = Waker::from(Arc::clone(&woken));
    let mut waiters: Vec<_> = (0..WAITERS).map(|_| Box::pin(client.call::<commands::Stop>(()))).collect();
    for waiter in &mut waiters {
        // Twice, as all but the first are sent later.
        for _ in 0..2 {
            assert!(waiter.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        }
    }
    woken.0.store(0, Ordering::Relaxed);
    for _ in 0..CALLS {
        client.call::<commands::Stop>(()).await.unwrap();
    }
    let woken = woken.0.load(Ordering::Relaxed);
    assert_eq!(woken, 0);
}

/// Returns a client, and its peer's end of a socket that keeps apart what was sent by each system call.
async fn client_of_packets() -> (Client, OwnedFd) {
    let (ours, theirs) =
        rustix::net::socketpair(AddressFamily::UNIX, SocketType::SEQPACKET, SocketFlags::CLOEXEC, None).unwrap();
    let peer = thread::spawn(move || {
        send(&theirs, GREETING);
        receive(&theirs);
        send(&theirs, &reply(1));
        theirs
    });
    let client = Client::from_stream(qmp_types::transport::Stream::from(ours)).await.unwrap();
    (client, peer.join().unwrap())
}

fn send(socket: &OwnedFd, text: &str) {
    rustix::net::send(socket, text.as_bytes(), SendFlags::empty()).unwrap();
}

fn receive(socket: &OwnedFd) -> String {
    receive_with(socket, RecvFlags::empty()).unwrap()
}

/// Receives one packet, which is empty at the end of the stream.
fn receive_with(socket: &OwnedFd, flags: RecvFlags) -> Option<String> {
    let mut bytes = vec![0; 64 << 10];
    let count = rustix::net::recv(socket, &mut *bytes, flags).ok()?.0;
    Some(String::from_utf8(bytes[..count].to_vec()).unwrap())
}

/// Answers requests, all that come at about the same time together, until the client has disconnected. Returns the number
/// of requests in each packet.
fn answer_packets(socket: OwnedFd) -> JoinHandle<Vec<usize>> {
    thread::spawn(move || {
        let mut packets = Vec::new();
        loop {
            let first = receive(&socket);
            if first.is_empty() {
                return packets;
            }
            // The client's `recv` has to find everything in one packet, as it would in a stream.
            thread::sleep(Duration::from_millis(2));
            let more =
                std::iter::from_fn(|| receive_with(&socket, RecvFlags::DONTWAIT).filter(|text| !text.is_empty()));
            let mut replies = String::new();
            for packet in [first].into_iter().chain(more) {
                packets.push(packet.lines().count());
                let requests = packet.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
                replies.extend(requests.map(|request| reply(request["id"].as_u64().unwrap())));
            }
            send(&socket, &replies);
        }
    })
}

const IN_FLIGHT: usize = 16;
const ROUNDS: usize = 50;

#[tokio::test]
async fn requests_of_tasks_are_sent_together() {
    let (client, socket) = client_of_packets().await;
    let packets = answer_packets(socket);
    let tasks = [(); IN_FLIGHT].map(|()| {
        let client = client.clone();
        tokio::spawn(async move {
            for _ in 0..ROUNDS {
                client.call::<commands::Stop>(()).await.unwrap();
            }
        })
    });
    for task in tasks {
        task.await.unwrap();
    }
    drop(client);
    let packets = packets.join().unwrap();
    assert_eq!(packets.iter().sum::<usize>(), IN_FLIGHT * ROUNDS);
    assert!(packets.len() < 2 * ROUNDS, "{packets:?}");
}

#[tokio::test]
async fn requests_of_one_task_are_sent_together() {
    let (client, socket) = client_of_packets().await;
    let packets = answer_packets(socket);
    for _ in 0..ROUNDS {
        let mut calls: Vec<_> = (0..IN_FLIGHT).map(|_| Some(Box::pin(client.call::<commands::Stop>(())))).collect();
        poll_fn(|cx| {
            for call in &mut calls {
                if call.as_mut().is_some_and(|call| call.as_mut().poll(cx).is_ready()) {
                    *call = None;
                }
            }
            if calls.iter().all(Option::is_none) { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }
    drop(client);
    let packets = packets.join().unwrap();
    assert_eq!(packets.iter().sum::<usize>(), IN_FLIGHT * ROUNDS);
    assert!(packets.len() <= ROUNDS + 2, "{packets:?}");
}

#[tokio::test]
async fn a_lone_call_is_sent_at_once() {
    let (client, socket) = client_of_packets().await;
    for id in 2..5 {
        let mut call = pin!(client.call::<commands::Stop>(()));
        poll_once(call.as_mut()).await;
        assert_eq!(receive(&socket), format!("{{\"execute\": \"stop\", \"id\": {id}}}\n"));
        send(&socket, &reply(id));
        call.await.unwrap();
    }
}
