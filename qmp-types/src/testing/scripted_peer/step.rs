//! The steps of a script.

use std::fmt;
use std::time::Duration;

use crate::testing::request::Request;
use crate::{Error, Map, Value};

/// What the peer does next.
pub(super) enum Step {
    /// Takes the next client, and goes through the handshake.
    NextClient,
    /// Waits for a command, and answers it.
    Expect(ExpectedCommand),
    /// Emits an event, whose data is JSON text.
    Emit {
        event: String,
        data: String,
    },
    Send(Vec<u8>),
    Delay(Duration),
    Close,
    /// Answers a command that was left without an answer before.
    Answer {
        postponed: Postponement,
        command: String,
        answer: Answer,
    },
}

/// Identifies a command whose answer was postponed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Postponement(pub(super) usize);

/// A command that the peer waits for.
pub(super) struct ExpectedCommand {
    pub(super) command: String,
    pub(super) conditions: Vec<Condition>,
    pub(super) oob: bool,
    /// How many descriptors come with it, if that is checked.
    pub(super) fds: Option<usize>,
    pub(super) delay: Duration,
    pub(super) answer: Answer,
}

/// What the arguments of a command have to be.
pub(super) struct Condition {
    /// In words that continue "a command ...".
    pub(super) description: String,
    /// Returns what differs.
    pub(super) check: Box<Check>,
}

type Check = dyn Fn(&Map<String, Value>) -> Result<(), String> + Send;

/// How a command is answered.
#[derive(Debug)]
pub(super) enum Answer {
    /// The return value, as JSON.
    Return(String),
    Fail(Error),
    Nothing,
    Postpone(Postponement),
    /// Sends the first bytes of a reply, and closes the connection.
    DieAfter {
        bytes: usize,
        value: String,
    },
    Raw(Vec<u8>),
    Close,
}

impl ExpectedCommand {
    /// Checks a request, with the number of descriptors that came with it.
    ///
    /// # Errors
    /// Returns what differs, or an empty text if that is plain from the request itself.
    pub(super) fn check(&self, request: &Request, fds: usize) -> Result<(), String> {
        if request.command != self.command {
            return Err(String::new());
        }
        if request.oob != self.oob {
            return Err(if request.oob { "it is executed out of band" } else { "it is executed in band" }.to_owned());
        }
        self.conditions.iter().try_for_each(|condition| (condition.check)(&request.arguments))?;
        match self.fds {
            Some(expected) if expected != fds => Err(format!("it came with {}", descriptors(fds))),
            _ => Ok(()),
        }
    }

    /// Describes the command: `device_del with {"id": "net0"}`.
    pub(super) fn description(&self) -> String {
        let mut text = self.command.clone();
        if self.oob {
            text.push_str(", out of band");
        }
        for condition in &self.conditions {
            text = format!("{text} {}", condition.description);
        }
        if let Some(fds) = self.fds {
            text = format!("{text}, with {}", descriptors(fds));
        }
        text
    }
}

fn descriptors(count: usize) -> String {
    if count == 1 { "1 file descriptor".to_owned() } else { format!("{count} file descriptors") }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NextClient => f.write_str("a client connects"),
            Self::Expect(expected) => write!(f, "{}: {}", expected.description(), expected.answer),
            Self::Emit { event, data } if data == "{}" => write!(f, "emit {event}"),
            Self::Emit { event, data } => write!(f, "emit {event} {data}"),
            Self::Send(bytes) => write!(f, "send {:?}", String::from_utf8_lossy(bytes)),
            Self::Delay(time) => write!(f, "wait {time:?}"),
            Self::Close => f.write_str("close the connection"),
            Self::Answer { command, answer, .. } => write!(f, "now answer {command}: {answer}"),
        }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Return(value) => write!(f, "return {value}"),
            Self::Fail(error) => write!(f, "fail with {error}"),
            Self::Nothing => f.write_str("no answer"),
            Self::Postpone(_) => f.write_str("answer later"),
            Self::DieAfter { bytes, .. } => write!(f, "close the connection after {bytes} bytes of the reply"),
            Self::Raw(bytes) => write!(f, "send {:?}", String::from_utf8_lossy(bytes)),
            Self::Close => f.write_str("close the connection"),
        }
    }
}
