//! `schema_changes`: a client compares its schema with the server's.

#![cfg(all(feature = "macros", feature = "compat"))]

use std::thread;

use new::{Speed, SpeedInfo};
use qmp_types::compat::{Change, compare};
use qmp_types::transport::Stream;
use qmp_types::{Error, Result};

mod old {
    #![deny(warnings)]
    qmp_types::schema!("tests/changes/old.json", side = client);
}

/// A client of two commands.
mod selected {
    qmp_types::schema!("tests/changes/old.json", side = client, commands = ["stop", "query-mode"], events = []);
}

/// A client of everything that the schema has, and a server that was built without a part of it.
mod complete {
    qmp_types::schema!("tests/changes/conditions.json", side = client);
}

mod without_tpm {
    qmp_types::schema!("tests/changes/conditions.json", side = server, conditions = ["CONFIG_GPU"]);
}

mod new {
    #![deny(warnings)]
    qmp_types::schema!("tests/changes/new.json", side = server);
}

struct Machine;

#[qmp_types::handlers(crate::new)]
impl Machine {
    #[qmp_command]
    #[allow(deprecated)]
    fn query_mode(&self) -> SpeedInfo {
        SpeedInfo::new(Speed::Fast)
    }

    #[qmp_command]
    fn query_speed(&self) -> SpeedInfo {
        SpeedInfo::new(Speed::Fast)
    }

    #[qmp_command]
    fn start(&self, mode: Speed, delay: Option<i64>) -> Result<()> {
        Err(Error::generic(format!("nothing to start with {mode} after {delay:?}")))
    }
}

/// Runs `talk` with a connection to a server of the new schema.
fn with_server(talk: impl FnOnce(Stream)) {
    let (ours, theirs) = Stream::pair().expect("a pair");
    let serving = thread::spawn(|| new::server(Machine).serve_stream(theirs));
    talk(ours);
    serving.join().expect("the server ends").expect("a client that disconnects is not an error");
}

/// Returns a line for each change, which begins with its impact on the client.
fn lines(changes: &[Change]) -> Vec<String> {
    changes.iter().map(|change| format!("{}: {change}", change.client.id())).collect()
}

const CHANGES: &[&str] = &[
    "note: query-mode: now deprecated",
    "breaking: query-mode return.since: now optional",
    "note: query-mode return.mode: value `faster` added (also in STARTED)",
    "breaking: start arguments.mode: now required",
    "fine: start arguments: optional member `delay` added",
    "fine: start arguments.mode: value `faster` added",
    "breaking: stop: command removed",
];

/// A change of a type is reported only for the commands that the client uses.
const SELECTED: &[&str] = &[
    "note: query-mode: now deprecated",
    "breaking: query-mode return.since: now optional",
    "note: query-mode return.mode: value `faster` added",
    "breaking: stop: command removed",
];

#[test]
fn changes_for_a_client() {
    with_server(|stream| {
        let vm = old::blocking::Client::from_stream(stream).expect("the handshake");
        assert_eq!(lines(&vm.schema_changes().expect("the server replies")), CHANGES);
    });
    with_server(|stream| {
        let vm = selected::blocking::Client::from_stream(stream).expect("the handshake");
        let changes = vm.schema_changes().expect("the server replies");
        assert_eq!(lines(&changes), SELECTED);
    });
}

#[cfg(feature = "tokio")]
#[test]
fn changes_for_an_asynchronous_client() {
    with_server(|stream| {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let changes = runtime.block_on(async { old::Client::from_stream(stream).await?.schema_changes().await });
        assert_eq!(lines(&changes.expect("the server replies")), CHANGES);
    });
}

struct WithoutTpm;

#[qmp_types::handlers(crate::without_tpm)]
impl WithoutTpm {
    #[qmp_command]
    fn query_info(&self) -> without_tpm::Info {
        without_tpm::Info::new(without_tpm::Part::Gpu)
    }
}

#[test]
fn conditions_that_the_server_was_built_without_break_nothing() {
    let (ours, theirs) = Stream::pair().expect("a pair");
    let serving = thread::spawn(|| without_tpm::server(WithoutTpm).serve_stream(theirs));
    let vm = complete::blocking::Client::from_stream(ours).expect("the handshake");
    let changes = lines(&vm.schema_changes().expect("the server replies"));
    let expected = [
        "note: conditions CONFIG_GPU and CONFIG_TPM: disabled on the server: 1 item (in query-info)",
        "note: conditions CONFIG_TPM: disabled on the server: 2 items (in query-info and query-tpm)",
    ];
    assert_eq!(changes, expected);
    drop(vm);
    serving.join().expect("the server ends").expect("a client that disconnects is not an error");
}

#[test]
fn changes_between_two_introspections() {
    let changes = lines(&compare(old::INTROSPECTION, new::INTROSPECTION).expect("two schemas"));
    let is_new = |change: &&String| change.ends_with("command added") || change.ends_with("event added");
    let (new, known): (Vec<&String>, Vec<_>) = changes.iter().partition(is_new);
    assert_eq!(known, CHANGES);
    assert_eq!(new, ["fine: query-speed: command added", "fine: FINISHED: event added"]);
}

#[test]
fn errors_in_introspection_have_a_position() {
    let error = compare(old::INTROSPECTION, "[{\"name\": \"stop\"}]").expect_err("an entry lacks its type");
    assert!(error.is_protocol());
    assert!(error.to_string().starts_with("the new schema:1:2: error: "), "{error}");
}
