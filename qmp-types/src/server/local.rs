//! Servers of a state that stays on one thread.

use std::marker::PhantomData;
use std::sync::Arc;

use super::handler::{HandlerKind, Local, LocalEntry, LocalExecutor, StartedCommand};
use super::service::Service;
use super::{Context, Server, ServerSchema};
use crate::Error;
use crate::record::{Reader, Writer};

impl<S: 'static> Server<Local<S>> {
    /// Creates a server with these handlers. For generated code.
    #[doc(hidden)]
    #[must_use]
    pub fn local(entries: &'static [LocalEntry<S>], schema: &ServerSchema) -> Self {
        let state = Local { entries, one_thread: PhantomData };
        Self::with_service(Arc::new(state), Arc::new(Elsewhere), entries.iter().map(|entry| entry.spec), schema)
    }

    /// Lends the state to a request: `request.run(server.on(&mut vm))`. [`Local`] has an example.
    #[must_use]
    pub fn on<'s>(&self, state: &'s mut S) -> LocalExecutor<'s, S> {
        LocalExecutor { entries: self.state().entries, state }
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
