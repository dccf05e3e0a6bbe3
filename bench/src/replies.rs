//! Long replies, as the clients read them: from the socket, message and all. Both ends on one CPU; the server sends the
//! same text to all.

use std::os::unix::net::UnixStream;

use qapi::{Qmp, qmp as peer};
use serde_json::value::RawValue;

use crate::by_hand::Server;
use crate::generated::ours;
use crate::measure::{in_turns, nanoseconds, on_one_cpu};
use crate::report::{Report, Row, Target, Unit};
use crate::runtime::{Empty, respond};
use crate::samples;

type Ask = fn(&ours::blocking::Client) -> qmp_types::Result<()>;

/// Prints the group's rows.
pub fn run(report: &mut Report) {
    let schema: Ask = |vm| vm.query_qmp_schema().map(drop);
    let nodes: Ask = |vm| vm.query_named_block_nodes(ours::QueryNamedBlockNodesArgs::default()).map(drop);
    on_one_cpu(|| {
        row(report, "query-qmp-schema", samples::qmp_schema(), schema, &peer::query_qmp_schema {});
        let command = peer::query_named_block_nodes { flat: None };
        row(report, "query-named-block-nodes", samples::named_block_nodes(), nodes, &command);
    });
}

fn row(report: &mut Report, name: &str, reply: String, ask: Ask, command: &impl qapi::Command) {
    let megabytes = reply.len() as f64 / 1e6;
    let text = RawValue::from_string(reply).expect("replies are JSON");
    let server = Server::start(move |request, out| respond(&request, out, |_: Empty| Ok(&text)));
    let vm = ours::blocking::Client::connect_unix(&server.path).expect("the server talks");
    let stream = UnixStream::connect(&server.path).expect("the server listens");
    let mut qapi = Qmp::from_stream(&stream);
    qapi.handshake().expect("the server talks");

    let ours = || nanoseconds(|| ask(&vm).expect("the server answers"));
    let (ours, theirs) = in_turns(ours, || nanoseconds(|| qapi.execute(command).expect("the server answers")));
    let (ours, theirs) = (megabytes * 1e9 / ours, megabytes * 1e9 / theirs);
    let what = format!("client, blocking: {name}, {:.0} kB", megabytes * 1e3);
    let (unit, against, target) = (Unit::MegabytesPerSecond, "qapi 0.15".to_owned(), Target::AtLeast(2.5));
    report.row(&Row { what, unit, ours, against, theirs, target });
}
