//! QEMU's own client library for Python, version 0.0.6.

use std::path::PathBuf;
use std::process::Command;
use std::thread;

use wait4::Wait4;

use super::row;
use crate::generated::ours;
use crate::measure::{in_turns, nanoseconds};
use crate::report::{Report, Target};
use crate::server::Machine;

const CALLS: u32 = 2000;

/// Calls `query-status` as often as its second argument says.
const PROGRAM: &str = "
import asyncio, sys
from qemu.qmp import QMPClient
async def main():
    vm = QMPClient('bench')
    await vm.connect(sys.argv[1])
    for _ in range(int(sys.argv[2])):
        await vm.execute('query-status')
    await vm.disconnect()
asyncio.run(main())
";

/// Prints the row, if the library is set up. The server is ours, as the library sends no line breaks.
pub fn run(report: &mut Report) {
    let python = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.cache/pypi/bin/python3"));
    if !python.exists() {
        return println!("skipped: client: qemu.qmp is not set up (./run-tests sets it up)");
    }
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let path = folder.path().join("server.sock");
    let address = path.clone();
    thread::spawn(|| ours::server(Machine).serve_unix(address));
    // Without the start of Python, and without the server.
    let calls = |count: u32| {
        let mut command = Command::new(&python);
        command.args(["-c", PROGRAM]).arg(&path).arg(count.to_string());
        let used = command.spawn().and_then(|mut child| child.wait4()).expect("python runs");
        assert!(used.status.success());
        used.rusage.utime + used.rusage.stime
    };
    let vm = ours::blocking::Client::connect_unix(&path).expect("the server talks");
    let ours = || nanoseconds(|| vm.query_status().expect("the server answers"));
    let theirs = || (calls(2 * CALLS) - calls(CALLS)).as_nanos() as f64 / f64::from(CALLS);
    let figures = in_turns(ours, theirs);
    row(
        report,
        "client, blocking, with its server: query-status",
        "qemu.qmp 0.0.6, without a server",
        figures,
        Target::None,
    );
}
