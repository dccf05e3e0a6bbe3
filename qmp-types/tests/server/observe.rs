//! What an operator sees: counters, hooks, the wire log and spans.

use std::io::Write;
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use qmp_types::Value;
use qmp_types::server::{CommandOutcome, CompletedCommand, WireLog};
use serde_json::json;

use crate::machine::{self, NAP};
use crate::support::{NEGOTIATE, each_server};
use crate::test_client::Client;

/// Requests of every outcome.
const REQUESTS: &[&str] = &[
    "{'execute': 'echo', 'id': 'a'}",
    "{'execute': 'echo', 'arguments': 1}",
    "{'execute': 'query-version', 'id': 2}",
    "{'execute': 'nothing'}",
    "{'execute': 'query-status', 'arguments': {'x': 1}}",
    "{'execute': 'panic'}",
    "{'execute': 'yield', 'id': {'n': 1}}",
    "{'execute': 'sleep'}",
    "] ",
];

#[test]
fn counters_count() {
    each_server(|serve| {
        let (mut client, handle, _) = serve(machine::server());
        for request in REQUESTS {
            client.call(request);
        }
        let received = REQUESTS.iter().map(|request| request.len() as u64).sum::<u64>() + NEGOTIATE.len() as u64;
        handle.events().emit(crate::sample::events::Stop {});
        client.receive();
        let counters = handle.counters();
        assert!(counters.bytes_sent > 500 && counters.output_peak > 50, "{counters:?}");
        let figures = [
            ("sessions", counters.sessions, 1),
            ("sessions_open", counters.sessions_open, 1),
            ("messages", counters.messages, 10),
            ("commands", counters.commands, 7),
            ("commands_oob", counters.commands_oob, 0),
            ("errors", counters.errors, 5),
            ("bytes_received", counters.bytes_received, received),
            ("events_emitted", counters.events_emitted, 1),
            ("events_queued", counters.events_queued, 1),
        ];
        for (name, found, expected) in figures {
            assert_eq!(found, expected, "{name}: {counters:?}");
        }
    });
}

#[test]
fn the_hook_sees_every_command() {
    each_server(|serve| {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        let server = machine::server().on_command(move |done: &CompletedCommand<'_>| {
            let outcome = match done.outcome {
                CommandOutcome::Returned => "returned".to_owned(),
                CommandOutcome::Failed(error) => error.to_string(),
            };
            let slow = done.duration >= NAP;
            let line =
                format!("{} {} {outcome}{}", done.command, done.id.unwrap_or("-"), if slow { " slow" } else { "" });
            log.lock().expect("no panic").push(line);
            assert!(done.session == 1 && !done.oob);
            assert_ne!(done.command, "yield", "a panic of the hook ends there");
        });
        let (mut client, ..) = serve(server);
        for request in REQUESTS {
            client.call(request);
        }
        let seen = seen.lock().expect("no panic");
        let expected = [
            "qmp_capabilities - returned",
            "echo 'a' returned",
            "query-version 2 returned",
            "nothing - CommandNotFound: The command nothing has not been found",
            "query-status - Parameter 'x' is unexpected",
            "panic - The command panic failed: its handler panicked",
            "yield {'n': 1} returned",
            "sleep - returned slow",
        ];
        assert_eq!(*seen, expected);
    });
}

/// A file in memory.
#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Vec<u8>>>);

impl Write for Memory {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("no panic").write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Memory {
    fn lines(&self) -> Vec<String> {
        let bytes = self.0.lock().expect("no panic");
        std::str::from_utf8(&bytes).expect("UTF-8").lines().map(str::to_owned).collect()
    }
}

#[test]
fn the_wire_log_has_every_byte() {
    each_server(|serve| {
        let memory = Memory::default();
        let log = WireLog::new(memory.clone());
        let (mut client, handle, _) = serve(machine::server().wire_logs(move |session, peer| {
            let is_own = peer.is_some_and(|peer| peer.uid == rustix::process::geteuid().as_raw());
            (session == 1 && is_own).then(|| log.clone())
        }));
        let mut sent = NEGOTIATE.to_owned();
        let mut replies = Vec::new();
        for request in REQUESTS {
            sent.push_str(request);
            replies.push(client.call(request));
        }
        handle.events().emit(crate::sample::events::Stop {});
        replies.push(client.receive());
        let lines: Vec<Value> = memory.lines().iter().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let text = |from: &str| -> String {
            let lines = lines.iter().filter(|line| line["from"] == from && line["session"] == 1);
            lines.map(|line| line["text"].as_str().expect("text")).collect()
        };
        assert_eq!(text("client"), sent);
        let logged: Vec<Value> =
            text("server").lines().map(|line| serde_json::from_str(line).expect("whole messages")).collect();
        assert!(logged[0]["QMP"].is_object());
        assert_eq!((&logged[1], &logged[2..]), (&json!({ "return": {} }), &replies[..]));
    });
}

#[test]
fn counters_of_many_sessions() {
    let server = machine::server();
    let handle = server.handle();
    let (ours, theirs) = UnixStream::pair().expect("a pair");
    thread::scope(|scope| {
        scope.spawn(|| server.serve_stream(theirs));
        let mut client = Client::new(ours);
        client.negotiate();
        client.call("{'execute': 'echo'}");
        drop(client);
    });
    let deadline = std::time::Instant::now() + Duration::from_secs(10);
    while handle.counters().sessions_open > 0 {
        assert!(std::time::Instant::now() < deadline);
    }
    assert_eq!((handle.counters().sessions, handle.counters().commands), (1, 2));
}
