//! A server in the same process, for asynchronous code.

use std::sync::Arc;
use std::time::Duration;

use ::tokio::sync::Mutex;

use crate::client::call::Call;
use crate::client::core::Request;
use crate::client::local_session::LocalSession;
use crate::client::{Async, Execute, Invocation};
use crate::record::Field;
use crate::{Command, Error, Result, Server};

/// Executes commands by the handlers of a [`Server`] in the same process, without a socket.
///
/// It is one session of the server: handlers receive the same context as from a socket, arguments are checked, and
/// policies, access control and counters apply. A command runs on the task that awaits its call, which a handler that is not
/// asynchronous blocks. If the call is dropped or times out, an asynchronous handler is dropped. In-band commands are
/// executed one after the other, as on a socket: a handler must not call back on the same session.
///
/// Clones share the session.
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

impl Inner {
    async fn execute<C: Command>(&self, mut invocation: Invocation<C>) -> Result<C::Return> {
        let _turn = match invocation.is_out_of_band() {
            true => None,
            false => Some(self.in_band.lock().await),
        };
        let fd = invocation.take_fd()?;
        let (call, task) = self.session.begin(Request::of_invocation(&invocation), invocation.arguments(), fd)?;
        if let Some(task) = task {
            task.run_async().await;
        }
        let mut value = C::Return::blank();
        call.finish(&mut value)?;
        Ok(value)
    }
}

impl Execute for InProcess {
    type Mode = Async;

    fn execute<C: Command>(&self, invocation: Invocation<C>) -> Call<C> {
        let inner = Arc::clone(&self.0);
        Call::new(async move {
            let Some(limit) = invocation.timeout() else { return inner.execute(invocation).await };
            let result = ::tokio::time::timeout(limit, inner.execute(invocation)).await;
            result.unwrap_or_else(|_| Err(timed_out(C::SPEC.name, limit)))
        })
    }
}

fn timed_out(command: &str, limit: Duration) -> Error {
    Error::timed_out(format!("the reply to `{command}`: none within {limit:?}")).in_call(command, None)
}
