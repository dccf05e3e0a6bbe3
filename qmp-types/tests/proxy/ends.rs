//! The ends of clients, of the server and of the proxy.

use std::os::fd::AsRawFd;
use std::os::unix::net::UnixStream;
use std::thread;
use std::time::{Duration, Instant};

use qmp_types::ClientOptions;
use qmp_types::proxy::{Proxy, ProxyEnd, WhenServerEnds};
use qmp_types::server::AccessControl;
use qmp_types::transport::{Address, Listener};
use test_support::{TIME_LIMIT, within};

use crate::client::Client;
use crate::scripted_server::ScriptedServer;
use crate::support::{RunningProxy, ServerSocket};

#[test]
fn a_client_that_leaves_takes_its_own_with_it() {
    let (proxy, mut server, _socket) = RunningProxy::scripted(|proxy| proxy);
    let mut staying = proxy.client();
    let mut leaving: Vec<Client> = (0..6).map(|_| proxy.client()).collect();
    for (index, client) in leaving.iter_mut().enumerate() {
        client.send(&format!("{{\"execute\": \"of-{index}\", \"id\": 1}}"));
    }
    // As many as are sent at once. The others wait.
    let ids: Vec<_> = (0..4).map(|index| server.request(&format!("of-{index}"))).collect();
    drop(leaving);
    assert!(within(TIME_LIMIT, || (proxy.handle.counters().sessions_open == 1).then_some(())).is_some());
    staying.send(r#"{"execute": "stop", "id": 1}"#);
    for id in ids {
        server.send(&format!("{{\"return\": \"for nobody\", \"id\": {id}}}"));
    }
    server.answer("stop");
    assert_eq!(staying.line(), r#"{"return": {}, "id": 1}"#);
    proxy.stop();
}

#[test]
fn a_client_that_has_sent_all_receives_its_replies() {
    let (proxy, mut server, _socket) = RunningProxy::scripted(|proxy| proxy);
    let mut client = proxy.client();
    client.send(r#"{"execute": "one"}{"execute": "two"}"#);
    client.stream().shutdown(std::net::Shutdown::Write).unwrap();
    server.answer("one");
    server.answer("two");
    assert_eq!([client.line(), client.line(), client.line()], [r#"{"return": {}}"#, r#"{"return": {}}"#, ""]);
    proxy.stop();
}

#[test]
fn the_server_ends_and_clients_are_disconnected() {
    let (proxy, mut server, socket) = RunningProxy::scripted(|proxy| proxy);
    let mut client = proxy.client();
    client.send(r#"{"execute": "quit"}"#);
    server.answer("quit");
    client.send(r#"{"execute": "lost"}"#);
    server.request("lost");
    drop(server);
    assert_eq!([client.line(), client.line()], [r#"{"return": {}}"#, ""], "no reply to what has none");

    // Further clients wait for the server.
    let mut next = proxy.connect();
    assert!(next.is_silent());
    let mut server = ScriptedServer::accept(&socket.listener);
    next.negotiate("{}");
    next.send(r#"{"execute": "stop"}"#);
    server.answer("stop");
    assert_eq!(next.line(), r#"{"return": {}}"#);
    proxy.stop();
}

#[test]
fn the_server_ends_and_clients_stay() {
    let keep = |proxy: Proxy| proxy.when_server_ends(WhenServerEnds::Keep);
    let (proxy, mut server, socket) = RunningProxy::scripted(keep);
    let (mut clients, mut capable) = ([0; 5].map(|_| proxy.client()), proxy.oob_client());
    for client in &mut clients {
        client.send(r#"{"execute": "stop", "id": 1}"#);
    }
    (0..4).for_each(|_| _ = server.request("stop"));
    capable.send(r#"{"exec-oob": "yank", "id": 1}"#);
    server.request("yank");
    drop(server);
    let error = |desc: &str| format!("{{\"id\": 1, \"error\": {{\"class\": \"GenericError\", \"desc\": \"{desc}\"}}}}");
    let unknown =
        |name: &str| error(&format!("The server ended before it replied to {name}, which may have been executed"));
    let not_executed = error("The command stop was not executed: the proxy is not connected to the server");
    for client in &mut clients[..4] {
        assert_eq!(client.line(), unknown("stop"));
    }
    assert_eq!(clients[4].line(), not_executed);
    assert_eq!(capable.line(), unknown("yank"));
    assert_eq!(clients[0].call(r#"{"execute": "stop", "id": 1}"#), not_executed);
    // New clients are greeted as before.
    let mut new = proxy.client();

    let mut server = ScriptedServer::accept(&socket.listener);
    let event = r#"{"event": "RESUME", "timestamp": {"seconds": 1, "microseconds": 0}}"#;
    server.send(event);
    assert_eq!([clients[3].line(), capable.line(), new.line()], [event, event, event]);
    capable.send(r#"{"exec-oob": "yank"}"#);
    server.answer("yank");
    assert_eq!(capable.line(), r#"{"return": {}}"#);
    proxy.stop();
}

#[test]
fn the_server_ends_and_so_does_the_proxy() {
    let (proxy, mut server, _socket) = RunningProxy::scripted(|proxy| proxy.when_server_ends(WhenServerEnds::End));
    let mut client = proxy.client();
    client.send(r#"{"execute": "quit"}"#);
    server.answer("quit");
    drop(server);
    assert_eq!([client.line(), client.line()], [r#"{"return": {}}"#, ""]);
    assert_eq!(proxy.wait().unwrap(), ProxyEnd::ServerEnded);
}

#[test]
fn no_server_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let proxy = |options: ClientOptions| {
        let listener = Listener::bind(folder.path().join("clients")).unwrap();
        let proxy = Proxy::new(folder.path().join("server")).unwrap().client_options(options);
        proxy.listen(listener, AccessControl::new()).run().unwrap_err().to_string()
    };
    let absent = proxy(ClientOptions::new().connect_once());
    assert!(absent.contains("No such file or directory"), "{absent}");

    let listener = std::os::unix::net::UnixListener::bind(folder.path().join("server")).unwrap();
    let silent = proxy(ClientOptions::new().connect_timeout(Duration::from_millis(50)));
    assert!(silent.contains("the greeting") && silent.contains("another client may be connected"), "{silent}");

    let other = thread::spawn(move || {
        use std::io::Write;
        let (_, _) = listener.accept().unwrap();
        let (mut stream, _) = listener.accept().unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
    });
    let http = proxy(ClientOptions::new());
    assert!(http.contains("the peer does not speak QMP"), "{http}");
    other.join().unwrap();
}

#[test]
fn stopped_proxies_answer_what_runs() {
    let (proxy, mut server, _socket) = RunningProxy::scripted(|proxy| proxy);
    let (mut client, mut idle) = (proxy.client(), proxy.client());
    client.send(r#"{"execute": "slow"}{"execute": "never"}"#);
    let slow = server.request("slow");
    proxy.handle.stop();
    assert_eq!(idle.line(), "");
    server.send(&format!("{{\"return\": {{}}, \"id\": {slow}}}"));
    assert_eq!([client.line(), client.line()], [r#"{"return": {}}"#, ""]);
    let path = proxy.path();
    assert_eq!(proxy.wait().unwrap(), ProxyEnd::Stopped);
    assert!(!path.exists() && server.line().is_empty());
}

#[test]
fn stopped_proxies_do_not_wait_for_ever() {
    let (proxy, mut server, _socket) = RunningProxy::scripted(|proxy| proxy);
    let mut client = proxy.client();
    client.send(r#"{"execute": "slow"}"#);
    server.request("slow");
    let start = Instant::now();
    proxy.handle.stop_within(Duration::from_millis(100));
    assert_eq!(proxy.wait().unwrap(), ProxyEnd::Stopped);
    assert!(start.elapsed() < TIME_LIMIT / 2);
    assert_eq!(client.line(), "");
}

#[test]
fn a_listener_that_is_a_connection() {
    let socket = ServerSocket::new();
    let (ours, theirs) = UnixStream::pair().unwrap();
    let listener = Listener::bind(Address::Fd(theirs.as_raw_fd())).unwrap();
    let proxy = Proxy::new(socket.path()).unwrap().listen(listener, AccessControl::new());
    drop(theirs);
    let running = thread::spawn(|| proxy.run().unwrap());
    let mut server = ScriptedServer::accept(&socket.listener);
    let mut client = Client::of(ours);
    client.negotiate("{}");
    client.send(r#"{"execute": "stop"}"#);
    server.answer("stop");
    assert_eq!(client.line(), r#"{"return": {}}"#);
    drop(client);
    assert_eq!(running.join().unwrap(), ProxyEnd::NoMoreClients);
}
