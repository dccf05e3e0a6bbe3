//! The server's side of the dialogue on one connection, without IO: requests in, replies out.
//!
//! A session checks a request as far as that does not depend on the command, in QEMU's order and words, and executes
//! the built-in commands itself. All others become an [`Execution`], which the driver hands to a handler.
//!
//! A good request is looked at once, and its arguments once more when they are read. Only a request that is refused is
//! checked for what else is wrong with it: a message that is not JSON is an error of its own, and comes first.

mod builtin;
mod canonical;
mod capabilities;
mod commands;
mod envelope;
mod error_limit;
mod grammar;
mod protocol;
mod reply;
mod request_decoder;

pub(super) use protocol::Protocol;
pub use protocol::ServerSchema;
#[cfg(feature = "tokio")]
pub(super) use request_decoder::StoredMessage;
pub(super) use request_decoder::{Frame, RequestDecoder};

use std::borrow::Cow;

use canonical::canonical;
use commands::Target;
use envelope::{Envelope, Invocation};
use error_limit::ErrorLimit;
use grammar::Grammar;
use request_decoder::Message;

use crate::json::{Dialect, cut, string};
use crate::record::Writer;
use crate::{CommandSpec, Error};

/// The state of the dialogue on one connection.
#[derive(Debug, Default)]
pub(super) struct Session {
    grammar: Grammar,
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
    /// Execute a command, and append the reply between [`Session::begin`] and [`Session::conclude`].
    Execute(Execution<'f>),
}

/// A command that a handler has to execute.
#[derive(Debug)]
pub(super) struct Execution<'f> {
    /// The command's index in the command table.
    pub(super) index: usize,
    pub(super) spec: &'static CommandSpec,
    /// The arguments, in UTF-8.
    pub(super) arguments: Cow<'f, str>,
    pub(super) oob: bool,
    request: Request<'f>,
}

/// Where a command comes from, for its reply.
#[derive(Debug, Clone, Copy)]
struct Request<'f> {
    message: Message<'f>,
    /// The position in the stream.
    position: u64,
    /// The request's id, as it was sent.
    id: Option<&'f [u8]>,
}

/// How a command has ended.
#[derive(Debug)]
pub(super) enum Ended {
    /// The return value was appended.
    Returned,
    /// The handler has failed.
    Failed(Error),
    /// The arguments were refused, and the handler was not called.
    Refused(Error),
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
        let Ok(message) = frame.message else { return false };
        self.oob && envelope::is_oob_request(message) && self.grammar.check(message.text).is_ok()
    }

    /// Handles the next frame, and appends the reply unless a handler has to run first.
    pub(super) fn handle_frame<'f>(&mut self, protocol: &Protocol, frame: Frame<'f>, out: &mut Writer) -> Action<'f> {
        let position = frame.position;
        let message = match frame.message {
            Ok(message) => message,
            Err(description) => {
                self.malformed(position, description, out);
                return Action::Send;
            }
        };
        let Envelope { id, invocation } = Envelope::read(message, self.oob);
        let request = Request { message, position, id };
        let dispatched = invocation.and_then(|invocation| {
            self.check_id(id)?;
            self.dispatch(protocol, message, invocation)
        });
        match dispatched {
            Ok(Dispatched::Handler { index, spec, arguments, oob }) => {
                return Action::Execute(Execution { index, spec, arguments, oob, request });
            }
            Ok(Dispatched::Returned(value)) => {
                self.errors.reset();
                reply::begin(out);
                out.bytes_mut().extend_from_slice(&value.into_bytes());
                reply::finish(out, id);
            }
            Err(error) => self.refuse(&request, &error, out),
        }
        Action::Send
    }

    /// Begins the reply to a command; the return value is to be appended. Returns the position that
    /// [`conclude`](Self::conclude) takes.
    pub(super) fn begin(out: &mut Writer) -> usize {
        reply::begin(out)
    }

    /// Ends the reply begun at `start`: after the return value, or as an error reply in its place.
    pub(super) fn conclude(&mut self, execution: &Execution<'_>, start: usize, ended: Ended, out: &mut Writer) {
        let Execution { request, spec, .. } = execution;
        match ended {
            Ended::Refused(error) => {
                out.bytes_mut().truncate(start);
                return self.refuse(request, &error, out);
            }
            Ended::Returned if spec.success_response => reply::finish(out, request.id),
            Ended::Returned => out.bytes_mut().truncate(start),
            Ended::Failed(error) => {
                out.bytes_mut().truncate(start);
                reply::error(out, request.id, &error);
            }
        }
        self.errors.reset();
    }

    /// Refuses a request, unless the message turns out to be malformed.
    #[cold]
    fn refuse(&mut self, request: &Request<'_>, error: &Error, out: &mut Writer) {
        match self.grammar.check(request.message.text) {
            Err(description) => self.malformed(request.position, description, out),
            Ok(()) => {
                // Garbage contains well-formed numbers by chance, but hardly an object.
                if request.message.is_object() {
                    self.errors.reset();
                }
                reply::error(out, request.id, error);
            }
        }
    }

    /// Handles what is not a message.
    #[cold]
    fn malformed(&mut self, position: u64, description: String, out: &mut Writer) {
        if self.errors.allow(position) {
            reply::error(out, None, &Error::generic(description));
        }
    }

    /// Fails if the id is malformed.
    fn check_id(&mut self, id: Option<&[u8]>) -> Result<(), Error> {
        let checked = match id {
            None | Some([b'0'..=b'9' | b'-', ..]) => Ok(()),
            Some(text @ [b'"' | b'\'', ..]) => match string::read_token(text, Dialect::Qemu) {
                Ok(_) => Ok(()),
                Err(error) => Err(error.description.into_owned()),
            },
            Some(value) => self.grammar.check(value),
        };
        checked.map_err(Error::generic)
    }

    /// Finds the handler of a command, or executes it if it is built in.
    fn dispatch<'f>(
        &mut self,
        protocol: &Protocol,
        message: Message<'f>,
        invocation: Invocation<'f>,
    ) -> Result<Dispatched<'f>, Error> {
        let target = invocation.find(&protocol.commands);
        if !self.negotiated && !matches!(target, Some(Target::Negotiation)) {
            return Err(Error::command_not_found("Expecting capabilities negotiation with 'qmp_capabilities'"));
        }
        let Some(target) = target else {
            let name = invocation.name()?;
            return Err(Error::command_not_found(format!("The command {} has not been found", cut(&name))));
        };
        let oob = invocation.oob;
        if oob && !target.allows_oob() {
            return Err(Error::generic(format!("The command {} does not support OOB", invocation.name()?)));
        }
        let arguments = self.arguments(message, invocation.arguments)?;
        match target {
            Target::Handler { index, spec } => Ok(Dispatched::Handler { index, spec, arguments, oob }),
            Target::Negotiation => {
                let capabilities = capabilities::Arguments::read(&arguments)?;
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
            Target::Builtin(builtin) => protocol.query(builtin, &arguments).map(Dispatched::Returned),
        }
    }

    /// Returns the arguments in UTF-8.
    fn arguments<'f>(&mut self, message: Message<'f>, arguments: Option<&'f [u8]>) -> Result<Cow<'f, str>, Error> {
        let Some(arguments) = arguments else { return Ok(Cow::Borrowed("{}")) };
        if let Ok(text) = str::from_utf8(arguments) {
            return Ok(Cow::Borrowed(text));
        }
        // QEMU's dialect has a form of NUL that is not UTF-8.
        self.grammar.check(message.text).map_err(Error::generic)?;
        let mut json = Writer::new();
        canonical(arguments, &mut json);
        Ok(Cow::Owned(String::from_utf8_lossy(&json.into_bytes()).into_owned()))
    }
}

enum Dispatched<'f> {
    Handler { index: usize, spec: &'static CommandSpec, arguments: Cow<'f, str>, oob: bool },
    Returned(Writer),
}
