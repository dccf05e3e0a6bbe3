//! Clients that are disconnected because the server has waited long enough.

use std::thread;
use std::time::{Duration, Instant};

use qmp_types::server::Timeouts;

use crate::machine::{self, NAP};
use crate::support::NEGOTIATE;
use crate::test_client::{Client, SERVERS};

const LIMIT: Duration = Duration::from_millis(300);

/// Checks that a client which sends the texts, with pauses of half the limit between them, is disconnected after the last,
/// and not before.
fn check(timeouts: Timeouts, sent: &[&str]) {
    for &serve in SERVERS {
        let (mut client, _, thread) = Client::greeted(serve, machine::server().timeouts(timeouts));
        client.receive();
        for (number, text) in sent.iter().enumerate() {
            if number > 0 {
                thread::sleep(LIMIT / 2);
            }
            client.send(text);
        }
        let began = Instant::now();
        client.rest();
        let waited = began.elapsed();
        assert!(waited > LIMIT / 4 && waited < LIMIT * 10, "{timeouts:?}, {sent:?}: {waited:?}");
        thread.join().expect("no panic").expect("disconnecting a client is not an error");
    }
}

#[test]
fn each_limit() {
    let limits = Timeouts::default();
    check(limits.negotiation(LIMIT), &[]);
    check(limits.negotiation(LIMIT), &["{'execute': 'echo'}"]);
    check(limits.idle(LIMIT), &[NEGOTIATE]);
    check(limits.idle(LIMIT), &[NEGOTIATE, "{'execute': 'echo'}", "{'execute': 'echo'}"]);
    check(limits.message(LIMIT), &[NEGOTIATE, "{'execute':"]);
    check(limits.message(LIMIT), &[NEGOTIATE, "{'execute': 'echo'}{'execute':", " "]);
    check(limits.connection(LIMIT * 2), &[NEGOTIATE, "{'execute': 'echo'}", "{'execute': 'echo'}"]);
}

#[test]
fn a_client_whose_command_runs_is_not_idle() {
    let server = || machine::server().timeouts(Timeouts::default().idle(NAP * 3 / 4).message(LIMIT).negotiation(LIMIT));
    for &serve in SERVERS {
        for command in ["nap", "sleep"] {
            let (mut client, ..) = Client::negotiated(serve, server());
            assert!(client.call(format!("{{'execute': '{command}'}}"))["return"].is_object(), "{command}");
            assert!(client.call("{'execute': 'echo'}")["return"].is_object(), "{command}");
        }
    }
}

#[test]
fn a_client_of_many_messages_is_not_late() {
    let server = || machine::server().timeouts(Timeouts::default().message(LIMIT).negotiation(LIMIT));
    for &serve in SERVERS {
        let (mut client, ..) = Client::negotiated(serve, server());
        for _ in 0..8 {
            // Each piece ends a message and begins another.
            client.send("{'execute':");
            thread::sleep(LIMIT / 4);
            assert!(client.call(" 'echo'}")["return"].is_object());
        }
    }
}
