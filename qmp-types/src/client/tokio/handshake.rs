//! The handshake on a new connection.

use std::future::poll_fn;

use serde_json::Value;

use super::call::UntypedCall;
use super::connection::TokioConnection;
use crate::Result;
use crate::client::ClientOptions;
use crate::client::core::{NEGOTIATION, Request, SyncWaiter, negotiation_arguments};
use crate::client::deadline::Deadline;
use crate::client::shared_connection::Share;
use crate::transport::Stream;

/// Receives the greeting and negotiates, or synchronises with a guest agent.
pub(super) async fn open(
    stream: Stream,
    options: &ClientOptions,
    deadline: Deadline,
) -> Result<Share<TokioConnection>> {
    let connection = Share::new(TokioConnection::new(stream, options)?);
    if options.guest_agent {
        let result = connection.synchronize(Some(deadline.remaining())).await;
        result.map_err(|error| SyncWaiter::explain(error, deadline.limit()))?;
        return Ok(connection);
    }
    let arguments = negotiation_arguments(options, connection.receive_greeting(deadline).await?)?;
    let limit = Some(deadline.remaining());
    let mut call = UntypedCall::new(connection.clone(), Request::named(NEGOTIATION), limit);
    let result = poll_fn(|cx| call.poll(cx, &arguments, &mut Value::Null)).await;
    result.map_err(|error| deadline.explain(error, NEGOTIATION))?;
    Ok(connection)
}
