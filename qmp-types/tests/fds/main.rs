//! Named descriptors and sets of descriptors: dialogues recorded on real QEMU, with real descriptors.
//!
//! `cases.txt` has the requests. A step is the session's number, the descriptors that are sent along (`+a`), and the
//! request. `qemu-7.2.txt` and `qemu-11.1.txt` have the answers of QEMU, and which descriptors it has closed;
//! `different.txt` has those of our server where it differs on purpose. `UPDATE_EXPECT=1` records them anew.

#![cfg(feature = "macros")]

#[cfg(target_os = "linux")]
mod leaks;
mod ours;
mod peer;
mod transcript;

use expect_test::expect_file;
use test_support::{Generation, Server};

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
    assert_eq!(ours, recorded.collect::<String>());
    let ours: String = different.iter().map(|case| transcript(case, &ours::Peer::start())).collect();
    expect_file!["different.txt"].assert_eq(&ours);
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
