//! A request that has to be executed.

use std::fmt;
use std::sync::Arc;

use super::dialogue::checked_arguments;
use super::task::{PendingReply, PendingRequest, Task};
use super::{FoundCommand, Session, message_of, reply};
use crate::CommandSpec;
use crate::server::Context;
use crate::server::handler::HandlerKind;
use crate::server::service::{Call, Executor, SharedExecutor};
use crate::server::shared_session::SharedSession;

/// A request that has to be executed: [`Session::next`] returns it.
///
/// A request that is dropped is returned again.
#[must_use = "a request is executed only if it is run, detached or taken"]
pub struct Request<'s> {
    session: &'s mut Session,
    index: usize,
    command: &'static CommandSpec,
    oob: bool,
}

impl<'s> Request<'s> {
    /// Returns the request that the session has found.
    pub(super) fn new(session: &'s mut Session) -> Option<Self> {
        let FoundCommand { index, spec: command, oob, .. } = *session.found.as_ref()?;
        Some(Self { session, index, command, oob })
    }

    /// Returns the command's name and properties.
    #[must_use]
    pub fn command(&self) -> &'static CommandSpec {
        self.command
    }

    /// Returns whether the client asks for out-of-band execution. Such a command must not block.
    #[must_use]
    pub fn is_oob(&self) -> bool {
        self.oob
    }

    /// Returns how the command's handler runs.
    #[must_use]
    pub fn kind(&self, executor: &impl SharedExecutor) -> HandlerKind {
        executor.service().kind(self.index)
    }

    pub(in crate::server) fn session(&self) -> &Arc<SharedSession> {
        self.session.shared()
    }

    /// Returns whether replies to earlier requests have not been sent.
    pub(in crate::server) fn has_earlier_replies(&self) -> bool {
        self.session.waiting > 0
    }

    /// Executes the command on the current thread, which waits until the handler is done. The reply is added to the
    /// session's output.
    pub fn run(self, mut executor: impl Executor) {
        let Session { protocol, registered, dialogue, decoder, from_queue, reply, found, waiting, deadlines, .. } =
            self.session;
        let Some(command) = found.take() else { return };
        let message = message_of(from_queue.as_ref(), decoder);
        if let Some(arguments) = dialogue.command_arguments(message, &command, reply) {
            let context = Context::new(registered, command.spec, command.oob, command.unknown.clone());
            let reading = protocol.reading(command.spec);
            let call = Call { index: command.index, arguments: &arguments, reading, context: &context };
            let start = reply::begin(reply);
            let observer = registered.shared.observer();
            let observed = observer.begin(|| command.invoked(message), &arguments);
            let ended = observed.in_span(|| executor.execute(&call, reply));
            dialogue.conclude(message, &command, start, &ended, reply);
            if context.is_delimited() {
                reply::delimit(reply, start, &ended);
            }
            observer.end(observed, ended.outcome());
        }
        *waiting = registered.shared.push_reply(reply.bytes_mut());
        deadlines.command_ended();
    }

    /// Makes the command a task that can be executed on any thread. Returns `None` if the request turns out to be
    /// malformed, and was answered.
    pub fn detach(self, executor: &impl SharedExecutor) -> Option<Task> {
        let service = Arc::clone(executor.service());
        let reading = self.session.protocol.reading(self.command);
        let index = self.index;
        self.take().map(|parts| Task::new(service, index, reading, parts))
    }

    /// Takes the request out of the session, to be answered later and in any way. Returns `None` if the request turns out
    /// to be malformed, and was answered.
    pub fn take(self) -> Option<PendingRequest> {
        let Session { registered, dialogue, decoder, from_queue, reply, found, waiting, .. } = self.session;
        let command = found.take()?;
        if !dialogue.settle(message_of(from_queue.as_ref(), decoder), &command, reply) {
            *waiting = registered.shared.push_reply(reply.bytes_mut());
            return None;
        }
        let message = from_queue.take().unwrap_or_else(|| decoder.store());
        let id = command.request.id.clone().map(|id| message.message().part(&id).into());
        let arguments = checked_arguments(message.message(), &command);
        let observed = registered.shared.observer().begin(|| command.invoked(message.message()), &arguments);
        let reply = PendingReply::new(registered, &command, id, observed);
        drop(arguments);
        Some(PendingRequest::new(message, reply, command))
    }
}

impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("command", &self.command().name).field("oob", &self.is_oob()).finish()
    }
}
