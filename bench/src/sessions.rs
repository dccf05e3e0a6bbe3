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
use qmp_types::Server;
use qmp_types::private::{Entry, ServerSchema};

use crate::measure::{in_turns, least, nanoseconds, on_one_cpu};
use crate::report::{Report, Row, Target, Unit};
use crate::samples;

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
        large_output(report);
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

/// `query-qmp-schema` of QEMU's schema, against a thread that only writes the same bytes.
fn large_output(report: &mut Report) {
    let introspection: &str = samples::qmp_schema().leak();
    let reply = format!("{{\"return\": {introspection}}}\r\n");
    let (client, server) = UnixStream::pair().expect("a pair");
    const COMMANDS: &[Entry<Machine>] = &[Entry::of::<qmp::commands::Ping>()];
    let schema = ServerSchema { introspection, builtins: "" };
    thread::spawn(move || Server::new(Machine, COMMANDS, &schema).serve_stream(server));
    negotiate(&mut &client, "").expect("the server talks");
    let (other, mut writer) = UnixStream::pair().expect("a pair");
    let text = reply.clone();
    thread::spawn(move || {
        while writer.read(&mut [0; 64]).is_ok_and(|count| count > 0) {
            writer.write_all(text.as_bytes()).expect("the client reads");
        }
    });
    let mut buffer = vec![0; 1 << 20];
    let mut ask = |mut stream: &UnixStream, length: usize| {
        stream.write_all(b"{\"execute\": \"query-qmp-schema\"}").expect("the server reads");
        let mut received = 0;
        while received < length || buffer[received - 1] != b'\n' {
            received += stream.read(&mut buffer[received..]).expect("the server answers");
        }
        received as f64
    };
    let bytes = ask(&client, introspection.len());
    let speed = |nanoseconds: f64| bytes * 1e3 / nanoseconds;
    let (mut ours, mut theirs) = (0_f64, 0_f64);
    for _ in 0..9 {
        ours = ours.max(speed(nanoseconds(|| ask(&client, introspection.len()))));
        theirs = theirs.max(speed(nanoseconds(|| ask(&other, introspection.len()))));
    }
    report.row(&Row {
        what: "query-qmp-schema of QEMU's schema, 240 kB: sent".into(),
        unit: Unit::MegabytesPerSecond,
        ours,
        against: "the same bytes, written by a thread that reads no request".into(),
        theirs,
        target: Target::AtLeast(0.9),
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
