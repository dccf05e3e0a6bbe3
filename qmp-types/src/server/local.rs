//! Servers of a state that stays on one thread.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::handler::{HandlerKind, LocalEntry, StartedCommand};
use super::service::{Call, Ended, Executor, Service, begin, finish};
use super::session::{UNKNOWN_COMMAND, UnknownCommands};
use super::unknown_command::{self, UnknownCommand};
use super::{Context, Server, ServerSchema};
use crate::record::{Reader, Writer};
use crate::{Error, Result, Value};

/// Stands for a state that stays on one thread, in an event loop of your own: `qmp::local_server::<Vm>()` is a
/// `Server<Local<Vm>>`.
///
/// The state itself, which need not be `Send`, is not a part of the server. The loop lends it to the requests of each
/// [`Connection`](crate::server::Connection), `connection.on_ready(server.on(&mut vm))`, or of each
/// [`Session`](crate::server::Session) without a socket, one after the other. `examples/own_loop.rs` is a loop for any number
/// of clients; without sockets it is:
///
#[cfg_attr(feature = "macros", doc = "```")]
#[cfg_attr(not(feature = "macros"), doc = "```ignore")]
/// # mod qmp { qmp_types::schema!("schema/quickstart.json", commands = ["query-status", "stop"]); }
/// use std::rc::Rc;
///
/// use qmp::{RunState, StatusInfo};
///
/// struct Vm {
///     status: Rc<RunState>,
/// }
///
/// #[qmp_types::handlers(crate::qmp, local)]
/// impl Vm {
///     #[qmp_command]
///     fn query_status(&self) -> StatusInfo {
///         StatusInfo::new(*self.status == RunState::Running, (*self.status).clone())
///     }
///
///     #[qmp_command]
///     fn stop(&mut self) {
///         self.status = Rc::new(RunState::Paused);
///     }
/// }
///
/// fn main() {
///     let server = qmp::local_server::<Vm>();
///     let mut vm = Vm { status: Rc::new(RunState::Running) };
///
///     let mut session = server.session();
///     session.receive(b"{'execute': 'qmp_capabilities'}{'execute': 'stop'}", Vec::new());
///     while let Some(request) = session.next() {
///         request.run(server.on(&mut vm));
///     }
///     assert_eq!(*vm.status, RunState::Paused);
///     let output = session.take_output(); // the greeting and two replies
/// #   assert_eq!(output.split(|byte| *byte == b'\n').count(), 4);
/// }
/// ```
pub struct Local<S: 'static> {
    entries: &'static [LocalEntry<S>],
    /// A server of such a state is not one that threads can share.
    one_thread: PhantomData<*mut S>,
    fallback: Option<Fallback<S>>,
}

/// The handler of commands that the schema does not define.
type Fallback<S> = Box<dyn Fn(&mut S, &UnknownCommand<'_>) -> Option<Result<Value>>>;

/// Executes requests on a state that stays on one thread: `server.on(&mut vm)`.
pub struct LocalExecutor<'s, S: 'static> {
    handlers: &'s Local<S>,
    state: &'s mut S,
}

impl<S> Executor for LocalExecutor<'_, S> {
    fn execute(&mut self, call: &Call<'_>, out: &mut Writer) -> Ended {
        let Self { handlers: Local { entries, fallback, .. }, state } = self;
        let started = begin(call, out, |reader, out| match (call.index, fallback) {
            (UNKNOWN_COMMAND, Some(fallback)) => {
                unknown_command::start(reader, call.context, out, |command| fallback(state, command))
            }
            (index, _) => (entries[index].start)(state, reader, call.context, out),
        });
        finish(started, call, out)
    }
}

impl<S: 'static> Server<Local<S>> {
    /// Creates a server with these handlers. For generated code.
    #[doc(hidden)]
    #[must_use]
    pub fn local(entries: &'static [LocalEntry<S>], schema: &ServerSchema) -> Self {
        let state = Local { entries, one_thread: PhantomData, fallback: None };
        Self::with_service(
            Arc::new(state),
            Arc::new(Elsewhere),
            entries.iter().map(|entry| entry.spec),
            schema.all_entries(),
        )
    }

    /// Lends the state to a request: `request.run(server.on(&mut vm))`. [`Local`] has an example.
    #[must_use]
    pub fn on<'s>(&'s self, state: &'s mut S) -> LocalExecutor<'s, S> {
        LocalExecutor { handlers: self.state(), state }
    }

    /// Sets the handler of commands that the schema does not define, as [`Server::fallback`](Server::fallback) does for states
    /// that threads share. The handler may change the state.
    #[must_use]
    pub fn local_fallback<F>(mut self, handler: F) -> Self
    where
        F: Fn(&mut S, &UnknownCommand<'_>) -> Option<Result<Value>> + 'static,
    {
        self.protocol().unknown_commands = UnknownCommands::Handled;
        let Local { entries, one_thread, .. } = **self.state();
        self.with_state(Local { entries, one_thread, fallback: Some(Box::new(handler)) })
    }
}

/// The service of a server whose state is elsewhere. It executes nothing.
struct Elsewhere;

impl Service for Elsewhere {
    fn start<'a>(&'a self, _: usize, _: &mut Reader<'_>, _: &'a Context, _: &mut Writer) -> StartedCommand<'a> {
        let desc = "the state of this server stays on one thread: its requests are run with `server.on(&mut state)`";
        StartedCommand::Done(Err(Error::generic(desc)))
    }

    fn kind(&self, _: usize) -> HandlerKind {
        HandlerKind::Plain
    }
}

impl<S> fmt::Debug for Local<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Local").field("entries", &self.entries).finish_non_exhaustive()
    }
}

impl<S> fmt::Debug for LocalExecutor<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalExecutor").field("handlers", &self.handlers).finish_non_exhaustive()
    }
}
