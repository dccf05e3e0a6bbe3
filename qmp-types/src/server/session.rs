//! The server's side of the dialogue on one connection, without IO: requests in, replies out.
//!
//! A session checks a request as far as that does not depend on the command, in QEMU's order and words, and executes
//! the built-in commands itself. All others become an [`Execution`], which the driver hands to a handler.

mod builtin;
mod capabilities;
mod envelope;
mod error_limit;
mod protocol;
pub(super) mod reply;

pub(super) use protocol::Protocol;
pub use protocol::ServerSchema;

use std::borrow::Cow;

use envelope::{Envelope, Invocation};
use error_limit::ErrorLimit;
use protocol::Target;

use crate::json::{Frame, Parser, canonical, cut};
use crate::record::Writer;
use crate::{CommandSpec, Error};

/// The state of the dialogue on one connection.
#[derive(Debug, Default)]
pub(super) struct Session {
    parser: Parser,
    negotiated: bool,
    /// The client has enabled out-of-band execution.
    oob: bool,
    errors: ErrorLimit,
}

/// What the driver has to do after a frame.
#[derive(Debug)]
pub(super) enum Action<'f> {
    /// Send the reply that was appended, if any.
    Send,
    /// Execute a command and append the reply.
    Execute(Execution<'f>),
}

/// A command that a handler has to execute.
#[derive(Debug)]
pub(super) struct Execution<'f> {
    /// The command's index in the command table.
    pub(super) index: usize,
    pub(super) spec: &'static CommandSpec,
    /// The arguments, in RFC 8259's JSON.
    pub(super) arguments: Cow<'f, str>,
    /// The request's id, as it was sent.
    pub(super) id: Option<&'f [u8]>,
    pub(super) oob: bool,
}

impl Session {
    /// Creates another session in the same state, for the same connection.
    #[cfg(feature = "tokio")]
    pub(super) fn fork(&self) -> Self {
        Self { negotiated: self.negotiated, oob: self.oob, ..Self::default() }
    }

    /// Returns whether the client has completed capabilities negotiation, so that it receives events.
    pub(super) fn is_negotiated(&self) -> bool {
        self.negotiated
    }

    /// Returns whether the client has enabled out-of-band execution.
    pub(super) fn is_oob(&self) -> bool {
        self.oob
    }

    /// Returns whether the frame is a request to be executed out of band.
    #[cfg(feature = "tokio")]
    pub(super) fn is_oob_request(&mut self, frame: &Frame<'_>) -> bool {
        let Ok(message) = &frame.message else { return false };
        self.oob && self.parser.parse(message).is_ok_and(|parsed| envelope::is_oob_request(&parsed, message))
    }

    /// Handles the next frame, and appends the reply unless a handler has to run first.
    pub(super) fn handle_frame<'f>(&mut self, protocol: &Protocol, frame: Frame<'f>, out: &mut Writer) -> Action<'f> {
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
        // Garbage contains well-formed numbers by chance, but hardly an object.
        if message.trim_ascii_start().starts_with(b"{") {
            self.errors.reset();
        }
        let envelope = Envelope::read(&parsed, message, self.oob);
        let is_json = parsed.is_json;
        match envelope.invocation.and_then(|invocation| self.dispatch(protocol, invocation, is_json)) {
            Ok(Dispatched::Handler { index, spec, invocation }) => Action::Execute(Execution {
                index,
                spec,
                arguments: arguments(&invocation, is_json),
                id: envelope.id,
                oob: invocation.oob,
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

    /// Finds the handler of a command, or executes it if it is built in.
    fn dispatch<'f>(
        &mut self,
        protocol: &Protocol,
        invocation: Invocation<'f>,
        is_json: bool,
    ) -> Result<Dispatched<'f>, Error> {
        if !self.negotiated && invocation.name != "qmp_capabilities" {
            return Err(Error::command_not_found("Expecting capabilities negotiation with 'qmp_capabilities'"));
        }
        let Some(target) = protocol.find(&invocation.name) else {
            return Err(Error::command_not_found(format!("The command {} has not been found", cut(&invocation.name))));
        };
        if invocation.oob && !target.allows_oob() {
            return Err(Error::generic(format!("The command {} does not support OOB", invocation.name)));
        }
        match *target {
            Target::Handler { index, spec } => Ok(Dispatched::Handler { index, spec, invocation }),
            Target::Negotiation => {
                let capabilities = capabilities::Arguments::read(&arguments(&invocation, is_json))?;
                if self.negotiated {
                    let desc = "Capabilities negotiation is already complete, command ignored";
                    return Err(Error::command_not_found(desc));
                }
                self.oob = capabilities.enables_oob(protocol.offers_oob)?;
                self.negotiated = true;
                let mut value = Writer::new();
                value.literal("{}");
                Ok(Dispatched::Returned(value))
            }
            Target::Builtin(builtin) => {
                protocol.query(builtin, &arguments(&invocation, is_json)).map(Dispatched::Returned)
            }
        }
    }
}

enum Dispatched<'f> {
    Handler { index: usize, spec: &'static CommandSpec, invocation: Invocation<'f> },
    Returned(Writer),
}

/// Returns the arguments in RFC 8259's JSON.
fn arguments<'f>(invocation: &Invocation<'f>, is_json: bool) -> Cow<'f, str> {
    match invocation.arguments {
        None => Cow::Borrowed("{}"),
        Some(arguments) if is_json => String::from_utf8_lossy(arguments),
        Some(arguments) => {
            let mut json = Writer::new();
            canonical(arguments, &mut json);
            Cow::Owned(String::from_utf8_lossy(&json.into_bytes()).into_owned())
        }
    }
}
