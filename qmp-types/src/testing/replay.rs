//! A server that answers as it did when a session was recorded.

mod exchange;
mod executor;
mod session;

use std::fmt;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

pub use self::executor::ReplayExecutor;

use self::exchange::RecordedSession;
use self::session::ReplaySession;
use super::message_splitter::Piece;
use super::message_stream::{MessageStream, Received};
use super::recording::Recording;
use super::request::Request;
use crate::client::Mode;
use crate::sync::lock;
use crate::transport::{Address, AddressError, Listener, Stream};
use crate::{ErrorClass, Result};

/// How often a thread looks whether the replay has ended.
const LOOK: Duration = Duration::from_millis(50);

/// In which order commands are answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum ReplayOrder {
    /// Commands may come in any order. The replies to the same command with the same arguments come in their recorded
    /// order, each once.
    #[default]
    Any,
    /// Like [`Any`](Self::Any), and the last reply to a command is repeated as often as the client asks.
    Repeated,
    /// The commands have to come in the recorded order.
    Strict,
}

/// A server that answers as it did when a session was recorded: each command with the recorded reply and the events around
/// it.
///
/// Commands are matched by name and arguments. Ids become those of the client. The `n`th client gets the `n`th session of the
/// recording, and after the last one the first again. A command that was not recorded is answered with an error that names the
/// closest recorded one; [`refusals`](Self::refusals) returns these errors.
///
/// # Examples
///
/// ```
/// use qmp_types::blocking::Client;
/// use qmp_types::testing::{Recording, Replay};
/// use serde_json::json;
///
/// let recording = Recording::parse(
///     r#"{"from": "server", "message": {"QMP": {"version": {}, "capabilities": []}}}
///        {"from": "client", "message": {"execute": "qmp_capabilities"}}
///        {"from": "server", "message": {"return": {}}}
///        {"from": "client", "message": {"execute": "query-name"}}
///        {"from": "server", "message": {"return": {"name": "vm1"}}}"#,
/// )?;
/// let replay = Replay::new(&recording);
/// let vm = Client::from_stream(replay.connect()?)?;
/// assert_eq!(vm.call_raw("query-name", &json!({}))?, json!({"name": "vm1"}));
/// let error = vm.call_raw("query-nmae", &json!({})).unwrap_err();
/// assert_eq!(error.desc(), Some("the recording has no command `query-nmae`; the closest that it has is `query-name`"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Replay {
    shared: Arc<Shared>,
    settings: Settings,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

/// How clients are answered.
#[derive(Clone, Default)]
struct Settings {
    order: ReplayOrder,
    on_refusal: Option<Arc<RefusalHook>>,
}

type RefusalHook = dyn Fn(&str) + Send + Sync;

struct Shared {
    sessions: Vec<Arc<RecordedSession>>,
    /// How many clients there were.
    clients: AtomicUsize,
    refusals: Mutex<Vec<String>>,
    unused: Mutex<Vec<String>>,
    is_over: AtomicBool,
}

impl Replay {
    /// Prepares a recording for being replayed.
    #[must_use]
    pub fn new(recording: &Recording) -> Self {
        let session = |number| {
            let lines = recording.lines().iter().filter(move |line| line.session == number);
            Arc::new(RecordedSession::new(lines))
        };
        let shared = Shared {
            sessions: recording.sessions().into_iter().map(session).collect(),
            clients: AtomicUsize::new(0),
            refusals: Mutex::default(),
            unused: Mutex::default(),
            is_over: AtomicBool::new(false),
        };
        Self { shared: Arc::new(shared), settings: Settings::default(), threads: Mutex::default() }
    }

    /// Sets in which order commands are answered. Default: [`ReplayOrder::Any`].
    #[must_use]
    pub fn order(mut self, order: ReplayOrder) -> Self {
        self.settings.order = order;
        self
    }

    /// Calls the function with the reason whenever a command is refused, on the thread of its connection.
    #[must_use]
    pub fn on_refusal(mut self, run: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.settings.on_refusal = Some(Arc::new(run));
        self
    }

    /// Returns the client's end of a new connection, which a thread serves. Make a client of it with `from_stream`.
    ///
    /// # Errors
    /// If the process has run out of file descriptors.
    pub fn connect(&self) -> io::Result<Stream> {
        let (client, served) = Stream::pair()?;
        let (shared, settings) = (Arc::clone(&self.shared), self.settings.clone());
        lock(&self.threads).push(thread::spawn(move || shared.serve_stream(served, &settings)));
        Ok(client)
    }

    /// Returns the next client, without a socket: it executes commands in this process.
    #[must_use]
    pub fn executor<M: Mode>(&self) -> ReplayExecutor<M> {
        ReplayExecutor::new(&self.shared, self.settings.clone())
    }

    /// Listens at an [`Address`], and serves clients there on threads. Returns the address to connect to, which tells a port
    /// that the system has chosen.
    ///
    /// # Errors
    /// As for [`Listener::bind`].
    pub fn listen(&self, address: impl TryInto<Address, Error: Into<AddressError>>) -> Result<Address> {
        let listener = Listener::bind(address)?;
        let address = listener.local_address().clone();
        let (shared, settings) = (Arc::clone(&self.shared), self.settings.clone());
        lock(&self.threads).push(thread::spawn(move || {
            if let Err(error) = shared.serve(&listener, &settings) {
                tracing::error!(%error, "a replay accepts no more clients");
            }
        }));
        Ok(address)
    }

    /// Serves the clients of a listener on threads, until there will be no more.
    ///
    /// # Errors
    /// If the system does not accept connections.
    pub fn serve(&self, listener: impl Into<Listener>) -> Result<()> {
        self.shared.serve(&listener.into(), &self.settings)
    }

    /// Ends: no more clients are accepted, and the connections are closed.
    pub fn stop(&self) {
        self.shared.is_over.store(true, Ordering::Relaxed);
    }

    /// Returns why commands were refused so far, in their order. In a test, it should be empty.
    #[must_use]
    pub fn refusals(&self) -> Vec<String> {
        lock(&self.shared.refusals).clone()
    }

    /// Returns the recorded commands that the clients did not execute, of all clients that have disconnected.
    #[must_use]
    pub fn unused(&self) -> Vec<String> {
        lock(&self.shared.unused).clone()
    }
}

impl Shared {
    fn serve(self: &Arc<Self>, listener: &Listener, settings: &Settings) -> Result<()> {
        let mut threads = Vec::new();
        while !self.is_over.load(Ordering::Relaxed) {
            match listener.try_accept() {
                Ok(Some(client)) => {
                    let (shared, settings) = (Arc::clone(self), settings.clone());
                    threads.push(thread::spawn(move || shared.serve_stream(client, &settings)));
                }
                Ok(None) => break,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => wait_for_client(listener)?,
                Err(error) => return Err(error.into()),
            }
            threads.retain(|thread| !thread.is_finished());
        }
        for thread in threads {
            // A panic was reported by the thread itself.
            let _ = thread.join();
        }
        Ok(())
    }

    /// Begins the session of the next client, unless the recording has none.
    fn next_session(&self, settings: &Settings) -> Option<ReplaySession> {
        let number = self.clients.fetch_add(1, Ordering::Relaxed);
        let recorded = self.sessions.get(number % self.sessions.len().max(1))?;
        Some(ReplaySession::new(recorded, settings.order))
    }

    /// Takes note that a command was refused.
    fn refused(&self, refusal: &str, settings: &Settings) {
        settings.on_refusal.iter().for_each(|run| run(refusal));
        lock(&self.refusals).push(refusal.to_owned());
    }

    /// Serves a client until it has disconnected.
    fn serve_stream(&self, client: Stream, settings: &Settings) {
        let Some(mut session) = self.next_session(settings) else { return };
        let mut stream = MessageStream::new(client);
        if let Err(error) = self.answer_all(&mut session, &mut stream, settings) {
            tracing::debug!(%error, "the connection of a replay has failed");
        }
        stream.close();
        lock(&self.unused).extend(session.unused());
    }

    fn answer_all(
        &self,
        session: &mut ReplaySession,
        stream: &mut MessageStream,
        settings: &Settings,
    ) -> io::Result<()> {
        stream.send(&session.opening())?;
        while !self.is_over.load(Ordering::Relaxed) {
            let text = match stream.receive(Some(Instant::now() + LOOK))? {
                Received::Piece(Piece::Message(text)) => text,
                Received::Piece(Piece::Other(_) | Piece::Resync) => {
                    stream.send(&Request::failure(None, &ErrorClass::GenericError, "JSON parse error"))?;
                    continue;
                }
                Received::TimedOut => continue,
                Received::End => break,
            };
            match Request::read(&text) {
                Ok(request) => {
                    let answer = session.answer(&request);
                    if let Some(refusal) = &answer.refusal {
                        self.refused(refusal, settings);
                    }
                    stream.send(&answer.bytes)?;
                    // The descriptors of a command have no use here.
                    drop(stream.take_fds());
                    if answer.ends {
                        break;
                    }
                }
                Err(reason) => stream.send(&Request::failure(None, &ErrorClass::GenericError, &reason))?,
            }
        }
        Ok(())
    }
}

/// Waits until a client has connected, or a short time has passed.
fn wait_for_client(listener: &Listener) -> io::Result<()> {
    match listener.socket() {
        Some(socket) => crate::transport::wait_for_input(socket, LOOK).map(drop),
        None => Ok(()),
    }
}

impl Drop for Replay {
    fn drop(&mut self) {
        self.stop();
        for thread in lock(&self.threads).drain(..) {
            // A panic was reported by the thread itself.
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replay").field("sessions", &self.shared.sessions.len()).finish_non_exhaustive()
    }
}
