//! Handlers that take the state by `&mut`.

use super::{Handle, Outcome};
use crate::command::Command;
use crate::server::Context;

/// Handles the command `C` with exclusive access to the state.
///
/// `#[qmp_command]` implements it for a handler that takes `&mut self`. Every [`Handle`] is one, too. A server shares its
/// state between connections, so it needs a lock around such a state: `Mutex<T>` and `Arc<Mutex<T>>` have the handlers of
/// `T`. (A state that stays on one thread needs none: see [`Local`](crate::server::Local). Its parts may be behind a
/// `RefCell<T>` or an `Rc<RefCell<T>>`.)
///
#[cfg_attr(feature = "macros", doc = "```no_run")]
#[cfg_attr(not(feature = "macros"), doc = "```ignore")]
/// # mod qmp { qmp_types::schema!("schema/quickstart.json", commands = ["query-status", "stop"]); }
/// use std::sync::Mutex;
///
/// use qmp::{RunState, StatusInfo};
///
/// struct Vm {
///     status: RunState,
/// }
///
/// #[qmp_types::handlers(crate::qmp)]
/// impl Vm {
///     #[qmp_command]
///     fn query_status(&self) -> StatusInfo {
///         StatusInfo::new(self.status == RunState::Running, self.status.clone())
///     }
///
///     #[qmp_command]
///     fn stop(&mut self) {
///         self.status = RunState::Paused;
///     }
/// }
///
/// fn main() -> qmp_types::Result<()> {
///     qmp::server(Mutex::new(Vm { status: RunState::Running })).serve_unix("/run/vm.sock")
/// }
/// ```
///
/// # The lock
///
/// - A command holds the lock from the start of its handler to its end, an asynchronous one as well. So at most one command
///   is executed at a time, whichever connections they come from.
/// - A handler that panics leaves the state as it was at that moment, and does not poison the lock: its command fails, and
///   later commands are executed. If a handler may leave the state inconsistent, let it work on a copy and assign that at
///   the end.
/// - A command that allows out-of-band execution cannot wait for the lock: the commands that it is meant to overtake hold
///   it. The compiler rejects such a handler. Give it a part of the state of its own, outside the lock; the option `part_of`
///   of [`#[handlers]`](macro@crate::handlers) puts states together.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no handler for the command `{C}`",
    label = "`{Self}` does not handle `{C}`",
    note = "a handler is a function with `#[qmp_command]` and the command's name"
)]
pub trait HandleMut<C: Command> {
    /// Executes the command.
    fn handle_mut<'a>(&'a mut self, arguments: C::Arguments, context: &'a Context) -> Outcome<'a, C>;
}

/// A command that is never executed out of band, so that its handler may wait for the lock of the whole state.
///
/// Generated code implements it for all commands without `allow-oob`.
#[diagnostic::on_unimplemented(
    message = "the command `{Self}` allows out-of-band execution, so its handler cannot wait for the lock of the whole state",
    label = "`{Self}` allows out-of-band execution",
    note = "give it a part of the state of its own, outside of the `Mutex`, with `&self` handlers"
)]
pub trait InBand: Command {}

#[diagnostic::do_not_recommend]
impl<C: Command, S: Handle<C> + ?Sized> HandleMut<C> for S {
    fn handle_mut<'a>(&'a mut self, arguments: C::Arguments, context: &'a Context) -> Outcome<'a, C> {
        self.handle(arguments, context)
    }
}
