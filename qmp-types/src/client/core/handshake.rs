//! The first steps on a connection: negotiation with QMP servers, getting in step with guest agents.

use std::hash::{BuildHasher, Hasher, RandomState};

use serde_json::{Value, json};

use crate::record::Writer;
use crate::{ClientOptions, Greeting};
use crate::{Error, Result};

/// A command of the handshake, and what its answer has to be.
#[derive(Debug)]
pub(crate) struct HandshakeCommand {
    pub(crate) command: &'static str,
    pub(crate) arguments: Value,
    returns: Option<Value>,
}

impl HandshakeCommand {
    /// What follows the greeting.
    ///
    /// # Errors
    /// If the server does not offer what was asked for.
    pub(crate) fn negotiate(options: &ClientOptions, greeting: &Greeting) -> Result<Self> {
        if options.oob && !greeting.offers_oob() {
            return Err(Error::protocol("the server does not offer out-of-band execution"));
        }
        let arguments = if options.oob { json!({ "enable": ["oob"] }) } else { json!({}) };
        Ok(Self { command: "qmp_capabilities", arguments, returns: None })
    }

    /// How to get in step with a guest agent. The agent's answer follows a byte 0xFF; whatever comes before that is not
    /// for us.
    pub(crate) fn synchronize() -> Self {
        let token = Value::from(random());
        let arguments = json!({ "id": token });
        Self { command: "guest-sync-delimited", arguments, returns: Some(token) }
    }

    /// Judges the answer.
    ///
    /// # Errors
    /// If it is not what it has to be.
    pub(crate) fn check(&self, returned: &Value) -> Result<()> {
        match &self.returns {
            Some(expected) if expected != returned => {
                let (expected, sent) = (text(expected), text(returned));
                Err(Error::protocol(format!("the guest agent is out of step: expected {expected}, it sent {sent}")))
            }
            _ => Ok(()),
        }
    }
}

fn text(value: &Value) -> String {
    let mut writer = Writer::new();
    writer.any(value);
    String::from_utf8_lossy(&writer.into_bytes()).into_owned()
}

/// A number that hardly comes twice, and that every JSON parser takes for an integer.
pub(crate) fn random() -> u64 {
    RandomState::new().build_hasher().finish() >> 16
}
