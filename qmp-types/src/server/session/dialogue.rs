//! The rules of the dialogue: requests in, replies out.
//!
//! A request is checked as far as that does not depend on the command, in QEMU's order and words. The built-in commands
//! are executed here. All others become a [`FoundCommand`], for a handler.
//!
//! A good request is looked at once, and its arguments once more when they are read. Only a request that is refused is
//! checked for what else is wrong with it: a message that is not JSON is an error of its own, and comes first.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::builtin::Builtin;
use super::canonical::canonical;
use super::capabilities;
use super::commands::Target;
use super::envelope::{Envelope, Invocation, is_oob_request};
use super::error_limit::ErrorLimit;
use super::grammar::Grammar;
use super::protocol::{Protocol, UnknownCommands};
use super::reply;
use super::request_decoder::Message;
use crate::json::{Dialect, cut, string};
use crate::record::{Mode, Reader, Writer};
use crate::server::access::AccessRequest;
use crate::server::observe::{CommandOutcome, CounterCells, Invoked, SessionObserver};
use crate::server::policy::Permissions;
use crate::server::service::Ended;
use crate::{CommandSpec, Error};

/// The state of the dialogue on one connection.
#[derive(Debug)]
pub(super) struct Dialogue {
    counters: Arc<CounterCells>,
    grammar: Grammar,
    negotiated: bool,
    /// The client has enabled out-of-band execution.
    oob: bool,
    errors: ErrorLimit,
}

/// A command that a handler has to execute.
#[derive(Debug, Clone)]
pub(super) struct FoundCommand {
    /// The command's index in the command table.
    pub(super) index: usize,
    pub(super) spec: &'static CommandSpec,
    /// The place of the arguments in the message.
    pub(super) arguments: Option<Range<usize>>,
    pub(super) oob: bool,
    /// The name of a command that the schema does not define.
    pub(super) unknown: Option<Arc<str>>,
    pub(super) request: Request,
}

impl FoundCommand {
    pub(super) fn name(&self) -> &str {
        self.unknown.as_deref().unwrap_or(self.spec.name)
    }
}

/// The index of all commands that the schema does not define.
pub(in crate::server) const UNKNOWN_COMMAND: usize = usize::MAX;

/// The properties of such a command: the default ones.
static UNKNOWN_SPEC: CommandSpec = CommandSpec::new("", "");

/// Where a command comes from, for its reply.
#[derive(Debug, Clone)]
pub(super) struct Request {
    /// The position in the stream.
    position: u64,
    /// The place of the id in the message.
    pub(super) id: Option<Range<usize>>,
}

impl FoundCommand {
    /// Returns the command for its observers.
    pub(super) fn invoked<'m>(&'m self, message: Message<'m>) -> Invoked<'m> {
        let id = self.request.id.as_ref().map(|id| message.part(id));
        Invoked { command: self.name(), id, oob: self.oob }
    }
}

impl Dialogue {
    /// Begins a dialogue, with the negotiation if there is one.
    pub(super) fn new(protocol: &Protocol, counters: &Arc<CounterCells>) -> Self {
        Self {
            counters: Arc::clone(counters),
            grammar: Grammar::default(),
            negotiated: !protocol.negotiates,
            oob: false,
            errors: ErrorLimit::default(),
        }
    }

    /// Returns whether the client has completed capabilities negotiation, so that it receives events.
    pub(super) fn is_negotiated(&self) -> bool {
        self.negotiated
    }

    /// Frees memory.
    pub(super) fn shrink(&mut self) {
        self.grammar.shrink();
    }

    /// Returns whether the client has enabled out-of-band execution.
    pub(super) fn is_oob(&self) -> bool {
        self.oob
    }

    /// Returns whether the message is a request to be executed out of band.
    pub(super) fn is_oob_request(&mut self, message: Message<'_>) -> bool {
        self.oob && is_oob_request(message) && self.grammar.check(message.text).is_ok()
    }

    /// Handles the next message, and appends the reply unless a handler has to run first.
    pub(super) fn message(
        &mut self,
        protocol: &Protocol,
        permissions: &Permissions,
        observer: &SessionObserver,
        message: Message<'_>,
        position: u64,
        out: &mut Writer,
    ) -> Option<FoundCommand> {
        if self.has_hidden_errors() && message.is_object() && self.grammar.check(message.text).is_ok() {
            self.report_hidden_errors(out);
        }
        let Envelope { id, invocation } = Envelope::read(message, self.oob);
        let id_text = id.as_ref().map(|id| message.part(id));
        let invocation = match invocation {
            Ok(invocation) => invocation,
            Err(error) => {
                self.refuse(message, &Request { position, id }, &error, out);
                return None;
            }
        };
        let checked = self.check_id(id_text);
        match checked.and_then(|()| self.dispatch(protocol, permissions, observer, message, &invocation)) {
            Ok(Dispatched::Handler { index, spec, arguments, oob }) => {
                self.counters.commands.add(1);
                if oob {
                    self.counters.commands_oob.add(1);
                }
                let request = Request { position, id };
                return Some(FoundCommand { index, spec, arguments, oob, unknown: None, request });
            }
            Ok(Dispatched::Unknown { name, arguments, oob }) => {
                self.counters.commands.add(1);
                let (request, unknown) = (Request { position, id }, Some(name));
                let (index, spec) = (UNKNOWN_COMMAND, &UNKNOWN_SPEC);
                return Some(FoundCommand { index, spec, arguments, oob, unknown, request });
            }
            Ok(Dispatched::Done(query)) => {
                self.counters.commands.add(1);
                self.errors.reset();
                reply::begin(out);
                match query {
                    Some(query) => protocol.query(query, permissions, out),
                    None => out.literal("{}"),
                }
                reply::finish(out, id_text);
                report(observer, &invocation, id_text, CommandOutcome::Returned);
            }
            Err(error) => {
                if self.refuse(message, &Request { position, id: id.clone() }, &error, out) {
                    report(observer, &invocation, id_text, CommandOutcome::Failed(&error));
                }
            }
        }
        None
    }

    /// Ends the reply begun at `start`: after the return value, or as an error reply in its place.
    pub(super) fn conclude(
        &mut self,
        message: Message<'_>,
        command: &FoundCommand,
        start: usize,
        ended: &Ended,
        out: &mut Writer,
    ) {
        match ended {
            Ended::Refused(error) => {
                out.bytes_mut().truncate(start);
                self.refuse(message, &command.request, error, out);
            }
            _ => {
                let id = command.request.id.as_ref().map(|id| message.part(id));
                reply::conclude(out, start, id, command.spec, ended);
                if let Ended::Failed(_) = ended {
                    self.counters.errors.add(1);
                }
                self.errors.reset();
            }
        }
    }

    /// Returns a command's arguments in UTF-8, or replies that the message is malformed.
    pub(super) fn command_arguments<'m>(
        &mut self,
        message: Message<'m>,
        command: &FoundCommand,
        out: &mut Writer,
    ) -> Option<Cow<'m, str>> {
        let arguments = self.arguments(message, command.arguments.as_ref());
        arguments.map_err(|error| _ = self.refuse(message, &command.request, &error, out)).ok()
    }

    /// Replies if a message is malformed, and returns whether it is not. The command can then be executed without the
    /// dialogue.
    pub(super) fn settle(&mut self, message: Message<'_>, command: &FoundCommand, out: &mut Writer) -> bool {
        match self.grammar.check(message.text) {
            Err(description) => {
                self.malformed(command.request.position, description, out);
                false
            }
            Ok(()) => {
                self.errors.reset();
                true
            }
        }
    }

    /// Refuses a request, unless the message turns out to be malformed. Returns whether it is not.
    #[cold]
    fn refuse(&mut self, message: Message<'_>, request: &Request, error: &Error, out: &mut Writer) -> bool {
        match self.grammar.check(message.text) {
            Err(description) => {
                self.malformed(request.position, description, out);
                false
            }
            Ok(()) => {
                // Garbage contains well-formed numbers by chance, but hardly an object.
                if message.is_object() {
                    self.errors.reset();
                }
                self.counters.errors.add(1);
                reply::error(out, request.id.as_ref().map(|id| message.part(id)), error);
                true
            }
        }
    }

    /// Returns whether there are errors that were not reported.
    pub(super) fn has_hidden_errors(&self) -> bool {
        self.errors.has_hidden()
    }

    /// Reports how many errors were not reported, if there are any.
    #[cold]
    pub(super) fn report_hidden_errors(&mut self, out: &mut Writer) {
        let hidden = match self.errors.take_hidden() {
            0 => return,
            1 => "JSON parse error, and 1 more error that was not reported".into(),
            count => format!("JSON parse error, and {count} more errors that were not reported"),
        };
        reply::error(out, None, &Error::generic(hidden));
    }

    /// Handles what is not a message.
    #[cold]
    pub(super) fn malformed(&mut self, position: u64, description: String, out: &mut Writer) {
        if self.errors.allow(position) {
            self.report_hidden_errors(out);
            self.counters.errors.add(1);
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
    fn dispatch(
        &mut self,
        protocol: &Protocol,
        permissions: &Permissions,
        observer: &SessionObserver,
        message: Message<'_>,
        invocation: &Invocation<'_>,
    ) -> Result<Dispatched, Error> {
        let target = invocation.find(&protocol.commands);
        if !self.negotiated && !matches!(target, Some(Target::Negotiation)) {
            return Err(Error::command_not_found("Expecting capabilities negotiation with 'qmp_capabilities'"));
        }
        if !protocol.access.allows_all_commands() {
            authorize(protocol, observer, invocation, target)?;
        }
        let Some(target) = target else {
            return unknown_command(protocol, permissions, invocation);
        };
        let now = permissions.snapshot();
        if !now.is_unrestricted() {
            permissions.check_command(now, target.name(), target.spec())?;
        }
        let oob = invocation.oob;
        if oob && !target.allows_oob() {
            return Err(Error::generic(format!("The command {} does not support OOB", invocation.name()?)));
        }
        if now.is_preconfig() {
            now.check_phase(target.spec())?;
        }
        let arguments = &invocation.arguments;
        match target {
            Target::Handler { index, spec } => {
                Ok(Dispatched::Handler { index, spec, arguments: arguments.clone(), oob })
            }
            Target::Negotiation => {
                let capabilities = capabilities::Arguments::read(&self.arguments(message, arguments.as_ref())?)?;
                if self.negotiated {
                    let desc = "Capabilities negotiation is already complete, command ignored";
                    return Err(Error::command_not_found(desc));
                }
                self.oob = capabilities.enables_oob(protocol.offers_oob)?;
                self.negotiated = true;
                Ok(Dispatched::Done(None))
            }
            Target::Builtin(builtin) => {
                let arguments = self.arguments(message, arguments.as_ref())?;
                Reader::new(&arguments, Mode::Strict).value(&mut ())?;
                Ok(Dispatched::Done(Some(builtin)))
            }
        }
    }

    /// Returns the arguments in UTF-8.
    fn arguments<'m>(&mut self, message: Message<'m>, arguments: Option<&Range<usize>>) -> Result<Cow<'m, str>, Error> {
        let Some(arguments) = arguments.map(|arguments| message.part(arguments)) else {
            return Ok(Cow::Borrowed("{}"));
        };
        if let Ok(text) = str::from_utf8(arguments) {
            return Ok(Cow::Borrowed(text));
        }
        self.grammar.check(message.text).map_err(Error::generic)?;
        Ok(Cow::Owned(checked_utf8(arguments)))
    }
}

/// Finds out who executes a command that the schema does not define.
///
/// # Errors
/// If there is no such command, or it is disabled.
fn unknown_command(
    protocol: &Protocol,
    permissions: &Permissions,
    invocation: &Invocation<'_>,
) -> Result<Dispatched, Error> {
    let (name, oob, now) = (invocation.name()?, invocation.oob, permissions.snapshot());
    match protocol.unknown_commands {
        UnknownCommands::Handled if !oob && !now.is_preconfig() => {}
        #[cfg(feature = "proxy")]
        UnknownCommands::PassedOn => {}
        UnknownCommands::Handled | UnknownCommands::Refused => return Err(not_found(&name)),
    }
    permissions.check_command(now, &name, None)?;
    Ok(Dispatched::Unknown { name: name.into(), arguments: invocation.arguments.clone(), oob })
}

/// Asks whether the session may execute a command.
///
/// # Errors
/// The reason if it may not.
fn authorize(
    protocol: &Protocol,
    observer: &SessionObserver,
    invocation: &Invocation<'_>,
    target: Option<Target>,
) -> Result<(), Error> {
    let name = match target {
        Some(target) => Cow::Borrowed(target.name()),
        None => invocation.name()?,
    };
    let request =
        AccessRequest::new(&name, target.and_then(Target::spec), invocation.oob, observer.peer(), observer.number());
    protocol.access.check_command(&request).inspect_err(|_| _ = observer.counters.unauthorized.add(1))
}

/// Reports a command that was answered without a handler.
fn report(observer: &SessionObserver, invocation: &Invocation<'_>, id: Option<&[u8]>, outcome: CommandOutcome<'_>) {
    if observer.observes_commands()
        && let Ok(command) = invocation.name()
    {
        observer.answered(Invoked { command: &command, id, oob: invocation.oob }, outcome);
    }
}

/// Returns a checked value in UTF-8: QEMU's dialect has a form of NUL that is not.
fn checked_utf8(value: &[u8]) -> String {
    let mut json = Writer::new();
    canonical(value, &mut json);
    String::from_utf8_lossy(&json.into_bytes()).into_owned()
}

/// Returns the arguments of a command in UTF-8. The message must have been checked.
pub(super) fn checked_arguments<'m>(message: Message<'m>, command: &FoundCommand) -> Cow<'m, str> {
    let Some(arguments) = command.arguments.as_ref().map(|arguments| message.part(arguments)) else {
        return Cow::Borrowed("{}");
    };
    match str::from_utf8(arguments) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(checked_utf8(arguments)),
    }
}

/// Returns the error for a command that there is not.
pub(in crate::server) fn not_found(name: &str) -> Error {
    Error::command_not_found(format!("The command {} has not been found", cut(name)))
}

enum Dispatched {
    Handler {
        index: usize,
        spec: &'static CommandSpec,
        arguments: Option<Range<usize>>,
        oob: bool,
    },
    Unknown {
        name: Arc<str>,
        arguments: Option<Range<usize>>,
        oob: bool,
    },
    /// A negotiation that has succeeded, or a query that is built in.
    Done(Option<Builtin>),
}
