//! Instructions, indirect branches and allocations per operation, counted by valgrind's callgrind.
//!
//! Unlike times, these figures do not depend on the machine or on what else runs on it. Each operation is a workload: this
//! program, started again under valgrind to do one thing N times, and once more to do it 2N times. The difference leaves
//! out what starting costs. Only the process that is measured is counted: a server's client, or a client's server, is the
//! process that prints the table.

mod callgrind;
mod flat;
mod workloads;

use std::os::unix::net::UnixStream;

use callgrind::{Callgrind, Counts, Input};
pub use flat::Entity;
pub use workloads::as_workload;

use crate::by_hand::Running;
use crate::generated::derived;
use crate::report::{Report, Row, Target, Unit};
use crate::runtime::serve;
use crate::samples;
use crate::server::Load;

/// Prints the group's rows.
pub fn run(report: &mut Report) {
    let Some(callgrind) = Callgrind::find() else {
        return println!("skipped: counts: valgrind is not set up (./run-tests sets it up)");
    };
    let mut group = Group { report, callgrind };
    group.values();
    group.servers();
    group.clients();
}

struct Group<'r> {
    report: &'r mut Report,
    callgrind: Callgrind,
}

/// What our instructions and indirect branches should be of the peer's.
struct Bounds {
    instructions: Target,
    branches: Target,
}

const UNBOUNDED: Bounds = Bounds { instructions: Target::None, branches: Target::None };

impl Group<'_> {
    fn values(&mut self) {
        let bounds = |instructions, branches| Bounds {
            instructions: Target::AtMost(instructions),
            branches: Target::AtMost(branches),
        };
        let (status, block, schema) = (samples::STATUS.to_owned(), samples::block(), samples::qmp_schema());
        self.value("query-status reply, 38 B: decode", &status, "status-read", bounds(0.6, 1.0));
        self.value("query-status reply, 38 B: encode", &status, "status-write", bounds(0.5, 1.0));
        self.value("query-block reply, 23 kB: decode", &block, "block-read", bounds(0.6, 0.8));
        self.value("query-block reply, 23 kB: encode", &block, "block-write", bounds(0.35, 1.0));
        self.value("query-qmp-schema reply, 239 kB: decode", &schema, "schema-read", UNBOUNDED);

        let count = |workload| self.callgrind.count(workload, VALUES, 1, |_| Input::Text(&schema));
        let (ours, borrowed, owned) =
            (count("schema-read"), count("schema-read-flat"), count("schema-read-flat-owned"));
        let what = "query-qmp-schema reply, 239 kB: decode";
        self.rows(what, ours, "hand-written flat struct, strings borrowed", borrowed, UNBOUNDED);
        self.rows(what, ours, "hand-written flat struct, strings owned", owned, UNBOUNDED);
    }

    fn value(&mut self, what: &str, text: &str, workload: &str, bounds: Bounds) {
        let count = |workload: &str| self.callgrind.count(workload, VALUES, 1, |_| Input::Text(text));
        let (ours, theirs) = (count(workload), count(&format!("{workload}-derive")));
        self.rows(what, ours, "serde derive", theirs, bounds);
    }

    fn servers(&mut self) {
        for in_flight in [1, 16] {
            let requests = b"{\"execute\": \"query-status\", \"id\": 1}\n".repeat(in_flight);
            let load = |batches| {
                let requests = &requests;
                Input::Peer(Box::new(move |stream| {
                    let mut load = Load::new(stream);
                    for _ in 0..batches {
                        load.ask(requests, in_flight).expect("the server talks");
                    }
                }))
            };
            let count = |workload| self.callgrind.count(workload, BATCHES, in_flight, load);
            let (ours, guarded, theirs) = (count("server"), count("server-guarded"), count("server-by-hand"));
            for (guards, ours) in [("", ours), (", idle limit and authorisation hook", guarded)] {
                let bounds = Bounds { instructions: Target::AtMost(1.3), branches: Target::None };
                let what = format!("server: query-status, {in_flight} in flight{guards}");
                self.rows(&what, ours, "hand-written serde dispatch", theirs, bounds);
            }
        }
    }

    fn clients(&mut self) {
        let server = |_calls| {
            Input::Peer(Box::new(|stream: UnixStream| {
                // The client is gone when it has counted.
                let _ = serve(stream, |request, out| derived::dispatch(&Running, request, out));
            }))
        };
        for twin in ["blocking", "tokio"] {
            let count = |workload: String| self.callgrind.count(&workload, CALLS, 1, server);
            let (ours, theirs) = (count(format!("client-{twin}")), count(format!("client-{twin}-by-hand")));
            self.rows(&format!("client, {twin}: query-status"), ours, "hand-written loop", theirs, UNBOUNDED);
        }
    }

    fn rows(&mut self, what: &str, ours: Counts, against: &str, theirs: Counts, bounds: Bounds) {
        let mut row = |figure: &str, ours, theirs, target| {
            let (what, against) = (format!("{what}: {figure}"), against.to_owned());
            self.report.row(&Row { what, unit: Unit::Count, ours, against, theirs, target });
        };
        row("instructions", ours.instructions, theirs.instructions, bounds.instructions);
        row("indirect branches", ours.branches, theirs.branches, bounds.branches);
        row("allocations", ours.allocations, theirs.allocations, Target::None);
    }
}

/// How often a value is read or written.
const VALUES: usize = 32;

/// How often a batch of requests is sent.
const BATCHES: usize = 500;

/// How often a client calls.
const CALLS: usize = 500;
