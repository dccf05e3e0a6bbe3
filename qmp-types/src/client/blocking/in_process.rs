//! A server in the same process, for blocking code.

use std::sync::{Arc, Mutex};

use crate::client::core::Request;
use crate::client::local_session::LocalSession;
use crate::client::{Blocking, Execute, Invocation};
use crate::record::Field;
use crate::sync::lock;
use crate::{Command, Result, Server};

/// Executes commands by the handlers of a [`Server`] in the same process, without a socket.
///
/// It is one session of the server: handlers receive the same context as from a socket, arguments are checked, and
/// policies, access control and counters apply. A command runs on the thread that calls it, which also waits for an
/// asynchronous handler; so time limits have no effect. In-band commands are executed one after the other, as on a
/// socket: a handler must not call back on the same session.
///
/// Clones share the session.
///
/// ```
/// # use qmp_types::Server;
/// # fn example<Vm: Send + Sync + 'static>(server: &Server<Vm>) -> qmp_types::Result<()> {
/// use qmp_types::blocking::InProcess;
///
/// let vm = InProcess::new(server)?; // `server` is `qmp::server(state)`
/// // With `qmp::Commands` in scope, `vm.query_status()` calls the handler of `query-status`.
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct InProcess(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    session: LocalSession,
    /// Held while an in-band command is executed.
    in_band: Mutex<()>,
}

impl InProcess {
    /// Begins a session of the server. Out-of-band execution is enabled if the server offers it.
    ///
    /// # Errors
    /// If the server refuses clients, because it is being stopped or by its access control.
    pub fn new<S: Send + Sync + 'static>(server: &Server<S>) -> Result<Self> {
        Ok(Self(Arc::new(Inner { session: LocalSession::open(server)?, in_band: Mutex::default() })))
    }
}

impl Execute for InProcess {
    type Mode = Blocking;

    fn execute<C: Command>(&self, mut invocation: Invocation<C>) -> Result<C::Return> {
        let _turn = (!invocation.is_out_of_band()).then(|| lock(&self.0.in_band));
        let fd = invocation.take_fd()?;
        let (call, task) = self.0.session.begin(Request::of_invocation(&invocation), invocation.arguments(), fd)?;
        if let Some(task) = task {
            task.run();
        }
        let mut value = C::Return::blank();
        call.finish(&mut value)?;
        Ok(value)
    }
}
