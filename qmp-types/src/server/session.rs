//! The server's side of one connection, without IO: frames in, replies and requests out.
//!
//! A session checks everything that can be checked without the command itself, in QEMU's order and words, and answers
//! what needs no handler. What is left is a [`Execution`], for the driver to run; the blocking server and the asynchronous
//! one drive the same sessions.

mod builtin;
mod capabilities;
mod envelope;
mod error_limit;
mod protocol;
pub(crate) mod reply;

pub(crate) use protocol::Protocol;
pub use protocol::ServerSchema;

use std::borrow::Cow;

use envelope::{Envelope, Invocation};
use error_limit::ErrorLimit;
use protocol::Target;

use crate::codec::{Frame, Parser, canonical, cut};
use crate::record::Writer;
use crate::{CommandSpec, Error};

/// The state of one connection's dialogue.
#[derive(Debug, Default)]
pub(crate) struct Session {
    parser: Parser,
    negotiated: bool,
    /// Whether commands may be executed out of band.
    oob: bool,
    errors: ErrorLimit,
}

/// What a frame comes to.
#[derive(Debug)]
pub(crate) enum Action<'f> {
    /// The reply, if there is one, was appended.
    Send,
    /// A handler has to run.
    Execute(Execution<'f>),
}

/// A command for a handler.
#[derive(Debug)]
pub(crate) struct Execution<'f> {
    /// The row of the command table.
    pub(crate) index: usize,
    pub(crate) spec: &'static CommandSpec,
    /// JSON as everybody reads it.
    pub(crate) arguments: Cow<'f, str>,
    /// As it was sent.
    pub(crate) id: Option<&'f [u8]>,
    pub(crate) oob: bool,
}

impl Session {
    /// A session in the same state, to go on beside this one.
    #[cfg(feature = "tokio")]
    pub(crate) fn beside(&self) -> Self {
        Self { negotiated: self.negotiated, oob: self.oob, ..Self::default() }
    }

    /// Whether events may be sent: the client has negotiated.
    pub(crate) fn is_negotiated(&self) -> bool {
        self.negotiated
    }

    /// Whether the client has switched on execution out of band.
    pub(crate) fn is_oob(&self) -> bool {
        self.oob
    }

    /// Whether the frame is to be executed out of band, overtaking others.
    #[cfg(feature = "tokio")]
    pub(crate) fn is_urgent(&mut self, frame: &Frame<'_>) -> bool {
        let Ok(message) = &frame.message else { return false };
        self.oob && self.parser.parse(message).is_ok_and(|parsed| envelope::is_urgent(&parsed, message))
    }

    /// Takes the next frame. Appends the reply if there is nothing to run.
    pub(crate) fn step<'f>(&mut self, protocol: &Protocol, frame: Frame<'f>, out: &mut Writer) -> Action<'f> {
        let parsed = frame.message.and_then(|message| Ok((message, self.parser.parse(message)?)));
        let (message, parsed) = match parsed {
            Ok(parsed) => parsed,
            Err(desc) => {
                if self.errors.allow(frame.position) {
                    reply::error(out, None, &Error::generic(desc));
                }
                return Action::Send;
            }
        };
        // Random bytes hold numbers here and there, but hardly an object.
        if message.trim_ascii_start().starts_with(b"{") {
            self.errors.reset();
        }
        let envelope = Envelope::read(&parsed, message, self.oob);
        let is_json = parsed.is_json;
        match envelope.call.and_then(|call| self.dispatch(protocol, call, is_json)) {
            Ok(Dispatched::Run { index, spec, call }) => Action::Execute(Execution {
                index,
                spec,
                arguments: arguments(&call, is_json),
                id: envelope.id,
                oob: call.oob,
            }),
            Ok(Dispatched::Returned(value)) => {
                reply::begin(out);
                out.bytes_mut().extend(value.into_bytes());
                reply::finish(out, envelope.id);
                Action::Send
            }
            Err(error) => {
                reply::error(out, envelope.id, &error);
                Action::Send
            }
        }
    }

    /// Finds out what to do with a call; does it, if it is a built-in command.
    fn dispatch<'f>(
        &mut self,
        protocol: &Protocol,
        call: Invocation<'f>,
        is_json: bool,
    ) -> Result<Dispatched<'f>, Error> {
        if !self.negotiated && call.name != "qmp_capabilities" {
            return Err(Error::command_not_found("Expecting capabilities negotiation with 'qmp_capabilities'"));
        }
        let Some(target) = protocol.find(&call.name) else {
            return Err(Error::command_not_found(format!("The command {} has not been found", cut(&call.name))));
        };
        if call.oob && !target.allows_oob() {
            return Err(Error::generic(format!("The command {} does not support OOB", call.name)));
        }
        match *target {
            Target::Handler { index, spec } => Ok(Dispatched::Run { index, spec, call }),
            Target::Negotiation => {
                let wanted = capabilities::Wanted::read(&arguments(&call, is_json))?;
                if self.negotiated {
                    let desc = "Capabilities negotiation is already complete, command ignored";
                    return Err(Error::command_not_found(desc));
                }
                self.oob = wanted.enable(protocol.offers_oob)?;
                self.negotiated = true;
                let mut value = Writer::new();
                value.literal("{}");
                Ok(Dispatched::Returned(value))
            }
            Target::Builtin(builtin) => builtin.run(protocol, &arguments(&call, is_json)).map(Dispatched::Returned),
        }
    }
}

enum Dispatched<'f> {
    Run { index: usize, spec: &'static CommandSpec, call: Invocation<'f> },
    Returned(Writer),
}

/// The arguments as JSON that everybody reads.
fn arguments<'f>(call: &Invocation<'f>, is_json: bool) -> Cow<'f, str> {
    match call.arguments {
        None => Cow::Borrowed("{}"),
        Some(arguments) if is_json => String::from_utf8_lossy(arguments),
        Some(arguments) => {
            let mut json = Writer::new();
            canonical(arguments, &mut json);
            Cow::Owned(String::from_utf8_lossy(&json.into_bytes()).into_owned())
        }
    }
}
