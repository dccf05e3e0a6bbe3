//! Our clients and QEMU's own sockets of every kind.

use std::net::TcpListener;

use qmp_types::ClientOptions;
use qmp_types::blocking::Client;
use qmp_types::transport::{Address, TlsCredentials};
use serde_json::json;
use test_support::{Authority, Generation, Server};

/// Returns a TCP port that was free a moment ago.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port()
}

/// Checks that the server at this address answers, with more than one read can take.
fn check(address: &Address, options: &ClientOptions) {
    let client = Client::connect_with(address, options).unwrap_or_else(|error| panic!("{address}: {error}"));
    let schema = client.call_raw("query-qmp-schema", &json!({})).expect("an answer");
    assert!(schema.as_array().is_some_and(|schema| schema.len() > 1000), "{address}");
}

#[test]
fn tcp_abstract_names_and_tls() {
    let certificates = tempfile::tempdir().expect("a folder");
    Authority::new("an authority").write_folder(certificates.path());
    let file = |name| certificates.path().join(name);
    let credentials =
        TlsCredentials::from_pem_files(file("client-cert.pem"), file("client-key.pem"), file("ca-cert.pem"));
    let options = ClientOptions::new().tls(credentials.expect("valid certificates"));
    for generation in Generation::ALL {
        let name = format!("qmp-types.{}.{}", std::process::id(), generation.suite());
        let (tcp, tls) = (free_port(), free_port());
        let folder = certificates.path().display();
        let arguments = format!(
            "-M none -nodefaults -nographic -S -qmp tcp:127.0.0.1:{tcp},server=on,wait=off \
             -chardev socket,id=c1,path={name},abstract=on,server=on,wait=off -mon chardev=c1,mode=control \
             -object tls-creds-x509,id=tls,dir={folder},endpoint=server,verify-peer=on \
             -chardev socket,id=c2,host=127.0.0.1,port={tls},server=on,wait=off,tls-creds=tls -mon chardev=c2,mode=control"
        );
        let Some(_server) = Server::emulator(generation, &arguments) else { continue };
        let host = "127.0.0.1".to_owned();
        check(&Address::Tcp { host: host.clone(), port: tcp }, &options);
        check(&Address::UnixAbstract(name.into()), &options);
        // QEMU 7.2 reads a byte at a time and does not notice that its TLS library holds more: it answers late.
        if generation != Generation::Bookworm {
            check(&Address::Tls { host, port: tls }, &options);
        }
    }
}
