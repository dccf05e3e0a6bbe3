//! The commands of a recorded session, with what the server sent to each.

use crate::Value;
use crate::server::Direction;
use crate::testing::raw_members::raw_members;
use crate::testing::recording::Line;
use crate::testing::request::Request;

/// A recorded session, prepared for being replayed.
#[derive(Debug, Default)]
pub(super) struct RecordedSession {
    /// What the server sent before the first command: the greeting.
    pub(super) opening: Vec<String>,
    /// In the order of the commands.
    pub(super) exchanges: Vec<Exchange>,
}

/// A command, and what the server sent to it.
#[derive(Debug)]
pub(super) struct Exchange {
    pub(super) request: Request,
    /// The events before the reply.
    pub(super) before: Vec<String>,
    /// `None` if the server did not reply.
    pub(super) reply: Option<RecordedReply>,
    /// The events after the reply, before the next one.
    pub(super) after: Vec<String>,
    /// The server has closed the connection then.
    pub(super) ends: bool,
}

/// A reply without its id, as JSON.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum RecordedReply {
    Return(String),
    Error(String),
}

impl RecordedSession {
    /// Collects the messages of a session.
    pub(super) fn new<'l>(lines: impl Iterator<Item = &'l Line>) -> Self {
        let mut session = Self::default();
        let mut events = Vec::new();
        // The exchange that was replied to last.
        let mut last = None;
        let mut client_has_left = false;
        for line in lines {
            match (line.from, line.message()) {
                (Direction::FromClient, Some(text)) => {
                    // Anything else is garbage, which needs no answer.
                    session.exchanges.extend(Request::read(text).ok().map(Exchange::new));
                }
                (Direction::FromServer, Some(text)) => {
                    let members = raw_members(text).unwrap_or_default();
                    match reply(&members).and_then(|(reply, id)| Some((reply, session.waiting(id)?))) {
                        Some((reply, index)) => {
                            session.exchanges[index].reply = Some(reply);
                            session.exchanges[index].before = std::mem::take(&mut events);
                            last = Some(index);
                        }
                        None if session.exchanges.is_empty() => session.opening.push(text.to_owned()),
                        // While a command runs, the event comes before its reply.
                        None if session.is_waiting() => events.push(text.to_owned()),
                        None => last
                            .map_or(&mut session.opening, |last| &mut session.exchanges[last].after)
                            .push(text.to_owned()),
                    }
                }
                (Direction::FromServer, None) if line.is_resync() => {
                    // What came before was dropped by the client: the agent's complaint about the client's own byte.
                    for exchange in &mut session.exchanges {
                        let is_delimited = exchange.request.command == "guest-sync-delimited";
                        exchange.reply.take_if(|reply| is_delimited && matches!(reply, RecordedReply::Error(_)));
                    }
                }
                (Direction::FromClient, None) if line.is_end() => client_has_left = true,
                (Direction::FromServer, None) if line.is_end() && !client_has_left => {
                    if let Some(exchange) = session.exchanges.last_mut() {
                        exchange.ends = true;
                    }
                }
                _ => {}
            }
        }
        // The last command was not replied to.
        if let Some(exchange) = session.exchanges.iter_mut().rev().find(|exchange| exchange.reply.is_none()) {
            exchange.before = events;
        }
        session
    }

    /// Returns the command without a reply that a reply with this id belongs to: without an id, the oldest.
    fn waiting(&self, id: Option<Value>) -> Option<usize> {
        let is_waiting = |exchange: &Exchange| exchange.reply.is_none() && exchange.request.id == id;
        let oldest = || self.exchanges.iter().position(|exchange| exchange.reply.is_none());
        let found = self.exchanges.iter().position(is_waiting);
        if id.is_none() { found.or_else(oldest) } else { found }
    }

    fn is_waiting(&self) -> bool {
        self.exchanges.iter().any(|exchange| exchange.reply.is_none())
    }
}

impl Exchange {
    fn new(request: Request) -> Self {
        Self { request, before: Vec::new(), reply: None, after: Vec::new(), ends: false }
    }
}

impl RecordedReply {
    /// Returns the reply to a request with this id.
    pub(super) fn with_id(&self, id: Option<&Value>) -> Vec<u8> {
        match self {
            Self::Return(value) => Request::success(id, value),
            Self::Error(error) => Request::raw_failure(id, error),
        }
    }
}

/// Returns the reply and its id, if the message is one.
fn reply(members: &[(&str, &str)]) -> Option<(RecordedReply, Option<Value>)> {
    let find = |name: &str| members.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
    let reply = find("return").map(RecordedReply::Return).or_else(|| find("error").map(RecordedReply::Error))?;
    Some((reply, find("id").and_then(|id| serde_json::from_str(&id).ok())))
}
