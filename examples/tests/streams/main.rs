//! The same bytes, sent to real QEMU (7.2 and the newest) and to a server of ours with a schema of the same commands, are
//! answered the same.
//!
//! - `cases/*.txt` are streams written by hand; `splits` and `arguments` make others, from those and from the schema.
//! - `golden.txt` holds the answers of all three servers. So ours is compared on machines without QEMU, too.
//!   `UPDATE_EXPECT=1` records them anew, where both QEMUs are set up.
//! - A case that is marked `12a.X` is one where ours differs on purpose, for the reason of that letter. Everywhere else it has to
//!   answer as one of the two QEMUs does.

mod arguments;
mod case;
mod golden;
mod idle;
mod peer;
mod splits;

use std::collections::BTreeMap;

use test_support::{Generation, Server};

use crate::case::Case;
use crate::golden::{Answers, Golden};
use crate::peer::Peer;

/// The name that the answers of our servers, the blocking and the tokio one, have in the golden file.
const OURS: &str = "ours";

/// The real servers, and the names that their answers have in the golden file.
const REAL: [(&str, Generation); 2] = [("7.2", Generation::Bookworm), ("newest", Generation::Sid)];

#[test]
fn answers_are_those_of_qemu() {
    let cases = cases();
    let real: Vec<(&str, Server)> =
        REAL.into_iter().filter_map(|(name, generation)| Some((name, Server::bare_emulator(generation)?))).collect();
    let (ours, ours_async) = (idle::start(), idle::start_async());
    let mut peers = vec![(OURS, Peer::new(ours.socket()))];
    let asynchronous = Peer::new(ours_async.socket());
    peers.extend(real.iter().map(|(name, server)| (*name, Peer::new(server.socket()))));

    let mut observed = Golden::default();
    for case in &cases {
        let answers: Answers = peers.iter().map(|(name, peer)| ((*name).to_owned(), peer.answer(case))).collect();
        assert_eq!(asynchronous.answer(case), answers.0[OURS], "{}: the tokio server answers differently", case.name);
        observed.insert(case.name.clone(), answers);
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        assert_eq!(real.len(), REAL.len(), "recording answers takes both QEMUs: ./run-tests sets them up");
        observed.write();
    }
    let recorded = Golden::read();
    let failures: Vec<String> = cases.iter().flat_map(|case| failures(case, &recorded, &observed)).collect();
    println!("{} streams compared with {} real servers and the golden file", cases.len(), real.len());
    assert!(failures.is_empty(), "{} differences:\n\n{}", failures.len(), failures.join("\n"));
    assert_eq!(recorded.len(), cases.len(), "the golden file has cases that are no more: UPDATE_EXPECT=1 drops them");
}

/// All cases, each with a name of its own.
fn cases() -> Vec<Case> {
    let mut cases = case::written();
    cases.extend(splits::of(&cases));
    cases.extend(arguments::all());
    let mut named = BTreeMap::new();
    for case in &cases {
        assert!(named.insert(&case.name, ()).is_none(), "two cases are called {:?}", case.name);
    }
    assert!(cases.len() >= 500, "only {} cases", cases.len());
    cases
}

/// The differences between the answers to a case, observed and recorded, ours and QEMU's.
fn failures(case: &Case, recorded: &Golden, observed: &Golden) -> Vec<String> {
    let name = &case.name;
    let Some(recorded) = recorded.get(name) else {
        return vec![format!("{name}: no answers are recorded: UPDATE_EXPECT=1 records them")];
    };
    let mut failures = Vec::new();
    for (peer, answers) in &observed.get(name).expect("it was observed").0 {
        let expected = &recorded.0[peer];
        if answers != expected {
            failures.push(format!("{name}: {peer} answered\n{}\nrecorded are\n{}", lines(answers), lines(expected)));
        }
    }
    let alike = REAL.iter().any(|(peer, _)| recorded.0[*peer] == recorded.0[OURS]);
    match (&case.deviation, alike) {
        (None, false) => failures.push(format!("{name}: ours answers as no QEMU does\n{recorded}")),
        (Some(letter), true) => failures.push(format!("{name}: is marked 12a.{letter}, and does not deviate")),
        _ => {}
    }
    failures
}

fn lines(answers: &[String]) -> String {
    answers.iter().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}
