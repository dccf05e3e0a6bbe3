//! Servers whose commands another program executes: the clients' side of a proxy (feature `proxy`).

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::events::EventMessage;
use super::handler::{HandlerKind, StartedCommand};
use super::service::Service;
use super::session::not_found;
use super::{Context, Server};
use crate::record::{Reader, Writer};

/// The service of a server that executes nothing.
struct NoHandlers;

impl Server<()> {
    /// Creates a server that executes no command but the negotiation. All others are to be [taken] out of their sessions:
    /// they are unknown commands, and their arguments were not checked.
    ///
    /// [taken]: crate::server::Request::take
    pub(crate) fn relay() -> Self {
        let mut server = Self::with_service(Arc::new(()), Arc::new(NoHandlers), std::iter::empty(), String::new());
        server.protocol().pass_on_commands();
        server
    }

    /// Sets the greeting of further sessions: the version, a JSON text, and whether out-of-band execution is offered.
    pub(crate) fn set_greeting(&mut self, version: &[u8], offers_oob: bool) {
        let protocol = self.protocol();
        protocol.version_text = Some(version.into());
        protocol.offers_oob = offers_oob;
    }

    /// Sends an event, a JSON text, to all clients that have negotiated.
    pub(crate) fn broadcast_text(&self, event: &[u8]) {
        let connections = &self.erased.connections;
        connections.counters.events_emitted.add(1);
        connections.broadcast(&EventMessage::of_text([event, b"\r\n"].concat(), None));
    }

    /// Returns when the clients are to be disconnected, if the server is being stopped.
    pub(crate) fn stop_deadline(&self) -> Option<Instant> {
        self.erased.connections.shutdown.deadline()
    }

    /// Returns how long not to accept connections after this error.
    ///
    /// # Errors
    /// The error, if waiting cannot help.
    pub(crate) fn accept_retry_delay(error: std::io::Error) -> std::io::Result<Duration> {
        super::erased::accept_retry_delay(error)
    }
}

impl Service for NoHandlers {
    fn start<'a>(&'a self, _: usize, _: &mut Reader<'_>, context: &'a Context, _: &mut Writer) -> StartedCommand<'a> {
        StartedCommand::Done(Err(not_found(context.command_name())))
    }

    fn kind(&self, _: usize) -> HandlerKind {
        HandlerKind::Plain
    }
}
