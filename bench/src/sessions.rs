//! Many clients of one server, and large or urgent input.

mod clients;
mod idle;
mod oob;

pub use clients::{as_clients, negotiate};
pub use idle::resident;

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::thread;
use std::time::{Duration, Instant};

use qmp::events::Tick;

use crate::measure::{in_turns, least, nanoseconds, on_one_cpu};
use crate::report::{Report, Row, Target, Unit};

#[allow(dead_code, reason = "generated")]
pub mod qmp {
    qmp_types::schema!("schema/sessions.json", side = server, docs = false);
}

/// The state of the measured servers.
pub struct Machine;

#[qmp_types::handlers(crate::sessions::qmp)]
impl Machine {
    #[qmp_command(short)]
    fn ping(&self) {}

    #[qmp_command(short)]
    fn write(&self, text: String) {
        std::hint::black_box(text);
    }

    #[qmp_command]
    fn work(&self, microseconds: u32) {
        thread::sleep(Duration::from_micros(microseconds.into()));
    }
}

/// Prints the group's rows.
pub fn run(report: &mut Report) {
    on_one_cpu(|| {
        large_input(report);
        event_to_many(report);
    });
    oob::run(report);
    idle::run(report);
}

/// One request of 8 MiB: how many bytes are received, checked and read in a second of CPU time. The sender costs, too.
fn large_input(report: &mut Report) {
    let (mut client, server) = UnixStream::pair().expect("a pair");
    thread::spawn(|| qmp::server(Machine).serve_stream(server));
    negotiate(&mut client, "").expect("the server talks");
    let request = format!("{{\"execute\": \"write\", \"arguments\": {{\"text\": \"{}\"}}}}", "x".repeat(8 << 20));
    let mut ask = || {
        client.write_all(request.as_bytes()).expect("the server reads");
        let mut reply = [0; 64];
        assert!(client.read(&mut reply).expect("the server answers") > 0);
    };
    let ours = least(|| request.len() as f64 * 1e3 / nanoseconds(&mut ask));
    report.row(&Row {
        what: "one request of 8 MiB: received and read".into(),
        unit: Unit::MegabytesPerSecond,
        ours,
        against: "the bound".into(),
        theirs: 200.0,
        target: Target::AtLeast(1.0),
    });
}

/// One event to 1,000 clients, against as many calls of `write`. The clients read in between, outside of the clock.
fn event_to_many(report: &mut Report) {
    const CLIENTS: usize = 1000;
    let server = qmp::server(Machine).tokio();
    let events = server.events();
    let mut clients = Vec::new();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("there is a runtime");
    let mut theirs = Vec::new();
    for _ in 0..CLIENTS {
        let (client, stream) = UnixStream::pair().expect("a pair");
        clients.push(client);
        theirs.push(stream);
    }
    let handle = server.handle();
    let serving = thread::spawn(move || {
        runtime.block_on(async {
            let sessions: Vec<_> = theirs.into_iter().map(|stream| tokio::spawn(server.serve_stream(stream))).collect();
            for session in sessions {
                session.await.expect("a session does not panic").ok();
            }
        });
    });
    for client in &mut clients {
        negotiate(client, "").expect("the server talks");
    }
    let raw: Vec<_> = (0..CLIENTS).map(|_| UnixStream::pair().expect("a pair")).collect();
    let line = format!(
        "{{\"timestamp\": {{\"seconds\": 1790000000, \"microseconds\": 123456}}, {}}}\r\n",
        "\"event\": \"TICK\", \"data\": {\"count\": 1}"
    );
    let drain = |mut stream: &UnixStream| assert!(stream.read(&mut [0; 4096]).expect("it was sent") > 0);
    let (ours, theirs) = in_turns(
        || timed(|| events.emit(Tick::new(1)), || clients.iter().for_each(drain)),
        || {
            let write = || raw.iter().for_each(|(ours, _)| (&*ours).write_all(line.as_bytes()).expect("there is room"));
            timed(write, || raw.iter().for_each(|(_, theirs)| drain(theirs)))
        },
    );
    report.row(&Row {
        what: format!("one event to {CLIENTS} clients"),
        unit: Unit::Microseconds,
        ours: ours / 1e3,
        against: "as many calls of `write`".into(),
        theirs: theirs / 1e3,
        target: Target::None,
    });
    handle.stop();
    drop(clients);
    serving.join().expect("the server does not panic");
}

/// Returns the nanoseconds that `measured` takes on average, with `after` run behind each.
fn timed(mut measured: impl FnMut(), mut after: impl FnMut()) -> f64 {
    const TIMES: u32 = 20;
    let mut sum = Duration::ZERO;
    for _ in 0..TIMES {
        let start = Instant::now();
        measured();
        sum += start.elapsed();
        after();
    }
    sum.as_nanos() as f64 / f64::from(TIMES)
}
