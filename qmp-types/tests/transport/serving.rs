//! Servers of both kinds on listeners of every kind, several of them, and connecting out.

use std::io::{BufRead, BufReader};
use std::os::unix::net::{UnixListener, UnixStream};
use std::thread;
use std::time::Duration;

use qmp_types::blocking::Client;
use qmp_types::server::WhenFull;
use qmp_types::transport::{Address, ConnectOptions, Listener};
use qmp_types::{ClientOptions, Result, Server};
use serde_json::json;

use crate::echo::{Echo, talk};
use crate::qmp;

/// A way to serve: blocking or asynchronous.
type Serve = fn(Server<Echo>, Vec<Listener>) -> Result<()>;
type ConnectAndServe = fn(Server<Echo>, Address, ConnectOptions) -> Result<()>;

fn blocking(server: Server<Echo>, listeners: Vec<Listener>) -> Result<()> {
    server.serve_all(listeners)
}

fn blocking_out(server: Server<Echo>, address: Address, options: ConnectOptions) -> Result<()> {
    server.connect_and_serve(address, &options)
}

#[cfg(feature = "tokio")]
fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

#[cfg(feature = "tokio")]
fn asynchronous(server: Server<Echo>, listeners: Vec<Listener>) -> Result<()> {
    runtime().block_on(async move { server.tokio().serve_all(listeners).await })
}

#[cfg(feature = "tokio")]
fn asynchronous_out(server: Server<Echo>, address: Address, options: ConnectOptions) -> Result<()> {
    runtime().block_on(async move { server.tokio().connect_and_serve(address, &options).await })
}

const SERVE: &[Serve] = &[
    blocking,
    #[cfg(feature = "tokio")]
    asynchronous,
];

const CONNECT_AND_SERVE: &[ConnectAndServe] = &[
    blocking_out,
    #[cfg(feature = "tokio")]
    asynchronous_out,
];

fn server() -> Server<Echo> {
    qmp::server(Echo::default())
}

fn quit(client: &Client) {
    client.call_raw("quit", &json!({})).expect("an answer");
}

#[test]
fn several_listeners() {
    for serve in SERVE {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("vm.sock");
        let listeners =
            vec![Listener::bind(&path).expect("a path"), Listener::bind("tcp:127.0.0.1:0").expect("a port")];
        let addresses: Vec<Address> = listeners.iter().map(|listener| listener.local_address().clone()).collect();
        let serving = thread::spawn(move || serve(server(), listeners));
        let clients: Vec<Client> =
            addresses.iter().chain(&addresses).map(|address| Client::connect(address).expect("a connection")).collect();
        clients.iter().for_each(talk);
        quit(&clients[1]);
        serving.join().expect("no panic").expect("no error");
        assert!(!path.exists());
    }
}

#[test]
fn an_address() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("vm.sock");
    thread::scope(|scope| {
        let serving = scope.spawn(|| server().serve_address(&path));
        quit(&Client::connect(&path).expect("a connection"));
        serving.join().expect("no panic").expect("no error");
    });
    #[cfg(feature = "tokio")]
    thread::scope(|scope| {
        let serving = scope.spawn(|| runtime().block_on(async { server().tokio().serve_address(&path).await }));
        quit(&Client::connect(&path).expect("a connection"));
        serving.join().expect("no panic").expect("no error");
    });
}

#[test]
fn one_client_at_a_time_while_others_wait() {
    for serve in SERVE {
        let listeners = vec![
            Listener::bind("tcp:127.0.0.1:0").expect("a port"),
            Listener::bind("tcp:127.0.0.1:0").expect("a port"),
        ];
        let addresses: Vec<Address> = listeners.iter().map(|listener| listener.local_address().clone()).collect();
        let server = server().max_clients(1, WhenFull::Wait);
        let serving = thread::spawn(move || serve(server, listeners));
        let first = Client::connect(&addresses[0]).expect("a connection");
        talk(&first);
        let impatient = ClientOptions::new().connect_timeout(Duration::from_millis(50));
        for address in &addresses {
            let error = Client::connect_with(address, &impatient).expect_err("another client is connected");
            assert!(error.is_timeout(), "{error}");
        }
        let waiting = thread::spawn(move || Client::connect(&addresses[1]));
        thread::sleep(Duration::from_millis(50));
        drop(first);
        let second = waiting.join().expect("no panic").expect("a connection");
        quit(&second);
        serving.join().expect("no panic").expect("no error");
    }
}

#[test]
fn further_clients_are_refused_loudly() {
    for serve in SERVE {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("vm.sock");
        let listeners = vec![Listener::bind(&path).expect("a path")];
        let server = server().max_clients(1, WhenFull::Refuse);
        let serving = thread::spawn(move || serve(server, listeners));
        let first = Client::connect(&path).expect("a connection");
        let mut refused = BufReader::new(UnixStream::connect(&path).expect("a connection")).lines();
        let expected = r#"{"error": {"class": "GenericError", "desc": "The server serves one client at a time, and more are connected already"}}"#;
        assert_eq!(refused.next().expect("an error").expect("UTF-8"), expected);
        assert!(refused.next().is_none(), "the connection is closed");
        let error = Client::connect(&path).expect_err("refused");
        assert!(error.to_string().contains("The server serves one client at a time"), "{error}");
        quit(&first);
        serving.join().expect("no panic").expect("no error");
    }
}

#[test]
fn connecting_out_once() {
    for connect_and_serve in CONNECT_AND_SERVE {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("manager.sock");
        let error =
            connect_and_serve(server(), path.clone().into(), ConnectOptions::new()).expect_err("nobody listens");
        assert!(error.to_string().starts_with(&format!("{}: No such file", path.display())), "{error}");
        let listener = UnixListener::bind(&path).expect("a socket");
        let serving = thread::spawn(move || connect_and_serve(server(), path.into(), ConnectOptions::new()));
        let client = Client::from_stream(listener.accept().expect("a connection").0).expect("a greeting");
        talk(&client);
        drop(client);
        serving.join().expect("no panic").expect("a client that disconnects is not an error");
    }
}

#[test]
fn connecting_out_again_and_again() {
    for connect_and_serve in CONNECT_AND_SERVE {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("manager.sock");
        let options = ConnectOptions::new().reconnect(Duration::from_millis(5), Duration::from_millis(50));
        let address = path.clone().into();
        let serving = thread::spawn(move || connect_and_serve(server(), address, options));
        thread::sleep(Duration::from_millis(30));
        for last in [false, true] {
            let listener = UnixListener::bind(&path).expect("a socket");
            let client = Client::from_stream(listener.accept().expect("a connection").0).expect("a greeting");
            drop(listener);
            std::fs::remove_file(&path).expect("a socket");
            talk(&client);
            if last {
                quit(&client);
            }
        }
        serving.join().expect("no panic").expect("no error");
    }
}

#[test]
fn a_handle_stops_a_server_that_connects_out() {
    for connect_and_serve in CONNECT_AND_SERVE {
        let folder = tempfile::tempdir().expect("a folder");
        let address = folder.path().join("manager.sock").into();
        let server = server();
        let handle = server.handle();
        let options = ConnectOptions::new().reconnect(Duration::from_secs(60), Duration::from_secs(60));
        let serving = thread::spawn(move || connect_and_serve(server, address, options));
        thread::sleep(Duration::from_millis(30));
        handle.stop();
        serving.join().expect("no panic").expect("no error");
    }
}

#[cfg(feature = "tokio")]
#[test]
fn asynchronous_clients() {
    let folder = tempfile::tempdir().expect("a folder");
    let listeners = vec![
        Listener::bind(folder.path().join("vm.sock")).expect("a path"),
        Listener::bind("tcp:127.0.0.1:0").expect("a port"),
        Listener::bind(&*format!("unix-abstract:qmp-types asynchronous {}", std::process::id())).expect("a name"),
    ];
    let addresses: Vec<Address> = listeners.iter().map(|listener| listener.local_address().clone()).collect();
    let serving = thread::spawn(move || asynchronous(server(), listeners));
    runtime().block_on(async {
        for address in &addresses {
            let client = qmp_types::tokio::Client::connect(address).await.expect("a connection");
            let text = "x".repeat(300_000);
            assert_eq!(client.call_raw("echo", &json!({ "text": text })).await.expect("an answer"), text);
        }
        let client = qmp_types::tokio::Client::connect(&addresses[0]).await.expect("a connection");
        client.call_raw("quit", &json!({})).await.expect("an answer");
    });
    serving.join().expect("no panic").expect("no error");
}

#[cfg(feature = "tokio")]
#[test]
fn asynchronous_calls_at_once() {
    let listener = Listener::bind("tcp:127.0.0.1:0").expect("a port");
    let address = listener.local_address().clone();
    runtime().block_on(async {
        let serving = tokio::spawn(server().tokio().serve(listener));
        let client = qmp_types::tokio::Client::connect(&address).await.expect("a connection");
        let text = "x".repeat(200_000);
        let calls = (0..16).map(|_| {
            let (client, text) = (client.clone(), text.clone());
            tokio::spawn(async move {
                let answer = client.call_raw("echo", &json!({ "text": text })).await.expect("an answer");
                assert!(answer == text);
            })
        });
        for call in calls.collect::<Vec<_>>() {
            call.await.expect("no panic");
        }
        client.call_raw("quit", &json!({})).await.expect("an answer");
        serving.await.expect("no panic").expect("no error");
    });
}
