//! Out-of-band execution.

use std::thread;
use std::time::Duration;

use serde_json::json;

use crate::test_client::{Client, SERVERS};
use crate::{file_descriptors, machine};

/// Returns clients that have enabled out-of-band execution, one of each server.
fn clients() -> impl Iterator<Item = Client> {
    SERVERS.iter().map(|&serve| {
        let (mut client, ..) = Client::greeted(serve, machine::server());
        assert_eq!(client.receive()["QMP"]["capabilities"], json!(["oob"]));
        let reply = client.call("{'execute': 'qmp_capabilities', 'arguments': {'enable': ['oob']}}");
        assert_eq!(reply, json!({ "return": {} }));
        client
    })
}

fn ids(client: &mut Client, count: usize) -> Vec<String> {
    (0..count).map(|_| client.receive()["id"].as_str().unwrap_or("none").to_owned()).collect()
}

#[test]
fn it_overtakes_queued_commands() {
    for mut client in clients() {
        client.send(
            "{'execute': 'sleep', 'id': 'slow'}{'execute': 'ping', 'id': 'next'}{'exec-oob': 'ping', 'id': 'fast'}",
        );
        let fast = client.receive();
        assert_eq!(fast, json!({ "return": true, "id": "fast" }));
        assert_eq!(ids(&mut client, 1), ["slow"]);
        assert_eq!(client.receive(), json!({ "return": false, "id": "next" }));
    }
}

#[test]
fn several_are_executed_in_their_order() {
    for mut client in clients() {
        let requests = (0..200).map(|id| format!("{{'exec-oob': 'take-fd', 'id': '{id}'}}"));
        client.send(requests.collect::<String>());
        assert!(ids(&mut client, 200).iter().eq(&(0..200).map(|id| id.to_string()).collect::<Vec<_>>()));
    }
}

#[test]
fn later_commands_do_not_overtake() {
    for mut client in clients() {
        for _ in 0..200 {
            client
                .send("{'execute': 'ping', 'id': 'a'}{'exec-oob': 'take-fd', 'id': 'b'}{'execute': 'ping', 'id': 'c'}");
            let ids = ids(&mut client, 3);
            assert_eq!(ids[2], "c", "{ids:?}");
        }
    }
}

#[test]
fn eight_commands_may_wait() {
    for mut client in clients() {
        let waiting = |count: usize| "{'execute': 'ping', 'id': 'w'}".repeat(count);
        client.send("{'execute': 'sleep', 'id': 'slow'}");
        thread::sleep(Duration::from_millis(20));
        client.send(waiting(7) + "{'exec-oob': 'ping', 'id': 'fast'}");
        assert_eq!(ids(&mut client, 2), ["fast", "slow"]);
        assert_eq!(ids(&mut client, 7), ["w"; 7]);
        client.send("{'execute': 'sleep', 'id': 'slow'}");
        thread::sleep(Duration::from_millis(20));
        client.send(waiting(8) + "{'exec-oob': 'ping', 'id': 'late'}");
        assert_eq!(ids(&mut client, 1), ["slow"]);
        let mut rest = ids(&mut client, 9);
        rest.sort_unstable();
        assert_eq!(rest.iter().filter(|id| *id == "w").count(), 8);
    }
}

#[test]
fn errors_are_reported_in_band() {
    for mut client in clients() {
        let error = |desc: &str| json!({ "error": { "class": "GenericError", "desc": desc } });
        assert_eq!(client.call("{'exec-oob': 'echo'}"), error("The command echo does not support OOB"));
        let negotiating = "{'exec-oob': 'qmp_capabilities'}";
        assert_eq!(client.call(negotiating), error("The command qmp_capabilities does not support OOB"));
        assert_eq!(client.call("{'exec-oob': 1}"), error("QMP input member 'exec-oob' must be a string"));
        let clash = error("QMP input member 'execute' clashes with 'exec-oob'");
        assert_eq!(client.call("{'exec-oob': 'ping', 'execute': 'ping'}"), clash);
        client.send("{'execute': 'sleep', 'id': 'slow'}@\n{'execute': 'ping', 'exec-oob': 'ping', 'id': 'clash'}");
        assert_eq!(ids(&mut client, 3), ["slow", "none", "clash"]);
    }
}

#[test]
fn a_descriptor_for_a_command_out_of_band() {
    for mut client in clients() {
        client.send("{'execute': 'sleep', 'id': 'slow'}");
        thread::sleep(Duration::from_millis(20));
        file_descriptors::send(&client, "{'exec-oob': 'take-fd', 'id': 'fast'}", &[file_descriptors::pipe(7)]);
        assert_eq!(client.receive(), json!({ "return": 7, "id": "fast" }));
        assert_eq!(ids(&mut client, 1), ["slow"]);
    }
}

#[test]
fn half_close_answers_everything() {
    for mut client in clients() {
        client.send("{'execute': 'sleep', 'id': '1'}{'execute': 'yield', 'id': '2'}{'exec");
        client.stream.shutdown(std::net::Shutdown::Write).expect("connected");
        let rest = client.rest();
        assert_eq!(rest.len(), 3, "{rest:?}");
        assert_eq!((&rest[0]["id"], &rest[1]["id"]), (&json!("1"), &json!("2")));
    }
}
