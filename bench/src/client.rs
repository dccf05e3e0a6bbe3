//! CPU time per call of a client on a Unix socket, one call in flight, both ends on one CPU. The server is the hand-written
//! one in all cases: what it costs is in both figures.

use std::hint::black_box;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::thread;

use qapi::futures::QmpStreamTokio;
use qapi::{Qmp, qmp as peer};
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::runtime::{Builder, Runtime};

use crate::generated::{derived, ours};
use crate::measure::{in_turns, nanoseconds, on_one_cpu};
use crate::report::{Report, Row, Target, Unit};
use crate::runtime::{Client, Empty, Error, Lines, Request, answer, request, respond, serve};
use crate::samples;
use crate::server::Running;

/// Prints the group's rows.
pub fn run(report: &mut Report) {
    on_one_cpu(|| {
        let server = Server::start(|request, out| derived::dispatch(&Running, request, out));
        blocking(report, &server.path);
        asynchronous(report, &server.path);
        let schema = samples::qmp_schema();
        long_reply(
            report,
            "query-qmp-schema",
            &schema,
            |vm| vm.query_qmp_schema().map(drop),
            peer::query_qmp_schema {},
        );
        let (nodes, command) = (samples::named_block_nodes(), peer::query_named_block_nodes { flat: None });
        let ask = |vm: &ours::blocking::Client| {
            vm.query_named_block_nodes(ours::QueryNamedBlockNodesArgs::default()).map(drop)
        };
        long_reply(report, "query-named-block-nodes", &nodes, ask, command);
    });
}

fn blocking(report: &mut Report, path: &Path) {
    let ours = ours::blocking::Client::connect_unix(path).expect("the server talks");
    let mut by_hand = Client::connect_unix(path).expect("the server talks");
    let stream = UnixStream::connect(path).expect("the server listens");
    let mut qapi = Qmp::from_stream(&stream);
    qapi.handshake().expect("the server talks");

    let mut ours = || nanoseconds(|| ours.query_status().expect("the server answers"));
    let figures = in_turns(&mut ours, || nanoseconds(|| by_hand.query_status().expect("the server answers")));
    row(report, "client, blocking: query-status", "hand-written loop", figures, Target::AtMost(1.15));
    let figures = in_turns(&mut ours, || nanoseconds(|| qapi.execute(&peer::query_status {}).expect("it answers")));
    row(report, "client, blocking: query-status", "qapi 0.15", figures, Target::None);
}

fn asynchronous(report: &mut Report, path: &Path) {
    let runtime = Builder::new_current_thread().enable_all().build().expect("there is a runtime");
    let ours = runtime.block_on(ours::Client::connect_unix(path)).expect("the server talks");
    let mut by_hand = runtime.block_on(Loop::connect(path)).expect("the server talks");
    let qapi = runtime.block_on(async { QmpStreamTokio::open_uds(path).await?.negotiate().await });
    let mut qapi = qapi.expect("the server talks");

    let mut ours = || per_call(&runtime, async || ours.query_status().await.expect("the server answers"));
    let figures = in_turns(&mut ours, || {
        per_call(&runtime, async || {
            by_hand.call::<derived::StatusInfo>("query-status").await.expect("the server answers")
        })
    });
    row(report, "client, tokio: query-status", "hand-written loop", figures, Target::AtMost(1.25));
    let figures = in_turns(&mut ours, || {
        per_call(&runtime, async || qapi.execute(peer::query_status {}).await.expect("the server answers"))
    });
    row(report, "client, tokio: query-status", "qapi 0.15", figures, Target::None);
}

/// Calls whose replies are long: reading them is what they cost.
fn long_reply(
    report: &mut Report,
    name: &str,
    reply: &str,
    ask: impl Fn(&ours::blocking::Client) -> qmp_types::Result<()>,
    command: impl qapi::Command,
) {
    let text = RawValue::from_string(reply.to_owned()).expect("replies are JSON");
    let server = Server::start(move |request, out| respond(&request, out, |_: Empty| Ok(&text)));
    let ours = ours::blocking::Client::connect_unix(&server.path).expect("the server talks");
    let stream = UnixStream::connect(&server.path).expect("the server listens");
    let mut qapi = Qmp::from_stream(&stream);
    qapi.handshake().expect("the server talks");

    let ours = || nanoseconds(|| ask(&ours).expect("the server answers"));
    let (ours, theirs) = in_turns(ours, || nanoseconds(|| qapi.execute(&command).expect("the server answers")));
    let speed = |nanoseconds: f64| reply.len() as f64 * 1e3 / nanoseconds;
    let what = format!("client, blocking: {name}, {} kB", reply.len() / 1000);
    let (ours, against, theirs) = (speed(ours), "qapi 0.15".to_owned(), speed(theirs));
    report.row(&Row { what, unit: Unit::MegabytesPerSecond, ours, against, theirs, target: Target::AtLeast(2.5) });
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

/// The hand-written server, for any number of clients.
struct Server {
    path: PathBuf,
    _folder: TempDir,
}

impl Server {
    fn start(dispatch: impl Fn(Request<'_>, &mut Vec<u8>) + Clone + Send + 'static) -> Self {
        let folder = tempfile::tempdir().expect("there is a place for temporary files");
        let path = folder.path().join("server.sock");
        let listener = UnixListener::bind(&path).expect("the folder takes a socket");
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let dispatch = dispatch.clone();
                thread::spawn(move || serve(stream, dispatch));
            }
        });
        Self { path, _folder: folder }
    }
}

/// The hand-written asynchronous client: the blocking one's loop, with `await`.
struct Loop {
    stream: tokio::net::UnixStream,
    lines: Lines,
    out: Vec<u8>,
    next_id: u64,
}

impl Loop {
    async fn connect(path: &Path) -> Result<Self, Error> {
        let stream = tokio::net::UnixStream::connect(path).await?;
        let mut client = Self { stream, lines: Lines::default(), out: Vec::new(), next_id: 0 };
        client.receive(|_greeting| Ok(Some(()))).await?;
        client.call::<Empty>("qmp_capabilities").await?;
        Ok(client)
    }

    async fn call<R: DeserializeOwned>(&mut self, name: &str) -> Result<R, Error> {
        self.next_id += 1;
        self.out.clear();
        request(&mut self.out, name, None::<&Empty>, self.next_id)?;
        self.stream.write_all(&self.out).await?;
        let id = self.next_id;
        self.receive(|line| answer(line, id)).await
    }

    async fn receive<T>(&mut self, read: impl Fn(&[u8]) -> Result<Option<T>, Error>) -> Result<T, Error> {
        loop {
            while let Some(line) = self.lines.next() {
                if let Some(value) = read(line)? {
                    return Ok(value);
                }
            }
            let count = self.stream.read(self.lines.room()).await?;
            if !self.lines.filled(count) {
                return Err(Error::generic("disconnected"));
            }
        }
    }
}
