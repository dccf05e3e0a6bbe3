//! Commands that are executed apart from their session.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use tracing::{Instrument, Span};

use super::dialogue::{FoundCommand, checked_arguments};
use super::protocol::Reading;
use super::reply;
use super::request_decoder::StoredMessage;
use crate::record::{Field, Writer};
use crate::server::Context;
use crate::server::connections::RegisteredSession;
use crate::server::observe::{CommandOutcome, ObservedCommand};
use crate::server::service::{Call, Ended, Executor, Service};
use crate::{CommandSpec, Error, Value};

/// A command to be executed on any thread or task. Its reply goes to the session, if that still exists.
///
/// A task that is dropped is answered with an error.
#[must_use = "a task does nothing unless it is run"]
pub struct Task {
    service: Arc<dyn Service>,
    index: usize,
    reading: Reading,
    request: PendingRequest,
}

impl Task {
    pub(super) fn new(service: Arc<dyn Service>, index: usize, reading: Reading, request: PendingRequest) -> Self {
        Self { service, index, reading, request }
    }

    /// Executes the command on the current thread, which waits until the handler is done.
    pub fn run(self) {
        let Self { service, index, reading, request } = self;
        let PendingRequest { message, command, mut reply } = request;
        let context = reply.context();
        let (mut out, start) = PendingReply::begin();
        let ended = {
            let arguments = checked_arguments(message.message(), &command);
            let call = Call { index, arguments: &arguments, reading, context: &context };
            reply.in_span(|| (&*service).execute(&call, &mut out))
        };
        drop(message);
        reply.conclude(out, start, &ended, context.is_delimited());
    }

    /// Executes the command. An asynchronous handler is awaited, any other runs when this is first polled.
    pub async fn run_async(self) {
        let Self { service, index, reading, request } = self;
        let PendingRequest { message, command, mut reply } = request;
        let context = reply.context();
        let (mut out, start) = PendingReply::begin();
        let ended = {
            let arguments = checked_arguments(message.message(), &command);
            let call = Call { index, arguments: &arguments, reading, context: &context };
            service.execute_async(&call, &mut out).instrument(reply.span()).await
        };
        reply.conclude(out, start, &ended, context.is_delimited());
    }
}

/// A request that was taken out of its session, to be answered later.
///
/// A request that is dropped is answered with an error.
///
/// # Examples
///
/// ```
/// # fn example(session: &mut qmp_types::server::Session) {
/// while let Some(request) = session.next() {
///     let Some(request) = request.take() else { continue };
///     std::thread::spawn(move || match request.command().name {
///         "query-name" => request.succeed(&serde_json::json!({"name": "vm"})),
///         other => request.fail(&qmp_types::Error::generic(format!("{other} is not supported"))),
///     });
/// }
/// # }
/// ```
#[must_use = "the client waits until the request is answered"]
pub struct PendingRequest {
    message: StoredMessage,
    command: FoundCommand,
    reply: PendingReply,
}

impl PendingRequest {
    pub(super) fn new(message: StoredMessage, reply: PendingReply, command: FoundCommand) -> Self {
        Self { message, command, reply }
    }

    /// Returns the command's name and properties. The name of a command that the schema does not define is empty here:
    /// [`name`](Self::name) returns it.
    #[must_use]
    pub fn command(&self) -> &'static CommandSpec {
        self.command.spec
    }

    /// Returns the command's name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.command.name()
    }

    /// Returns whether the client asks for out-of-band execution.
    #[must_use]
    pub fn is_oob(&self) -> bool {
        self.command.oob
    }

    /// Returns the arguments, an object, as JSON text. They are not checked against the schema.
    ///
    /// The text is as the client wrote it, in QEMU's dialect: a string may have single quotes.
    #[must_use]
    pub fn arguments(&self) -> Cow<'_, str> {
        checked_arguments(self.message.message(), &self.command)
    }

    /// Returns the request's id as the client wrote it, if it has one.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.reply.id.as_deref().and_then(|id| str::from_utf8(id).ok())
    }

    /// Returns the context that a handler would receive.
    #[must_use]
    pub fn context(&self) -> Context {
        self.reply.context()
    }

    /// Answers with a return value.
    pub fn succeed(mut self, value: &Value) {
        let (mut out, start) = PendingReply::begin();
        value.write(&mut out);
        self.reply.conclude(out, start, &Ended::Returned, false);
    }

    /// Answers with an error.
    pub fn fail(mut self, error: &Error) {
        self.reply.fail(error);
    }
}

#[cfg(feature = "proxy")]
impl PendingRequest {
    /// Answers with a return value, a JSON text. A delimited reply begins with 0xFF.
    pub(crate) fn succeed_with_text(mut self, value: &[u8], is_delimited: bool) {
        let (mut out, start) = PendingReply::begin();
        out.bytes_mut().reserve(value.len() + 64);
        out.bytes_mut().extend_from_slice(value);
        reply::finish(&mut out, self.reply.id.as_deref());
        if is_delimited {
            reply::delimit(&mut out, start, &Ended::Returned);
        }
        self.reply.answer(CommandOutcome::Returned, out);
    }

    /// Answers with an error, whose JSON text is also given.
    pub(crate) fn fail_with_text(mut self, error: &Error, text: &[u8]) {
        let mut out = Writer::new();
        reply::error_text(&mut out, self.reply.id.as_deref(), |out| out.bytes_mut().extend_from_slice(text));
        self.reply.answer(CommandOutcome::Failed(error), out);
    }

    /// Ends without a reply, as a command without success reply does.
    pub(crate) fn end_silently(mut self) {
        self.reply.answer(CommandOutcome::Returned, Writer::new());
    }
}

/// The reply that a session waits for.
pub(super) struct PendingReply {
    session: Arc<RegisteredSession>,
    spec: &'static CommandSpec,
    oob: bool,
    unknown: Option<Arc<str>>,
    id: Option<Box<[u8]>>,
    /// The command for its observers, until it is answered.
    observed: Option<ObservedCommand>,
}

impl PendingReply {
    pub(super) fn new(
        session: &Arc<RegisteredSession>,
        command: &FoundCommand,
        id: Option<Box<[u8]>>,
        observed: ObservedCommand,
    ) -> Self {
        let FoundCommand { spec, oob, .. } = *command;
        session.shared.command_detached(oob);
        let unknown = command.unknown.clone();
        Self { session: Arc::clone(session), spec, oob, unknown, id, observed: Some(observed) }
    }

    fn context(&self) -> Context {
        Context::new(&self.session, self.spec, self.oob, self.unknown.clone())
    }

    /// Begins a success reply, to which the return value is to be appended.
    fn begin() -> (Writer, usize) {
        let mut out = Writer::new();
        let start = reply::begin(&mut out);
        (out, start)
    }

    /// Ends the reply begun at `start` and gives it to the session. A delimited success reply begins with 0xFF.
    fn conclude(&mut self, mut out: Writer, start: usize, ended: &Ended, is_delimited: bool) {
        reply::conclude(&mut out, start, self.id.as_deref(), self.spec, ended);
        if is_delimited {
            reply::delimit(&mut out, start, ended);
        }
        self.answer(ended.outcome(), out);
    }

    fn fail(&mut self, error: &Error) {
        let mut out = Writer::new();
        reply::error(&mut out, self.id.as_deref(), error);
        self.answer(CommandOutcome::Failed(error), out);
    }

    fn answer(&mut self, outcome: CommandOutcome<'_>, mut out: Writer) {
        let observer = self.session.shared.observer();
        if let CommandOutcome::Failed(_) = outcome {
            observer.counters.errors.add(1);
        }
        if let Some(observed) = self.observed.take() {
            observer.end(observed, outcome);
        }
        self.session.shared.command_ended(self.oob, out.bytes_mut());
    }

    /// Calls a handler within the command's span.
    fn in_span<T>(&self, call: impl FnOnce() -> T) -> T {
        match &self.observed {
            Some(observed) => observed.in_span(call),
            None => call(),
        }
    }

    /// Returns the command's span, for a handler that is a future.
    fn span(&self) -> Span {
        self.observed.as_ref().map_or_else(Span::none, ObservedCommand::span)
    }
}

impl Drop for PendingReply {
    fn drop(&mut self) {
        if self.observed.is_some() {
            let name = self.unknown.as_deref().unwrap_or(self.spec.name);
            self.fail(&Error::generic(format!("The command {name} was given up before it was done")));
        }
    }
}

impl fmt::Debug for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Task").field("command", &self.request.command.name()).finish_non_exhaustive()
    }
}

impl fmt::Debug for PendingRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingRequest").field("command", &self.command.name()).finish_non_exhaustive()
    }
}
