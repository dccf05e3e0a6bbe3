//! Servers at every kind of address, and servers that are busy, gone or not there.

use std::io::Write;
use std::net::TcpListener;
use std::os::fd::OwnedFd;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixListener, UnixStream};
#[cfg(feature = "tls")]
use std::path::Path;
use std::path::PathBuf;
use std::process::Output;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use expect_test::expect;
#[cfg(feature = "tls")]
use qmp_types::transport::{ListenOptions, Listener, TlsCredentials};
#[cfg(feature = "tls")]
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};

use crate::faulty::{FaultyServer, Variant, serve};
use crate::support::{command, qmp};

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

/// The standard error of a run that tries nothing.
fn failure(options: &str) -> String {
    let output = qmp(options);
    assert_eq!((output.status.code(), stdout(&output)), (Some(2), String::new()), "{options}");
    String::from_utf8(output.stderr).expect("UTF-8")
}

#[test]
fn servers_are_tried_over_tcp() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("its address").port();
    // The standard library uses any socket as it does a Unix socket.
    serve(Variant::Monitor, None, move || {
        let (stream, _) = listener.accept()?;
        stream.set_nodelay(true)?;
        Ok(UnixStream::from(OwnedFd::from(stream)))
    });
    let output = qmp(&format!("--invasive tcp:127.0.0.1:{port}"));
    assert!(stdout(&output).contains(" 0 failed, 0 warnings, 1 not tried"), "{}", stdout(&output));
}

#[test]
fn servers_are_tried_at_abstract_addresses() {
    let name = format!("qmp-conform-{}", std::process::id());
    let address = SocketAddr::from_abstract_name(&name).expect("an address");
    let listener = UnixListener::bind_addr(&address).expect("a socket");
    serve(Variant::Monitor, None, move || listener.accept().map(|(stream, _)| stream));
    let output = qmp(&format!("unix-abstract:{name}"));
    assert!(stdout(&output).contains(" 0 failed, 0 warnings, 1 not tried"), "{}", stdout(&output));
}

/// Writes the certificates of a client into the folder, and returns those of a server.
#[cfg(feature = "tls")]
fn certificates(folder: &Path) -> TlsCredentials {
    let mut params = CertificateParams::new([]).expect("parameters");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().expect("a key");
    let authority = params.self_signed(&key).expect("a certificate").pem();
    let issuer = Issuer::new(params, key);
    let sign = |host: &str| {
        let key = KeyPair::generate().expect("a key");
        let params = CertificateParams::new([host.to_owned()]).expect("parameters");
        (params.signed_by(&key, &issuer).expect("a certificate").pem(), key.serialize_pem())
    };
    let (certificate, key) = sign("client");
    for (name, text) in [("ca-cert.pem", &authority), ("client-cert.pem", &certificate), ("client-key.pem", &key)] {
        std::fs::write(folder.join(name), text).expect("a file");
    }
    let (certificate, key) = sign("127.0.0.1");
    TlsCredentials::from_pem(certificate.as_bytes(), key.as_bytes(), authority.as_bytes()).expect("credentials")
}

#[cfg(feature = "tls")]
#[test]
fn servers_are_tried_over_tls() {
    let folder = tempfile::tempdir().expect("a folder");
    let options = ListenOptions::new().tls(certificates(folder.path()));
    let listener = Listener::bind_with("tls:127.0.0.1:0", &options).expect("a listener");
    let address = listener.local_address().to_string();
    thread::spawn(move || {
        let server = ::examples::qmp::server(::examples::Machine::default());
        while let Ok(Some(stream)) = listener.accept() {
            // A client that breaks the connection is no failure of the server.
            let _ = server.serve_stream(stream);
        }
    });
    let mut command = command(&format!("--rule framing/* --rule flow/* --timeout 20 {address}"));
    let output = command.env("QMP_TLS_DIR", folder.path()).output().expect("the program runs");
    assert!(stdout(&output).contains(" 0 failed, 0 warnings, 0 not tried"), "{}", stdout(&output));
}

#[test]
fn unsuitable_addresses_are_explained() {
    expect![[r#"
        error: cannot connect to /nowhere/qmp.sock: No such file or directory (os error 2)
         = help: name the address of a running server
    "#]]
    .assert_eq(&failure("/nowhere/qmp.sock"));
    expect![[r#"
        error: cannot try `fd:3`: expected an address that a server listens on
         = help: each rule needs a connection of its own, so one that exists already will not do
    "#]]
    .assert_eq(&failure("fd:3"));
    expect![[r#"
        error: invalid value 'tcp:localhost' for '[ADDRESS]': invalid address `tcp:localhost`: expected `tcp:HOST:PORT`, found no port; help: for example `tcp:localhost:4444`

        For more information, try '--help'.
    "#]].assert_eq(&failure("tcp:localhost"));
}

#[test]
fn a_busy_server_is_recognised() {
    // Its queue has room for one client, which never leaves.
    let server = FaultyServer::start(Variant::Monitor, None);
    let _client = UnixStream::connect(server.socket()).expect("a connection");
    let output = qmp(&format!("--timeout 0.3 --rule greeting/* {}", server.socket().display()));
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("is silent while another is connected"), "{}", stdout(&output));
}

#[test]
fn a_server_that_dies_is_not_blamed_for_each_rule() {
    let folder = tempfile::tempdir().expect("a folder");
    let socket = folder.path().join("socket");
    let (listener, clients) = (UnixListener::bind(&socket).expect("a socket"), AtomicUsize::new(0));
    serve(Variant::Monitor, None, move || match clients.fetch_add(1, Ordering::Relaxed) {
        0..5 => listener.accept().map(|(stream, _)| stream),
        // The end of the server closes its socket.
        _ => Err(std::io::ErrorKind::Other.into()),
    });
    let text = stdout(&qmp(&format!("--timeout 2 {}", socket.display())));
    assert!(text.contains("expected a server that accepts the next client"), "{text}");
    assert!(text.contains("the server no longer accepts connections"), "{text}");
    // A client that was in its queue when the server died is lost, too.
    let failed = text.lines().filter(|line| line.starts_with("fail ")).count();
    assert!((1..=2).contains(&failed), "{text}");
}

/// Serves one client after the other with these bytes, which never end.
fn flood(greeting: &'static [u8], endless: &'static [u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let socket = folder.path().join("socket");
    let listener = UnixListener::bind(&socket).expect("a socket");
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a client");
            let block = endless.repeat(1000);
            let mut result = stream.write_all(greeting);
            while result.is_ok() {
                result = stream.write_all(&block);
            }
        }
    });
    (folder, socket)
}

#[test]
fn a_server_that_never_stops_is_given_up() {
    let greeting =
        br#"{"QMP": {"version": {"qemu": {"major": 1, "minor": 0, "micro": 0}, "package": ""}, "capabilities": []}}"#;
    for endless in [&br#"{"event": "X"}"#[..], br#"{"error": {}}"#, b"[[[[[", b"          "] {
        let (_folder, socket) = flood(greeting, endless);
        let start = Instant::now();
        let output = qmp(&format!("--timeout 0.5 --rule ids/echo --rule flow/leaves {}", socket.display()));
        assert_eq!(output.status.code(), Some(1), "{}", stdout(&output));
        assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
    }
}
