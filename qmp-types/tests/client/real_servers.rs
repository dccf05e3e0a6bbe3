//! The clients and the real QEMU, its storage daemon and its guest agent.

use std::fs::File;
use std::time::Duration;

use qmp_types::{ClientOptions, Value};
use serde_json::json;
use test_support::{Generation, Server, TIME_LIMIT};

use crate::sample::blocking::Client;
use crate::sample::{BlockdevOptions, BlockdevOptionsDriver, Event, RunState, events};

fn emulators() -> impl Iterator<Item = Server> {
    Generation::ALL.into_iter().filter_map(Server::bare_emulator)
}

fn client(server: &Server) -> Client {
    Client::connect_unix(server.socket()).unwrap().timeout(TIME_LIMIT)
}

#[test]
fn qemu_from_greeting_to_quit() {
    for qemu in emulators() {
        let vm = client(&qemu);
        assert!(vm.greeting().unwrap().version.qemu >= (5, 0, 0));
        assert_eq!(vm.query_status().unwrap().status, RunState::Unknown("prelaunch".into()));

        let stopped = vm.expect::<events::Stop>(|_| true);
        vm.call_raw("cont", &json!({})).unwrap();
        assert_eq!(vm.query_status().unwrap().status, RunState::Running);
        vm.stop().unwrap();
        assert!(stopped.timeout(TIME_LIMIT).wait().unwrap().timestamp.system_time().is_some());
        assert_eq!(vm.query_status().unwrap().status, RunState::Paused);
        assert!(vm.device_del("no-such-device").unwrap_err().is_device_not_found());
        assert!(vm.call_raw("no-such-command", &json!({})).unwrap_err().is_command_not_found());

        let schema = vm.call_raw("query-qmp-schema", &json!({})).unwrap();
        assert!(schema.as_array().unwrap().len() > 500);

        let mut events = vm.events();
        vm.call_raw("quit", &json!({})).unwrap();
        assert!(matches!(events.next().unwrap().unwrap().event, Event::Other(other) if other.name == "SHUTDOWN"));
        assert!(events.next().is_none());
        assert!(vm.stop().unwrap_err().is_closed());
    }
}

#[test]
fn qemu_takes_descriptors() {
    for qemu in emulators() {
        let vm = client(&qemu);
        let getfd = |name: &str| vm.call_raw("getfd", &json!({ "fdname": name }));
        assert!(getfd("none").is_err());
        vm.send_fd(File::open("/dev/null").unwrap()).unwrap();
        getfd("null").unwrap();
        vm.call_raw("closefd", &json!({ "fdname": "null" })).unwrap();
    }
}

#[test]
fn qemu_out_of_band_and_pretty() {
    let pretty = "-chardev socket,id=c,path=@/socket,server=on,wait=off -mon chardev=c,mode=control,pretty=on";
    let emulators = Generation::ALL.into_iter().filter_map(|generation| {
        Server::start(generation, "qemu-system-x86_64", &format!("-M none -nodefaults -nographic -S {pretty}"))
    });
    for qemu in emulators {
        let vm =
            Client::connect_unix_with(qemu.socket(), &ClientOptions::new().enable_oob()).unwrap().timeout(TIME_LIMIT);
        vm.query_status().unwrap();
        vm.stop().unwrap();
    }
}

#[test]
fn qemu_serves_one_client_at_a_time() {
    for qemu in emulators() {
        let first = client(&qemu);
        let impatient = ClientOptions::new().connect_timeout(Duration::from_millis(200));
        let error = Client::connect_unix_with(qemu.socket(), &impatient).unwrap_err();
        assert!(error.to_string().contains("another client may be connected"), "{error}");
        // A forgotten stream does not keep the monitor.
        let _forgotten = first.events();
        drop(first);
        client(&qemu).query_status().unwrap();
    }
}

#[test]
fn storage_daemon() {
    for daemon in Generation::ALL.into_iter().filter_map(Server::storage_daemon) {
        let client = client(&daemon);
        let node = BlockdevOptions::new(BlockdevOptionsDriver::NullCo).node_name("disk0");
        client.blockdev_add(node.clone()).unwrap();
        assert!(client.blockdev_add(node).unwrap_err().desc().unwrap().contains("disk0"));
        let nodes = client.call_raw("query-named-block-nodes", &json!({})).unwrap();
        assert_eq!(nodes[0]["node-name"], "disk0");
        #[cfg(feature = "compat")]
        let changes = client.schema_changes().unwrap();
        #[cfg(feature = "compat")]
        assert!(changes.iter().any(|change| change.to_string() == "stop: command removed"), "{changes:?}");
    }
}

#[test]
fn guest_agent() {
    for agent in Generation::ALL.into_iter().filter_map(Server::guest_agent) {
        for _ in 0..2 {
            let client = Client::connect_guest_agent(agent.socket()).unwrap().timeout(TIME_LIMIT);
            assert!(client.greeting().is_none());
            assert_eq!(client.call_raw("guest-ping", &json!({})).unwrap(), json!({}));
            assert!(matches!(client.call_raw("guest-info", &json!({})).unwrap(), Value::Object(_)));
            assert!(client.call_raw("no-such-command", &json!({})).unwrap_err().is_command_not_found());
            // Guest agents do not support `query-qmp-schema`.
            #[cfg(feature = "compat")]
            assert!(client.schema_changes().unwrap_err().is_command_not_found());
            let synchronized = client.call_raw("guest-sync-delimited", &json!({ "id": 5 })).unwrap();
            assert_eq!(synchronized, 5);
        }
    }
}

#[cfg(feature = "tokio")]
#[tokio::test]
async fn qemu_asynchronously() {
    use crate::sample::Client;

    for qemu in emulators() {
        let vm = Client::connect_unix(qemu.socket()).await.unwrap().timeout(TIME_LIMIT);
        let stopped = vm.expect::<events::Stop>(|_| true);
        vm.call_raw("cont", &json!({})).await.unwrap();
        let (status, stop, schema) = {
            let none = json!({});
            tokio::join!(vm.query_status(), vm.stop(), vm.call_raw("query-qmp-schema", &none))
        };
        assert_eq!(status.unwrap().status, RunState::Running);
        stop.unwrap();
        assert!(schema.unwrap().as_array().unwrap().len() > 500);
        stopped.await.unwrap();
        vm.send_fd(File::open("/dev/null").unwrap()).unwrap();
        vm.call_raw("getfd", &json!({ "fdname": "null" })).await.unwrap();
        vm.call_raw("quit", &json!({})).await.unwrap();
        assert!(vm.stop().await.unwrap_err().is_closed());
    }
}

#[cfg(feature = "tokio")]
#[tokio::test]
async fn guest_agent_asynchronously() {
    use crate::sample::Client;

    for agent in Generation::ALL.into_iter().filter_map(Server::guest_agent) {
        let client = Client::connect_guest_agent(agent.socket()).await.unwrap();
        assert_eq!(client.call_raw("guest-ping", &json!({})).await.unwrap(), json!({}));
    }
}
