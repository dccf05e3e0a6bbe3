//! A client of a replay, without a socket.

use std::fmt;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex};

use super::exchange::RecordedReply;
use super::session::ReplaySession;
use super::{Settings, Shared};
use crate::client::{Execute, Invocation, Mode, Reply};
use crate::sync::lock;
use crate::testing::request::Request;
use crate::{Command, Error, Result, Value};

/// A client of a [`Replay`](super::Replay), without a socket: it executes commands in this process, blocking or asynchronous.
///
/// Events, descriptors and time limits have no effect.
///
/// # Examples
///
#[cfg_attr(feature = "macros", doc = "```")]
#[cfg_attr(not(feature = "macros"), doc = "```ignore")]
/// use qmp_types::client::{Blocking, Execute};
/// use qmp_types::testing::{Recording, Replay};
///
/// mod qmp {
///     qmp_types::schema!("schema/quickstart.json");
/// }
///
/// let recording = Recording::parse(
///     r#"{"from": "client", "message": {"execute": "query-status"}}
///        {"from": "server", "message": {"return": {"running": true, "status": "running"}}}"#,
/// )?;
/// let vm = Replay::new(&recording).executor::<Blocking>();
/// assert!(vm.call::<qmp::commands::QueryStatus>(())?.running);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct ReplayExecutor<M> {
    shared: Arc<Shared>,
    settings: Settings,
    /// `None` if the recording has no session.
    session: Mutex<Option<ReplaySession>>,
    mode: PhantomData<fn() -> M>,
}

impl<M> ReplayExecutor<M> {
    pub(super) fn new(shared: &Arc<Shared>, settings: Settings) -> Self {
        let session = Mutex::new(shared.next_session(&settings));
        Self { shared: Arc::clone(shared), settings, session, mode: PhantomData }
    }

    fn reply<C: Command>(&self, invocation: &Invocation<C>) -> Result<C::Return> {
        let arguments: Value = serde_json::from_str(&invocation.arguments_json()).unwrap_or_default();
        let request = Request {
            command: C::SPEC.name.to_owned(),
            arguments: arguments.as_object().cloned().unwrap_or_default(),
            id: None,
            oob: invocation.is_out_of_band(),
        };
        let found = match lock(&self.session).as_mut() {
            Some(session) => session.reply(&request),
            None => Err("the recording contains no session".to_owned()),
        };
        match found {
            Ok(Some(RecordedReply::Return(value))) => invocation.decode_return(&value),
            Ok(Some(RecordedReply::Error(error))) => Err(recorded_error(&error)),
            // The server did not reply, because it need not or because it had gone.
            Ok(None) if !C::SPEC.success_response => invocation.decode_return("{}"),
            Ok(None) => Err(Error::closed_before(format!("the reply to `{}`", C::SPEC.name))),
            Err(refusal) => {
                self.shared.refused(&refusal, &self.settings);
                Err(Error::generic(refusal))
            }
        }
    }
}

impl<M: Mode> Execute for ReplayExecutor<M> {
    type Mode = M;

    fn execute<C: Command>(&self, invocation: Invocation<C>) -> Reply<M, C> {
        M::ready(self.reply(&invocation).map_err(|error| error.in_call(C::SPEC.name, None)))
    }
}

/// Returns the error that a server replied with, from its JSON.
fn recorded_error(json: &str) -> Error {
    let error: Value = serde_json::from_str(json).unwrap_or_default();
    let text = |name: &str| error[name].as_str().unwrap_or_default();
    Error::new(text("class"), text("desc"))
}

impl<M> fmt::Debug for ReplayExecutor<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReplayExecutor").finish_non_exhaustive()
    }
}
