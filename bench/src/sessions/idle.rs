//! The memory of sessions that have negotiated and are idle.

use std::fs;
use std::os::unix::net::UnixListener;
use std::thread;
use std::time::Duration;

use qmp_types::server::Connection;
use rustix::event::{PollFd, PollFlags, poll};

use super::clients::Clients;
use super::{Machine, qmp};
use crate::report::{Report, Row, Target, Unit};

/// How many sessions. Each takes a descriptor, and 20,000 is a usual limit.
const SESSIONS: usize = 10_000;

/// Prints the rows.
pub fn run(report: &mut Report) {
    row(report, "on tokio", tokio());
    row(report, "in one's own loop", own_loop());
}

fn row(report: &mut Report, place: &str, each: f64) {
    report.row(&Row {
        what: format!("{SESSIONS} idle sessions {place}: memory of each"),
        unit: Unit::Kibibytes,
        ours: each,
        against: "the bound".into(),
        theirs: 4.0,
        target: Target::AtMost(1.0),
    });
}

fn tokio() -> f64 {
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
    handle.stop();
    drop(clients);
    thread.join().expect("the server does not panic").expect("the server serves");
    each
}

/// The loop knows which connection is ready: clients connect one after the other.
fn own_loop() -> f64 {
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let path = folder.path().join("idle.sock");
    let listener = UnixListener::bind(&path).expect("the path is free");
    let server = qmp::server(Machine);
    let mut accepted = 0;
    let mut accept = |count: usize| -> Vec<Connection> {
        let serve = |_| {
            let (stream, _) = listener.accept().expect("a client connects");
            stream.set_nonblocking(true).expect("a socket");
            let mut connection = server.connection(stream);
            connection.on_ready(&server).expect("the client reads its greeting");
            accepted += 1;
            while server.handle().counters().commands < accepted {
                let mut ready = [PollFd::new(connection.stream(), PollFlags::IN)];
                poll(&mut ready, None).expect("the client negotiates");
                connection.on_ready(&server).expect("the client reads its reply");
            }
            connection
        };
        (0..count).map(serve).collect()
    };
    let mut connect = |count| {
        let at = path.clone();
        let clients = thread::spawn(move || Clients::start(&at, count));
        (accept(count), clients.join().expect("the clients start"))
    };
    drop(connect(100));
    let before = resident();
    let sessions = connect(SESSIONS);
    let each = (resident() - before) / SESSIONS as f64;
    drop(sessions);
    each
}

/// Returns the resident memory of this process, in KiB.
pub fn resident() -> f64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux tells");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("Linux tells the memory");
    line.trim_end_matches("kB").trim().parse().expect("a number")
}
