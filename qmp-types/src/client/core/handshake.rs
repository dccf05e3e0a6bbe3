//! The first command on a connection: capabilities negotiation with a QMP server, or synchronisation with a guest agent.

use std::hash::{BuildHasher, Hasher, RandomState};

use serde_json::{Value, json};

use crate::error::ProtocolError;
use crate::record::Writer;
use crate::{ClientOptions, Error, Greeting, Result};

/// The command that completes the handshake, and the return value that it must have.
#[derive(Debug)]
pub(crate) struct HandshakeCommand {
    pub(crate) name: &'static str,
    pub(crate) arguments: Value,
    expected: Option<Value>,
}

impl HandshakeCommand {
    /// Creates the command that follows the greeting.
    ///
    /// # Errors
    /// If the server does not offer a capability that the options enable.
    pub(crate) fn negotiate(options: &ClientOptions, greeting: &Greeting) -> Result<Self> {
        if options.oob && !greeting.offers_oob() {
            return Err(Error::protocol(
                "the server does not offer out-of-band execution; help: connect without `enable_oob`",
            ));
        }
        let arguments = if options.oob { json!({ "enable": ["oob"] }) } else { json!({}) };
        Ok(Self { name: "qmp_capabilities", arguments, expected: None })
    }

    /// Creates the command that synchronises with a guest agent. The agent sends a byte 0xFF before its reply. All bytes
    /// before that belong to an earlier client.
    pub(crate) fn synchronize() -> Self {
        let token = Value::from(random());
        let arguments = json!({ "id": token });
        Self { name: "guest-sync-delimited", arguments, expected: Some(token) }
    }

    /// Checks the return value.
    ///
    /// # Errors
    /// If it is not the expected one.
    pub(crate) fn check(&self, returned: &Value) -> Result<()> {
        match &self.expected {
            Some(expected) if expected != returned => {
                let (expected, found) = (text(expected), text(returned));
                Err(Error::protocol(format!("the guest agent is not synchronised: expected {expected}, found {found}")))
            }
            _ => Ok(()),
        }
    }
}

/// Returns the error for a peer that answers requests, but has not greeted.
pub(super) fn no_greeting() -> ProtocolError {
    ProtocolError::new(
        "expected the greeting of a QMP server, found a guest agent: the peer answers without a greeting; \
         help: connect with `connect_guest_agent` or `ClientOptions::guest_agent`",
    )
}

fn text(value: &Value) -> String {
    let mut writer = Writer::new();
    writer.any(value);
    String::from_utf8_lossy(&writer.into_bytes()).into_owned()
}

/// Returns a random number that every JSON parser reads as an integer.
pub(crate) fn random() -> u64 {
    RandomState::new().build_hasher().finish() >> 16
}
