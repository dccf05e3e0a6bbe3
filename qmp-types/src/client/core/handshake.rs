//! Capabilities negotiation, the first command on a connection to a QMP server.

use serde_json::{Value, json};

use crate::error::ProtocolError;
use crate::{ClientOptions, Error, Greeting, Result};

/// The command that negotiates.
pub(crate) const NEGOTIATION: &str = "qmp_capabilities";

/// Returns the arguments of the command that negotiates.
///
/// # Errors
/// If the server does not offer a capability that the options enable.
pub(crate) fn negotiation_arguments(options: &ClientOptions, greeting: &Greeting) -> Result<Value> {
    if options.oob && !greeting.offers_oob() {
        return Err(Error::protocol(
            "the server does not offer out-of-band execution; help: connect without `enable_oob`",
        ));
    }
    Ok(if options.oob { json!({ "enable": ["oob"] }) } else { json!({}) })
}

/// Returns the error for a peer that answers requests, but has not greeted.
pub(super) fn no_greeting() -> ProtocolError {
    ProtocolError::new(
        "expected the greeting of a QMP server, found a guest agent: the peer answers without a greeting; \
         help: connect with `connect_guest_agent` or `ClientOptions::guest_agent`",
    )
}
