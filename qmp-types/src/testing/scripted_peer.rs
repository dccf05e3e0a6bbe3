//! A peer that follows a script which a test writes.

mod expectation;
mod handshake;
mod player;
mod script;
mod step;

use std::fmt;
use std::io;
use std::os::fd::OwnedFd;
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

pub use self::expectation::{Expectation, Postponed};

use self::handshake::Handshake;
use self::player::Player;
use self::script::{Failure, Script};
use self::step::Step;
use crate::record::Writer;
use crate::sync::lock;
use crate::testing::request::json_text;
use crate::transport::{Address, AddressError, Listener, Stream};
use crate::{Command, Event, Result, Value};

/// A server that follows a script: it expects commands in their order, answers them, emits events, and fails in the ways
/// that servers fail.
///
/// The test adds steps, and the peer plays them on a thread of its own, so clients may be blocking, asynchronous or other
/// programs. Steps may be added before and while the client runs.
///
/// 1. [`connect`](Self::connect) returns the client's end of a connection, or [`listen`](Self::listen) listens at an
///    address. The peer greets and negotiates as QEMU does, unless [`version`](Self::version),
///    [`guest_agent`](Self::guest_agent) or [`no_greeting`](Self::no_greeting) say otherwise.
/// 2. [`expect`](Self::expect) and [`expect_command`](Self::expect_command) expect a command and define its answer.
///    [`emit`](Self::emit), [`send`](Self::send), [`delay`](Self::delay), [`close`](Self::close) and
///    [`next_client`](Self::next_client) are steps on their own.
/// 3. [`finish`](Self::finish), or dropping the peer, checks that the script was played to its end.
///
/// If the client sends anything else, or nothing in time, the script fails: the peer replies with an error that says so and
/// closes the connection, and `finish` panics with what was expected, what was found, and the script.
///
/// # Examples
///
#[cfg_attr(feature = "macros", doc = "```")]
#[cfg_attr(not(feature = "macros"), doc = "```ignore")]
/// use qmp::{StatusInfo, commands, events};
/// use qmp_types::testing::ScriptedPeer;
///
/// mod qmp {
///     qmp_types::schema!("schema/quickstart.json");
/// }
///
/// let peer = ScriptedPeer::new();
/// peer.expect::<commands::Eject>(|arguments| arguments.device == "ide1-cd0").reply(());
/// peer.emit(events::DeviceTrayMoved::new("ide1-cd0", true));
/// peer.expect_command("query-status").reply_json(serde_json::json!({"running": true, "status": "paused"}));
///
/// let vm = qmp::blocking::Client::from_stream(peer.connect()?)?;
/// vm.call::<commands::Eject>(qmp::EjectArgs::new("ide1-cd0"))?;
/// assert!(vm.next_event()?.timestamp.seconds > 0);
/// assert!(vm.call::<commands::QueryStatus>(())?.running);
/// peer.finish();
/// # Ok::<(), qmp_types::Error>(())
/// ```
pub struct ScriptedPeer {
    script: Arc<Script>,
    handshake: Handshake,
    capabilities: Vec<String>,
    version: (u32, u32, u32),
    limit: Duration,
    thread: Mutex<Option<JoinHandle<()>>>,
    is_finished: bool,
}

impl ScriptedPeer {
    /// Creates a peer that greets as QEMU 10.0.0 does, offers out-of-band execution, and waits at most 10 s for each step.
    #[must_use]
    #[track_caller]
    pub fn new() -> Self {
        let (version, capabilities) = ((10, 0, 0), vec!["oob".to_owned()]);
        let script = Arc::new(Script::default());
        script.push(Step::NextClient);
        Self {
            script,
            handshake: Handshake::qmp(version, &capabilities),
            version,
            capabilities,
            limit: Duration::from_secs(10),
            thread: Mutex::default(),
            is_finished: false,
        }
    }

    /// Sets the version in the greeting. Default: 10.0.0.
    #[must_use]
    pub fn version(mut self, major: u32, minor: u32, micro: u32) -> Self {
        self.version = (major, minor, micro);
        self.handshake = Handshake::qmp(self.version, &self.capabilities);
        self
    }

    /// Sets the capabilities that the greeting offers. Default: `oob`.
    #[must_use]
    pub fn capabilities<'c>(mut self, capabilities: impl IntoIterator<Item = &'c str>) -> Self {
        self.capabilities = capabilities.into_iter().map(str::to_owned).collect();
        self.handshake = Handshake::qmp(self.version, &self.capabilities);
        self
    }

    /// Makes the peer a guest agent: it sends no greeting, and synchronises with each client.
    #[must_use]
    pub fn guest_agent(mut self) -> Self {
        self.handshake = Handshake::GuestAgent;
        self
    }

    /// Makes the script begin with the first byte of a connection: there is neither a greeting nor a negotiation, unless
    /// [`send`](Self::send) and [`expect_command`](Self::expect_command) are them.
    #[must_use]
    pub fn no_greeting(mut self) -> Self {
        self.handshake = Handshake::None;
        self
    }

    /// Sets how long the peer waits for a client, for each command, and for a step if a command came without one. Default:
    /// 10 s.
    #[must_use]
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// Returns the client's end of a new connection. Make a client of it with `from_stream`.
    ///
    /// The peer serves one client after the other: see [`next_client`](Self::next_client).
    ///
    /// # Errors
    /// If the process has run out of file descriptors.
    pub fn connect(&self) -> io::Result<Stream> {
        let (client, peer) = Stream::pair()?;
        self.script.add_client(peer);
        self.start();
        Ok(client)
    }

    /// Listens at an [`Address`]. Returns the address to connect to, which tells a port that the system has chosen.
    ///
    /// # Errors
    /// As for [`Listener::bind`].
    pub fn listen(&self, address: impl TryInto<Address, Error: Into<AddressError>>) -> Result<Address> {
        let listener = Listener::bind(address)?;
        let address = listener.local_address().clone();
        self.script.listen(listener);
        self.start();
        Ok(address)
    }

    /// Expects the command `C` with arguments for which the closure returns `true`.
    #[track_caller]
    pub fn expect<C: Command>(
        &self,
        arguments: impl Fn(&C::Arguments) -> bool + Send + 'static,
    ) -> Expectation<'_, C::Return> {
        Expectation::new(&self.script, C::SPEC.name).typed::<C>(arguments)
    }

    /// Expects a command by its name, with any arguments. [`Expectation::arguments`] and
    /// [`Expectation::arguments_include`] add conditions.
    ///
    /// ```
    /// # let peer = qmp_types::testing::ScriptedPeer::new();
    /// use serde_json::json;
    ///
    /// peer.expect_command("device_add").arguments_include(json!({"driver": "virtio-net-pci"})).reply(json!({}));
    /// peer.expect_command("quit").die_after(5, json!({}));
    /// # std::mem::forget(peer);
    /// ```
    pub fn expect_command(&self, command: &str) -> Expectation<'_, Value> {
        Expectation::new(&self.script, command)
    }

    /// Emits an event.
    #[track_caller]
    pub fn emit<E: Event>(&self, event: E) {
        let mut data = Writer::new();
        event.write(&mut data);
        let data = String::from_utf8_lossy(&data.into_bytes()).into_owned();
        self.script.push(Step::Emit { event: E::NAME.to_owned(), data });
    }

    /// Emits an event by its name. `data` is an object.
    #[track_caller]
    pub fn emit_json(&self, event: &str, data: &Value) {
        self.script.push(Step::Emit { event: event.to_owned(), data: json_text(data) });
    }

    /// Sends bytes as they are, such as garbage or a part of a message.
    #[track_caller]
    pub fn send(&self, bytes: impl Into<Vec<u8>>) {
        self.script.push(Step::Send(bytes.into()));
    }

    /// Does nothing for a time.
    #[track_caller]
    pub fn delay(&self, time: Duration) {
        self.script.push(Step::Delay(time));
    }

    /// Closes the connection.
    #[track_caller]
    pub fn close(&self) {
        self.script.push(Step::Close);
    }

    /// Closes the connection, if there is one, and waits for the next client, which is greeted as the first was.
    #[track_caller]
    pub fn next_client(&self) {
        self.script.push(Step::NextClient);
    }

    /// Takes the file descriptors that came with the commands so far.
    #[must_use]
    pub fn take_fds(&self) -> Vec<OwnedFd> {
        self.script.take_fds()
    }

    /// Waits until the script was played to its end, and closes the connection.
    ///
    /// # Panics
    /// If the client did not do what the script expects.
    #[track_caller]
    pub fn finish(mut self) {
        if let Some(report) = self.end() {
            panic!("{report}");
        }
    }

    /// Plays the rest of the script. Returns the report if it has failed.
    fn end(&mut self) -> Option<String> {
        self.is_finished = true;
        self.script.complete();
        match lock(&self.thread).take() {
            // A panic was reported by the thread itself.
            Some(thread) => drop(thread.join()),
            None if self.script.has_steps() => self.script.fail(Failure {
                expected: "a client connects".to_owned(),
                found: "neither `connect` nor `listen` was called".to_owned(),
            }),
            None => {}
        }
        self.script.report()
    }

    fn start(&self) {
        lock(&self.thread).get_or_insert_with(|| {
            let player = Player::new(&self.script, &self.handshake, self.limit);
            thread::spawn(move || player.play())
        });
    }
}

impl Default for ScriptedPeer {
    fn default() -> Self {
        Self::new()
    }
}

/// Checks that the script was played to its end, as [`finish`](ScriptedPeer::finish) does.
impl Drop for ScriptedPeer {
    fn drop(&mut self) {
        if thread::panicking() {
            // The test has failed already: the thread ends by itself.
            return self.script.complete();
        }
        if let Some(report) = (!self.is_finished).then(|| self.end()).flatten() {
            panic!("{report}");
        }
    }
}

impl fmt::Debug for ScriptedPeer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScriptedPeer").field("handshake", &self.handshake).finish_non_exhaustive()
    }
}
