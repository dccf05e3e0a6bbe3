//! Messages that a client cannot accept.

use std::fmt;

/// The peer does not speak QMP, or sent what the schema does not allow.
#[derive(Debug, Clone)]
pub(crate) struct ProtocolError {
    text: String,
    pub(super) offence: Option<Offence>,
}

/// The part of a message that the client cannot accept.
#[derive(Debug, Clone)]
pub(crate) struct Offence {
    /// The path in the reply or event, if its syntax is right.
    pub(super) path: Option<Box<str>>,
    /// The beginning of what was received there.
    pub(super) received: Box<[u8]>,
}

impl ProtocolError {
    #[cold]
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), offence: None }
    }

    /// Creates the error for a message, or a part of one. The text is followed by what was received.
    #[cold]
    pub(crate) fn received(text: impl Into<String>, offence: Offence) -> Self {
        Self { text: text.into(), offence: Some(offence) }
    }
}

impl fmt::Display for ProtocolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.offence {
            None => f.write_str(&self.text),
            Some(offence) => write!(f, "{}; received `{offence}`", self.text),
        }
    }
}

impl Offence {
    /// The maximum number of bytes that are kept.
    const KEPT: usize = 1024;
    /// The maximum number of bytes in an error's text.
    const SHOWN: usize = 80;

    pub(crate) fn new(path: Option<String>, received: &[u8]) -> Self {
        let received = received[..received.len().min(Self::KEPT)].into();
        Self { path: path.map(Into::into), received }
    }
}

/// Displays the beginning of the bytes, with escapes instead of control characters and of bytes that are not UTF-8.
impl fmt::Display for Offence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = &self.received[..self.received.len().min(Self::SHOWN)];
        for chunk in shown.utf8_chunks() {
            for c in chunk.valid().chars() {
                if c.is_control() { write!(f, "{}", c.escape_default())? } else { write!(f, "{c}")? }
            }
            chunk.invalid().iter().try_for_each(|byte| write!(f, "\\x{byte:02x}"))?;
        }
        f.write_str(if shown.len() < self.received.len() { ".." } else { "" })
    }
}
