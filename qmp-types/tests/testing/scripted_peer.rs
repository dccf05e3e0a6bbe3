//! The scripted peer: it plays each step, and a script that fails says why.

use std::fs::File;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;
use std::time::{Duration, Instant};

use expect_test::{Expect, expect};
use qmp_types::blocking::Client;
use qmp_types::testing::ScriptedPeer;
use qmp_types::{ClientOptions, Error, OtherEvent};
use serde_json::json;

use crate::qmp::{self, commands, events};

fn client(peer: &ScriptedPeer) -> Client {
    Client::from_stream(peer.connect().expect("a socket")).expect("a greeting")
}

/// Calls a command without a limit that would hide a peer that hangs.
fn call(vm: &Client, command: &str) -> String {
    match vm.timeout(Duration::from_secs(20)).call_raw(command, &json!({})) {
        Ok(value) => value.to_string(),
        Err(error) => format!("{error:?}"),
    }
}

#[test]
fn typed_and_untyped_steps_are_played_in_order() {
    let peer = ScriptedPeer::new().version(7, 2, 19).capabilities([]);
    peer.expect::<commands::DeviceDel>(|arguments| arguments.id == "net0").reply(());
    peer.emit(events::DeviceDeleted { device: Some("net0".into()), path: "/machine".into() });
    peer.expect_command("set-size").arguments_include(json!({"size": {"width": 3}})).fail(Error::generic("too small"));
    peer.expect_command("query-name")
        .arguments(json!({}))
        .delay(Duration::from_millis(50))
        .reply_json(json!({"name": 5}));
    peer.emit_json("STOP", &json!({}));

    let vm = qmp::blocking::Client::from_stream(peer.connect().expect("a socket")).expect("a greeting");
    assert_eq!(vm.greeting().expect("a greeting").version.to_string(), "7.2.19");
    assert!(!vm.greeting().expect("a greeting").offers_oob());
    let deleted = vm.expect::<events::DeviceDeleted>(|_| true);
    vm.call::<commands::DeviceDel>(qmp::DeviceDelArgs::new("net0")).expect("success");
    assert_eq!(deleted.wait().expect("the event").device.as_deref(), Some("net0"));
    let size = json!({"size": {"width": 3, "height": 4, "ratio": 1}});
    assert_eq!(vm.call_raw("set-size", &size).expect_err("refused").desc(), Some("too small"));
    let start = Instant::now();
    assert!(vm.call::<commands::QueryName>(()).expect_err("a wrong type").is_protocol());
    assert!(start.elapsed() >= Duration::from_millis(50));
    let vm: &Client = &vm;
    assert_eq!(vm.next_event::<OtherEvent>().expect("an event").name, "DEVICE_DELETED");
    assert_eq!(vm.next_event::<OtherEvent>().expect("an event").name, "STOP");
    peer.finish();
}

#[test]
fn the_failures_of_servers() {
    let peer = ScriptedPeer::new();
    let short = Duration::from_millis(50);
    peer.expect_command("hang").no_reply();
    peer.expect_command("late").delay(Duration::from_millis(100)).reply(json!(1));
    peer.expect_command("die").die_after(9, json!({"name": "vm"}));
    let vm = client(&peer);
    assert!(vm.timeout(short).call_raw("hang", &json!({})).expect_err("no answer").is_timeout());
    assert!(vm.timeout(short).call_raw("late", &json!({})).expect_err("no answer in time").is_timeout());
    assert!(vm.call_raw("die", &json!({})).expect_err("half an answer").is_closed());

    peer.next_client();
    peer.expect_command("garbage").send("{\"return\": ]");
    let vm = client(&peer);
    assert!(vm.call_raw("garbage", &json!({})).expect_err("no JSON").is_protocol());

    peer.next_client();
    peer.expect_command("close").close();
    let vm = client(&peer);
    assert!(vm.call_raw("close", &json!({})).expect_err("no answer").is_closed());

    peer.next_client();
    peer.send("HTTP/1.1 400 Bad Request\r\n\r\n");
    peer.close();
    let vm = client(&peer);
    assert!(vm.timeout(Duration::from_secs(20)).next_event::<OtherEvent>().expect_err("not QMP").is_protocol());
    peer.finish();
}

#[test]
fn answers_may_change_places() {
    let peer = ScriptedPeer::new();
    let slow = peer.expect_command("slow").postpone();
    peer.emit_json("SLOW", &json!({}));
    let slower = peer.expect_command("slower").postpone();
    peer.emit_json("SLOWER", &json!({}));
    peer.expect::<commands::SetSize>(|arguments| arguments.size.width == 7).oob().reply(());
    slower.reply(json!("slower"));
    slow.fail(Error::device_not_active("asleep"));
    let stream = peer.connect().expect("a socket");
    let vm = Client::from_stream_with(stream, &ClientOptions::new().enable_oob()).expect("a greeting");
    thread::scope(|scope| {
        let slow = scope.spawn(|| call(&vm, "slow"));
        // The script says in which order the commands arrive.
        assert_eq!(vm.next_event::<OtherEvent>().expect("an event").name, "SLOW");
        let slower = scope.spawn(|| call(&vm, "slower"));
        assert_eq!(vm.next_event::<OtherEvent>().expect("an event").name, "SLOWER");
        vm.call_oob::<commands::SetSize>(qmp::SetSizeArgs::new(qmp::Size::new(7, 1, 1.0))).expect("an answer");
        assert_eq!(slower.join().expect("no panic"), "\"slower\"");
        assert_eq!(slow.join().expect("no panic"), "`slow`: DeviceNotActive: asleep");
    });
    peer.finish();
}

#[test]
fn descriptors_arrive() {
    let peer = ScriptedPeer::new();
    peer.expect_command("getfd").fds(1).reply(json!({}));
    let vm = client(&peer);
    let (mut reader, writer) = std::io::pipe().expect("a pipe");
    vm.call_raw_with_fd("getfd", &json!({"fdname": "fd0"}), writer).expect("success");
    let fds = peer.take_fds();
    std::io::Write::write_all(&mut File::from(fds.into_iter().next().expect("a descriptor")), b"hello")
        .expect("a pipe");
    let mut text = String::new();
    reader.read_to_string(&mut text).expect("text");
    assert_eq!(text, "hello");
}

#[test]
fn guest_agents_and_silent_peers() {
    let peer = ScriptedPeer::new().guest_agent();
    peer.expect_command("guest-ping").reply(json!({}));
    let agent = Client::from_stream_with(peer.connect().expect("a socket"), &ClientOptions::new().guest_agent());
    assert_eq!(call(&agent.expect("it synchronises"), "guest-ping"), "{}");
    peer.finish();

    // A client looks whether a silent peer is a guest agent.
    let peer = ScriptedPeer::new().no_greeting();
    peer.expect_command("guest-sync-delimited").no_reply();
    let options = ClientOptions::new().connect_timeout(Duration::from_millis(50));
    let refused = Client::from_stream_with(peer.connect().expect("a socket"), &options);
    assert!(refused.expect_err("no greeting").is_timeout());
    peer.finish();
}

#[test]
fn at_an_address() {
    let peer = ScriptedPeer::new();
    let address = peer.listen("tcp:127.0.0.1:0").expect("a port");
    peer.expect_command("query-name").reply(json!({}));
    peer.next_client();
    peer.expect_command("query-status").reply(json!({}));
    assert_eq!(call(&Client::connect(address.clone()).expect("a greeting"), "query-name"), "{}");
    assert_eq!(call(&Client::connect(address).expect("a greeting"), "query-status"), "{}");
    peer.finish();
}

#[cfg(feature = "tokio")]
#[tokio::test]
async fn asynchronous_clients() {
    let peer = ScriptedPeer::new();
    peer.expect_command("query-name").reply(json!({"name": "vm"}));
    let vm = qmp_types::tokio::Client::from_stream(peer.connect().expect("a socket")).await.expect("a greeting");
    assert_eq!(vm.call_raw("query-name", &json!({})).await.expect("an answer"), json!({"name": "vm"}));
    peer.finish();
}

/// Checks the report of a script that fails, without the places in this file, and what the client learns.
fn fails(script: impl FnOnce(&ScriptedPeer), client: impl FnOnce(&Client) -> String, expected: &Expect) {
    let peer = ScriptedPeer::new().time_limit(Duration::from_secs(1));
    script(&peer);
    let learned = client(&self::client(&peer));
    let panic = catch_unwind(AssertUnwindSafe(|| peer.finish())).expect_err("a report");
    let report = panic.downcast_ref::<String>().expect("a text");
    let text = format!("{report}\nclient: {learned}\n");
    let words = text.split_inclusive([' ', '\n']);
    let without_places = words.map(|word| match word.contains(".rs:") {
        true => "PLACE".to_owned() + &word[word.len() - 1..],
        false => word.to_owned(),
    });
    expected.assert_eq(&without_places.collect::<String>());
}

#[test]
fn another_command() {
    fails(
        |peer| {
            peer.expect_command("query-name").reply(json!({}));
            peer.expect::<commands::DeviceDel>(|arguments| arguments.id == "net0").reply(());
            peer.emit_json("STOP", &json!({}));
        },
        |vm| call(vm, "query-name") + "; " + &call(vm, "stop"),
        &expect![[r#"
            the scripted peer failed at step 3 of 4 PLACE
              expected: device_del with arguments for which the closure at PLACE returns true
              found:    stop
            script:
                1. a client connects
                2. query-name: return {}
             -> 3. device_del with arguments for which the closure at PLACE returns true: return {}
                4. emit STOP
            client: {}; `stop`: the scripted peer expected device_del with arguments for which the closure at PLACE returns true, found stop
        "#]],
    );
}

#[test]
fn other_arguments() {
    fails(
        |peer| peer.expect::<commands::DeviceDel>(|arguments| arguments.id == "net0").reply(()),
        |vm| format!("{:?}", vm.call_raw("device_del", &json!({"id": "net1"}))),
        &expect![[r#"
            the scripted peer failed at step 2 of 2 PLACE
              expected: device_del with arguments for which the closure at PLACE returns true
              found:    device_del {"id": "net1"}: the closure returned false
            script:
                1. a client connects
             -> 2. device_del with arguments for which the closure at PLACE returns true: return {}
            client: Err(`device_del`: the scripted peer expected device_del with arguments for which the closure at PLACE returns true, found device_del {"id": "net1"}: the closure returned false)
        "#]],
    );
    fails(
        |peer| peer.expect::<commands::DeviceDel>(|_| true).reply(()),
        |vm| format!("{:?}", vm.call_raw("device_del", &json!({"id": 1}))),
        &expect![[r#"
            the scripted peer failed at step 2 of 2 PLACE
              expected: device_del with arguments for which the closure at PLACE returns true
              found:    device_del {"id": 1}: Invalid parameter type for 'id', expected: string
            script:
                1. a client connects
             -> 2. device_del with arguments for which the closure at PLACE returns true: return {}
            client: Err(`device_del`: the scripted peer expected device_del with arguments for which the closure at PLACE returns true, found device_del {"id": 1}: Invalid parameter type for 'id', expected: string)
        "#]],
    );
    fails(
        |peer| peer.expect_command("a").arguments_include(json!({"b": {"c": 1}})).reply(json!({})),
        |vm| format!("{:?}", vm.call_raw("a", &json!({"b": {"c": 2, "d": 1}}))),
        &expect![[r#"
            the scripted peer failed at step 2 of 2 PLACE
              expected: a with {"b": {"c": 1}} and more
              found:    a {"b": {"c": 2, "d": 1}}: `b.c` is 2
            script:
                1. a client connects
             -> 2. a with {"b": {"c": 1}} and more: return {}
            client: Err(`a`: the scripted peer expected a with {"b": {"c": 1}} and more, found a {"b": {"c": 2, "d": 1}}: `b.c` is 2)
        "#]],
    );
    fails(
        |peer| peer.expect_command("a").oob().reply(json!({})),
        |vm| call(vm, "a"),
        &expect![[r#"
            the scripted peer failed at step 2 of 2 PLACE
              expected: a, out of band
              found:    a: it is executed in band
            script:
                1. a client connects
             -> 2. a, out of band: return {}
            client: `a`: the scripted peer expected a, out of band, found a: it is executed in band
        "#]],
    );
    fails(
        |peer| peer.expect_command("a").fds(1).reply(json!({})),
        |vm| call(vm, "a"),
        &expect![[r#"
            the scripted peer failed at step 2 of 2 PLACE
              expected: a, with 1 file descriptor
              found:    a: it came with 0 file descriptors
            script:
                1. a client connects
             -> 2. a, with 1 file descriptor: return {}
            client: `a`: the scripted peer expected a, with 1 file descriptor, found a: it came with 0 file descriptors
        "#]],
    );
}

#[test]
fn nothing_and_too_much() {
    fails(
        |peer| peer.expect_command("a").reply(json!({})),
        |_| String::new(),
        &expect![[r#"
        the scripted peer failed at step 2 of 2 PLACE
          expected: a
          found:    the client has closed the connection
        script:
            1. a client connects
         -> 2. a: return {}
        client: 
    "#]],
    );
    fails(
        |_| (),
        |vm| call(vm, "a"),
        &expect![[r#"
        the scripted peer failed after the last of its 1 steps
          expected: nothing: the script has no more steps
          found:    a
        script:
            1. a client connects
        client: `a`: the scripted peer expected nothing: the script has no more steps, found a
    "#]],
    );
    fails(
        |peer| {
            peer.close();
            peer.expect_command("a").reply(json!({}));
        },
        |vm| call(vm, "a"),
        &expect![[r#"
            the scripted peer failed at step 3 of 3 PLACE
              expected: a
              found:    no connection; help: the script goes on with another client after `next_client()`
            script:
                1. a client connects
                2. close the connection
             -> 3. a: return {}
            client: the peer closed the connection before the reply to `a`
        "#]],
    );
}

#[test]
fn a_client_that_goes_on_is_not_waited_for() {
    let peer = ScriptedPeer::new().time_limit(Duration::from_secs(1));
    peer.expect_command("a").reply(json!({}));
    let _vm = client(&peer);
    let start = Instant::now();
    assert!(catch_unwind(AssertUnwindSafe(|| peer.finish())).is_err());
    assert!(start.elapsed() < Duration::from_secs(8));
}

#[test]
#[should_panic(expected = "neither `connect` nor `listen` was called")]
fn a_script_without_a_client() {
    let peer = ScriptedPeer::new();
    peer.close();
}
