//! The memory of sessions that have negotiated and are idle.

use std::fs;
use std::thread;
use std::time::Duration;

use super::clients::Clients;
use super::{Machine, qmp};
use crate::report::{Report, Row, Target, Unit};

/// How many sessions. Each takes a descriptor, and 20,000 is a usual limit.
const SESSIONS: usize = 10_000;

/// Prints the rows.
pub fn run(report: &mut Report) {
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let path = folder.path().join("idle.sock");
    let server = qmp::server(Machine).tokio();
    let handle = server.handle();
    let serving = server.serve_unix(path.clone());
    let thread = thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("there is a runtime");
        runtime.block_on(serving)
    });
    // What the first sessions need, all others share.
    drop(Clients::start(&path, 100));
    thread::sleep(Duration::from_millis(200));
    let before = resident();
    let clients = Clients::start(&path, SESSIONS);
    let each = (resident() - before) / SESSIONS as f64;
    report.row(&Row {
        what: format!("{SESSIONS} idle sessions on tokio: memory of each"),
        unit: Unit::Kibibytes,
        ours: each,
        against: "the bound".into(),
        theirs: 4.0,
        target: Target::AtMost(1.0),
    });
    handle.stop();
    drop(clients);
    thread.join().expect("the server does not panic").expect("the server serves");
}

/// Returns the resident memory of this process, in KiB.
pub fn resident() -> f64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux tells");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("Linux tells the memory");
    line.trim_end_matches("kB").trim().parse().expect("a number")
}
