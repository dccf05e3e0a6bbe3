//! The guest agent's flavour: streams recorded on real agents of three generations.
//!
//! `cases.txt` has the streams, in sections that begin with how the agent is started. The files `qemu-ga-*.txt` have the
//! answers of real agents, and `different.txt` those of our server where it differs on purpose. `UPDATE_EXPECT=1` records
//! them anew.

#![cfg(feature = "macros")]

mod ours;
mod real;
mod transcript;

use expect_test::expect_file;
use test_support::Generation;

use crate::transcript::{Mode, Peer, cases, transcript};

/// Streams that our server answers otherwise than the agent of QEMU 10.0.
const DIFFERENT: &[&str] = &[
    // It says that the last message is incomplete. QEMU's agent takes the next connection for its continuation.
    r#"{"execute":"guest-ping""#,
];

#[test]
fn our_server_answers_like_the_guest_agent() {
    assert_like_the_guest_agent(ours::Agent::new);
}

#[cfg(feature = "tokio")]
#[test]
fn our_asynchronous_server_does_so_too() {
    assert_like_the_guest_agent(ours::TokioAgent);
}

fn assert_like_the_guest_agent<P: Peer>(agent: impl Fn(Mode) -> P) {
    let mut different = String::new();
    let mut ours = String::new();
    for (mode, streams) in cases() {
        ours += &format!("# {mode}\n");
        for stream in streams {
            let answers = transcript(stream, &agent(mode));
            if DIFFERENT.contains(&stream) { &mut different } else { &mut ours }.push_str(&answers);
        }
    }
    let recorded = without_different(include_str!("qemu-ga-10.0.txt"));
    for (ours, recorded) in ours.lines().zip(recorded.lines()) {
        assert_eq!(ours, recorded);
    }
    assert_eq!(ours.len(), recorded.len());
    expect_file!["different.txt"].assert_eq(&different);
}

#[test]
fn a_reply_from_another_thread_is_delimited_too() {
    let server = ours::server(Mode::Normal);
    let mut session = server.session();
    for stream in [r#"{"execute":"guest-sync-delimited","arguments":{"id":1}}"#, r#"{"execute":"guest-ping"}"#] {
        session.receive(stream.as_bytes(), vec![]);
        let task = session.next().expect("the request").detach(&server).expect("a good request");
        std::thread::spawn(|| task.run()).join().expect("no panic");
    }
    assert_eq!(session.take_output(), b"\xff{\"return\": 1}\n{\"return\": {}}\n");
}

/// Returns the recorded answers without those to streams that our server answers differently.
fn without_different(recorded: &str) -> String {
    let mut skipping = false;
    let kept = recorded.split_inclusive('\n').filter(|line| {
        if !line.starts_with("    ") {
            skipping = DIFFERENT.contains(&line.trim_end());
        }
        !skipping
    });
    kept.collect()
}

#[test]
fn the_answers_are_those_of_real_agents() {
    for (generation, file) in [
        (Generation::Bookworm, expect_file!["qemu-ga-7.2.txt"]),
        (Generation::Trixie, expect_file!["qemu-ga-10.0.txt"]),
        (Generation::Sid, expect_file!["qemu-ga-11.1.txt"]),
    ] {
        let mut real = String::new();
        for (mode, streams) in cases() {
            // QEMU 7.2 has no list of allowed commands.
            if generation == Generation::Bookworm && matches!(mode, Mode::Allowed | Mode::Both) {
                continue;
            }
            let Some(agent) = real::Agent::start(generation, mode) else { return };
            real += &format!("# {mode}\n");
            streams.iter().for_each(|stream| real += &transcript(stream, &agent));
        }
        file.assert_eq(&real);
    }
}
