//! The handshake on a new connection.

use std::future::poll_fn;

use serde_json::Value;

use super::call::UntypedCall;
use super::connection::TokioConnection;
use super::time_limit::TimeLimit;
use crate::Result;
use crate::client::ClientOptions;
use crate::client::core::{HandshakeCommand, Request};
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
    let command = if options.guest_agent {
        connection.resync();
        HandshakeCommand::synchronize()
    } else {
        HandshakeCommand::negotiate(options, connection.receive_greeting(deadline).await?)?
    };
    let limit = Some(deadline.remaining());
    let mut call = UntypedCall::new(connection.clone(), Request::named(command.name), TimeLimit::new(limit));
    let mut returned = Value::Null;
    let result = poll_fn(|cx| call.poll(cx, &command.arguments, &mut returned)).await;
    result.map_err(|error| deadline.explain(error, command.name))?;
    command.check(&returned)?;
    Ok(connection)
}
