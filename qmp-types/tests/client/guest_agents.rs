//! Guest agents: those that do not know ids, garbage between replies, and guests that fall silent.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use qmp_types::blocking::Client;
use qmp_types::{ClientOptions, Command, CommandSpec, Error, Value};
use serde_json::json;
use test_support::{Generation, Server, TIME_LIMIT};

/// How an agent treats the ids of requests.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Ids {
    Echoed,
    /// The agent accepts ids, and replies without.
    Ignored,
    /// The agent rejects requests with an id, as those before QEMU 4.0 do.
    Rejected,
}

const ALL: [Ids; 3] = [Ids::Echoed, Ids::Ignored, Ids::Rejected];

/// Serves the client as an agent does, and returns the names of the commands that were executed.
fn agent(ids: Ids) -> (UnixStream, JoinHandle<Vec<String>>) {
    let (client, server) = UnixStream::pair().unwrap();
    (client, thread::spawn(move || serve(server, ids)))
}

fn serve(mut stream: UnixStream, ids: Ids) -> Vec<String> {
    let mut executed = Vec::new();
    // Left over from an earlier client.
    stream.write_all(b"{\"return\": {}}\n{\"return\": {\"half").unwrap();
    for line in BufReader::new(stream.try_clone().unwrap()).split(b'\n') {
        let Ok(line) = line else { break };
        if line.first() == Some(&0xFF) {
            stream.write_all(b"{\"error\": {\"class\": \"GenericError\", \"desc\": \"JSON parse error\"}}\n").unwrap();
        }
        let request: Value = serde_json::from_slice(line.strip_prefix(b"\xFF").unwrap_or(&line)).unwrap();
        let Some(reply) = reply(&request, ids, &mut executed) else { continue };
        // The peer may be gone.
        let _ = stream.write_all(&reply);
    }
    executed
}

fn reply(request: &Value, ids: Ids, executed: &mut Vec<String>) -> Option<Vec<u8>> {
    let name = request["execute"].as_str().unwrap();
    let error = |class: &str| json!({ "error": { "class": class, "desc": "no" } });
    let mut reply = match name {
        _ if ids == Ids::Rejected && request.get("id").is_some() => error("GenericError"),
        "guest-sync" | "guest-sync-delimited" => json!({ "return": request["arguments"]["id"] }),
        "guest-echo" => json!({ "return": request["arguments"] }),
        "guest-suspend-ram" => error("GenericError"),
        "guest-shutdown" | "guest-hang" | "guest-garbage" => json!(null),
        _ => error("CommandNotFound"),
    };
    if !name.starts_with("guest-sync") && name != "qmp_capabilities" {
        executed.push(name.to_owned());
    }
    match name {
        "guest-garbage" => return Some(b"console: login\n".to_vec()),
        _ if reply.is_null() => return None,
        _ => {}
    }
    if let (Ids::Echoed, Some(id)) = (ids, request.get("id")) {
        reply["id"] = id.clone();
    }
    let delimiter = if name == "guest-sync-delimited" && reply.get("return").is_some() { &b"\xFF"[..] } else { b"" };
    Some([delimiter, reply.to_string().as_bytes(), b"\n"].concat())
}

fn connect(stream: UnixStream, silence: Duration) -> Client {
    let options = ClientOptions::new().guest_agent().silence_limit(silence);
    Client::from_stream_with(stream, &options).unwrap().timeout(TIME_LIMIT)
}

fn echo(client: &Client, number: u64) {
    let arguments = json!({ "number": number });
    assert_eq!(client.call_raw("guest-echo", &arguments).unwrap(), arguments);
}

/// A command that is answered only if it fails, and succeeds.
struct Shutdown;
/// A command that is answered only if it fails, and fails.
struct Suspend;

impl Command for Shutdown {
    const SPEC: &'static CommandSpec = &CommandSpec::new("guest-shutdown", "").no_success_response();
    type Arguments = ();
    type Return = ();
}

impl Command for Suspend {
    const SPEC: &'static CommandSpec = &CommandSpec::new("guest-suspend-ram", "").no_success_response();
    type Arguments = ();
    type Return = ();
}

#[test]
fn replies_are_matched_whatever_the_agent_does_with_ids() {
    for ids in ALL {
        let (stream, agent) = agent(ids);
        let client = connect(stream, TIME_LIMIT);
        let threads = (0..4).map(|thread| {
            let client = client.clone();
            thread::spawn(move || (0..50).for_each(|call| echo(&client, thread * 1000 + call)))
        });
        threads.collect::<Vec<_>>().into_iter().for_each(|thread| thread.join().unwrap());
        assert!(client.call_raw("no-such", &json!({})).unwrap_err().is_command_not_found());
        drop(client);
        assert_eq!(agent.join().unwrap().len(), 201, "{ids:?}");
    }
}

#[test]
fn silence_is_success_whatever_the_agent_does_with_ids() {
    for ids in ALL {
        let (stream, agent) = agent(ids);
        let client = connect(stream, TIME_LIMIT);
        for number in 0..3 {
            client.call::<Shutdown>(()).unwrap();
            echo(&client, number);
            assert_eq!(client.call::<Suspend>(()).unwrap_err().desc(), Some("no"));
            echo(&client, number);
        }
        drop(client);
        assert_eq!(agent.join().unwrap().len(), 12, "{ids:?}");
    }
}

#[test]
fn a_call_that_is_never_answered_shifts_no_reply() {
    for ids in ALL {
        let (stream, agent) = agent(ids);
        let client = connect(stream, TIME_LIMIT);
        let short = client.timeout(Duration::from_millis(50));
        assert!(short.call_raw("guest-hang", &json!({})).unwrap_err().is_timeout());
        echo(&client, 1);
        // Another caller still waits: it learns that there is no reply, where the order shows it.
        let waiting = client.timeout(Duration::from_secs(2));
        let hang = thread::spawn(move || waiting.call_raw("guest-hang", &json!({})).unwrap_err());
        thread::sleep(Duration::from_millis(50));
        assert!(short.call_raw("guest-hang", &json!({})).unwrap_err().is_timeout());
        echo(&client, 2);
        let error = hang.join().unwrap();
        assert_eq!(error.is_timeout(), ids == Ids::Echoed, "{error}");
        drop((client, short));
        agent.join().unwrap();
    }
}

#[test]
fn garbage_ends_the_calls_in_flight_and_the_next_one_works() {
    for ids in ALL {
        let (stream, agent) = agent(ids);
        let client = connect(stream, TIME_LIMIT);
        for number in 0..3 {
            let error = client.call_raw("guest-garbage", &json!({})).unwrap_err();
            assert!(error.is_protocol() && error.to_string().contains("console: login"), "{error}");
            echo(&client, number);
        }
        drop(client);
        agent.join().unwrap();
    }
}

#[test]
fn a_guest_that_falls_silent_ends_the_call() {
    let (stream, mut guest) = UnixStream::pair().unwrap();
    let guest = thread::spawn(move || {
        let mut requests = BufReader::new(guest.try_clone().unwrap()).split(b'\n');
        let mut executed = vec![];
        for _ in 0..2 {
            let line = requests.next().unwrap().unwrap();
            guest.write_all(&reply_to_sync(&line)).unwrap();
        }
        // The guest is gone, and its channel stays open.
        executed.extend(requests.next());
        (requests, executed)
    });
    let limit = Duration::from_millis(100);
    let client = connect(stream, limit);
    let start = Instant::now();
    client.call::<Shutdown>(()).unwrap();
    assert!(start.elapsed() >= limit);
    client.timeout(Duration::from_millis(1)).call::<Shutdown>(()).unwrap();
    // Any other command needs its reply.
    assert!(client.timeout(limit).call_raw("guest-ping", &json!({})).unwrap_err().is_timeout());
    let error = client.timeout(limit).resync().unwrap_err();
    assert!(error.is_timeout() && error.to_string().contains("may not be running in the guest"), "{error}");
    drop(client);
    guest.join().unwrap();
}

fn reply_to_sync(line: &[u8]) -> Vec<u8> {
    reply(&serde_json::from_slice(line.strip_prefix(b"\xFF").unwrap_or(line)).unwrap(), Ids::Echoed, &mut vec![])
        .unwrap()
}

#[test]
fn a_client_is_synchronised_again_on_request() {
    for ids in ALL {
        let (stream, agent) = agent(ids);
        let client = connect(stream, TIME_LIMIT);
        let waiting = client.clone();
        let hang = thread::spawn(move || waiting.call_raw("guest-hang", &json!({})).unwrap_err());
        thread::sleep(Duration::from_millis(50));
        client.resync().unwrap();
        let error = hang.join().unwrap();
        assert!(error.to_string().contains("synchronised anew"), "{error}");
        echo(&client, 1);
        drop(client);
        agent.join().unwrap();
    }
}

#[test]
fn only_guest_agents_are_synchronised() {
    use crate::scripted_peer::Peer;
    let (stream, peer) = Peer::negotiated(|peer| peer.expect_end());
    let error = Client::from_stream(stream).unwrap().resync().unwrap_err();
    assert!(error.to_string().contains("expected a guest agent"), "{error}");
    peer.join().unwrap();
}

#[test]
fn real_agents_survive_garbage_and_synchronise() {
    for agent in Generation::ALL.into_iter().filter_map(Server::guest_agent) {
        let mut stream = UnixStream::connect(agent.socket()).unwrap();
        stream.write_all(b"{\"execute\": \"guest-info\"} {\"execute\": \"guest-pi").unwrap();
        let client = connect(stream, TIME_LIMIT);
        let ping = || client.call_raw("guest-ping", &json!({}));
        assert_eq!(ping().unwrap(), json!({}));
        client.resync().unwrap();
        assert_eq!(ping().unwrap(), json!({}));
        let error: Error = client.call::<WrongShutdown>(json!({ "mode": "sideways" })).unwrap_err();
        assert!(error.desc().is_some_and(|desc| desc.contains("mode") || desc.contains("sideways")), "{error}");
        assert_eq!(ping().unwrap(), json!({}));
    }
}

/// `guest-shutdown` with arguments that the agent rejects.
struct WrongShutdown;

impl Command for WrongShutdown {
    const SPEC: &'static CommandSpec = Shutdown::SPEC;
    type Arguments = Value;
    type Return = ();
}

#[cfg(feature = "tokio")]
#[tokio::test]
async fn the_asynchronous_client_does_the_same() {
    for ids in ALL {
        let (stream, agent) = agent(ids);
        let options = ClientOptions::new().guest_agent().silence_limit(Duration::from_millis(50));
        let client = qmp_types::tokio::Client::from_stream_with(stream, &options).await.unwrap().timeout(TIME_LIMIT);
        let number = json!({ "number": 1 });
        for _ in 0..3 {
            let echo = || client.call_raw("guest-echo", &number);
            client.call::<Shutdown>(()).await.unwrap();
            assert_eq!(echo().await.unwrap(), number);
            assert_eq!(client.call::<Suspend>(()).await.unwrap_err().desc(), Some("no"));
            let none = json!({});
            assert!(client.call_raw("guest-garbage", &none).await.unwrap_err().is_protocol());
            assert_eq!(echo().await.unwrap(), number);
            client.resync().await.unwrap();
            let (one, two) = tokio::join!(echo(), echo());
            assert_eq!((one.unwrap(), two.unwrap()), (number.clone(), number.clone()));
        }
        drop(client);
        agent.join().unwrap();
    }
}
