//! `qmp record`: records what passes between clients and a server.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::Duration;

use clap::Args;
use qmp_types::testing::Recorder;
use qmp_types::transport::{Address, ConnectOptions, Listener, Stream};

use crate::failure::{Failure, NO_ANSWER};
use crate::listening::{Listening, at_end_signals};
use crate::server::{address, connect_options};
use crate::{Verdict, output};

/// The time limit for connecting to the server.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// Record what passes between clients and a server
///
/// Each client that connects gets a connection to the server, and all that they send is passed on, file descriptors included.
/// The recording has a line of JSON for each message. `qmp replay` answers with it.
#[derive(Args)]
#[command(after_help = "\
Exit status:
  0  ended by SIGTERM or SIGINT; the client at `stdio` has left; with --once,
     the client has disconnected
  2  wrong usage, or a file or an address that cannot be used
  3  with --once, no connection to the server

Examples:
  qmp record /run/vm.sock --listen /tmp/rec.sock -o session.jsonl
  qmp record tcp:localhost:4444 --listen /tmp/rec.sock --once -o - | jq .message")]
pub(crate) struct Record {
    /// The server: the path of its Unix socket, or another address (see `qmp --help`)
    #[arg(value_name = "ADDRESS", value_parser = address())]
    address: Address,
    #[command(flatten)]
    listening: Listening,
    /// The file to write; `-` is standard output
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Leave out the times, so that recordings can be compared
    #[arg(long)]
    no_times: bool,
    /// End when the first client has disconnected
    #[arg(long)]
    once: bool,
}

impl Record {
    pub(crate) fn run(&self) -> Result<Verdict, Failure> {
        let options = connect_options(&self.address, CONNECT_TIMEOUT)?;
        let recorder = Arc::new(self.recorder()?);
        let (ended, end) = mpsc::channel();
        let at_signal = ended.clone();
        // After the end nobody listens.
        at_end_signals(move || drop(at_signal.send(Ok(()))))?;
        for listener in self.listening.bind()? {
            let clients = Clients {
                recorder: Arc::clone(&recorder),
                server: self.address.clone(),
                options: options.clone(),
                once: self.once,
                ended: ended.clone(),
            };
            thread::spawn(move || clients.serve(&listener));
        }
        end.recv().unwrap_or(Ok(())).map(|()| Verdict::Fine)
    }

    fn recorder(&self) -> Result<Recorder, Failure> {
        let recorder = match self.output.to_str() {
            Some("-") => Recorder::new(io::stdout()),
            _ => Recorder::create(&self.output).map_err(|error| Failure::cannot("write", &self.output, error))?,
        };
        Ok(if self.no_times { recorder.without_times() } else { recorder })
    }
}

/// The clients of a listener.
#[derive(Clone)]
struct Clients {
    recorder: Arc<Recorder>,
    server: Address,
    options: ConnectOptions,
    /// The program ends with the first client.
    once: bool,
    ended: Sender<Result<(), Failure>>,
}

impl Clients {
    /// Accepts clients until there will be no more.
    fn serve(self, listener: &Listener) {
        let mut last = None;
        loop {
            match listener.accept() {
                Ok(Some(client)) if self.once => return self.pass(client),
                Ok(Some(client)) => {
                    let clients = self.clone();
                    last = Some(thread::spawn(move || clients.pass(client)));
                }
                Ok(None) => {
                    // The only connection, such as standard input. A panic was reported by the thread itself.
                    last.into_iter().for_each(|client| drop(client.join()));
                    return self.end(Ok(()));
                }
                Err(error) => return self.end(Err(Failure::new(format!("cannot accept clients: {error}")))),
            }
        }
    }

    /// Serves a client until it has disconnected.
    fn pass(self, client: Stream) {
        match Stream::connect_with(&self.server, &self.options) {
            Ok(server) => {
                let passed = self.recorder.pass(client, server);
                let passed = passed.map_err(|error| Failure::new(format!("cannot write the recording: {error}")));
                if self.once || passed.is_err() {
                    self.end(passed);
                }
            }
            Err(error) => {
                let failure =
                    Failure::new(format!("cannot connect to `{}`: {error}", self.server)).with_status(NO_ANSWER);
                if self.once { self.end(Err(failure)) } else { output::fail(&failure) }
            }
        }
    }

    fn end(&self, result: Result<(), Failure>) {
        // The program may have ended already.
        let _ = self.ended.send(result);
    }
}
