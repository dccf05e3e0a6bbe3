//! The settings of a proxy, and what it reports.

use std::fmt;

use crate::transport::Address;
use crate::{ClientOptions, Error, Greeting};

/// What a proxy does when the connection to its server has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum WhenServerEnds {
    /// It disconnects its clients, as the server itself would have, and connects again. Further clients wait for the greeting
    /// until the server is back.
    #[default]
    Disconnect,
    /// It keeps its clients and connects again. Until then, commands fail with a `GenericError`; those that were sent and not
    /// answered fail, too, and may have been executed.
    ///
    /// For clients that follow a server through restarts, such as those that only collect events. They are not told that the
    /// server was restarted, and that its state is another one.
    Keep,
    /// It disconnects its clients and ends.
    End,
}

/// Why a proxy has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProxyEnd {
    /// A handle has stopped it.
    Stopped,
    /// The connection to the server has ended, with [`WhenServerEnds::End`].
    ServerEnded,
    /// The last client has left, and there will be no more: all listeners were single connections.
    NoMoreClients,
}

/// A change that a proxy reports to its author: see [`Proxy::on_notice`](crate::proxy::Proxy::on_notice).
#[derive(Debug)]
#[non_exhaustive]
pub enum Notice<'a> {
    /// The proxy has connected to the server and negotiated.
    Connected {
        /// The server's greeting. A guest agent sends none.
        greeting: Option<&'a Greeting>,
    },
    /// The connection to the server has ended.
    Disconnected {
        /// The error that has ended it.
        reason: &'a Error,
    },
}

/// A function that receives notices.
type OnNotice = dyn Fn(&Notice<'_>) + Send;

/// The settings of a proxy.
pub(super) struct Settings {
    pub(super) address: Address,
    pub(super) client_options: ClientOptions,
    pub(super) when_server_ends: WhenServerEnds,
    /// The commands that take a descriptor.
    pub(super) fd_commands: Vec<String>,
    pub(super) on_notice: Option<Box<OnNotice>>,
}

impl Settings {
    pub(super) fn notify(&self, notice: &Notice<'_>) {
        tracing::info!(address = %self.address, ?notice, "the proxy's connection to its server has changed");
        if let Some(on_notice) = &self.on_notice {
            on_notice(notice);
        }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("address", &self.address)
            .field("when_server_ends", &self.when_server_ends)
            .field("fd_commands", &self.fd_commands)
            .finish_non_exhaustive()
    }
}
