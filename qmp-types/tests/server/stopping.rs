//! Servers that are being stopped.

use std::io::Read;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use qmp_types::{Limits, ServerHandle};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use serde_json::json;

use crate::machine::{self, NAP};
use crate::test_client::{Client, SERVERS};

/// Returns whether the descriptor polls as readable.
fn is_readable(fd: &impl std::os::fd::AsFd) -> bool {
    poll(&mut [PollFd::new(fd, PollFlags::IN)], Some(&Timespec::default())).expect("a descriptor") > 0
}

#[test]
fn those_who_ask_are_told() {
    for &serve in SERVERS {
        let (mut client, handle, thread) = Client::negotiated(serve, machine::server());
        let fd = handle.stop_fd().expect("a descriptor");
        let (sender, told) = mpsc::channel();
        handle.on_stop(move || sender.send(()).expect("the test waits"));
        assert!(!handle.is_stopped() && !is_readable(&fd));
        assert_eq!(client.call("{'execute': 'quit'}")["event"], "STOP");
        told.recv_timeout(Duration::from_secs(5)).expect("in time");
        assert!(handle.is_stopped() && is_readable(&fd));
        thread.join().expect("no panic").expect("stopping is not an error");
        let late = Arc::new(AtomicU32::new(0));
        let count = Arc::clone(&late);
        handle.on_stop(move || _ = count.fetch_add(1, Ordering::SeqCst));
        assert_eq!(late.load(Ordering::SeqCst), 1);
        assert!(is_readable(&handle.stop_fd().expect("a descriptor")));
    }
}

#[test]
fn running_commands_have_the_grace_period() {
    for &serve in SERVERS {
        let (mut client, handle, thread) = Client::negotiated(serve, machine::server().grace(NAP * 10));
        client.send("{'execute': 'nap', 'id': 1}{'execute': 'echo', 'id': 2}");
        thread::sleep(NAP / 4);
        handle.stop();
        assert_eq!(client.receive(), json!({ "return": {}, "id": 1 }));
        assert!(client.rest().is_empty(), "a command was executed on a stopped server");
        thread.join().expect("no panic").expect("stopping is not an error");
    }
}

/// Returns how long a server takes to stop while a client does not read what waits for it.
fn stopped_after(stop: impl Fn(&ServerHandle)) -> Vec<Duration> {
    let limits = Limits::default().output_bytes(1 << 20);
    let times = SERVERS.iter().map(|&serve| {
        let server = machine::server().limits(limits).grace(Duration::from_secs(30));
        let (mut client, handle, thread) = Client::negotiated(serve, server);
        client.send("{'execute': 'big'}".repeat(5));
        thread::sleep(Duration::from_millis(200));
        let began = Instant::now();
        stop(&handle);
        thread.join().expect("no panic").expect("stopping is not an error");
        let took = began.elapsed();
        client.stream.read_exact(&mut [0]).expect("what was sent before");
        took
    });
    times.collect()
}

#[test]
fn a_client_that_does_not_read_has_the_grace_period() {
    let period = Duration::from_millis(300);
    let half = |handle: &ServerHandle| handle.stop_within(period);
    for took in stopped_after(half) {
        assert!(took >= period && took < period * 10, "{took:?}");
    }
    let shortened = |handle: &ServerHandle| {
        handle.stop();
        handle.stop_within(period);
        handle.stop_within(period * 50);
    };
    for took in stopped_after(shortened) {
        assert!(took >= period && took < period * 10, "{took:?}");
    }
}
