//! Handlers of a state that stays on one thread.

use std::fmt;
use std::marker::PhantomData;

use super::{HandleMut, StartedCommand, start};
use crate::command::{Command, CommandSpec};
use crate::record::{Reader, Writer};
use crate::server::Context;
use crate::server::service::{Call, Ended, Executor, begin, finish};

/// A row of the command table of a state that stays on one thread.
pub struct LocalEntry<S> {
    pub(in crate::server) spec: &'static CommandSpec,
    start: for<'a> fn(&'a mut S, &mut Reader<'_>, &'a Context, &mut Writer) -> StartedCommand<'a>,
}

impl<S> LocalEntry<S> {
    /// Creates the row of the command `C`.
    #[must_use]
    pub const fn of<C: Command>() -> Self
    where
        S: HandleMut<C>,
    {
        Self {
            spec: C::SPEC,
            start: |state, reader, context, out| {
                start(reader, out, |arguments| HandleMut::<C>::handle_mut(state, arguments, context))
            },
        }
    }
}

/// Stands for a state that stays on one thread, in an event loop of your own: `qmp::local_server::<Vm>()` is a
/// `Server<Local<Vm>>`.
///
/// The state itself, which need not be `Send`, is not a part of the server. The loop lends it to the requests of each
/// [`Session`](crate::server::Session), one after the other:
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
    pub(in crate::server) entries: &'static [LocalEntry<S>],
    /// A server of such a state is not one that threads can share.
    pub(in crate::server) one_thread: PhantomData<*mut S>,
}

/// Executes requests on a state that stays on one thread: `server.on(&mut vm)`.
pub struct LocalExecutor<'s, S: 'static> {
    pub(in crate::server) entries: &'static [LocalEntry<S>],
    pub(in crate::server) state: &'s mut S,
}

impl<S> Executor for LocalExecutor<'_, S> {
    fn execute(&mut self, call: &Call<'_>, out: &mut Writer) -> Ended {
        let entry = &self.entries[call.index];
        let started = begin(call, out, |reader, out| (entry.start)(self.state, reader, call.context, out));
        finish(started, call, out)
    }
}

impl<S> fmt::Debug for LocalEntry<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalEntry").field("spec", self.spec).finish_non_exhaustive()
    }
}

impl<S> fmt::Debug for Local<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Local").field("entries", &self.entries).finish_non_exhaustive()
    }
}

impl<S> fmt::Debug for LocalExecutor<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalExecutor").field("entries", &self.entries).finish_non_exhaustive()
    }
}
