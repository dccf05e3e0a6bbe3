//! TLS with certificates on both sides.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use qmp_types::ClientOptions;
use qmp_types::blocking::Client;
use qmp_types::transport::{Address, ListenOptions, Listener, TlsCredentials};
use test_support::{Authority, Certificate};

use crate::echo::{Echo, serve_one, talk};
use crate::qmp;

/// Returns what an end shows that `authority` has signed, and whose peers `peers` has to have signed.
fn credentials(authority: &Authority, host: &str, peers: &Authority) -> TlsCredentials {
    let Certificate { certificate, key } = authority.sign(&[host]);
    let peers = peers.certificate();
    TlsCredentials::from_pem(certificate.as_bytes(), key.as_bytes(), peers.as_bytes()).expect("valid certificates")
}

fn listen(credentials: TlsCredentials) -> Listener {
    Listener::bind_with("tls:127.0.0.1:0", &ListenOptions::new().tls(credentials)).expect("a listener")
}

fn options(credentials: TlsCredentials) -> ClientOptions {
    ClientOptions::new().connect_timeout(Duration::from_secs(5)).tls(credentials)
}

#[test]
fn both_sides_show_certificates() {
    let authority = Authority::new("ours");
    let (address, server) = serve_one(listen(credentials(&authority, "127.0.0.1", &authority)));
    let client =
        Client::connect_with(&address, &options(credentials(&authority, "client", &authority))).expect("a connection");
    talk(&client);
    drop(client);
    server.join().expect("no panic").expect("a client that disconnects is not an error");
}

#[test]
fn a_name_instead_of_an_address() {
    let authority = Authority::new("ours");
    let (address, server) = serve_one(listen(credentials(&authority, "localhost", &authority)));
    let Address::Tls { port, .. } = address else { panic!("{address}") };
    let address = Address::Tls { host: "localhost".into(), port };
    talk(
        &Client::connect_with(address, &options(credentials(&authority, "client", &authority))).expect("a connection"),
    );
    server.join().expect("no panic").expect("no error");
}

/// Returns the client's and the server's error.
fn refused(server: TlsCredentials, client: TlsCredentials) -> (String, String) {
    let (address, server) = serve_one(listen(server));
    let error = Client::connect_with(&address, &options(client)).expect_err("refused");
    let servers = server.join().expect("no panic").expect_err("refused");
    (error.to_string(), servers.to_string())
}

#[test]
fn certificates_of_other_authorities_are_refused() {
    let (authority, other) = (Authority::new("ours"), Authority::new("other"));
    let valid = || credentials(&authority, "127.0.0.1", &authority);
    let (client, server) = refused(valid(), credentials(&other, "client", &authority));
    assert!(client.contains("UnknownCA"), "{client}");
    assert!(server.contains("UnknownIssuer"), "{server}");
    let (client, server) = refused(valid(), credentials(&authority, "client", &other));
    assert!(client.contains("UnknownIssuer"), "{client}");
    assert!(server.contains("UnknownCA"), "{server}");
    let (client, _) =
        refused(credentials(&authority, "another.example", &authority), credentials(&authority, "client", &authority));
    assert!(client.contains("not valid for name"), "{client}");
}

#[test]
fn a_client_without_tls_is_refused() {
    let authority = Authority::new("ours");
    let (address, server) = serve_one(listen(credentials(&authority, "127.0.0.1", &authority)));
    let Address::Tls { host, port } = address else { panic!("{address}") };
    let mut client = TcpStream::connect((host, port)).expect("a connection");
    client.write_all(b"{'execute': 'qmp_capabilities'}").expect("a connection");
    let mut received = Vec::new();
    client.read_to_end(&mut received).ok();
    assert!(!received.contains(&b'Q'), "{received:?}");
    let error = server.join().expect("no panic").expect_err("no TLS").to_string();
    assert_eq!(error, "TLS: received corrupt message of type InvalidContentType");
}

#[test]
fn certificates_are_needed() {
    let error = Listener::bind("tls:127.0.0.1:0").expect_err("no certificates");
    let help =
        "tls:127.0.0.1:0: expected certificates for TLS, found none; help: give the option `tls` a `TlsCredentials`";
    assert_eq!(error.to_string(), help);
    let authority = Authority::new("ours");
    let pem = authority.certificate().as_bytes();
    let error = |result: std::io::Result<TlsCredentials>| result.expect_err("invalid").to_string();
    assert_eq!(error(TlsCredentials::from_pem(b"", b"", pem)), "expected a certificate in PEM, found none");
    let found = error(TlsCredentials::from_pem(pem, pem, pem));
    assert!(found.starts_with("expected a private key in PEM: "), "{found}");
    let found = error(TlsCredentials::from_pem_files("/nonexistent/cert.pem", "key.pem", "ca.pem"));
    assert!(found.starts_with("/nonexistent/cert.pem: "), "{found}");
}

/// Sends many commands before it reads an answer, so that the buffers of both directions are full.
#[test]
fn full_buffers() {
    let authority = Authority::new("ours");
    let (address, server) = serve_one(listen(credentials(&authority, "127.0.0.1", &authority)));
    let client =
        Client::connect_with(&address, &options(credentials(&authority, "client", &authority))).expect("a connection");
    let text = "x".repeat(200_000);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..4 {
                    let answer = client.call_raw("echo", &serde_json::json!({ "text": text })).expect("an answer");
                    assert!(answer == text);
                }
            });
        }
    });
    drop(client);
    server.join().expect("no panic").expect("no error");
}

#[cfg(feature = "tokio")]
#[test]
fn asynchronously() {
    let authority = Authority::new("ours");
    let listener = listen(credentials(&authority, "127.0.0.1", &authority));
    let address = listener.local_address().clone();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let server = qmp::server(Echo::default()).tokio();
        let serving = tokio::spawn(server.serve(listener));
        let options = options(credentials(&authority, "client", &authority));
        let client = qmp_types::tokio::Client::connect_with(&address, &options).await.expect("a connection");
        let text = "x".repeat(200_000);
        let calls = (0..16).map(|_| {
            let (client, text) = (client.clone(), text.clone());
            tokio::spawn(async move {
                let answer = client.call_raw("echo", &serde_json::json!({ "text": text })).await.expect("an answer");
                assert!(answer == text);
            })
        });
        for call in calls.collect::<Vec<_>>() {
            call.await.expect("no panic");
        }
        // A client that does not finish its handshake delays nobody.
        let Address::Tls { host, port } = address.clone() else { panic!("{address}") };
        let _silent = TcpStream::connect((host, port)).expect("a connection");
        let other = qmp_types::tokio::Client::connect_with(&address, &options).await.expect("a connection");
        other.call_raw("quit", &serde_json::json!({})).await.expect("an answer");
        serving.await.expect("no panic").expect("no error");
    });
}
