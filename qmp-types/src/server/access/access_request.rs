//! The request that an authorisation hook decides about.

use crate::CommandSpec;
use crate::transport::Peer;

/// A command that a client asks for, as an [authorisation hook](super::AccessControl::authorize) sees it.
#[derive(Debug, Clone, Copy)]
pub struct AccessRequest<'a> {
    command: &'a str,
    spec: Option<&'static CommandSpec>,
    oob: bool,
    peer: Option<Peer>,
    session: u64,
}

impl<'a> AccessRequest<'a> {
    pub(in crate::server) fn new(
        command: &'a str,
        spec: Option<&'static CommandSpec>,
        oob: bool,
        peer: Option<Peer>,
        session: u64,
    ) -> Self {
        Self { command, spec, oob, peer, session }
    }

    /// Returns the command's name, as the client has sent it.
    #[must_use]
    pub fn command(&self) -> &'a str {
        self.command
    }

    /// Returns the command's properties, if a handler executes it. Commands that the server answers itself, such as
    /// `qmp_capabilities` and `query-version`, have none here, and neither have unknown ones.
    #[must_use]
    pub fn spec(&self) -> Option<&'static CommandSpec> {
        self.spec
    }

    /// Returns whether the command is to be executed out of band.
    #[must_use]
    pub fn is_oob(&self) -> bool {
        self.oob
    }

    /// Returns the client's process, if the system knows it: on Unix sockets on Linux.
    #[must_use]
    pub fn peer(&self) -> Option<Peer> {
        self.peer
    }

    /// Returns the number of the session. A server numbers its sessions from 1, and uses no number twice.
    #[must_use]
    pub fn session(&self) -> u64 {
        self.session
    }
}
