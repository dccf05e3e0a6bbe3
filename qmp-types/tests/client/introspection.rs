//! What a server supports.

use qmp_types::client::{Definition, MetaType};
use qmp_types::{Command, CommandSpec};
use serde_json::json;
use test_support::{Generation, Server, TIME_LIMIT};

use crate::sample::blocking::Client;
use crate::sample::{commands, events};
use crate::scripted_peer::Peer;

/// Defines the marker of a command of other schemas than the sample.
macro_rules! command {
    ($type:ident $name:literal) => {
        struct $type;

        impl Command for $type {
            const SPEC: &'static CommandSpec = &CommandSpec::new($name, "");
            type Arguments = ();
            type Return = ();
        }

        impl Definition for $type {
            const META_TYPE: MetaType = MetaType::Command;
            const NAME: &'static str = $name;
        }
    };
}

command!(GuestPing "guest-ping");
command!(GuestUnknown "guest-unknown");
command!(ChangeBackingFile "change-backing-file");
command!(BlockJobResume "block-job-resume");
command!(XExitPreconfig "x-exit-preconfig");

fn client(server: &Server) -> Client {
    Client::connect_unix(server.socket()).unwrap().timeout(TIME_LIMIT)
}

#[test]
fn qemu() {
    for generation in Generation::ALL {
        let Some(qemu) = Server::bare_emulator(generation) else { continue };
        let vm = client(&qemu);
        assert!(vm.supports::<commands::DeviceDel>().unwrap());
        assert!(vm.supports::<events::DeviceDeleted>().unwrap());
        assert!(!vm.supports::<GuestPing>().unwrap());
        assert!(!vm.supports::<events::StatusChanged>().unwrap(), "an event of the sample only");

        let argument = |path| vm.supports_argument::<commands::BlockdevAdd>(path).unwrap();
        // A base member, a member of a branch, one of a nested branch, and one of a struct in an alternate.
        for path in ["driver", "node-name", "size", "file", "file.filename", "file.driver", "cache.direct"] {
            assert!(argument(path), "{path}");
        }
        for path in ["", "no-such", "file.no-such", "node-name.x", "driver."] {
            assert!(!argument(path), "{path}");
        }
        assert!(!vm.supports_argument::<GuestPing>("id").unwrap(), "no such command");

        assert!(!vm.is_deprecated::<commands::DeviceDel>().unwrap());
        // Since 10.1.
        assert_eq!(vm.is_deprecated::<BlockJobResume>().unwrap(), generation == Generation::Sid);
        let server = vm.introspection().unwrap();
        assert!(server.has_feature::<XExitPreconfig>("unstable"));
        assert!(server.commands().any(|name| name == "query-status"));
        assert!(server.events().any(|name| name == "STOP"));
        assert!(server.has_command(ChangeBackingFile::NAME));
    }
}

#[test]
fn the_storage_daemon() {
    for daemon in Generation::ALL.into_iter().filter_map(Server::storage_daemon) {
        let daemon = client(&daemon);
        assert!(daemon.supports::<commands::BlockdevAdd>().unwrap());
        assert!(!daemon.supports::<commands::Stop>().unwrap());
        assert!(!daemon.supports::<events::DeviceDeleted>().unwrap());
    }
}

/// It reports no arguments, and is asked once.
#[test]
fn the_guest_agent() {
    for agent in Generation::ALL.into_iter().filter_map(Server::guest_agent) {
        let agent = Client::connect_guest_agent(agent.socket()).unwrap().timeout(TIME_LIMIT);
        for _ in 0..1000 {
            assert!(agent.supports::<GuestPing>().unwrap());
            assert!(!agent.supports::<GuestUnknown>().unwrap());
        }
        assert!(!agent.supports::<events::Stop>().unwrap());
        let error = agent.supports_argument::<GuestPing>("id").unwrap_err();
        let text = "whether `guest-ping` has the argument `id` is unknown: a guest agent reports only the names of its \
                    commands";
        assert_eq!(error.to_string(), text);
    }
}

/// A schema with deprecated parts, and types that contain themselves in every way.
fn schema() -> String {
    json!({"id": 2, "return": [
        {"name": "stop", "meta-type": "command", "arg-type": "0", "ret-type": "0", "features": ["deprecated"]},
        {"name": "STOP", "meta-type": "event", "arg-type": "0", "features": ["unstable"]},
        {"name": "0", "meta-type": "object",
            "members": [{"name": "a", "type": "[0]", "features": ["deprecated"]}, {"name": "a.b", "type": "int"}],
            "variants": [{"case": "x", "type": "1"}, {"case": "y", "type": "0"}]},
        {"name": "1", "meta-type": "object", "members": [{"name": "c", "type": "2"}]},
        {"name": "2", "meta-type": "alternate", "members": [{"type": "2"}, {"type": "[2]"}, {"type": "0"}]},
        {"name": "[0]", "meta-type": "array", "element-type": "0"},
        {"name": "[2]", "meta-type": "array", "element-type": "2"},
        {"name": "int", "meta-type": "builtin", "json-type": "int"},
        {"meta-type": 5}, "x",
    ]})
    .to_string()
}

/// Sends the schema once, then replies to `stop`.
fn server(peer: &mut Peer) {
    peer.expect(r#"{"execute": "query-qmp-schema", "id": 2}"#);
    peer.send(&schema());
    peer.expect(r#"{"execute": "stop", "id": 3}"#);
    peer.send(r#"{"return": {}, "id": 3}"#);
}

#[test]
fn the_server_is_asked_once() {
    let (stream, peer) = Peer::negotiated(server);
    let vm = Client::from_stream(stream).unwrap();
    assert!(vm.is_deprecated::<commands::Stop>().unwrap());
    assert!(!vm.is_deprecated::<events::Stop>().unwrap());
    assert!(vm.clone().introspection().unwrap().has_feature::<events::Stop>("unstable"));
    for path in ["a", "a.b", "a.a.a.b", "c", "a.c.c.a", "c.a.b"] {
        assert!(vm.supports_argument::<commands::Stop>(path).unwrap(), "{path}");
    }
    assert!(!vm.supports_argument::<commands::Stop>("a.c.d").unwrap());
    let introspection = vm.introspection().unwrap();
    let deprecated = |path| introspection.is_argument_deprecated::<commands::Stop>(path);
    assert!(deprecated("a") && deprecated("c.a") && !deprecated("a.b"));
    vm.stop().unwrap();
    peer.join().unwrap();
}

#[cfg(feature = "tokio")]
#[tokio::test]
async fn the_server_is_asked_once_by_tasks() {
    let (stream, peer) = Peer::negotiated(server);
    let vm = crate::sample::Client::from_stream(stream).await.unwrap();
    let asked = tokio::spawn({
        let vm = vm.clone();
        async move { vm.supports::<commands::Stop>().await }
    });
    let (has_command, has_argument, is_deprecated) = tokio::join!(
        vm.supports::<events::DeviceDeleted>(),
        vm.supports_argument::<commands::Stop>("a"),
        vm.is_deprecated::<commands::Stop>(),
    );
    assert!(!has_command.unwrap() && has_argument.unwrap() && is_deprecated.unwrap() && asked.await.unwrap().unwrap());
    vm.stop().await.unwrap();
    peer.join().unwrap();
}

#[test]
fn a_server_without_introspection() {
    let (stream, _peer) = Peer::negotiated(|peer| {
        peer.line();
        peer.send(r#"{"error": {"class": "CommandNotFound", "desc": "none"}, "id": 2}"#);
        peer.line();
        peer.send(r#"{"return": {}, "id": 3}"#);
    });
    let vm = Client::from_stream(stream).unwrap();
    assert!(vm.supports::<commands::Stop>().unwrap_err().is_command_not_found());
    let error = vm.supports::<commands::Stop>().unwrap_err();
    assert_eq!(error.to_string(), "the reply to `query-qmp-schema` does not list what the server supports");
}
