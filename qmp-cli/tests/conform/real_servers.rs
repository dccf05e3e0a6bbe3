//! The real servers keep all rules, and are none the worse for it.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use test_support::{Generation, Server};

use crate::support::{conform, json};

/// Tries a server and returns the number of rules that it keeps. It breaks none of the class `protocol`.
fn passes(options: &str, server: &Path) -> u64 {
    let output = conform(&format!("{options} --timeout 30 --format json"), server);
    let report = json(&output);
    let failures: Vec<&Value> =
        report["rules"].as_array().expect("rules").iter().filter(|rule| rule["result"] == "fail").collect();
    assert!(failures.is_empty() && output.status.success(), "{}: {failures:#?}", server.display());
    report["counts"]["pass"].as_u64().expect("a number")
}

/// Tries a server of each generation at the same time.
fn each_generation(start: fn(Generation) -> Option<Server>, options: &str, at_least: u64) {
    thread::scope(|scope| {
        for generation in Generation::ALL {
            scope.spawn(move || {
                let Some(server) = start(generation) else { return };
                let passed = passes(options, &server.socket());
                assert!(passed >= at_least, "{generation:?}: {passed}");
            });
        }
    });
}

#[test]
fn qemu_keeps_the_rules() {
    each_generation(Server::bare_emulator, "--invasive", 100);
}

#[test]
fn the_storage_daemon_keeps_the_rules() {
    each_generation(Server::storage_daemon, "", 90);
}

#[test]
fn the_guest_agent_keeps_the_rules() {
    each_generation(Server::guest_agent, "--agent", 65);
}

/// A second monitor of the server under test.
struct Witness(BufReader<UnixStream>);

impl Witness {
    fn connect(path: &Path) -> Self {
        let stream = UnixStream::connect(path).expect("a monitor");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a time limit");
        let mut witness = Self(BufReader::new(stream));
        witness.next();
        witness.ask("qmp_capabilities");
        witness
    }

    fn next(&mut self) -> Value {
        let mut line = String::new();
        self.0.read_line(&mut line).expect("a message");
        serde_json::from_str(&line).expect("JSON")
    }

    /// Executes a command. An event before its reply is a mistake.
    fn ask(&mut self, command: &str) -> Value {
        writeln!(self.0.get_mut(), "{}", json!({"execute": command})).expect("a monitor that reads");
        let message = self.next();
        assert!(message.get("return").is_some(), "{command}: {message}");
        message
    }
}

#[test]
fn nothing_changes_in_a_running_machine() {
    const QUERIES: [&str; 7] = [
        "query-status",
        "query-block",
        "query-chardev",
        "query-named-block-nodes",
        "query-migrate-parameters",
        "query-migrate-capabilities",
        "query-memory-devices",
    ];
    let options = "-M pc -accel tcg -display none -qmp unix:@/witness,server=on,wait=off";
    for qemu in Generation::ALL.into_iter().filter_map(|generation| Server::emulator(generation, options)) {
        let mut witness = Witness::connect(&qemu.folder().join("witness"));
        // Sent before the guest's own events settle, the first replies would differ by themselves.
        let mut state = |query: &&str| witness.ask(query);
        let before: Vec<Value> = QUERIES.iter().map(&mut state).collect();
        passes("", &qemu.socket());
        let after: Vec<Value> = QUERIES.iter().map(&mut state).collect();
        // The monitor that conform was connected to tells whether a client is there.
        let without_connection = |replies: Vec<Value>| {
            replies
                .into_iter()
                .map(|reply| reply.to_string().replace("\"frontend-open\":false", "\"frontend-open\":true"))
        };
        assert!(without_connection(before).eq(without_connection(after)));
    }
}
