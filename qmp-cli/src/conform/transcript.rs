//! The bytes that a probe sent and received.

use super::bytes::printable;

/// The bytes of a probe's connections, in order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Transcript(Vec<Entry>);

/// Bytes in one direction, or a change of the connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Entry {
    Connected,
    Sent(Vec<u8>),
    Received(Vec<u8>),
    /// The client closed its sending side.
    Finished,
    /// The server closed the connection.
    Closed,
}

/// The most bytes of an entry in a report.
const LONGEST: usize = 1000;
/// The most entries of a transcript in the text report.
const MOST: usize = 24;

impl Transcript {
    /// Adds an entry. Bytes that continue the last entry join it.
    pub(crate) fn add(&mut self, entry: Entry) {
        match (self.0.last_mut(), entry) {
            (Some(Entry::Received(bytes)), Entry::Received(more)) => bytes.extend(more),
            (Some(Entry::Sent(bytes)), Entry::Sent(more)) => bytes.extend(more),
            (_, entry) => self.0.push(entry),
        }
    }

    /// Returns a line per entry, which begins with its direction. Long entries and long transcripts are cut in the middle.
    pub(crate) fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.0.iter().map(Entry::line).collect();
        if lines.len() > MOST {
            let left_out = lines.len() - MOST;
            lines.splice(MOST / 2..MOST / 2 + left_out, [format!("... {left_out} entries are left out ...")]);
        }
        lines
    }

    pub(crate) fn entries(&self) -> &[Entry] {
        &self.0
    }
}

impl Entry {
    /// The name in JSON.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Connected => "connected",
            Self::Sent(_) => "sent",
            Self::Received(_) => "received",
            Self::Finished => "finished",
            Self::Closed => "closed",
        }
    }

    /// The bytes as printable ASCII, with escapes as in a Rust byte string.
    pub(crate) fn bytes(&self) -> Option<String> {
        match self {
            Self::Sent(bytes) | Self::Received(bytes) => Some(printable(bytes, LONGEST)),
            _ => None,
        }
    }

    fn line(&self) -> String {
        match self {
            Self::Connected => "connected".to_owned(),
            Self::Sent(bytes) => format!("-> {}", printable(bytes, LONGEST)),
            Self::Received(bytes) => format!("<- {}", printable(bytes, LONGEST)),
            Self::Finished => "-> end of the stream".to_owned(),
            Self::Closed => "<- end of the stream".to_owned(),
        }
    }
}
