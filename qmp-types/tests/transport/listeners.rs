//! Listening and connecting, with addresses of every kind.

use std::io::ErrorKind;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixListener;
use std::time::Duration;

use qmp_types::ClientOptions;
use qmp_types::blocking::Client;
use qmp_types::transport::{Address, ListenOptions, Listener, Stream};

use crate::echo::{serve_one, talk};

/// Talks over a listener, and returns the client's user id as the server knows it.
fn check(listener: Listener) -> Option<u64> {
    let (address, server) = serve_one(listener);
    let client = Client::connect(&address).expect("a connection");
    talk(&client);
    let peer = client.call_raw("query-client", &serde_json::json!({})).expect("an answer");
    drop(client);
    server.join().expect("no panic").expect("a client that disconnects is not an error");
    peer["uid"].as_u64()
}

fn bind(address: &str) -> Listener {
    Listener::bind(address).unwrap_or_else(|error| panic!("{error}"))
}

/// Returns the error of binding an address.
fn refused(address: &str) -> (ErrorKind, String) {
    let error = Listener::bind(address).expect_err("an error");
    (error.io().expect("an error of the system").kind(), error.to_string())
}

#[test]
fn a_path() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("vm.sock");
    let listener = Listener::bind(&path).expect("a listener");
    assert_eq!(listener.local_address(), &Address::Unix(path.clone()));
    assert_eq!(path.metadata().expect("a socket").permissions().mode() & 0o777, 0o600);
    assert_eq!(check(listener), Some(rustix::process::getuid().as_raw().into()));
    assert!(!path.exists(), "the file is removed");
    let _listener = Listener::bind(&path).expect("a listener");
    assert_eq!(refused(path.to_str().expect("UTF-8")).0, ErrorKind::AddrInUse);
}

#[cfg(target_os = "linux")]
#[test]
fn an_abstract_name() {
    let name = format!("unix-abstract:qmp-types test {}", std::process::id());
    let listener = bind(&name);
    assert_eq!(listener.local_address().to_string(), name);
    assert_eq!(refused(&name).0, ErrorKind::AddrInUse);
    assert_eq!(check(listener), Some(rustix::process::getuid().as_raw().into()));
}

#[test]
fn tcp() {
    let listener = bind("tcp:127.0.0.1:0");
    let Address::Tcp { host, port } = listener.local_address().clone() else { panic!("{listener:?}") };
    assert_eq!(host, "127.0.0.1");
    assert_ne!(port, 0);
    assert_eq!(refused(&format!("tcp:127.0.0.1:{port}")).0, ErrorKind::AddrInUse);
    assert_eq!(check(listener), None);
    assert_eq!(check(bind("tcp:localhost:0")), None);
}

#[test]
fn tcp_over_ipv6() {
    match TcpListener::bind("[::1]:0") {
        Ok(_) => assert_eq!(check(bind("tcp:[::1]:0")), None),
        Err(error) => println!("exempt: IPv6: {error}"),
    }
}

#[test]
fn tcp_that_other_machines_reach_has_to_be_allowed() {
    let (kind, text) = refused("tcp:0.0.0.0:0");
    assert_eq!(kind, ErrorKind::PermissionDenied);
    let expected = "tcp:0.0.0.0:0: expected a loopback address, found 0.0.0.0: QMP has no authentication";
    assert!(text.starts_with(expected), "{text}");
    let listener = Listener::bind_with("tcp:0.0.0.0:0", &ListenOptions::new().allow_remote()).expect("a listener");
    assert_eq!(check(listener), None);
}

#[cfg(target_os = "linux")]
#[test]
fn vsock() {
    // The id of this machine works where the kernel has the loopback transport.
    const LOCAL: &str = "vsock:1:";
    let port = 0x1000_0000 + std::process::id();
    match Listener::bind(&*format!("{LOCAL}{port}")) {
        Ok(listener) => assert_eq!(check(listener), None),
        Err(error) if error.io().is_some_and(|error| error.kind() == ErrorKind::AddrNotAvailable) => {
            println!("exempt: vsock: this kernel has no vsock loopback (CONFIG_VSOCKETS_LOOPBACK)");
            // What can be had without it: a listener, and an error that says where nobody listens.
            let listener = bind(&format!("vsock:any:{port}"));
            assert_eq!(listener.local_address().to_string(), format!("vsock:any:{port}"));
        }
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn listeners_of_the_standard_library() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("vm.sock");
    let listener = Listener::from(UnixListener::bind(&path).expect("a socket"));
    assert_eq!(listener.local_address(), &Address::Unix(path));
    assert!(check(listener).is_some());
    let listener = Listener::from(TcpListener::bind("127.0.0.1:0").expect("a socket"));
    assert!(matches!(listener.local_address(), Address::Tcp { host, .. } if host == "127.0.0.1"), "{listener:?}");
    assert_eq!(check(listener), None);
}

#[test]
fn errors_name_the_address() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("data");
    std::fs::write(&file, "precious").expect("a file");
    let (kind, text) = refused(file.to_str().expect("UTF-8"));
    assert_eq!(
        (kind, text),
        (ErrorKind::AlreadyExists, format!("{}: the path exists and is not a socket", file.display()))
    );
    assert_eq!(std::fs::read(&file).expect("a file"), b"precious");

    let (kind, text) = refused("fd:4000");
    assert_eq!(kind, ErrorKind::InvalidInput);
    assert!(text.starts_with("fd:4000: expected an open descriptor 4000, which the process inherited: "), "{text}");

    let (kind, text) = refused("tcp:localhost");
    assert_eq!(kind, ErrorKind::InvalidInput);
    assert!(text.starts_with("invalid address `tcp:localhost`: "), "{text}");

    let free = bind("tcp:127.0.0.1:0").local_address().clone();
    let once = ClientOptions::new().connect_once();
    let error = Client::connect_with(&free, &once).expect_err("nobody listens");
    assert!(error.to_string().starts_with(&format!("{free}: Connection refused")), "{error}");
    let error = Stream::connect(&free).expect_err("nobody listens");
    assert!(error.to_string().starts_with(&format!("{free}: Connection refused")), "{error}");
    let some = ClientOptions::new().connect_timeout(Duration::from_millis(20));
    let error = Client::connect_with(&free, &some).expect_err("nobody listens");
    assert!(error.is_timeout(), "{error}");
}

#[test]
fn a_client_waits_for_a_server_that_is_starting() {
    let address = bind("tcp:127.0.0.1:0").local_address().clone();
    let starting = std::thread::spawn({
        let address = address.clone();
        move || {
            std::thread::sleep(Duration::from_millis(50));
            serve_one(Listener::bind(address).expect("a listener")).1
        }
    });
    talk(&Client::connect(&address).expect("a connection"));
    starting.join().expect("no panic").join().expect("no panic").expect("no error");
}

#[test]
fn a_descriptor_is_refused_where_it_cannot_be_sent() {
    let (address, server) = serve_one(bind("tcp:127.0.0.1:0"));
    let client = Client::connect(&address).expect("a connection");
    let error = client.send_fd(std::io::stdout()).expect_err("TCP carries no descriptors");
    assert_eq!(error.io().map(std::io::Error::kind), Some(ErrorKind::Unsupported));
    assert!(error.to_string().starts_with("expected a Unix socket to send a file descriptor"), "{error}");
    talk(&client);
    drop(client);
    server.join().expect("no panic").expect("no error");
}
