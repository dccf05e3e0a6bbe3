//! When a server that connects out connects again.

use std::time::Duration;

use crate::transport::{Address, Backoff, ConnectOptions};
use crate::{Error, Result};

/// Decides when to connect again.
pub(super) struct Reconnection<'a> {
    address: &'a Address,
    backoff: Option<Backoff>,
}

impl<'a> Reconnection<'a> {
    pub(super) fn new(address: &'a Address, options: &ConnectOptions) -> Self {
        Self { address, backoff: options.backoff() }
    }

    /// Returns how long to pause after a connection that has ended, or `None` if it was the only one.
    ///
    /// # Errors
    /// If the only connection has failed.
    pub(super) fn after_connection(&mut self, ended: Result<()>) -> Result<Option<Duration>> {
        let Some(backoff) = &mut self.backoff else { return ended.map(|()| None) };
        match ended {
            Ok(()) => tracing::info!(address = %self.address, "the connection has ended"),
            Err(error) => tracing::warn!(address = %self.address, %error, "the connection has failed"),
        }
        backoff.reset();
        Ok(Some(backoff.pause()))
    }

    /// Returns how long to pause after a failure to connect.
    ///
    /// # Errors
    /// If only one attempt is made.
    pub(super) fn after_failure(&mut self, error: Error) -> Result<Option<Duration>> {
        let Some(backoff) = &mut self.backoff else { return Err(error) };
        tracing::info!(%error, "cannot connect, trying again");
        Ok(Some(backoff.pause()))
    }
}
