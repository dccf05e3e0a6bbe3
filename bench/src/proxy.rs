//! CPU time per call of a client through a proxy and without one, that of a real QEMU included, all on one CPU.

use std::fs;
use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::thread;

use qmp_types::proxy::Proxy;
use qmp_types::server::AccessControl;
use qmp_types::transport::Listener;
use test_support::{Generation, Server};

use crate::measure::{in_turns, on_one_cpu, process_cpu};
use crate::report::{Report, Row, Target, Unit};
use crate::sessions::negotiate;

/// How many calls are measured at a time.
const CALLS: u32 = 500;

/// How many clients call at the same time.
const CLIENTS: usize = 8;

/// How many other clients are connected.
const IDLE: usize = 400;

/// Prints the group's rows.
pub fn run(report: &mut Report) {
    on_one_cpu(|| {
        let direct = "-qmp unix:@/direct,server=on,wait=off";
        let options = format!("-M none -nodefaults -nographic -S {direct}");
        match Server::emulator(Generation::Trixie, &options) {
            Some(qemu) => rows(report, &qemu),
            None => eprintln!("the group `proxy` needs QEMU 10.0: ./run-tests sets it up"),
        }
    });
}

fn rows(report: &mut Report, qemu: &Server) {
    let path = qemu.folder().join("proxy");
    let listener = Listener::bind(path.as_path()).expect("a socket");
    let proxy = Proxy::new(qemu.socket()).expect("an address").listen(listener, AccessControl::new());
    let handle = proxy.handle();
    let running = thread::spawn(|| proxy.run());
    let mut direct = connect(&qemu.folder().join("direct"));
    let mut proxied = connect(&path);
    for (what, command, target) in [
        ("proxy: query-status", "query-status", Target::AtMost(1.5)),
        ("proxy: query-qmp-schema, 240 kB", "query-qmp-schema", Target::AtMost(1.5)),
    ] {
        let request = format!("{{\"execute\":\"{command}\",\"id\":1}}");
        let measure = |stream: &mut UnixStream| per_call(qemu, CALLS, || call(stream, &request));
        let (ours, theirs) = in_turns(|| measure(&mut proxied), || measure(&mut direct));
        row(report, what, ours, "QEMU 10.0 without a proxy", theirs, target);
    }
    let mut clients: Vec<_> = (0..CLIENTS).map(|_| connect(&path)).collect();
    let request = "{\"execute\":\"query-status\",\"id\":1}";
    let all = |clients: &mut [UnixStream]| {
        clients.iter_mut().for_each(|stream| stream.write_all(request.as_bytes()).expect("the proxy reads"));
        clients.iter_mut().for_each(receive);
    };
    let (ours, theirs) = in_turns(
        || per_call(qemu, CALLS / 8, || all(&mut clients)) / CLIENTS as f64,
        || per_call(qemu, CALLS, || call(&mut direct, request)),
    );
    let what = format!("proxy: query-status of {CLIENTS} clients at once, each");
    row(report, &what, ours, "QEMU 10.0 without a proxy, one client", theirs, Target::None);
    let _idle: Vec<_> = (0..IDLE).map(|_| connect(&path)).collect();
    let (ours, theirs) = in_turns(
        || per_call(qemu, CALLS, || call(&mut proxied, request)),
        || per_call(qemu, CALLS, || call(&mut direct, request)),
    );
    let what = format!("proxy: query-status beside {IDLE} idle clients");
    row(report, &what, ours, "QEMU 10.0 without a proxy", theirs, Target::None);
    handle.stop();
    running.join().expect("the proxy does not panic").expect("the proxy ends in good order");
}

fn row(report: &mut Report, what: &str, ours: f64, against: &str, theirs: f64, target: Target) {
    let (what, against) = (what.to_owned(), against.to_owned());
    report.row(&Row { what, unit: Unit::Microseconds, ours: ours / 1e3, against, theirs: theirs / 1e3, target });
}

/// Connects and negotiates.
fn connect(path: &Path) -> UnixStream {
    let mut stream = UnixStream::connect(path).expect("a server listens");
    negotiate(&mut stream, "").expect("the server talks");
    stream
}

fn call(stream: &mut UnixStream, request: &str) {
    stream.write_all(request.as_bytes()).expect("the server reads");
    receive(stream);
}

/// Receives a line.
fn receive(stream: &mut UnixStream) {
    let mut buffer = vec![0; 1 << 16];
    loop {
        let count = stream.read(&mut buffer).expect("the server answers");
        assert!(count > 0, "the server has ended");
        if buffer[count - 1] == b'\n' {
            return;
        }
    }
}

/// Returns the nanoseconds of CPU time that an operation takes on average, in this process and in QEMU's.
fn per_call(qemu: &Server, count: u32, mut operation: impl FnMut()) -> f64 {
    let used = || process_cpu().as_nanos() as f64 + qemu_cpu(qemu);
    let start = used();
    (0..count).for_each(|_| operation());
    (used() - start) / f64::from(count)
}

/// Returns the nanoseconds of CPU time that all threads of QEMU have used.
fn qemu_cpu(qemu: &Server) -> f64 {
    let threads = fs::read_dir(format!("/proc/{}/task", qemu.id())).expect("QEMU runs");
    let used = threads.flatten().map(|thread| {
        let text = fs::read_to_string(thread.path().join("schedstat")).unwrap_or_default();
        text.split(' ').next().and_then(|used| used.parse::<f64>().ok()).unwrap_or_default()
    });
    used.sum()
}
