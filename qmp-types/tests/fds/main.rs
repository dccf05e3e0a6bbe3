//! Named descriptors and sets of descriptors: dialogues recorded on real QEMU, with real descriptors.
//!
//! `cases.txt` has the requests. A step is the session's number, the descriptors that are sent along (`+a`), and the
//! request. Without the words `without waiting`, its answer is awaited. `qemu-7.2.txt` and `qemu-11.1.txt` have the answers of QEMU, and which descriptors it has closed;
//! `different.txt` has those of our server where it differs on purpose. `UPDATE_EXPECT=1` records them anew.

#![cfg(feature = "macros")]

#[cfg(target_os = "linux")]
mod leaks;
mod ours;
mod peer;
mod states;
mod transcript;

use std::io::Read;
use std::os::unix::net::UnixStream;

use expect_test::expect_file;
use test_support::{Generation, Server};

use crate::peer::{Peer as _, Session};
use crate::transcript::{Case, cases, transcript};

/// The cases in which our server differs from QEMU 7.2.
const DIFFERENT: &[&str] = &[
    // A name belongs to the session: nothing is leaked.
    "named descriptors when the client leaves",
];

#[test]
fn our_server_answers_like_qemu() {
    let (different, same): (Vec<Case>, Vec<Case>) =
        cases().into_iter().partition(|case| DIFFERENT.contains(&case.title.as_str()));
    let recorded = include_str!("qemu-7.2.txt").split_inclusive("\n\n");
    let recorded = recorded.filter(|case| !DIFFERENT.iter().any(|title| case.starts_with(&format!("# {title}\n"))));
    let ours: String = same.iter().map(|case| transcript(case, &ours::Peer::start())).collect();
    let recorded: String = recorded.collect();
    for (index, (ours, recorded)) in ours.lines().zip(recorded.lines()).enumerate() {
        assert_eq!(ours, recorded, "line {}", index + 1);
    }
    assert_eq!(ours.len(), recorded.len());
    let ours: String = different.iter().map(|case| transcript(case, &ours::Peer::start())).collect();
    expect_file!["different.txt"].assert_eq(&ours);
}

#[test]
fn a_set_is_closed_with_its_last_file_when_no_client_is_connected() {
    let peer = ours::Peer::start();
    let (sent, mut far_end) = UnixStream::pair().expect("a pair");
    let mut session = Session::start(&peer, 1);
    session.send(r#"{"execute": "add-fd"}"#, &[sent.into()]);
    assert_eq!(session.receive()["return"]["fdset-id"], 0);
    let (file, other) = (peer.open("/dev/fdset/0").expect("a socket"), peer.open("/dev/fdset/0").expect("a socket"));
    drop(session);
    peer.settle();
    drop(file);
    let again = peer.open("/dev/fdset/0").expect("the other file keeps the set");
    drop((other, again));
    let error = peer.open("/dev/fdset/0").expect_err("the set is closed");
    assert_eq!(error.to_string(), "Could not dup FD for /dev/fdset/0 flags 2: No such file or directory");
    assert_eq!(far_end.read(&mut [0]).expect("the end of the stream"), 0);
}

#[test]
fn named_descriptors_are_closed_although_a_command_still_runs() {
    let (sent, mut far_end) = UnixStream::pair().expect("a pair");
    let mut session = ours::Peer::start().session_with_named_fd(sent.into());
    session.receive(br#"{"execute": "query-fdsets"}"#, vec![]);
    let running = session.next().expect("the request").take().expect("a good request");
    far_end.set_nonblocking(true).expect("a socket");
    assert!(far_end.read(&mut [0]).is_err(), "it is open");
    drop(session);
    assert_eq!(far_end.read(&mut [0]).expect("the end of the stream"), 0);
    drop(running);
}

#[test]
fn the_answers_are_those_of_qemu() {
    let options = "-M none -nodefaults -nographic -qmp unix:@/second,server=on,wait=off";
    let files =
        [(Generation::Bookworm, expect_file!["qemu-7.2.txt"]), (Generation::Sid, expect_file!["qemu-11.1.txt"])];
    for (generation, file) in files {
        let Some(qemu) = Server::emulator(generation, options) else { continue };
        let real: String = cases().iter().map(|case| transcript(case, &peer::Qemu(&qemu))).collect();
        file.assert_eq(&real);
    }
}
