//! A client that does not keep the connection open.

use std::time::Duration;

use super::Client;
use super::connection::TokioConnection;
use crate::client::shared_connection::WeakShare;
use crate::{Error, Result};

/// A client that does not keep the connection open.
pub(crate) struct WeakClient(WeakShare<TokioConnection>);

impl Client {
    /// Returns a client that does not keep the connection open, and the time limit of this one.
    pub(crate) fn downgrade(&self) -> (WeakClient, Option<Duration>) {
        (WeakClient(self.connection.downgrade()), self.limit)
    }

    /// Returns this client with the time limit of another one.
    pub(crate) fn with_limit_of(self, other: &Self) -> Self {
        Self { limit: other.limit, ..self }
    }
}

impl WeakClient {
    /// Returns a client with this time limit.
    ///
    /// # Errors
    /// If the last client was dropped.
    pub(crate) fn upgrade(&self, limit: Option<Duration>) -> Result<Client> {
        let connection = self.0.upgrade().ok_or_else(Error::closed_by_client)?;
        Ok(Client { connection, limit })
    }
}
