//! A million random requests and disconnects: memory and descriptors must stay where they are after the first part.

use std::fs;
use std::io::{self, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::thread;
use std::time::Duration;

use crate::report::{Report, Row, Target, Unit};
use crate::runtime::Lines;
use crate::sessions::{Machine, negotiate, qmp, resident};

/// How many requests.
const REQUESTS: usize = 1_000_000;

/// How many requests a session sends at most.
const PER_SESSION: u64 = 400;

/// The requests, of which a session sends a random sequence, and whether one line answers each.
const KINDS: &[&str] = &[
    "{\"execute\": \"ping\", \"id\": 1}",
    "{\"execute\": \"write\", \"arguments\": {\"text\": \"hello\"}, \"id\": [1, {\"a\": null}]}",
    "{\"execute\": \"write\", \"arguments\": {\"text\": 1}}",
    "{\"execute\": \"nothing\"}",
    "{\"execute\": \"query-commands\"}",
    "{\"a\": [1 2]}",
    "[1]",
];

/// Prints the group's rows.
pub fn run(report: &mut Report) {
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    for server in ["blocking", "tokio"] {
        let path = folder.path().join(server);
        let (handle, thread) = start(server, &path);
        let mut random = Random(1);
        let (first, rest) = (REQUESTS / 10, REQUESTS);
        run_requests(&path, first, &mut random).expect("the server answers");
        settle(&handle);
        let before = (resident(), descriptors());
        run_requests(&path, rest, &mut random).expect("the server answers");
        settle(&handle);
        let after = (resident(), descriptors());
        report.row(&Row {
            what: format!("{server}: memory that {REQUESTS} random requests and their disconnects leave"),
            unit: Unit::Kibibytes,
            ours: (after.0 - before.0).max(0.0),
            against: "the bound".into(),
            theirs: 1024.0,
            target: Target::AtMost(1.0),
        });
        report.row(&Row {
            what: format!("{server}: descriptors after them"),
            unit: Unit::Count,
            ours: after.1,
            against: "before".into(),
            theirs: before.1,
            target: Target::AtMost(1.0),
        });
        handle.stop();
        thread.join().expect("the server does not panic");
    }
}

/// Waits until the last sessions have ended.
fn settle(handle: &qmp_types::ServerHandle) {
    while handle.counters().sessions_open > 0 {
        thread::sleep(Duration::from_millis(10));
    }
}

fn start(kind: &str, path: &Path) -> (qmp_types::ServerHandle, thread::JoinHandle<()>) {
    let server = qmp::server(Machine);
    let handle = server.handle();
    let path = path.to_owned();
    let bound = path.clone();
    let thread = match kind {
        "blocking" => thread::spawn(move || server.serve_unix(path).expect("the server serves")),
        _ => thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().expect("there is a runtime");
            runtime.block_on(server.tokio().serve_unix(path)).expect("the server serves");
        }),
    };
    while UnixStream::connect(&bound).is_err() {
        thread::yield_now();
    }
    (handle, thread)
}

/// Sends requests in sessions of random length. Half of the sessions end without reading their replies; of the others,
/// each request is answered exactly once.
fn run_requests(path: &Path, count: usize, random: &mut Random) -> io::Result<()> {
    let mut sent = 0;
    while sent < count {
        let mut client = UnixStream::connect(path)?;
        negotiate(&mut client, "")?;
        let requests = 1 + random.below(PER_SESSION) as usize;
        let text: String = (0..requests).map(|_| KINDS[random.below(KINDS.len() as u64) as usize]).collect();
        client.write_all(text.as_bytes())?;
        if random.below(2) == 0 {
            client.shutdown(std::net::Shutdown::Write)?;
            let (mut lines, mut answers) = (Lines::default(), 0);
            while lines.fill(&mut client)? {
                while lines.next().is_some() {
                    answers += 1;
                }
            }
            assert_eq!(answers, requests, "a reply is lost or doubled");
        }
        sent += requests;
    }
    Ok(())
}

fn descriptors() -> f64 {
    fs::read_dir("/proc/self/fd").expect("Linux tells").count() as f64
}

/// A small generator of pseudo-random numbers, the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}
