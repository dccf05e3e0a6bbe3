//! AccessControl to a server: who may connect, and which commands a session may execute.

mod access_request;
mod command_rate;
mod read_only;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

pub use self::access_request::AccessRequest;
pub(super) use self::command_rate::CommandBudget;
use self::command_rate::CommandRate;
pub use self::read_only::ReadOnly;
use crate::Error;
use crate::transport::Peer;

/// The author's decision about a command.
type Authorize = dyn Fn(&AccessRequest<'_>) -> Result<(), Error> + Send + Sync;

/// Who may connect to a server, and what a session may do.
///
/// The default allows everything. Every rule that is set must allow a command: first the [read-only](Self::read_only)
/// mode, then the [hook](Self::authorize). Both see all commands, also the built-in ones and those that the schema does
/// not have, and decide before anything else is checked.
///
/// A server has one access for all its listeners, set by [`Server::access`](crate::Server::access). Several listeners
/// with different rules are served by [siblings](crate::Server::with_access) of one server:
///
/// ```no_run
/// use std::time::Duration;
///
/// use qmp_types::server::{AccessControl, ReadOnly};
///
/// # fn example<S: Send + Sync + 'static>(server: qmp_types::Server<S>) -> qmp_types::Result<()> {
/// // Root and user 1000 do everything on one socket. Monitoring may only look, ten times a second, on another.
/// let server = server.access(AccessControl::new().allow_uids([0, 1000]));
/// let read_only = AccessControl::new().read_only(ReadOnly::queries()).commands_per(Duration::from_secs(1), 10);
/// let monitoring = server.with_access(read_only);
/// std::thread::spawn(move || monitoring.serve_unix("/run/vm-monitoring.sock"));
/// server.serve_unix("/run/vm.sock")
/// # }
/// ```
#[derive(Clone, Default)]
pub struct AccessControl {
    uids: Option<Vec<u32>>,
    read_only: Option<ReadOnly>,
    rate: Option<CommandRate>,
    authorize: Option<Arc<Authorize>>,
}

impl AccessControl {
    /// Allows everything.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Allows only processes of these effective user ids to connect. Any other peer receives an error in place of the
    /// greeting, and is disconnected.
    ///
    /// Only Unix sockets tell the user of a peer. A peer on any other transport has none, so it is refused.
    #[must_use]
    pub fn allow_uids(mut self, uids: impl IntoIterator<Item = u32>) -> Self {
        self.uids = Some(uids.into_iter().collect());
        self
    }

    /// Allows only the commands that read. Any other is answered with a `GenericError`.
    #[must_use]
    pub fn read_only(mut self, commands: ReadOnly) -> Self {
        self.read_only = Some(commands);
        self
    }

    /// Limits each session to `count` messages per `interval`, and to as many at once. A session that sends more is not
    /// read for as long as it takes; nothing is refused.
    ///
    /// QMP clients take an error for the failure of an operation, and rarely repeat it. So excess commands wait in the
    /// client's socket, as commands do anyway while another one runs. Those that are to be executed out of band wait, too.
    #[must_use]
    pub fn commands_per(mut self, interval: Duration, count: u32) -> Self {
        self.rate = Some(CommandRate::new(interval, count));
        self
    }

    /// Asks this hook about each command. The error that it returns is the reply, with its class and description. A
    /// former hook is replaced.
    ///
    /// The hook is called on the path of every command, so it must be quick. If it panics, the command is refused.
    ///
    /// ```
    /// use qmp_types::Error;
    /// use qmp_types::server::AccessControl;
    ///
    /// let access = AccessControl::new().authorize(|request| match request.command() {
    ///     "quit" if request.peer().is_none_or(|peer| peer.uid != 0) => Err(Error::generic("only root may quit")),
    ///     _ => Ok(()),
    /// });
    /// ```
    #[must_use]
    pub fn authorize(mut self, hook: impl Fn(&AccessRequest<'_>) -> Result<(), Error> + Send + Sync + 'static) -> Self {
        self.authorize = Some(Arc::new(hook));
        self
    }

    /// Checks whether the peer may connect.
    ///
    /// # Errors
    /// The reason, for the peer, if it may not.
    pub(super) fn check_peer(&self, peer: Option<Peer>) -> Result<(), Error> {
        let Some(uids) = &self.uids else { return Ok(()) };
        match peer {
            Some(peer) if uids.contains(&peer.uid) => Ok(()),
            Some(peer) => Err(Error::generic(format!("User id {} is not allowed to use this monitor", peer.uid))),
            None => {
                let reason = "This monitor is for certain users, and the transport does not tell the user of a peer";
                Err(Error::generic(reason))
            }
        }
    }

    /// Returns whether all commands are allowed, so that none has to be checked.
    #[inline]
    pub(super) fn allows_all_commands(&self) -> bool {
        self.read_only.is_none() && self.authorize.is_none()
    }

    /// Checks whether a command may be executed.
    ///
    /// # Errors
    /// The error for the client if it may not.
    pub(super) fn check_command(&self, request: &AccessRequest<'_>) -> Result<(), Error> {
        if let Some(read_only) = &self.read_only {
            read_only.check(request)?;
        }
        let Some(authorize) = &self.authorize else { return Ok(()) };
        let decide = std::panic::AssertUnwindSafe(|| authorize(request));
        std::panic::catch_unwind(decide).unwrap_or_else(|_| {
            tracing::error!(command = request.command(), "the authorisation hook panicked, refusing the command");
            Err(Error::generic(format!("The command {} was refused: its authorisation failed", request.command())))
        })
    }

    /// Returns what a new session may execute, if that is limited.
    pub(super) fn budget(&self) -> Option<CommandBudget> {
        self.rate.map(CommandBudget::new)
    }
}

impl fmt::Debug for AccessControl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessControl")
            .field("uids", &self.uids)
            .field("read_only", &self.read_only)
            .field("rate", &self.rate)
            .field("authorize", &self.authorize.is_some())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(access: &AccessControl, command: &str) -> Option<String> {
        access
            .check_command(&AccessRequest::new(command, None, false, None, 1))
            .err()
            .map(|error| format!("{error:#?}"))
    }

    #[test]
    fn every_rule_must_allow_a_command() {
        let hook = |request: &AccessRequest<'_>| match request.command() {
            "query-secret" => Err(Error::device_not_found("secret")),
            "query-bug" => panic!("a bug of the hook"),
            _ => Ok(()),
        };
        let access = AccessControl::new().read_only(ReadOnly::queries()).authorize(hook);
        assert_eq!(refusal(&access, "query-status"), None);
        let secret = refusal(&access, "query-secret").unwrap_or_default();
        assert!(secret.contains("DeviceNotFound") && secret.contains("Device 'secret' not found"), "{secret}");
        assert!(refusal(&access, "query-bug").unwrap_or_default().contains("its authorisation failed"));
        assert!(refusal(&access, "quit").unwrap_or_default().contains("read-only"));
        assert!(AccessControl::new().allows_all_commands() && !access.allows_all_commands());
    }

    #[test]
    fn only_listed_users_connect() {
        let access = AccessControl::new().allow_uids([0, 7]);
        let peer = |uid| Peer { pid: 1, uid, gid: 0 };
        assert!(access.check_peer(Some(peer(7))).is_ok());
        let refused = access.check_peer(Some(peer(8))).unwrap_err();
        assert_eq!(refused.to_string(), "User id 8 is not allowed to use this monitor");
        assert!(access.check_peer(None).is_err());
        assert!(AccessControl::new().check_peer(None).is_ok());
    }
}
