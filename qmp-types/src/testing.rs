//! Test doubles for programs that use QMP (feature `testing`).
//!
//! | you want to test | use |
//! | --- | --- |
//! | how a program handles the variety of replies that a schema permits | [`MockServer`]: random answers, valid by the schema |
//! | a sequence of commands, replies, events and failures that you choose | [`ScriptedPeer`] |
//! | what a program does with the answers of a real server, without that server | [`Recorder`], [`Recording`], [`Replay`] |
//! | anything with a server of your own, or a mock, in this process | [`ServerThread`] |
//!
//! They are peers behind a socket, so they serve blocking and asynchronous clients, and other programs, alike. Without a
//! socket, a mock executes commands by [`blocking::InProcess`](crate::blocking::InProcess) and its asynchronous twin, and a
//! replay by a [`ReplayExecutor`]. The commands `qmp mock`, `qmp record` and `qmp replay` of the tool serve programs in any
//! language.

mod closest;
mod introspection;
mod message_splitter;
mod message_stream;
mod mock;
mod random;
mod raw_members;
mod recorder;
mod recording;
mod replay;
mod request;
mod scripted_peer;
mod server_thread;

pub use self::introspection::{Introspection, InvalidIntrospection};
pub use self::mock::{Mock, MockServer};
pub use self::recorder::Recorder;
pub use self::recording::{InvalidRecording, Recording};
pub use self::replay::{Replay, ReplayExecutor, ReplayOrder};
pub use self::scripted_peer::{Expectation, Postponed, ScriptedPeer};
pub use self::server_thread::ServerThread;
