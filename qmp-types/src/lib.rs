//! Typed servers and clients for QMP, the QEMU Monitor Protocol, from one QAPI schema.
//!
//! QMP is the protocol by which programs drive QEMU, its storage daemon and its guest agent: JSON commands, replies and
//! events on a socket. A schema in QAPI, QEMU's schema language, describes them:
//!
//! ```python
#![doc = include_str!("../schema/quickstart.json")]
//! ```
//!
//! [`schema!`] turns a schema into a Rust module, with a type for each definition, a server and clients.
//!
//! # A server
//!
//! A handler is a function with the command's name, and its parameters are the command's arguments. The compiler checks
//! handlers against the schema, and that none is missing. Greeting, capabilities negotiation and introspection are built in.
//!
#![cfg_attr(feature = "macros", doc = "```no_run")]
#![cfg_attr(not(feature = "macros"), doc = "```ignore")]
//! use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
//!
//! use qmp::{RunState, StatusInfo, events};
//! use qmp_types::{Context, Error, Result};
//!
//! mod qmp {
//!     qmp_types::schema!("schema/quickstart.json");
//! }
//!
//! struct Vm {
//!     running: AtomicBool,
//! }
//!
//! #[qmp_types::handlers(crate::qmp)]
//! impl Vm {
//!     #[qmp_command]
//!     fn query_status(&self) -> StatusInfo {
//!         match self.running.load(Relaxed) {
//!             true => StatusInfo::new(true, RunState::Running),
//!             false => StatusInfo::new(false, RunState::Paused),
//!         }
//!     }
//!
//!     #[qmp_command]
//!     fn stop(&self, cx: &Context) {
//!         self.running.store(false, Relaxed);
//!         cx.emit(events::Stop {});
//!     }
//!
//!     #[qmp_command]
//!     async fn eject(&self, device: String, force: Option<bool>) -> Result<()> {
//!         Err(Error::device_not_found(device))
//!     }
//! }
//!
//! fn main() -> Result<()> {
//!     qmp::server(Vm { running: AtomicBool::new(true) }).serve_unix("/run/vm.sock")
//! }
//! ```
//!
//! # A client
//!
//! A command is a method, an event is a type, and an error has a class. The server may be QEMU, one made with this crate, or
//! any other.
//!
#![cfg_attr(feature = "macros", doc = "```no_run")]
#![cfg_attr(not(feature = "macros"), doc = "```ignore")]
//! use std::time::Duration;
//!
//! mod qmp {
//!     qmp_types::schema!("schema/quickstart.json", side = client);
//! }
//!
//! fn main() -> qmp_types::Result<()> {
//!     let vm = qmp::blocking::Client::connect_unix("/run/vm.sock")?;
//!     println!("{}", vm.query_status()?.status);
//!
//!     let stopped = vm.expect::<qmp::events::Stop>(|_| true); // before the command, so that it cannot be missed
//!     vm.stop()?;
//!     stopped.timeout(Duration::from_secs(5)).wait()?;
//!
//!     match vm.eject("ide1-cd0") {
//!         Err(error) if error.is_device_not_found() => eprintln!("no such drive"),
//!         other => other?,
//!     }
//!     Ok(())
//! }
//! ```
//!
//! The asynchronous client has the same methods (feature `tokio`):
//!
#![cfg_attr(all(feature = "macros", feature = "tokio"), doc = "```no_run")]
#![cfg_attr(not(all(feature = "macros", feature = "tokio")), doc = "```ignore")]
//! use std::time::Duration;
//!
//! mod qmp {
//!     qmp_types::schema!("schema/quickstart.json", side = client);
//! }
//!
//! #[tokio::main]
//! async fn main() -> qmp_types::Result<()> {
//!     let vm = qmp::Client::connect_unix("/run/vm.sock").await?;
//!     let (status, ejected) = tokio::join!(vm.query_status(), vm.eject("ide1-cd0")); // in flight together
//!     println!("{}: {ejected:?}", status?.status);
//!
//!     let stopped = vm.expect::<qmp::events::Stop>(|_| true);
//!     vm.timeout(Duration::from_secs(5)).stop().await?;
//!     stopped.await?;
//!     Ok(())
//! }
//! ```
//!
//! # What to read next
//!
//! | to | read |
//! | --- | --- |
//! | select commands, events and types, and read the generated Rust | [`schema!`] |
//! | generate in a build script, without a procedural macro | [`include_schema!`] |
//! | write handlers: arguments, results, `async`, blocking ones | [`handlers`], [`qmp_command`] |
//! | put the state together from parts, give several machine types the same handlers | [`handlers`] |
//! | change the state in place, with `&mut self` handlers behind one lock | [`HandleMut`] |
//! | wrap all handlers of a state | [`Handle`] |
//! | keep the state on one thread, in an event loop of your own | [`server::Local`] |
//! | serve in an event loop of your own, or without sockets | [`server::Connection`], [`server::Session`] |
//! | execute commands on other threads, or answer them later | [`server::Task`], [`server::PendingRequest`] |
//! | say that a handler is short, or takes long | [`server::HandlerKind`] |
//! | learn that the result of a command is no longer needed | [`Context::cancelled`], [`Context::wait_cancelled`] |
//! | execute commands that the schema does not define | [`Server::fallback`] |
//! | see the client's process, take file descriptors, stop the server from a handler | [`Context`] |
//! | handle `getfd`, `add-fd` and the like, and resolve names and `/dev/fdset/N` | [`server::FdStore`], [`fd_handlers!`] |
//! | serve a guest agent | [`guest_agent_handlers!`] |
//! | configure a server, and serve an address, several listeners or one connection | [`Server`] |
//! | write addresses, listen on TCP, TLS, vsock or inherited descriptors | [`transport::Address`], [`transport::Listener`] |
//! | bound what clients can make a server hold, and how long it waits for them | [`Limits`], [`server::Timeouts`] |
//! | stop a server in good order, and learn that it stops | [`Server::grace`], [`ServerHandle`] |
//! | reject and hide what is deprecated or unstable, disable commands, serve before the machine is initialised | [`server::Policy`], [`ServerHandle::disable`], [`Server::preconfig`] |
//! | emit events from any thread | [`EventEmitter`] |
//! | limit events to a rate, and bound those that wait for slow clients | [`server::EventRates`], [`server::EventQueueLimits`] |
//! | decide who may connect and which commands a session may execute | [`server::AccessControl`] |
//! | count, trace and log what happens | [`server::Counters`], [`Server::on_command`], [`server::WireLog`] |
//! | serve on tokio | [`tokio::Server`] |
//! | connect to a guest agent, enable out-of-band execution, wait for a server that is starting | [`ClientOptions`] |
//! | start QEMU and connect to it, own its process, and read its last messages in errors | [`client::Spawn`], [`client::Process`] |
//! | connect again when the server was restarted | [`blocking::ReconnectingClient`], [`tokio::ReconnectingClient`] |
//! | ask what the server supports and what it has deprecated | [`blocking::Client::supports`], [`client::Introspection`] |
//! | write arguments: setters, branches of unions, members that the schema does not name | [`arguments`], [`Properties`] |
//! | call a command by name, send a file descriptor, set a time limit | [`blocking::Client`], [`tokio::Client`] |
//! | receive all events, those of one type or name, or those that a predicate accepts | [`blocking::EventStream`], [`tokio::EventStream`] |
//! | wait for one event that a command causes | [`blocking::Client::expect`], [`tokio::Client::expect`] |
//! | wait until QEMU has deleted a device, finished a job or a migration, or shut down | [`qemu`] |
//! | end a connection, and learn why it has ended | [`blocking::Client::close`], [`blocking::Client::closed`] |
//! | distinguish errors | [`Error`] |
//! | write code once for clients, adapters, servers in the same process and mocks | [`Execute`] |
//! | execute commands out of band, again after errors, with a log | [`client::Adapt`] |
//! | call a server's handlers without a socket | [`blocking::InProcess`], [`tokio::InProcess`] |
//! | connect a server and a client in one process, for tests | [`transport::Stream::pair`] |
//! | share one server among many clients | [`proxy::Proxy`] |
//! | test a program without QEMU: random answers, scripts, recorded sessions | [`testing`] |
//! | log what a client sends and receives | [`ClientOptions::wire_log`] |
//! | find out what a newer or older server has changed | [`compat`] |
//!
//! # Features
//!
//! | feature | default | adds |
//! | --- | --- | --- |
//! | `macros` | on | [`schema!`], [`handlers`] and [`qmp_command`] |
//! | `tokio` | off | [the asynchronous server and client](crate::tokio) |
//! | `tls` | off | `tls:` addresses, with certificates on both sides: [`TlsCredentials`](transport::TlsCredentials) |
//! | `compat` | off | [`compat`] and `Client::schema_changes` |
//! | `qemu` | off | [`qemu`]: helpers that know QEMU's names: descriptors, waits, monitors of a program's own |
//! | `testing` | off | [`testing`]: mock servers, scripted peers, recording and replay, for tests of programs that use QMP |
//! | `proxy` | off | [`proxy`]: one server shared by many clients |
//! | `serde` | off | `Serialize` and `Deserialize` for generated types |
#![warn(clippy::print_stdout, clippy::print_stderr)]
#![cfg_attr(docsrs, feature(doc_cfg))]
// The documentation links to items of all features.
#![cfg_attr(
    not(all(
        feature = "macros",
        feature = "tokio",
        feature = "compat",
        feature = "testing",
        feature = "proxy",
        feature = "qemu"
    )),
    allow(rustdoc::broken_intra_doc_links)
)]

#[cfg(not(unix))]
compile_error!("qmp-types supports Unix only: QMP needs Unix sockets and file descriptors");

pub mod arguments;
pub mod client;
mod command;
#[cfg(feature = "compat")]
pub mod compat;
mod error;
mod include_schema;
mod json;
#[doc(hidden)]
pub mod private;
#[cfg(feature = "proxy")]
pub mod proxy;
#[cfg(feature = "qemu")]
pub mod qemu;
mod record;
pub mod server;
mod sync;
#[cfg(feature = "testing")]
pub mod testing;
mod timestamp;
pub mod transport;
mod version;
mod wire_log;

/// The blocking client. (The blocking server is [`Server`].)
pub mod blocking {
    pub use crate::client::EventStreamHandle;
    pub use crate::client::blocking::{Client, EventStream, ExpectedEvent, InProcess, PendingCall};
    pub use crate::client::reconnecting::blocking::{ReconnectingClient, ReconnectingEvents};
}

/// The asynchronous client and server, on tokio (feature `tokio`). They have the same methods as the blocking ones.
#[cfg(feature = "tokio")]
pub mod tokio {
    pub use crate::client::Call;
    pub use crate::client::EventStreamHandle;
    pub use crate::client::reconnecting::tokio::{ReconnectingClient, ReconnectingEvents};
    pub use crate::client::tokio::{Client, EventStream, ExpectedEvent, InProcess};
    pub use crate::server::tokio::Server;
}

pub use arguments::Properties;
pub use client::{AnyEvent, ClientOptions, Execute, Greeting, MissingMembers, OtherEvent, Timestamped};
pub use command::{Command, CommandSpec, Event, OobCommand};
pub use error::{Error, ErrorClass, Result};
#[cfg(feature = "macros")]
pub use qmp_macros::{handlers, qmp_command, schema};
pub use record::{Int, Null, UnknownBranch, UnknownValue};
pub use serde_json::{Map, Value};
pub use server::{Context, EventEmitter, Handle, HandleMut, Limits, Outcome, Server, ServerHandle};
pub use timestamp::Timestamp;
pub use version::Version;
