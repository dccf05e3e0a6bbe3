//! The trait of everything that executes commands.

use super::invocation::Invocation;
use super::mode::{Mode, Reply};
use crate::command::Command;

/// Executes commands: a client, an adapter around one, a server in the same process, or a mock of your own.
///
/// The generated trait `Commands` has a method per command, for everything that implements this trait. So a function with
/// a parameter `&impl qmp::Commands` takes them all.
///
/// | to | write |
/// | --- | --- |
/// | make a single call, in either mode | `fn stop<E: qmp::Commands>(vm: &E) -> Reply<E::Mode, commands::Stop>` |
/// | make several calls, and block | `fn pause(vm: &impl qmp::blocking::Commands) -> Result<()>` |
/// | make several calls, with `.await` | `async fn pause(vm: &impl qmp::AsyncCommands) -> Result<()>` |
/// | get the methods without the trait in scope | `qmp::TypedClient::from(executor)` |
///
/// # Examples
///
/// A mock, for tests of code that drives a machine.
///
#[cfg_attr(feature = "macros", doc = "```")]
#[cfg_attr(not(feature = "macros"), doc = "```ignore")]
/// use std::cell::RefCell;
///
/// use qmp_types::client::{Blocking, Invocation};
/// use qmp_types::{Command, Error, Execute, Result};
///
/// mod qmp {
///     qmp_types::schema!("schema/quickstart.json", side = client);
/// }
///
/// /// The code under test.
/// fn pause(vm: &impl qmp::blocking::Commands) -> Result<bool> {
///     let was_running = vm.query_status()?.running;
///     vm.stop()?;
///     Ok(was_running)
/// }
///
/// /// Answers two commands, and remembers all that it receives.
/// #[derive(Default)]
/// struct Mock(RefCell<Vec<String>>);
///
/// impl Execute for Mock {
///     type Mode = Blocking;
///
///     fn execute<C: Command>(&self, invocation: Invocation<C>) -> Result<C::Return> {
///         self.0.borrow_mut().push(format!("{} {}", C::SPEC.name, invocation.arguments_json()));
///         match C::SPEC.name {
///             "query-status" => invocation.decode_return(r#"{"running": true, "status": "running"}"#),
///             "stop" => invocation.decode_return("{}"),
///             _ => Err(Error::generic("not mocked")),
///         }
///     }
/// }
///
/// fn main() -> Result<()> {
///     let mock = Mock::default();
///     assert!(pause(&mock)?);
///     assert_eq!(*mock.0.borrow(), ["query-status {}", "stop {}"]);
///     Ok(())
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not execute commands",
    label = "not a client",
    note = "clients and adapters around them execute commands; an executor of your own implements `qmp_types::Execute`"
)]
pub trait Execute {
    /// How the caller waits for replies.
    type Mode: Mode;

    /// Executes a command.
    fn execute<C: Command>(&self, invocation: Invocation<C>) -> Reply<Self::Mode, C>;

    /// Executes a command with these arguments. The generated methods call this.
    #[inline]
    fn call<C: Command>(&self, arguments: C::Arguments) -> Reply<Self::Mode, C> {
        self.execute(Invocation::new(arguments))
    }
}

impl<E: Execute + ?Sized> Execute for &E {
    type Mode = E::Mode;

    #[inline]
    fn execute<C: Command>(&self, invocation: Invocation<C>) -> Reply<E::Mode, C> {
        (**self).execute(invocation)
    }
}
