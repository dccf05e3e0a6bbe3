//! The mock server: its answers are valid, depend on the seed alone, and its words are QEMU's.

use std::collections::BTreeSet;
use std::time::Duration;

use qmp_types::blocking::Client;
use qmp_types::testing::{Introspection, MockServer, ServerThread};
use qmp_types::{AnyEvent, ClientOptions, Error, Value};
use serde_json::json;
use test_support::{Generation, Server};

use crate::qga;
use crate::qmp::{self, commands};

/// Connects to a mock of the test's schema.
fn mocked(
    configure: impl FnOnce(MockServer) -> MockServer,
) -> (qmp::blocking::Client, ServerThread<qmp_types::testing::Mock>) {
    let mock = MockServer::new(qmp::INTROSPECTION).expect("introspection data").seed(1);
    let server = ServerThread::new(configure(mock).into_server());
    let client = qmp::blocking::Client::from_stream(server.connect().expect("a socket")).expect("a greeting");
    (client, server)
}

#[test]
fn answers_are_valid_and_typed_clients_read_them() {
    let schema = Introspection::parse(qmp::INTROSPECTION).expect("introspection data");
    let (vm, _server) = mocked(|mock| mock);
    let mut seen = BTreeSet::new();
    for _ in 0..2000 {
        let everything = vm.call::<commands::QueryEverything>(()).expect("a typed value");
        seen.insert(format!("{:?}", std::mem::discriminant(&everything.node.driver)));
        seen.insert(format!("more: {}", everything.more.is_some()));
        seen.insert(format!("items: {}", everything.list.len()));
        let nodes = vm.call_raw("query-nodes", &json!({})).expect("a value");
        schema.check_return_value("query-nodes", &nodes).expect("a valid value");
    }
    assert_eq!(
        seen.len(),
        3 + 2 + 4,
        "all branches, with and without an optional member, lists of each length: {seen:?}"
    );
}

#[test]
fn a_seed_gives_the_same_answers() {
    let answers = |seed, others: usize| {
        let (vm, server) = mocked(|mock| mock.seed(seed));
        let other = Client::from_stream(server.connect().expect("a socket")).expect("a greeting");
        (0..others).for_each(|_| drop(other.call_raw("query-name", &json!({}))));
        [(); 3].map(|()| vm.call_raw("query-everything", &json!({})).expect("a value").to_string())
    };
    assert_eq!(answers(5, 0), answers(5, 3), "whatever others ask meanwhile");
    assert_ne!(answers(5, 0), answers(6, 0));
    assert_ne!(answers(5, 0)[0], answers(5, 0)[1]);
    // The value that a seed gives is a promise, which a release may break only on purpose.
    let start = r#"{"any":["\\🦀_\\Z9Z.0 ."],"count":79,"drivers":[],"flag":false,"list":[{"height":102,"#;
    assert!(answers(5, 0)[0].starts_with(start), "{}", answers(5, 0)[0]);
}

#[test]
fn arguments_are_refused_in_qemus_words() {
    let (vm, _server) = mocked(|mock| mock.ignore_unknown_arguments("device_del"));
    let refusal = |command: &str, arguments: Value| match vm.call_raw(command, &arguments) {
        Ok(_) => "accepted".to_owned(),
        Err(error) => error.desc().unwrap_or("no answer").to_owned(),
    };
    for (command, arguments, expected) in [
        ("device_del", json!({}), "Parameter 'id' is missing"),
        ("device_del", json!({"id": 5}), "Invalid parameter type for 'id', expected: string"),
        ("device_del", json!({"id": "a", "force": true}), "accepted"),
        ("getfd", json!({"fdname": "a", "b": 1}), "Parameter 'b' is unexpected"),
        ("getfd", json!([]), "QMP input member 'arguments' must be an object"),
        ("set-size", json!({"size": {"width": 1, "height": 2}}), "Parameter 'size.ratio' is missing"),
        (
            "set-size",
            json!({"size": {"width": 1, "height": 1.5, "ratio": 1}}),
            "Invalid parameter type for 'size.height', expected: integer",
        ),
        (
            "set-size",
            json!({"size": {"width": 1, "height": 1, "ratio": 1}, "driver": "raw"}),
            "Parameter 'driver' does not accept value 'raw'",
        ),
        (
            "set-size",
            json!({"size": {"width": 1, "height": 1, "ratio": 1}, "ids": [1, "2"]}),
            "Invalid parameter type for 'ids[1]', expected: integer",
        ),
        ("blockdev-add", json!({"driver": "qcow2"}), "Parameter 'file' is missing"),
        (
            "blockdev-add",
            json!({"driver": "qcow2", "file": {"driver": "file"}}),
            "Parameter 'file.filename' is missing",
        ),
        ("blockdev-add", json!({"driver": "null", "filename": "x"}), "Parameter 'filename' is unexpected"),
        ("blockdev-add", json!({"driver": "file", "filename": "x"}), "accepted"),
        ("no-such", json!({}), "The command no-such has not been found"),
    ] {
        assert_eq!(refusal(command, arguments.clone()), expected, "{command} {arguments}");
    }
}

#[test]
fn commands_are_answered_as_the_test_says() {
    let (vm, _server) = mocked(|mock| {
        mock.on::<commands::DeviceDel>(|arguments| match arguments.id.as_str() {
            "net0" => Ok(()),
            other => Err(Error::device_not_found(other)),
        })
        .on_command("query-name", |_| Ok(json!({"name": "vm1"})))
        .on_command("query-nodes", |_| Ok(json!([{"driver": "qcow2"}])))
    });
    assert_eq!(vm.call_raw("query-name", &json!({})).expect("a value"), json!({"name": "vm1"}));
    assert!(vm.call_raw("device_del", &json!({"id": "net0"})).is_ok());
    let error = vm.call_raw("device_del", &json!({"id": "net1"})).expect_err("no such device");
    assert!(error.is_device_not_found(), "{error}");
    let error = vm.call_raw("query-nodes", &json!({})).expect_err("an invalid answer");
    let expected = "the answer that the mock was given does not match the schema: \
                    return value of query-nodes: `[0].file`: required member is missing";
    assert_eq!(error.desc(), Some(expected));
}

#[test]
#[should_panic(expected = "has no command `device_dle`; help: did you mean `device_del`?")]
fn a_misspelt_command_is_a_mistake_of_the_test() {
    let mock = MockServer::new(qmp::INTROSPECTION).expect("introspection data");
    let _ = mock.on_command("device_dle", |_| Ok(json!({})));
}

#[test]
fn events_are_valid() {
    let schema = Introspection::parse(qmp::INTROSPECTION).expect("introspection data");
    let (vm, _server) = mocked(|mock| mock.event_interval(Duration::from_millis(1)));
    let mut names = BTreeSet::new();
    let vm: &Client = &vm;
    for _ in 0..100 {
        let event = vm.timeout(Duration::from_secs(10)).next_event::<qmp_types::OtherEvent>().expect("an event").event;
        schema.check_event(&event.name, &event.data).expect("valid data");
        names.insert(event.name);
    }
    assert_eq!(names.len(), 3, "{names:?}");
    let _typed: fn(&str, &mut qmp_types::private::Reader<'_>) -> _ = <qmp::Event as AnyEvent>::read;
}

#[test]
fn guest_agents_synchronise() {
    let mock = MockServer::new(qga::INTROSPECTION).expect("introspection data").guest_agent();
    let server = ServerThread::new(mock.into_server());
    let agent = Client::from_stream_with(server.connect().expect("a socket"), &ClientOptions::new().guest_agent());
    let agent = agent.expect("a client that is synchronised");
    assert_eq!(agent.call_raw("guest-sync", &json!({"id": 7})).expect("a number"), 7);
    assert!(agent.call_raw("guest-info", &json!({})).expect("a value")["supported_commands"].is_array());
}

/// The commands that the mock answers as every server does.
const BUILT_IN: [&str; 4] = ["qmp_capabilities", "query-commands", "query-qmp-schema", "query-version"];

#[test]
fn random_answers_of_real_servers_schemas_are_valid() {
    for server in Generation::ALL.into_iter().filter_map(Server::bare_emulator) {
        let qemu = Client::connect_unix(server.socket()).expect("QEMU");
        let live = qemu.call_raw("query-qmp-schema", &json!({})).expect("its schema");
        let schema = Introspection::parse(&live.to_string()).expect("introspection data");
        let mock = MockServer::new(&live.to_string()).expect("introspection data").seed(3).into_server();
        let mock = ServerThread::new(mock);
        let client = Client::from_stream(mock.connect().expect("a socket")).expect("a greeting");
        assert_eq!(client.call_raw("query-qmp-schema", &json!({})).expect("the schema"), live);
        let names = schema.commands().filter(|name| schema.needs_no_arguments(name));
        let names: Vec<_> = names.filter(|name| !BUILT_IN.contains(name)).collect();
        assert!(names.len() > 60, "{}", names.len());
        for name in names.iter().cycle().take(2000) {
            let value = client.call_raw(name, &json!({})).unwrap_or_else(|error| panic!("{name}: {error}"));
            schema.check_return_value(name, &value).unwrap_or_else(|error| panic!("{error}\n{value}"));
        }
        // The checker is not one that accepts all: QEMU's own answers are valid, and they are not when they are changed.
        for name in ["query-status", "query-version", "query-machines", "query-cpus-fast"] {
            let value = qemu.call_raw(name, &json!({})).unwrap_or_else(|error| panic!("{name}: {error}"));
            schema.check_return_value(name, &value).unwrap_or_else(|error| panic!("{error}\n{value}"));
            assert!(schema.check_return_value(name, &json!({"value": value})).is_err(), "{name}");
        }
    }
}
