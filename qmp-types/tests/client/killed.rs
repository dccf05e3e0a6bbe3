//! QEMU is killed with many calls in flight.

use std::thread;
use std::time::{Duration, Instant};

use qmp_types::{Error, Result, Value};
use serde_json::json;
use test_support::{Generation, Server};

use crate::blocked_emulator::BlockingCommand;

const CALLS: usize = 50;

/// How long it may take until the last call has ended, on a busy machine.
const SOON: Duration = Duration::from_millis(500);

const SHORT: Duration = Duration::from_millis(100);

/// Returns the name of a call that QEMU does not get to.
fn name(call: usize) -> &'static str {
    if call.is_multiple_of(2) { "query-name" } else { "query-status" }
}

/// The name of a call, its result and when it ended.
type Ended = (&'static str, Result<Value>, Instant);

fn check(killed: Instant, ended: impl IntoIterator<Item = Ended>) {
    for (name, result, end) in ended {
        let error: Error = result.unwrap_err();
        assert_eq!(error.to_string(), format!("the peer closed the connection before the reply to `{name}`"));
        assert!(error.is_closed());
        assert!(killed < end && end - killed < SOON, "{:?}", end - killed);
    }
}

#[test]
fn threads() {
    for qemu in Generation::ALL.into_iter().filter_map(Server::bare_emulator) {
        let client = crate::sample::blocking::Client::connect_unix(qemu.socket()).unwrap();
        let blocking = BlockingCommand::new();
        client.timeout(SHORT).call_raw(BlockingCommand::NAME, &blocking.arguments).unwrap_err();
        let calls: Vec<_> = (0..CALLS)
            .map(|call| {
                let client = client.clone();
                thread::spawn(move || (name(call), client.call_raw(name(call), &json!({})), Instant::now()))
            })
            .collect();
        thread::sleep(SHORT);
        let killed = Instant::now();
        drop(qemu);
        check(killed, calls.into_iter().map(|call| call.join().unwrap()));
    }
}

#[cfg(feature = "tokio")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tasks() {
    for qemu in Generation::ALL.into_iter().filter_map(Server::bare_emulator) {
        let client = crate::sample::Client::connect_unix(qemu.socket()).await.unwrap();
        let blocking = BlockingCommand::new();
        client.timeout(SHORT).call_raw(BlockingCommand::NAME, &blocking.arguments).await.unwrap_err();
        let calls: Vec<_> = (0..CALLS)
            .map(|call| {
                let client = client.clone();
                tokio::spawn(async move { (name(call), client.call_raw(name(call), &json!({})).await, Instant::now()) })
            })
            .collect();
        tokio::time::sleep(SHORT).await;
        let killed = Instant::now();
        tokio::task::spawn_blocking(|| drop(qemu)).await.unwrap();
        for call in calls {
            check(killed, [call.await.unwrap()]);
        }
    }
}
