//! CPU time per command of a server on a Unix socket, both ends on one CPU. The other end only writes requests and counts
//! lines: what it costs is in both figures.

use std::io::{self, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::thread;
use std::time::Duration;

use crate::by_hand::{Running, Server};
use crate::generated::{derived, ours};
use crate::measure::{in_turns, nanoseconds, on_one_cpu};
use crate::report::{Report, Row, Target, Unit};
use crate::runtime::Lines;

/// Prints the group's rows.
pub fn run(report: &mut Report) {
    on_one_cpu(|| {
        let by_hand = Server::start(|request, out| derived::dispatch(&Running, request, out));
        let (mut ours, mut theirs) = (Load::new(our_server()), Load::new(connect(&by_hand.path)));
        for (in_flight, bound) in [(1, 1.2), (16, 1.6)] {
            let (ours, theirs) = in_turns(|| ours.per_command(in_flight), || theirs.per_command(in_flight));
            let what = format!("server: query-status, {in_flight} in flight");
            let (ours, against, theirs) = (ours / 1e3, "hand-written serde dispatch".to_owned(), theirs / 1e3);
            report.row(&Row { what, unit: Unit::Microseconds, ours, against, theirs, target: Target::AtMost(bound) });
        }
    });
}

/// A machine that runs.
pub struct Machine;

#[qmp_types::handlers(crate::generated::ours)]
impl Machine {
    #[qmp_command]
    fn query_status(&self) -> ours::StatusInfo {
        ours::StatusInfo::new(true, ours::RunState::Running)
    }

    #[qmp_command]
    fn query_block(&self) -> Vec<ours::BlockInfo> {
        Vec::new()
    }

    #[qmp_command]
    fn query_named_block_nodes(&self, flat: Option<bool>) -> Vec<ours::BlockDeviceInfo> {
        let _ = flat;
        Vec::new()
    }
}

fn our_server() -> UnixStream {
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let path = folder.path().join("ours.sock");
    let address = path.clone();
    thread::spawn(|| ours::server(Machine).serve_unix(address));
    connect(&path)
}

/// Connects once the server's thread has come to listen.
fn connect(path: &Path) -> UnixStream {
    loop {
        match UnixStream::connect(path) {
            Ok(stream) => return stream,
            Err(_early) => thread::sleep(Duration::from_millis(1)),
        }
    }
}

/// The end that asks.
pub struct Load {
    stream: UnixStream,
    lines: Lines,
}

impl Load {
    /// Takes the greeting and negotiates.
    pub fn new(stream: UnixStream) -> Self {
        let mut load = Self { stream, lines: Lines::default() };
        load.answers(1).and_then(|()| load.ask(b"{\"execute\": \"qmp_capabilities\"}\n", 1)).expect("the server talks");
        load
    }

    /// Nanoseconds of CPU time per command, of both ends, with as many commands sent at once.
    fn per_command(&mut self, in_flight: usize) -> f64 {
        let requests = b"{\"execute\": \"query-status\", \"id\": 1}\n".repeat(in_flight);
        nanoseconds(|| self.ask(&requests, in_flight).expect("the server talks")) / in_flight as f64
    }

    /// Sends requests and waits for as many answers.
    pub fn ask(&mut self, requests: &[u8], answers: usize) -> io::Result<()> {
        self.stream.write_all(requests)?;
        self.answers(answers)
    }

    fn answers(&mut self, count: usize) -> io::Result<()> {
        let mut missing = count;
        while missing > 0 {
            if !self.lines.fill(&mut self.stream)? {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            while self.lines.next().is_some() {
                missing -= 1;
            }
        }
        Ok(())
    }
}
