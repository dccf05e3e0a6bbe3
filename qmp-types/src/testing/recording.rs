//! A recorded session: what client and server sent, message by message.

mod line;

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;
use std::time::Duration;

pub(super) use self::line::Line;

use self::line::Content;
use super::message_splitter::{MessageSplitter, Piece, RESYNC};
use crate::server::Direction;

/// What clients and a server sent to each other.
///
/// [`Recorder`](super::Recorder) and `qmp record` write one between a client and a real server, and the
/// [`WireLog`](crate::server::WireLog) of a server or a client is one, too. [`Replay`](super::Replay) and `qmp replay` answer
/// with it.
///
/// # Format
///
/// A recording is a file of JSON objects, one on each line, in the order in which their bytes arrived:
///
/// ```json
/// {"session": 1, "from": "server", "time": 0.000312, "message": {"QMP": {"version": {}, "capabilities": ["oob"]}}}
/// {"session": 1, "from": "client", "time": 0.000671, "message": {"execute": "qmp_capabilities", "id": 1}}
/// {"session": 1, "from": "server", "time": 0.000702, "message": {"return": {}, "id": 1}}
/// {"session": 1, "from": "client", "time": 0.001100, "fds": 1, "message": {"execute": "getfd", "arguments": {"fdname": "a"}}}
/// {"session": 1, "from": "server", "time": 0.001214, "end": true}
/// ```
///
/// | member | value |
/// | --- | --- |
/// | `session` | the number of the connection |
/// | `from` | `client` or `server`: who has sent the bytes |
/// | `time` | seconds since the recording began; may be absent |
/// | `fds` | how many file descriptors came with the message, if any |
/// | `message` | a complete message, in one line, otherwise as it was sent |
/// | `text`, `hex` | other bytes, as text or in hexadecimal: not JSON, or a part of a message |
/// | `end` | `true`: this end has closed the connection |
///
/// Members of other names are ignored. A wire log has `text` and `hex` for all bytes, in the pieces in which they were sent
/// and received; reading it puts the messages together again.
///
/// A recording may be edited by hand. It contains all that was sent, secrets included.
///
/// # Examples
///
/// ```
/// use qmp_types::testing::Recording;
///
/// let recording = Recording::parse(
///     r#"{"session": 1, "from": "client", "text": "{\"execute\": \"st"}
///        {"session": 1, "from": "client", "text": "op\"}\n"}"#,
/// )?;
/// assert_eq!(
///     recording.to_string(),
///     "{\"session\": 1, \"from\": \"client\", \"message\": {\"execute\": \"stop\"}}\n"
/// );
/// # Ok::<(), qmp_types::testing::InvalidRecording>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Recording {
    lines: Vec<Line>,
}

/// The reason why a text is not a recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidRecording {
    /// The number of the line, from 1; 0 if the reason names the file, with the line if there is one.
    line: usize,
    reason: String,
}

impl Recording {
    /// Reads a file.
    ///
    /// # Errors
    /// If the file cannot be read, or is not a recording.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, InvalidRecording> {
        let path = path.as_ref();
        let unreadable =
            |error| InvalidRecording { line: 0, reason: format!("cannot read `{}`: {error}", path.display()) };
        Self::parse(&fs::read_to_string(path).map_err(unreadable)?).map_err(|InvalidRecording { line, reason }| {
            InvalidRecording { line: 0, reason: format!("`{}`: line {line}: {reason}", path.display()) }
        })
    }

    /// Parses the text of a recording or a wire log.
    ///
    /// # Errors
    /// If a line is not in the format.
    pub fn parse(text: &str) -> Result<Self, InvalidRecording> {
        let mut streams = BTreeMap::<_, MessageSplitter>::new();
        let mut lines = Vec::new();
        for (index, text) in text.lines().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
            let line = Line::parse(text.trim()).map_err(|reason| InvalidRecording { line: index + 1, reason })?;
            let key = (line.session, line.from == Direction::FromServer);
            let Content::Bytes(bytes) = &line.content else {
                lines.push(line);
                continue;
            };
            let stream = streams.entry(key).or_insert_with(MessageSplitter::new);
            stream.push(bytes);
            let mut fds = line.fds;
            while let Some(piece) = stream.next() {
                lines.push(Line { content: piece.into(), fds: std::mem::take(&mut fds), ..line });
            }
        }
        for ((session, is_server), stream) in streams {
            let from = if is_server { Direction::FromServer } else { Direction::FromClient };
            if let Some(piece) = stream.finish() {
                lines.push(Line { session, from, time: None, fds: 0, content: piece.into() });
            }
        }
        Ok(Self { lines })
    }

    /// Returns the numbers of the sessions, in the order in which they began.
    #[must_use]
    pub fn sessions(&self) -> Vec<u64> {
        let mut sessions = Vec::new();
        for line in &self.lines {
            if !sessions.contains(&line.session) {
                sessions.push(line.session);
            }
        }
        sessions
    }

    /// Returns the recording without the times, so that recordings of the same dialogue are the same text, except for what
    /// the server varies.
    #[must_use]
    pub fn without_times(mut self) -> Self {
        self.lines.iter_mut().for_each(|line| line.time = None);
        self
    }

    pub(super) fn lines(&self) -> &[Line] {
        &self.lines
    }
}

impl From<Piece> for Content {
    fn from(piece: Piece) -> Self {
        match piece {
            Piece::Message(text) => Self::Message(text),
            Piece::Other(bytes) => Self::Bytes(bytes),
            Piece::Resync => Self::Bytes(vec![RESYNC]),
        }
    }
}

impl Line {
    /// Creates the line of a piece of a stream.
    pub(super) fn new(session: u64, from: Direction, time: Option<Duration>, fds: usize, piece: Piece) -> Self {
        Self { session, from, time, fds, content: piece.into() }
    }

    /// Creates the line of the end of a stream.
    pub(super) fn end(session: u64, from: Direction, time: Option<Duration>) -> Self {
        Self { session, from, time, fds: 0, content: Content::End }
    }

    /// Returns the message, if the line has one.
    pub(super) fn message(&self) -> Option<&str> {
        if let Content::Message(text) = &self.content { Some(text) } else { None }
    }

    /// Returns whether the line is the byte by which guest agents and their clients synchronise.
    pub(super) fn is_resync(&self) -> bool {
        self.content == Content::Bytes(vec![RESYNC])
    }

    pub(super) fn is_end(&self) -> bool {
        self.content == Content::End
    }
}

/// Formats the recording as a file, with a line for each message.
impl fmt::Display for Recording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.lines.iter().try_for_each(|line| f.write_str(&line.text()))
    }
}

impl fmt::Display for InvalidRecording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => f.write_str(&self.reason),
            line => write!(f, "line {line}: {}", self.reason),
        }
    }
}

impl std::error::Error for InvalidRecording {}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    /// A line that is in the format, or nearly.
    fn line() -> impl Strategy<Value = String> {
        let content = prop_oneof![
            Just(r#""message": {"return": {}}"#.to_owned()),
            Just(r#""message": 'a'"#.to_owned()),
            Just(r#""end": true"#.to_owned()),
            r#""hex": "[0-9a-f]{0,6}""#,
            r#""text": "(\{|\}|\\"a\\": |1|,|\\n| ){0,4}""#,
        ];
        let from = prop_oneof![Just("client"), Just("server")];
        (1..3_u8, from, content)
            .prop_map(|(session, from, content)| format!(r#"{{"session": {session}, "from": "{from}", {content}}}"#))
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(lines in vec(line(), 0..12)) {
            if let Ok(recording) = Recording::parse(&lines.join("\n")) {
                let text = recording.to_string();
                let again = Recording::parse(&text).expect("what was written").to_string();
                // What the end of the stream completes, such as a number, comes last, and the streams have no order then.
                let sorted = |text: &str| {
                    let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
                    lines.sort();
                    lines
                };
                prop_assert_eq!(sorted(&again), sorted(&text));
            }
        }

        #[test]
        fn any_text_is_parsed_or_refused(text in ".{0,80}") {
            drop(Recording::parse(&text));
        }
    }
}
