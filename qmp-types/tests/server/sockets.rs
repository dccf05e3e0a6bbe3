//! Listening sockets with a path.

use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::thread;
use std::time::Duration;

use serde_json::json;

use crate::machine;
use crate::test_client::Client;

fn connect(path: &Path) -> Client {
    for _ in 0..500 {
        if let Ok(stream) = UnixStream::connect(path) {
            let mut client = Client::new(stream);
            client.negotiate();
            return client;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("no server at {}", path.display());
}

/// Checks what clients of a path see that `serve` serves.
fn check(serve: impl Fn(&Path) -> qmp_types::Result<()> + Sync) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = &folder.path().join("vm.sock");
    // The socket file of a dead server.
    drop(UnixListener::bind(path).expect("a socket"));
    thread::scope(|scope| {
        let server = scope.spawn(|| serve(path));
        let (mut one, mut other) = (connect(path), connect(path));
        let mode = path.metadata().expect("a socket").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(serve(path).expect_err("it is in use").io().map(std::io::Error::kind), Some(ErrorKind::AddrInUse));
        one.send("{'execute': 'stop'}");
        assert_eq!((one.receive()["event"].clone(), other.receive()["event"].clone()), (json!("STOP"), json!("STOP")));
        assert_eq!(one.receive(), json!({ "return": {} }));
        other.send("{'execute': 'quit', 'id': 1}");
        assert_eq!(other.receive()["event"], "STOP");
        assert_eq!(other.receive(), json!({ "return": {}, "id": 1 }));
        assert!(other.rest().is_empty());
        assert_eq!(one.rest().len(), 1, "the last event");
        server.join().expect("no panic").expect("stopping is not an error");
    });
    assert_eq!(folder.path().read_dir().expect("a folder").count(), 0, "no file remains");
}

#[test]
fn a_path() {
    check(|path| machine::server().serve_unix(path));
}

#[cfg(feature = "tokio")]
#[test]
fn a_path_asynchronously() {
    check(|path| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(machine::server().tokio().serve_unix(path))
    });
}

#[test]
fn a_path_of_any_length() {
    let folder = tempfile::tempdir().expect("a folder");
    // The system's limit includes the terminating NUL.
    let room = 107 - folder.path().as_os_str().len() - 1;
    let longest = folder.path().join("x".repeat(room));
    let deep = folder.path().join("d".repeat(room - 2));
    std::fs::create_dir(&deep).expect("a folder");
    for path in [longest, deep.join("s")] {
        thread::scope(|scope| {
            let server = scope.spawn(|| machine::server().serve_unix(&path));
            let mut client = connect(&path);
            client.send("{'execute': 'quit'}");
            assert_eq!(client.rest().len(), 2);
            server.join().expect("no panic").expect("stopping is not an error");
        });
    }
    let path = folder.path().join("x".repeat(room + 1));
    let error = machine::server().serve_unix(&path).expect_err("too long");
    assert_eq!(error.io().map(std::io::Error::kind), Some(ErrorKind::InvalidFilename));
    assert!(error.to_string().ends_with("the path is too long for a socket"), "{error}");
}

#[test]
fn a_file_is_not_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("data");
    std::fs::write(&path, "precious").expect("a file");
    let error = machine::server().serve_unix(&path).expect_err("not a socket");
    assert_eq!(error.io().map(std::io::Error::kind), Some(ErrorKind::AlreadyExists));
    assert_eq!(std::fs::read(&path).expect("a file"), b"precious");
}

#[test]
fn a_handle_stops_a_listener() {
    let folder = tempfile::tempdir().expect("a folder");
    let listener = UnixListener::bind(folder.path().join("vm.sock")).expect("a socket");
    let server = machine::server();
    let handle = server.handle();
    let thread = thread::spawn(move || server.serve(listener));
    thread::sleep(Duration::from_millis(50));
    handle.stop();
    thread.join().expect("no panic").expect("stopping is not an error");
}
