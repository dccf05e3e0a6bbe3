//! Messages that a server sent.

use std::fmt;

use serde::de::IgnoredAny;
use serde_json::Value;

use super::bytes::quoted;
use super::finding::{Finding, Probed};

/// A message of the server.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    /// The bytes between the previous message and this one: the line end, usually.
    pub(crate) before: Vec<u8>,
    /// The message as sent.
    pub(crate) text: Vec<u8>,
    /// The message as a value; `null` if a number in it exceeds all floating-point numbers.
    pub(crate) value: Value,
}

impl Message {
    /// Reads a message from its text, which follows the bytes `before`.
    ///
    /// # Errors
    /// If the message is not JSON.
    pub(super) fn read(before: Vec<u8>, text: Vec<u8>) -> Probed<Self> {
        match serde_json::from_slice::<IgnoredAny>(&text) {
            Ok(_) => Ok(Self { value: serde_json::from_slice(&text).unwrap_or_default(), before, text }),
            Err(error) => Err(Finding::broken("JSON (RFC 8259)", format!("{}: {error}", quoted(&text)))),
        }
    }

    pub(crate) fn is_event(&self) -> bool {
        self.value.get("event").is_some()
    }

    /// Returns the return value of a success reply.
    ///
    /// # Errors
    /// If the message is anything else.
    pub(crate) fn success(&self) -> Probed<&Value> {
        self.value.get("return").ok_or_else(|| Finding::broken("a success reply", self))
    }

    /// Returns the error of an error reply.
    ///
    /// # Errors
    /// If the message is anything else.
    pub(crate) fn error(&self) -> Probed<&Value> {
        self.value.get("error").ok_or_else(|| Finding::broken("an error reply", self))
    }

    /// The class of an error reply; empty if there is none.
    pub(crate) fn class(&self) -> &str {
        self.value["error"]["class"].as_str().unwrap_or_default()
    }

    /// The description of an error reply; empty if there is none.
    pub(crate) fn desc(&self) -> &str {
        self.value["error"]["desc"].as_str().unwrap_or_default()
    }

    pub(crate) fn id(&self) -> Option<&Value> {
        self.value.get("id")
    }
}

impl fmt::Display for Message {
    /// Shows the message as sent, cut if it is long.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&quoted(&self.text))
    }
}

/// Whether a name is reserved for additions of distributors, which may appear anywhere.
pub(crate) fn is_downstream(name: &str) -> bool {
    name.starts_with("__")
}
