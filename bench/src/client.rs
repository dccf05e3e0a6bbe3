//! CPU time per call of a client on a Unix socket, both ends on one CPU. The server is the hand-written one in all cases:
//! what it costs is in both figures.

mod idle;
mod in_flight;
mod python;
mod waiters;

use std::hint::black_box;
use std::os::unix::net::UnixStream;
use std::path::Path;

use qapi::futures::QmpStreamTokio;
use qapi::{Qmp, qmp as peer};
use qmp_peer::{Client as Peer, Endpoint};
use qmp_types::Value;
use tokio::runtime::{Builder, Runtime};

use crate::by_hand::{Loop, Running, Server};
use crate::generated::{derived, ours};
use crate::measure::{in_turns, nanoseconds, on_one_cpu};
use crate::report::{Report, Row, Target, Unit};
use crate::runtime::{Client, Empty};

/// Prints the group's rows.
pub fn run(report: &mut Report) {
    on_one_cpu(|| {
        let server = Server::start(|request, out| derived::dispatch(&Running, request, out));
        blocking(report, &server.path);
        asynchronous(report, &server.path);
        in_flight::run(report, &server.path);
        waiters::run(report, &server.path);
        python::run(report);
    });
    idle::run(report);
}

fn blocking(report: &mut Report, path: &Path) {
    let ours = ours::blocking::Client::connect_unix(path).expect("the server talks");
    let mut by_hand = Client::connect_unix(path).expect("the server talks");
    let stream = UnixStream::connect(path).expect("the server listens");
    let mut qapi = Qmp::from_stream(&stream);
    qapi.handshake().expect("the server talks");

    let mut ours = || nanoseconds(|| ours.query_status().expect("the server answers"));
    let figures = in_turns(&mut ours, || nanoseconds(|| by_hand.query_status().expect("the server answers")));
    row(report, "client, blocking: query-status", "hand-written loop", figures, Target::AtMost(1.1));
    let figures = in_turns(&mut ours, || nanoseconds(|| qapi.execute(&peer::query_status {}).expect("it answers")));
    row(report, "client, blocking: query-status", "qapi 0.15", figures, Target::None);
}

fn asynchronous(report: &mut Report, path: &Path) {
    let runtime = Builder::new_current_thread().enable_all().build().expect("there is a runtime");
    let ours = runtime.block_on(ours::Client::connect_unix(path)).expect("the server talks");
    let mut by_hand = runtime.block_on(Loop::connect(path)).expect("the server talks");
    let qapi = runtime.block_on(async { QmpStreamTokio::open_uds(path).await?.negotiate().await });
    let mut qapi = qapi.expect("the server talks");

    let peer = runtime.block_on(Peer::connect(Endpoint::unix(path))).expect("the server talks");

    let mut ours = || per_call(&runtime, async || ours.query_status().await.expect("the server answers"));
    let figures = in_turns(&mut ours, || {
        per_call(&runtime, async || {
            by_hand.call::<derived::StatusInfo>("query-status").await.expect("the server answers")
        })
    });
    row(report, "client, tokio: query-status", "hand-written loop", figures, Target::AtMost(1.2));
    let figures = in_turns(&mut ours, || {
        per_call(&runtime, async || qapi.execute(peer::query_status {}).await.expect("the server answers"))
    });
    row(report, "client, tokio: query-status", "qapi 0.15", figures, Target::None);
    let figures = in_turns(&mut ours, || {
        per_call(&runtime, async || {
            peer.execute::<Empty, Value>("query-status", None).await.expect("the server answers")
        })
    });
    row(report, "client, tokio: query-status", "qmp 0.1, untyped", figures, Target::None);
}

fn row(report: &mut Report, what: &str, against: &str, (ours, theirs): (f64, f64), target: Target) {
    let (what, against) = (what.to_owned(), against.to_owned());
    report.row(&Row { what, unit: Unit::Microseconds, ours: ours / 1e3, against, theirs: theirs / 1e3, target });
}

/// Nanoseconds of CPU time per call. The runtime is entered once for many calls, as a program does.
fn per_call<T>(runtime: &Runtime, mut call: impl AsyncFnMut() -> T) -> f64 {
    const CALLS: u32 = 256;
    let mut many = || {
        runtime.block_on(async {
            for _ in 0..CALLS {
                black_box(call().await);
            }
        });
    };
    nanoseconds(&mut many) / f64::from(CALLS)
}
