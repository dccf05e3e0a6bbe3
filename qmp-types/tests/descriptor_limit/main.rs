//! Servers in a process that runs out of file descriptors: clients wait, and are served once others have left.
//!
//! The limit is the process's, so this is a test of its own.

use std::io::{BufRead, BufReader, ErrorKind};
use std::os::fd::OwnedFd;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::thread;
use std::time::Duration;

use qmp_types::Server;
use qmp_types::private::ServerSchema;
use rustix::net::{AddressFamily, SocketAddrUnix, SocketType, connect, socket};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// How many clients connect, and for how many of them there are descriptors.
const CLIENTS: usize = 60;
const SERVED: usize = 20;

static SCHEMA: ServerSchema = ServerSchema { introspection: "[]", builtins: "" };

fn descriptors() -> usize {
    std::fs::read_dir("/proc/self/fd").expect("a list").count() - 1
}

/// Returns whether the server has sent the greeting, or does so soon.
fn is_greeted(client: &UnixStream) -> bool {
    client.set_read_timeout(Some(Duration::from_millis(100))).expect("a timeout");
    let mut line = String::new();
    match BufReader::new(client).read_line(&mut line) {
        Ok(0) => panic!("a client was disconnected without a greeting"),
        Ok(_) => line.contains("QMP"),
        Err(error) if error.kind() == ErrorKind::WouldBlock => false,
        Err(error) => panic!("{error}"),
    }
}

/// Checks that a server, which has begun to serve the path, serves all clients one after the other, and with one descriptor
/// for each.
fn check(name: &str, path: &Path) {
    let sockets: Vec<OwnedFd> = (0..CLIENTS)
        .map(|_| socket(AddressFamily::UNIX, SocketType::STREAM, None).expect("there are descriptors"))
        .collect();
    let before = descriptors();
    let unlimited = getrlimit(Resource::Nofile);
    let lowest = u64::try_from(before + SERVED).expect("a small number");
    setrlimit(Resource::Nofile, Rlimit { current: Some(lowest), maximum: unlimited.maximum }).expect("a lower limit");
    let address = SocketAddrUnix::new(path).expect("a short path");
    sockets.iter().for_each(|socket| connect(socket, &address).expect("there is room in the queue"));
    let mut waiting: Vec<UnixStream> = sockets.into_iter().map(UnixStream::from).collect();
    let mut rounds = 0;
    // The kernel has queued all of them. The server retries every 100 ms.
    while !waiting.is_empty() {
        rounds += 1;
        let count = waiting.len();
        let (served, others) = waiting.into_iter().partition::<Vec<_>, _>(is_greeted);
        println!("{name}: {} of {count} clients are served in round {rounds}", served.len());
        assert!(!served.is_empty(), "{name}: {} clients wait for ever", others.len());
        // One descriptor each, or only half of them would be served.
        assert!(rounds > 1 || served.len() * 10 >= SERVED * 8, "{name}: only {} clients", served.len());
        waiting = others;
    }
    setrlimit(Resource::Nofile, unlimited).expect("the limit of before");
}

#[test]
fn clients_wait() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["blocking", "tokio"] {
        let path = folder.path().join(name);
        let listener = UnixListener::bind(&path).expect("a socket");
        let server = Server::new((), &[], &SCHEMA);
        let handle = server.handle();
        let serving = thread::spawn(move || serve(name, server, listener));
        thread::sleep(Duration::from_millis(200));
        check(name, &path);
        handle.stop();
        serving.join().expect("no panic").expect("stopping is not an error");
    }
}

#[cfg(feature = "tokio")]
fn serve(name: &str, server: Server<()>, listener: UnixListener) -> qmp_types::Result<()> {
    if name == "blocking" {
        return server.serve(listener);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(server.tokio().serve(listener))
}

#[cfg(not(feature = "tokio"))]
fn serve(_: &str, server: Server<()>, listener: UnixListener) -> qmp_types::Result<()> {
    server.serve(listener)
}
