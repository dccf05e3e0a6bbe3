//! The workloads that are counted. Started as a workload, this program does one thing a number of times. Its standard
//! input is the text to read, or a socket to talk over.

use std::hint::black_box;
use std::io;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::process::ExitCode;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::runtime::Builder;

use super::flat::Entity;
use crate::by_hand::{Loop, Running};
use crate::codec::{derive_read, read, write};
use crate::generated::{derived, ours};
use crate::runtime::{Client, serve};
use crate::server::Machine;
use qmp_types::private::Field;
use qmp_types::server::Timeouts;

/// The argument that makes this program a workload: its name and a count follow.
pub const SUBCOMMAND: &str = "--workload";

/// A name, and the function that does the thing so many times.
type Workload = (&'static str, fn(usize));

/// The workloads. A server has no count: its client decides how many requests it sends.
const WORKLOADS: &[Workload] = &[
    ("status-read", read_value::<ours::StatusInfo>),
    ("status-read-derive", derive_read_value::<derived::StatusInfo>),
    ("status-write", write_value::<ours::StatusInfo>),
    ("status-write-derive", derive_write_value::<derived::StatusInfo>),
    ("block-read", read_value::<Vec<ours::BlockInfo>>),
    ("block-read-derive", derive_read_value::<Vec<derived::BlockInfo>>),
    ("block-write", write_value::<Vec<ours::BlockInfo>>),
    ("block-write-derive", derive_write_value::<Vec<derived::BlockInfo>>),
    ("schema-read", read_value::<Vec<ours::SchemaInfo>>),
    ("schema-read-derive", derive_read_value::<Vec<derived::SchemaInfo>>),
    ("schema-read-flat", |count| {
        let text = text();
        repeat(count, || serde_json::from_str::<Vec<Entity<&str>>>(&text).expect("it is a schema"));
    }),
    ("schema-read-flat-owned", derive_read_value::<Vec<Entity<String>>>),
    ("server", |_| ours::server(Machine).serve_stream(socket()).expect("the client leaves in peace")),
    ("server-guarded", |_| {
        let timeouts = Timeouts::default().idle(Duration::from_secs(60));
        let server = ours::server(Machine).timeouts(timeouts).authorize(|_| Ok(()));
        server.serve_stream(socket()).expect("the client leaves in peace");
    }),
    ("server-by-hand", |_| {
        serve(socket(), |request, out| derived::dispatch(&Running, request, out)).expect("the client leaves in peace");
    }),
    ("client-blocking", |count| {
        let vm = ours::blocking::Client::from_stream(socket()).expect("the server talks");
        repeat(count, || vm.query_status().expect("the server answers"));
    }),
    ("client-blocking-by-hand", |count| {
        let mut vm = Client::new(socket()).expect("the server talks");
        repeat(count, || vm.query_status().expect("the server answers"));
    }),
    ("client-tokio", |count| {
        block_on(async {
            let vm = ours::Client::from_stream(socket()).await.expect("the server talks");
            for _ in 0..count {
                black_box(vm.query_status().await.expect("the server answers"));
            }
        });
    }),
    ("client-tokio-by-hand", |count| {
        block_on(async {
            let mut vm = Loop::from_stream(socket()).await.expect("the server talks");
            for _ in 0..count {
                black_box(vm.call::<derived::StatusInfo>("query-status").await.expect("the server answers"));
            }
        });
    }),
];

/// Runs a workload if this program was started to do so.
pub fn as_workload() -> Option<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [SUBCOMMAND, name, count] = arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] else { return None };
    let (_, run) = WORKLOADS.iter().find(|(known, _)| *known == name)?;
    run(count.parse().ok()?);
    Some(ExitCode::SUCCESS)
}

fn repeat<T>(count: usize, mut operation: impl FnMut() -> T) {
    for _ in 0..count {
        black_box(operation());
    }
}

fn read_value<T: Field>(count: usize) {
    let text = text();
    repeat(count, || read::<T>(black_box(&text)));
}

fn derive_read_value<T: DeserializeOwned>(count: usize) {
    let text = text();
    repeat(count, || derive_read::<T>(black_box(&text)));
}

fn write_value<T: Field>(count: usize) {
    let value: T = read(&text());
    repeat(count, || write(black_box(&value)));
}

fn derive_write_value<T: Serialize + DeserializeOwned>(count: usize) {
    let value: T = derive_read(&text());
    repeat(count, || serde_json::to_vec(black_box(&value)).expect("memory takes everything"));
}

fn text() -> String {
    io::read_to_string(io::stdin()).expect("the text is at standard input")
}

fn socket() -> UnixStream {
    io::stdin().as_fd().try_clone_to_owned().expect("the socket is at standard input").into()
}

fn block_on(work: impl Future<Output = ()>) {
    Builder::new_current_thread().enable_all().build().expect("there is a runtime").block_on(work);
}
