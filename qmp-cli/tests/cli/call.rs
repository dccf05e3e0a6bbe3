//! `qmp call` with real servers: QEMU and its storage daemon, the guest agent, and one of ours.

use std::process::Output;

use expect_test::{Expect, expect};
use serde_json::Value;
use test_support::{Generation, Server};

use crate::support::{Folder, transcript};

/// Runs `qmp call` with these arguments, of which the first is an address.
fn call(address: &str, arguments: &[&str]) -> Output {
    Folder::with(&[]).command("call").arg(address).args(arguments).output().expect("it runs")
}

/// Compares the transcript of a call, in which the path of the socket is `SOCKET`.
fn check(server: &Server, arguments: &[&str], expected: &Expect) {
    let address = server.socket().display().to_string();
    expected.assert_eq(&transcript(&call(&address, arguments)).replace(&address, "SOCKET"));
}

/// The return value of a successful call.
fn returned(server: &Server, arguments: &[&str]) -> Value {
    let output = call(&server.socket().display().to_string(), arguments);
    assert!(output.status.success(), "{arguments:?}: {}", transcript(&output));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn arguments_have_the_types_of_the_server() {
    let starts = [Server::bare_emulator, Server::storage_daemon];
    for server in Generation::ALL.into_iter().flat_map(|suite| starts.into_iter().filter_map(move |start| start(suite)))
    {
        // The identifiers look like numbers, and are strings.
        let add = [
            "blockdev-add",
            "driver=raw",
            "node-name=d5",
            "file.driver=null-co",
            "file.size=0x10000",
            "read-only=true",
        ];
        assert_eq!(returned(&server, &add).to_string(), "{}");
        let add = ["object-add", "qom-type=throttle-group", "id=t5", "limits.iops-total=100"];
        assert_eq!(returned(&server, &add).to_string(), "{}");
        let nodes = returned(&server, &["query-named-block-nodes", "flat=true"]);
        let node = nodes.as_array().expect("a list").iter().find(|node| node["node-name"] == "d5").expect("the node");
        assert_eq!((&node["ro"], &node["image"]["virtual-size"]), (&Value::from(true), &Value::from(0x10000)));
        check(
            &server,
            &["blockdev-del", "node-name=5"],
            &expect![[r#"
            stderr: error: GenericError: Failed to find node with node-name='5'
            stderr:  = help: the argument is `node-name=5`
            status: 1
        "#]],
        );
        check(
            &server,
            &["blockdev-del", "node-name:=5"],
            &expect![[r#"
            stderr: error: GenericError: Invalid parameter type for 'node-name', expected: string
            stderr:  = help: the argument is `node-name:=5`
            status: 1
        "#]],
        );
        check(
            &server,
            &["query-named-block-nodes", "flat=1"],
            &expect![[r#"
            stderr: error: invalid argument `flat=1`: `flat`: expected `true` or `false`, found `1`
            status: 2
        "#]],
        );
        check(
            &server,
            &["no-such-command", "a=1"],
            &expect![[r#"
            stderr: error: CommandNotFound: The command no-such-command has not been found
            status: 1
        "#]],
        );
        check(
            &server,
            &["blockdev-dell", "node-name=x"],
            &expect![[r#"
            stderr: error: CommandNotFound: The command blockdev-dell has not been found
            stderr:  = help: did you mean `blockdev-del`?
            status: 1
        "#]],
        );
    }
}

#[test]
fn events_are_waited_for() {
    for server in Generation::ALL.into_iter().filter_map(Server::bare_emulator) {
        let address = server.socket().display().to_string();
        let output = call(&address, &["system_reset", "--wait", "RES*", "--timeout", "20"]);
        let text = transcript(&output);
        assert!(
            text.starts_with(
                "{}\n{\"data\":{\"guest\":false,\"reason\":\"host-qmp-system-reset\"},\"event\":\"RESET\""
            ),
            "{text}"
        );
        assert!(text.ends_with("status: 0\n"), "{text}");
        check(
            &server,
            &["query-kvm", "--wait", "NEVER", "--timeout", "0.2"],
            &expect![[r#"
                {"enabled":false,"present":true}
                stderr: error: `query-kvm` succeeded, but no event `NEVER` arrived in time
                status: 3
            "#]],
        );
    }
}

#[test]
fn guest_agents_have_no_introspection() {
    for agent in Generation::ALL.into_iter().filter_map(Server::guest_agent) {
        assert_eq!(returned(&agent, &["--agent", "guest-ping"]).to_string(), "{}");
        assert_eq!(returned(&agent, &["--agent", "guest-sync", "id=75"]), 75);
        let schema = Folder::with(&[("ga.json", "{ 'command': 'guest-file-open', 'data': { 'path': 'str' } }")]);
        let file = schema.path("ga.json").display().to_string();
        // The schema makes a string of the number.
        let refused =
            call(&agent.socket().display().to_string(), &["--agent", "guest-file-open", "path=5", "--schema", &file]);
        assert!(transcript(&refused).contains("failed to open file '5'"), "{}", transcript(&refused));
        check(
            &agent,
            &["--agent", "guest-sync", "id=text"],
            &expect![[r#"
            stderr: error: GenericError: Invalid parameter type for 'id', expected: integer
            stderr:  = help: the argument is `id=text`
            status: 1
        "#]],
        );
    }
}

#[test]
fn failures_without_a_server() {
    let folder = Folder::with(&[]);
    expect![[r#"
        stderr: error: invalid argument `a`: expected `KEY=VALUE`, `KEY:=JSON` or a JSON object, found `a`
        status: 2
    "#]]
    .assert_eq(&folder.transcript("call absent.sock stop a"));
    let absent = folder.transcript("call absent.sock stop a=1");
    assert!(
        absent.starts_with("stderr: error: cannot connect to `absent.sock`") && absent.ends_with("status: 3\n"),
        "{absent}"
    );
    expect![[r#"
        stderr: error: invalid argument `{"a`: expected a JSON object, found `{"a`: EOF while parsing a string at line 1 column 3
        status: 2
    "#]]
    .assert_eq(&folder.transcript_of("call absent.sock stop --json -", b"{\"a\n"));
}

#[test]
fn json_of_standard_input() {
    let Some(server) = Server::bare_emulator(Generation::Bookworm) else { return };
    let arguments = format!("call {} qom-list --json -", server.socket().display());
    let text = Folder::with(&[]).transcript_of(&arguments, b"{\"path\": \"/chardevs\"}\n");
    expect![[r#"
        [{"name":"type","type":"string"},{"name":"compat_monitor0","type":"child<chardev-socket>"}]
        status: 0
    "#]]
    .assert_eq(&text);
}
