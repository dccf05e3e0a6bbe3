//! The memory and the descriptors of connections that have been used and are idle.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::thread;

use tokio::runtime::Builder;

use crate::generated::ours;
use crate::report::{Report, Row, Target, Unit};
use crate::sessions::resident;

const CONNECTIONS: usize = 2_000;

/// The bound, in KiB.
const MEMORY: f64 = 8.0;

/// Prints the rows.
pub fn run(report: &mut Report) {
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let path = folder.path().join("idle.sock");
    let listener = UnixListener::bind(&path).expect("the path is free");
    thread::spawn(move || {
        // The server's ends need no memory in this process, and one descriptor each.
        let _ends: Vec<_> = listener.incoming().flatten().map(serve).collect();
    });
    // Kept, so that the others cannot use their memory.
    let _kept = row(
        report,
        "blocking",
        &path,
        |path| ours::blocking::Client::connect_unix(path).expect("the server talks"),
        |vm| {
            vm.query_status().expect("the server answers");
        },
    );
    let runtime = Builder::new_current_thread().enable_all().build().expect("there is a runtime");
    drop(row(
        report,
        "tokio",
        &path,
        |path| runtime.block_on(ours::Client::connect_unix(path)).expect("the server talks"),
        |vm| drop(runtime.block_on(vm.query_status()).expect("the server answers")),
    ));
}

/// Greets, answers the negotiation and one command.
fn serve(mut stream: UnixStream) -> UnixStream {
    let replies = [
        r#"{"QMP": {"version": {"qemu": {"micro": 0, "minor": 0, "major": 10}, "package": ""}, "capabilities": []}}"#,
        r#"{"return": {}, "id": 1}"#,
        r#"{"return": {"status": "running", "running": true}, "id": 2}"#,
    ];
    let mut lines = BufReader::new(stream.try_clone().expect("a descriptor"));
    for (at, reply) in replies.iter().enumerate() {
        if at > 0 {
            lines.read_line(&mut String::new()).expect("the client talks");
        }
        stream.write_all(reply.as_bytes()).and_then(|()| stream.write_all(b"\r\n")).expect("the client reads");
    }
    stream
}

fn row<C>(report: &mut Report, twin: &str, path: &Path, connect: impl Fn(&Path) -> C, call: impl Fn(&C)) -> Vec<C> {
    let connect = |count: usize| -> Vec<C> {
        let connect = |_| {
            let client = connect(path);
            call(&client);
            client
        };
        (0..count).map(connect).collect()
    };
    // What the first connections need, all others share.
    drop(connect(100));
    let before = (resident(), descriptors());
    let clients = connect(CONNECTIONS);
    let each = |before: f64, now: f64| (now - before) / CONNECTIONS as f64;
    let what = |what: &str| format!("{CONNECTIONS} idle connections, {twin}: {what} of each");
    report.row(&Row {
        what: what("memory"),
        unit: Unit::Kibibytes,
        ours: each(before.0, resident()),
        against: "the bound".into(),
        theirs: MEMORY,
        target: Target::AtMost(1.0),
    });
    report.row(&Row {
        what: what("descriptors"),
        unit: Unit::Count,
        // Without those of the server's ends.
        ours: each(before.1, descriptors()) - 1.0,
        against: "the bound".into(),
        theirs: 1.0,
        target: Target::AtMost(1.0),
    });
    clients
}

/// Returns the number of this process's open descriptors.
fn descriptors() -> f64 {
    fs::read_dir("/proc/self/fd").expect("Linux tells").count() as f64
}
