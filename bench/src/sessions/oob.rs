//! How long an out-of-band command takes while in-band commands are sent as fast as they are executed.

use std::io::Write;
use std::os::unix::net::UnixStream;
use std::thread;
use std::time::{Duration, Instant};

use super::clients::{negotiate, read_lines};
use super::{Machine, qmp};
use crate::report::{Report, Row, Target, Unit};

/// How many out-of-band commands are timed.
const TIMES: usize = 500;

/// How many in-band commands are in flight: one runs, and fewer than eight wait, so that the server reads on.
const FLOOD: usize = 6;

/// Prints the rows.
pub fn run(report: &mut Report) {
    row(report, "blocking", |stream| {
        qmp::server(Machine).serve_stream(stream).ok();
    });
    row(report, "tokio", |stream| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("there is a runtime");
        runtime.block_on(qmp::server(Machine).tokio().serve_stream(stream)).ok();
    });
}

fn row(report: &mut Report, server: &str, serve: impl FnOnce(UnixStream) + Send + 'static) {
    let (mut client, stream) = UnixStream::pair().expect("a pair");
    thread::spawn(move || serve(stream));
    negotiate(&mut client, "\"oob\"").expect("the server offers oob");
    let mut times: Vec<Duration> = (0..TIMES).map(|_| one(&mut client)).collect();
    times.sort_unstable();
    report.row(&Row {
        what: format!("an out-of-band command under an in-band flood, {server}: 99th percentile"),
        unit: Unit::Microseconds,
        ours: times[TIMES * 99 / 100].as_secs_f64() * 1e6,
        against: "the bound".into(),
        theirs: 1000.0,
        target: Target::AtMost(1.0),
    });
}

/// Returns how long one out-of-band command takes behind commands of 2 ms each.
fn one(client: &mut UnixStream) -> Duration {
    let flood = "{\"execute\": \"work\", \"arguments\": {\"microseconds\": 2000}, \"id\": 1}".repeat(FLOOD);
    client.write_all(flood.as_bytes()).expect("the server reads");
    let start = Instant::now();
    client.write_all(b"{\"exec-oob\": \"ping\", \"id\": 2}").expect("the server reads");
    read_lines(client, 1).expect("the server answers");
    let time = start.elapsed();
    read_lines(client, FLOOD).expect("the server answers");
    time
}
