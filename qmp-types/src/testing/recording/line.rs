//! A line of a recording.

use std::time::Duration;

use crate::record::Writer;
use crate::server::Direction;
use crate::testing::raw_members::raw_members;

/// A line of a recording.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::testing) struct Line {
    pub(in crate::testing) session: u64,
    pub(in crate::testing) from: Direction,
    pub(super) time: Option<Duration>,
    /// How many descriptors came with it.
    pub(super) fds: usize,
    pub(super) content: Content,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Content {
    /// A complete message, a JSON value.
    Message(String),
    /// Bytes that are not JSON, or a part of a message.
    Bytes(Vec<u8>),
    /// The end of the stream.
    End,
}

impl Line {
    /// Parses a line. Returns the reason if it is not in the format.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let members = raw_members(text).ok_or("expected a JSON object")?;
        let find = |name: &str| members.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
        let from = match find("from") {
            Some("\"client\"") => Direction::FromClient,
            Some("\"server\"") => Direction::FromServer,
            _ => return Err("expected `\"client\"` or `\"server\"` as `from`".to_owned()),
        };
        let session = find("session").map_or(Ok(1), |text| number(text, "session"))?;
        let fds = find("fds").map_or(Ok(0), |text| number(text, "fds"))?;
        let time = match find("time") {
            None => None,
            Some(text) => {
                let seconds = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
                Some(seconds.ok_or_else(|| format!("expected a number of seconds as `time`, found `{text}`"))?)
            }
        };
        let content = match (find("message"), find("text"), find("hex")) {
            (Some(message), None, None) => Content::Message(message.to_owned()),
            (None, Some(text), None) => Content::Bytes(string(text, "text")?.into_bytes()),
            (None, None, Some(hex)) => Content::Bytes(bytes(&string(hex, "hex")?)?),
            (None, None, None) if find("end") == Some("true") => Content::End,
            // A wire log has a line for descriptors that came without bytes.
            (None, None, None) if fds > 0 => Content::Bytes(Vec::new()),
            _ => return Err("expected one of `message`, `text`, `hex` and `end`".to_owned()),
        };
        Ok(Self { session, from, time, fds, content })
    }

    /// Returns the line as it is written, with its line break.
    pub(in crate::testing) fn text(&self) -> String {
        let mut out = Writer::new();
        out.literal("{\"session\": ");
        out.unsigned(self.session);
        out.literal(match self.from {
            Direction::FromClient => ", \"from\": \"client\"",
            Direction::FromServer => ", \"from\": \"server\"",
        });
        if let Some(time) = self.time {
            out.literal(&format!(", \"time\": {}.{:06}", time.as_secs(), time.subsec_micros()));
        }
        if self.fds > 0 {
            out.literal(&format!(", \"fds\": {}", self.fds));
        }
        match &self.content {
            // A message with single quotes is not JSON: it would be none in a line, either.
            Content::Message(text) if serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok() => {
                out.literal(", \"message\": ");
                out.literal(&on_one_line(text));
            }
            Content::Message(text) => {
                out.literal(", \"text\": ");
                out.string(text);
            }
            Content::Bytes(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => {
                    out.literal(", \"text\": ");
                    out.string(text);
                }
                Err(_) => {
                    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
                    out.literal(&format!(", \"hex\": \"{hex}\""));
                }
            },
            Content::End => out.literal(", \"end\": true"),
        }
        out.literal("}\n");
        String::from_utf8_lossy(&out.into_bytes()).into_owned()
    }
}

/// Removes line breaks and the indentation after them, which are white space: a string has none.
fn on_one_line(json: &str) -> String {
    json.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}

fn number<T: std::str::FromStr>(text: &str, name: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("expected a number as `{name}`, found `{text}`"))
}

fn string(text: &str, name: &str) -> Result<String, String> {
    serde_json::from_str(text).map_err(|_| format!("expected a string as `{name}`, found `{}`", crate::json::cut(text)))
}

/// Decodes hexadecimal digits.
fn bytes(hex: &str) -> Result<Vec<u8>, String> {
    let wrong = || "expected pairs of hexadecimal digits as `hex`".to_owned();
    let byte = |start| hex.get(start..start + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
    (0..hex.len()).step_by(2).map(|start| byte(start).ok_or_else(wrong)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_survive_a_round_trip() {
        for line in [
            r#"{"session": 1, "from": "server", "time": 0.000312, "message": {"b": 1.50, "a": []}}"#,
            r#"{"session": 12, "from": "client", "fds": 2, "message": {"execute": "getfd"}}"#,
            r#"{"session": 1, "from": "client", "text": "{'a': 1}\n"}"#,
            r#"{"session": 1, "from": "server", "hex": "ff0a"}"#,
            r#"{"session": 1, "from": "server", "end": true}"#,
        ] {
            assert_eq!(Line::parse(line).expect(line).text(), format!("{line}\n"));
        }
        let pretty = Line { content: Content::Message("{\r\n    \"a\": 1\r\n}".to_owned()), ..line() };
        assert_eq!(pretty.text(), "{\"session\": 1, \"from\": \"server\", \"message\": { \"a\": 1 }}\n");
        let single = Line { content: Content::Message("{'a': 1}".to_owned()), ..line() };
        assert_eq!(single.text(), "{\"session\": 1, \"from\": \"server\", \"text\": \"{'a': 1}\"}\n");
    }

    fn line() -> Line {
        Line { session: 1, from: Direction::FromServer, time: None, fds: 0, content: Content::End }
    }

    #[test]
    fn mistakes_are_named() {
        for (line, reason) in [
            ("[1]", "expected a JSON object"),
            (r#"{"from": "qemu"}"#, "expected `\"client\"` or `\"server\"` as `from`"),
            (r#"{"from": "client"}"#, "expected one of `message`, `text`, `hex` and `end`"),
            (r#"{"from": "client", "session": -1}"#, "expected a number as `session`, found `-1`"),
            (r#"{"from": "client", "time": "x"}"#, "expected a number of seconds as `time`, found `\"x\"`"),
            (r#"{"from": "client", "hex": "f"}"#, "expected pairs of hexadecimal digits as `hex`"),
            (r#"{"from": "client", "text": 5}"#, "expected a string as `text`, found `5`"),
        ] {
            assert_eq!(Line::parse(line), Err(reason.to_owned()), "{line}");
        }
    }
}
