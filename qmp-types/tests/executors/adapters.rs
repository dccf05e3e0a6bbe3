//! What each adapter does.

use std::cell::Cell;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use qmp_types::client::{Adapt, Blocking, Invocation, RetryPolicy};
use qmp_types::{Command, Error, Execute, Result};

use crate::machine::{Machine, serve};
use crate::qmp::prelude::*;
use crate::qmp::{blocking, commands};

fn policy(executions: u32) -> RetryPolicy {
    RetryPolicy::new(executions).pause(Duration::from_millis(1))
}

#[test]
fn retry_executes_again_until_success_or_the_last_time() {
    let machine = Machine::default();
    machine.failures.store(3, Relaxed);
    let (vm, serving) = serve(machine);
    assert!(vm.retry(policy(3)).cont().unwrap_err().is_device_not_active());
    vm.retry(policy(3)).cont().unwrap();
    drop(vm);
    serving.join().unwrap();
}

/// Fails always, and counts how often.
struct Failing<'c>(fn() -> Error, &'c Cell<u32>);

impl Execute for Failing<'_> {
    type Mode = Blocking;

    fn execute<C: Command>(&self, _: Invocation<C>) -> Result<C::Return> {
        self.1.set(self.1.get() + 1);
        Err((self.0)())
    }
}

/// Returns how often `stop` is executed.
fn executions(error: fn() -> Error, policy: RetryPolicy) -> u32 {
    let count = Cell::new(0);
    qmp_types::client::Retry::new(Failing(error, &count), policy).stop().unwrap_err();
    count.get()
}

#[test]
fn retry_looks_at_the_error() {
    assert_eq!(executions(|| Error::generic("busy"), policy(3)), 3);
    assert_eq!(executions(|| Error::generic("busy"), policy(0)), 1);
    assert_eq!(executions(|| Error::command_not_found("no"), policy(3)), 1);
    // Whether the command was executed is not known.
    assert_eq!(executions(|| std::io::Error::other("broken").into(), policy(3)), 1);
    assert_eq!(executions(|| Error::generic("busy"), policy(3).when(Error::is_device_not_active)), 1);
    assert_eq!(executions(|| Error::device_not_active("x"), policy(3).when(Error::is_device_not_active)), 3);
}

#[test]
fn retry_waits_twice_as_long_each_time() {
    let begun = Instant::now();
    executions(|| Error::generic("busy"), RetryPolicy::new(4).pause(Duration::from_millis(20)));
    assert!(begun.elapsed() >= Duration::from_millis(20 + 40 + 80));
    let begun = Instant::now();
    let short = RetryPolicy::new(4).pause(Duration::from_millis(1)).longest_pause(Duration::from_millis(1));
    executions(|| Error::generic("busy"), short);
    assert!(begun.elapsed() < Duration::from_secs(1));
}

/// Greets and negotiates.
fn greet(mut peer: UnixStream) -> UnixStream {
    peer.write_all(b"{\"QMP\": {}}\n").unwrap();
    BufReader::new(&peer).read_line(&mut String::new()).unwrap();
    peer.write_all(b"{\"return\": {}, \"id\": 1}\n").unwrap();
    peer
}

#[test]
fn the_shortest_time_limit_counts() {
    let (stream, peer) = UnixStream::pair().unwrap();
    let greeting = thread::spawn(move || greet(peer));
    let vm = blocking::Client::from_stream(stream).unwrap();
    let _silent = greeting.join().unwrap();
    let (short, long) = (Duration::from_millis(30), Duration::from_secs(60));
    for stop in [
        |vm: &blocking::Client, short, long| Adapt::timeout(&vm.timeout(short), long).stop(),
        |vm: &blocking::Client, short, long| Adapt::timeout(&vm.timeout(long), short).stop(),
        |vm: &blocking::Client, short, long| Adapt::timeout(&Adapt::timeout(vm, short), long).stop(),
        |vm: &blocking::Client, short, long| Adapt::timeout(&Adapt::timeout(vm, long), short).stop(),
    ] {
        let begun = Instant::now();
        assert!(stop(&vm, short, long).unwrap_err().is_timeout());
        assert!(begun.elapsed() >= short && begun.elapsed() < long);
    }
}

/// A file in memory.
#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Vec<u8>>>);

impl Write for Memory {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Returns what is logged at a level while `act` runs.
fn logged_at(level: tracing::Level, act: impl FnOnce()) -> String {
    let memory = Memory::default();
    let writer = memory.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_ansi(false)
        .without_time()
        .with_writer(move || writer.clone())
        .finish();
    tracing::subscriber::with_default(subscriber, act);
    String::from_utf8(memory.0.lock().unwrap().clone()).unwrap()
}

#[test]
fn logged_calls_show_arguments_at_trace_only() {
    let count = Cell::new(0);
    let vm = qmp_types::client::Logged::new(Failing(|| Error::device_not_found("nic0"), &count));
    let call = || drop(vm.call::<commands::DeviceDel>("nic0".into()));
    let log = logged_at(tracing::Level::DEBUG, call);
    assert!(log.contains("WARN") && log.contains("command=\"device_del\"") && log.contains("elapsed="), "{log}");
    assert!(log.contains("error=DeviceNotFound: Device 'nic0' not found"), "{log}");
    assert!(!log.contains("arguments"), "{log}");
    let log = logged_at(tracing::Level::TRACE, call);
    assert!(log.contains(r#"arguments="{\"id\": \"nic0\"}""#), "{log}");
}
