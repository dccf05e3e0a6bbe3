//! What a handler may know about where its command came from, and do beside returning.

use std::fmt;
use std::os::fd::OwnedFd;
use std::sync::Arc;

use crate::server::shared_connection::SharedConnection;
use crate::transport::Peer;
use crate::{CommandSpec, Event, EventEmitter};

/// The surroundings of a command: its connection, the events, the server. Handlers get it by reference.
pub struct Context {
    link: Arc<SharedConnection>,
    command: &'static CommandSpec,
    oob: bool,
}

impl Context {
    pub(crate) fn new(link: &Arc<SharedConnection>, command: &'static CommandSpec, oob: bool) -> Self {
        Self { link: Arc::clone(link), command, oob }
    }

    /// Emits an event to all clients. It precedes the command's reply.
    pub fn emit<E: Event>(&self, event: E) {
        self.events().emit(event);
    }

    /// The emitter of events, to keep and to use from elsewhere.
    #[must_use]
    pub fn events(&self) -> EventEmitter {
        EventEmitter::new(Arc::clone(self.link.connections()))
    }

    /// The process at the other end, where the system knows it: Unix sockets on Linux.
    #[must_use]
    pub fn peer(&self) -> Option<Peer> {
        self.link.stream().peer()
    }

    /// Takes the file descriptor that the client has sent.
    ///
    /// Descriptors come with any bytes and wait for the next command that takes one. It is given the first; the others
    /// that came with it are closed, as are those that still wait when more come or when the client leaves.
    #[must_use]
    pub fn take_fd(&self) -> Option<OwnedFd> {
        self.link.take_fds().into_iter().next()
    }

    /// Whether the command is executed out of band: it must not wait for anything.
    #[must_use]
    pub fn is_oob(&self) -> bool {
        self.oob
    }

    /// Whether nobody waits for the result any more: the client is gone, or the server is being stopped. A command that
    /// takes long may look here from time to time and give up. Costs a system call.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.link.connections().is_stopped() || self.link.stream().is_hung_up()
    }

    /// Stops the server. The reply to this command is still sent, commands already running on other connections have a
    /// second to end; then all connections are closed, and `serve` returns.
    pub fn shutdown(&self) {
        self.link.connections().stop();
    }

    /// Name and rules of the command.
    #[must_use]
    pub fn command(&self) -> &'static CommandSpec {
        self.command
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context").field("command", &self.command.name).field("oob", &self.oob).finish_non_exhaustive()
    }
}
