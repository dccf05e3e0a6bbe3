//! How much memory clients can make a server hold. Memory is the process's: each test runs in a process of its own.

use std::io::Write;
use std::os::unix::net::{UnixListener, UnixStream};
use std::process::Command;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

use qmp_types::{Limits, Server};
use serde_json::json;

use crate::machine::{self, Machine};
use crate::support::NEGOTIATE;
use crate::test_client::{Client, SERVERS};

/// Returns a number of the process's status, in KiB: `VmRSS`, `VmHWM`.
fn status(name: &str) -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("a status");
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).expect("a number");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

/// Runs an ignored test of this file in another process, which must succeed. Returns what it prints.
fn alone(test: &str) {
    let program = std::env::current_exe().expect("this program");
    let run = Command::new(program).args(["--ignored", "--exact", "--nocapture", test]).output().expect("it starts");
    assert!(run.status.success(), "{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
}

#[test]
fn a_large_message_takes_twice_its_size() {
    alone("memory::large_message");
}

#[test]
#[ignore = "run by another test, alone in a process"]
fn large_message() {
    const SIZE: usize = 63 << 20;
    for (number, &serve) in SERVERS.iter().enumerate() {
        let (mut client, ..) = Client::negotiated(serve, machine::server());
        let before = status("VmRSS");
        std::fs::write("/proc/self/clear_refs", "5").expect("the peak starts again");
        client.send("{'execute': 'block_resize', 'arguments': {'size': 1, 'device': '");
        let piece = vec![b'x'; 1 << 20];
        for _ in 0..SIZE / piece.len() {
            client.stream.write_all(&piece).expect("connected");
        }
        assert!(client.call("'}}")["error"].is_object());
        let peak = status("VmHWM") - before;
        println!("server {number}: {peak} KiB for a message of {} KiB", SIZE >> 10);
        assert!(peak <= (SIZE >> 10) * 2 + (4 << 10), "{peak} KiB");
        assert_eq!(client.call("{'execute': 'echo'}"), json!({ "return": {} }));
    }
}

#[test]
fn clients_that_do_not_read_are_bounded_together() {
    let limits = Limits::default().output_bytes(4 << 20).server_output_bytes(8 << 20);
    for is_async in [false, cfg!(feature = "tokio")] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("vm.sock");
        let listener = UnixListener::bind(&path).expect("a socket");
        let server = machine::server().limits(limits);
        let (state, handle) = (server.state().clone(), server.handle());
        let serving =
            thread::spawn(move || if is_async { serve_async(server, listener) } else { server.serve(listener) });
        let connect = |_| {
            let mut client = Client::new(UnixStream::connect(&path).expect("a server"));
            client.send(NEGOTIATE.to_owned() + &"{'execute': 'big'}".repeat(10));
            client
        };
        let clients: Vec<_> = (0..10).map(connect).collect();
        let (mut executed, mut before) = (0, u32::MAX);
        while executed < 8 || executed != before {
            thread::sleep(Duration::from_millis(500));
            (before, executed) = (executed, state.bigs.load(Ordering::SeqCst));
        }
        // 8 MiB together, and of each client the command that exceeds the bound, and what the socket has taken.
        assert!(executed < 40, "{executed}");
        for mut client in clients {
            client.receive();
            client.receive();
            for _ in 0..10 {
                assert_eq!(client.receive()["return"].as_str().map(str::len), Some(1 << 20));
            }
        }
        handle.stop();
        serving.join().expect("no panic").expect("stopping is not an error");
    }
}

#[cfg(feature = "tokio")]
fn serve_async(server: Server<Machine>, listener: UnixListener) -> qmp_types::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(server.tokio().serve(listener))
}

#[cfg(not(feature = "tokio"))]
fn serve_async(server: Server<Machine>, listener: UnixListener) -> qmp_types::Result<()> {
    server.serve(listener)
}

#[test]
fn requests_before_negotiation_are_short() {
    for &serve in SERVERS {
        let (mut client, ..) = Client::greeted(serve, machine::server());
        client.receive();
        let long = |length: usize| format!("{{'execute': '{}'}}", "x".repeat(length));
        assert_eq!(client.call(long(65_000))["error"]["class"], "CommandNotFound");
        assert_eq!(client.call(long(66_000))["error"]["desc"], "JSON token size limit exceeded");
        assert_eq!(client.call(NEGOTIATE), json!({ "return": {} }));
        assert_eq!(client.call(long(66_000))["error"]["class"], "CommandNotFound");
    }
}

#[test]
#[cfg(feature = "tokio")]
fn idle_sessions_are_small() {
    alone("memory::idle_sessions");
}

#[cfg(feature = "tokio")]
#[test]
#[ignore = "run by another test, alone in a process"]
fn idle_sessions() {
    const COUNT: usize = 400;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let spawner = runtime.handle().clone();
    let server = machine::server().tokio();
    let handle = server.handle();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = thread::spawn(move || runtime.block_on(stopped));
    let pairs: Vec<_> = (0..COUNT + 40).map(|_| UnixStream::pair().expect("a pair")).collect();
    let mut clients = Vec::with_capacity(pairs.len());
    let mut before = 0;
    for (number, (ours, theirs)) in pairs.into_iter().enumerate() {
        if number == 40 {
            before = status("VmRSS");
        }
        spawner.spawn(server.serve_stream(theirs));
        let mut client = Client::new(ours);
        client.negotiate();
        // A burst, which the server then forgets.
        client.send("{'execute': 'query-status', 'id': 'a request of some length'}".repeat(100));
        (0..100).for_each(|_| _ = client.receive());
        clients.push(client.stream);
    }
    thread::sleep(Duration::from_millis(50));
    let each = (status("VmRSS") - before) as f64 / COUNT as f64;
    println!("{each:.2} KiB for each idle session");
    assert!(each <= 4.0, "{each:.2} KiB");
    handle.stop();
    drop(stop);
    running.join().expect("no panic").expect_err("it was dropped");
}
