//! A proxy before QEMU and its storage daemon.

use std::fs::File;
use std::os::fd::AsRawFd;
use std::os::unix::fs::symlink;
use std::thread;

use qmp_types::blocking::Client as TypedClient;
use qmp_types::proxy::Proxy;
use qmp_types::{ClientOptions, OtherEvent, Value};
use rustix::fs::{CWD, FileType, Mode, mknodat};
use sendfd::SendWithFd;
use serde_json::json;
use test_support::{Generation, Server, TIME_LIMIT};

use crate::client::Client;
use crate::support::RunningProxy;

fn emulators() -> impl Iterator<Item = Server> {
    Generation::ALL.into_iter().filter_map(Server::bare_emulator)
}

fn typed(proxy: &RunningProxy) -> TypedClient {
    TypedClient::connect_unix(proxy.path()).unwrap().timeout(TIME_LIMIT)
}

#[test]
fn greeting_introspection_and_errors_are_the_servers_own() {
    for qemu in emulators() {
        let questions = [
            r#"{"execute": "query-version", "id": 1}"#,
            r#"{"execute": "query-qmp-schema", "id": {"a": [1, null]}}"#,
            r#"{"execute": "query-commands"}"#,
            r#"{"execute": "no-such-command", "id": "x"}"#,
            r#"{"execute": "device_del", "arguments": {"id": "none"}, "id": null}"#,
            r#"{"execute": "device_del", "arguments": {"x": 1}}"#,
            r#"{'execute': 'blockdev-add', 'arguments': {'driver': 'null-co', 'size': '1'}}"#,
            r#"{"execute": "human-monitor-command", "arguments": {"command-line": "info version"}}"#,
            r#"{"execute": "query-status", "arguments": [], "id": 5}"#,
            r#"{"execute": "query-status", "bogus": 1, "id": 6}"#,
            "[1, 2]",
        ];
        let ask = |mut client: Client| {
            let greeting = client.line();
            client.send(r#"{"execute": "qmp_capabilities", "arguments": {"enable": ["oob"]}}"#);
            let negotiated = client.line();
            let answers = questions.map(|question| client.call(question));
            [vec![greeting, negotiated], answers.into()].concat()
        };
        let direct = ask(Client::connect(&qemu.socket()));
        let proxy = RunningProxy::start(&qemu.socket());
        for (proxied, direct) in ask(proxy.connect()).into_iter().zip(direct) {
            assert_eq!(proxied, direct);
        }
        proxy.stop();
    }
}

#[test]
fn three_clients_one_of_which_is_lost() {
    for qemu in emulators() {
        let proxy = RunningProxy::start(&qemu.socket());
        let (vm, watching) = (typed(&proxy), typed(&proxy));
        let mut events = watching.events::<OtherEvent>();
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    for _ in 0..200 {
                        assert!(vm.call_raw("query-status", &json!({})).unwrap()["status"].is_string());
                    }
                });
            }
            for _ in 0..20 {
                let mut lost = proxy.client();
                lost.send(&r#"{"execute": "query-qmp-schema", "id": 1}"#.repeat(3));
                drop(lost);
            }
        });
        vm.call_raw("cont", &json!({})).unwrap();
        assert_eq!(events.next().unwrap().unwrap().event.name, "RESUME");
        vm.call_raw("quit", &json!({})).unwrap();
        assert_eq!(events.next().unwrap().unwrap().event.name, "SHUTDOWN");
        assert!(events.next().is_none());
        proxy.stop();
    }
}

#[test]
fn descriptors_reach_the_command_that_they_are_for() {
    for qemu in emulators() {
        let proxy = RunningProxy::start(&qemu.socket());
        let (one, other) = (typed(&proxy), typed(&proxy));
        // Both clients at once: the descriptors must not be mistaken for each other.
        let added: Vec<(u64, Value)> = thread::scope(|scope| {
            let (one, other) = (scope.spawn(|| add_fds(&one, 1)), scope.spawn(|| add_fds(&other, 100)));
            [one, other].into_iter().flat_map(|thread| thread.join().unwrap()).collect()
        });
        let known = one.call_raw("query-fdsets", &json!({})).unwrap();
        for (blocks, set) in &added {
            let known = known.as_array().unwrap().iter().find(|known| known["fdset-id"] == *set).unwrap();
            assert_eq!(known["fds"][0]["opaque"], blocks.to_string());
        }
        // QEMU holds the file that the client has sent: it has its size.
        for (blocks, set) in &added {
            let path = format!("/dev/fdset/{set}");
            let node =
                json!({ "driver": "file", "node-name": format!("n{blocks}"), "filename": path, "read-only": true });
            one.call_raw("blockdev-add", &node).unwrap();
        }
        let nodes = other.call_raw("query-named-block-nodes", &json!({})).unwrap();
        let nodes = nodes.as_array().unwrap();
        assert_eq!(nodes.len(), added.len());
        for node in nodes {
            let blocks = node["image"]["virtual-size"].as_u64().unwrap() / BLOCK;
            assert_eq!(node["node-name"], format!("n{blocks}"));
        }

        // Names are the monitor's: they are shared, and stay.
        one.send_fd(File::open("/dev/null").unwrap()).unwrap();
        one.call_raw("getfd", &json!({ "fdname": "null" })).unwrap();
        drop(one);
        other.call_raw("closefd", &json!({ "fdname": "null" })).unwrap();
        proxy.stop();
    }
}

/// The unit of the sizes of files.
const BLOCK: u64 = 512;

/// Adds files of different sizes, the first with this many blocks. Returns the number of blocks and the set of each.
fn add_fds(client: &TypedClient, first: u64) -> Vec<(u64, Value)> {
    let add = |blocks: u64| {
        let file = tempfile::tempfile().unwrap();
        file.set_len(blocks * BLOCK).unwrap();
        let file = File::open(format!("/proc/self/fd/{}", file.as_raw_fd())).unwrap();
        client.send_fd(&file).unwrap();
        let added = client.call_raw("add-fd", &json!({ "opaque": blocks.to_string() })).unwrap();
        (blocks, added["fdset-id"].clone())
    };
    (first..first + 20).map(add).collect()
}

#[test]
fn descriptors_that_no_command_takes_reach_nobody_else() {
    for qemu in emulators() {
        let proxy = RunningProxy::start(&qemu.socket());
        let (mut one, mut other) = (proxy.client(), proxy.client());
        let null = File::open("/dev/null").unwrap();
        let no_fd = "No file descriptor supplied via SCM_RIGHTS";
        let send_fd = |client: &Client| client.stream().send_with_fd(b" ", &[null.as_raw_fd()]).unwrap();
        let getfd = r#"{"execute": "getfd", "arguments": {"fdname": "x"}}"#;

        // As with QEMU itself, a descriptor waits for a command that takes one.
        send_fd(&one);
        assert!(one.execute(r#"{"execute": "query-status"}"#)["return"].is_object());
        assert_eq!(other.execute(getfd)["error"]["desc"], no_fd);
        assert!(one.execute(getfd)["return"].is_object());

        // QEMU keeps the descriptor of a command whose arguments are wrong. The proxy gives it to nobody.
        send_fd(&one);
        assert!(one.execute(r#"{"execute": "getfd"}"#)["error"].is_object());
        assert_eq!(other.execute(getfd)["error"]["desc"], no_fd);
        send_fd(&other);
        assert!(other.execute(getfd)["return"].is_object());
        assert_eq!(one.execute(getfd)["error"]["desc"], no_fd);
        proxy.stop();
    }
}

#[test]
fn out_of_band_overtakes_a_command_that_blocks() {
    for qemu in emulators() {
        let proxy = RunningProxy::start(&qemu.socket());
        let fifo = qemu.folder().join("fifo");
        mknodat(CWD, &fifo, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        let (mut blocked, mut capable, mut plain) = (proxy.client(), proxy.oob_client(), proxy.client());
        let node = json!({ "driver": "blkdebug", "node-name": "n", "config": fifo, "image": { "driver": "null-co" } });
        blocked.send(&json!({ "execute": "blockdev-add", "arguments": node, "id": "blocked" }).to_string());
        plain.send(&r#"{"execute": "query-status"}"#.repeat(12));
        capable.send(&r#"{"execute": "query-status", "id": "in-band"}"#.repeat(7));
        for _ in 0..3 {
            capable.send(r#"{"exec-oob": "migrate-pause", "id": "urgent"}"#);
            let reply = capable.reply();
            assert_eq!((&reply["id"], &reply["error"]["class"]), (&json!("urgent"), &json!("GenericError")), "{reply}");
        }
        let not_oob = capable.execute(r#"{"exec-oob": "query-status", "id": 1}"#);
        assert_eq!(not_oob["error"]["desc"], "The command query-status does not support OOB");
        assert!(blocked.is_silent() && plain.is_silent());
        // The end of the file ends the command.
        drop(File::options().write(true).open(&fifo).unwrap());
        assert_eq!(blocked.reply()["id"], "blocked");
        (0..12).for_each(|_| assert!(plain.reply()["return"].is_object()));
        (0..7).for_each(|_| assert_eq!(capable.reply()["id"], "in-band"));
        proxy.stop();
    }
}

#[test]
fn a_server_that_is_killed_and_started_again() {
    let folder = tempfile::tempdir().unwrap();
    let current = folder.path().join("current");
    let (Some(first), Some(second)) =
        (Server::bare_emulator(Generation::Bookworm), Server::bare_emulator(Generation::Trixie))
    else {
        return;
    };
    symlink(first.socket(), &current).unwrap();
    let proxy = RunningProxy::start(&current);
    let vm = typed(&proxy);
    assert_eq!(vm.greeting().unwrap().version.qemu.0, 7);
    drop(first);
    assert!(vm.call_raw("query-status", &json!({})).unwrap_err().is_closed());
    std::fs::remove_file(&current).unwrap();
    symlink(second.socket(), &current).unwrap();
    let vm = TypedClient::connect_unix_with(proxy.path(), &ClientOptions::new().enable_oob()).unwrap();
    assert_eq!(vm.greeting().unwrap().version.qemu.0, 10);
    vm.timeout(TIME_LIMIT).call_raw("query-status", &json!({})).unwrap();
    proxy.stop();
}

#[test]
fn storage_daemon() {
    for daemon in Generation::ALL.into_iter().filter_map(Server::storage_daemon) {
        let proxy = RunningProxy::start(&daemon.socket());
        let (one, other) = (typed(&proxy), typed(&proxy));
        one.call_raw("blockdev-add", &json!({ "driver": "null-co", "node-name": "n" })).unwrap();
        assert_eq!(other.call_raw("query-named-block-nodes", &json!({})).unwrap()[0]["node-name"], "n");
        other.call_raw("quit", &json!({})).unwrap();
        assert!(one.call_raw("query-status", &json!({})).unwrap_err().is_closed());
        proxy.stop();
    }
}

#[test]
fn guest_agent() {
    for agent in Generation::ALL.into_iter().filter_map(Server::guest_agent) {
        let is_agent = |proxy: Proxy| proxy.client_options(ClientOptions::new().guest_agent());
        let proxy = RunningProxy::start_with(&agent.socket(), is_agent);
        let one = TypedClient::connect_guest_agent(proxy.path()).unwrap().timeout(TIME_LIMIT);
        let other = TypedClient::connect_guest_agent(proxy.path()).unwrap().timeout(TIME_LIMIT);
        thread::scope(|scope| {
            for client in [&one, &other] {
                scope.spawn(|| {
                    for token in 0..50 {
                        let synchronized = client.call_raw("guest-sync", &json!({ "id": token })).unwrap();
                        assert_eq!(synchronized, token);
                    }
                });
            }
        });
        assert!(one.call_raw("no-such-command", &json!({})).unwrap_err().is_command_not_found());

        // Half a request, and what a client of agents does about it.
        let mut raw = proxy.connect();
        raw.send("{\"execute\": \"guest-p");
        raw.send_bytes(&[0xFF]);
        raw.send(r#"{"execute": "guest-sync-delimited", "arguments": {"id": 7}, "id": [1]}"#);
        assert!(raw.line().contains("JSON parse error"));
        assert_eq!(raw.line_of_bytes(), b"\xFF{\"return\": 7, \"id\": [1]}\n");
        assert_eq!(raw.call(r#"{"execute": "guest-ping"}"#), r#"{"return": {}}"#);
        proxy.stop();
    }
}
