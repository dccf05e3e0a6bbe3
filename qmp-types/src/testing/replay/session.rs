//! A session of a client with a recording, without IO.

use std::sync::Arc;

use super::ReplayOrder;
use super::exchange::{Exchange, RecordedReply, RecordedSession};
use crate::ErrorClass;
use crate::testing::closest::{closest, nearest};
use crate::testing::message_splitter::RESYNC;
use crate::testing::request::Request;

/// A session of a client with a recording.
pub(super) struct ReplaySession {
    recorded: Arc<RecordedSession>,
    order: ReplayOrder,
    /// Which of the exchanges were replayed.
    used: Vec<bool>,
}

/// What is sent to a client.
#[derive(Debug, Default)]
pub(super) struct Answer {
    pub(super) bytes: Vec<u8>,
    /// The connection is closed then.
    pub(super) ends: bool,
    /// Why the recording has no answer.
    pub(super) refusal: Option<String>,
}

impl ReplaySession {
    pub(super) fn new(recorded: &Arc<RecordedSession>, order: ReplayOrder) -> Self {
        Self { recorded: Arc::clone(recorded), order, used: vec![false; recorded.exchanges.len()] }
    }

    /// Returns what is sent before the first command.
    pub(super) fn opening(&self) -> Vec<u8> {
        lines(&self.recorded.opening)
    }

    /// Returns the recorded answer to a request.
    pub(super) fn answer(&mut self, request: &Request) -> Answer {
        let recorded = Arc::clone(&self.recorded);
        match self.find(request) {
            Ok(index) => {
                self.used[index] = true;
                self.replayed(&recorded.exchanges[index], request)
            }
            // Capabilities may differ from the recorded ones.
            Err(_) if request.command == "qmp_capabilities" => {
                Answer { bytes: Request::success(request.id.as_ref(), "{}"), ..Answer::default() }
            }
            Err(refusal) => {
                let bytes = Request::failure(request.id.as_ref(), &ErrorClass::GenericError, &refusal);
                Answer { bytes, ends: false, refusal: Some(refusal) }
            }
        }
    }

    /// Returns the recorded reply to a request, without the events around it.
    ///
    /// # Errors
    /// Why the recording has no answer.
    pub(super) fn reply(&mut self, request: &Request) -> Result<Option<RecordedReply>, String> {
        let index = self.find(request)?;
        self.used[index] = true;
        Ok(self.recorded.exchanges[index].reply.clone())
    }

    /// Returns the recorded commands that were not executed.
    pub(super) fn unused(&self) -> impl Iterator<Item = String> {
        let exchanges = self.recorded.exchanges.iter().zip(&self.used);
        exchanges.filter(|(_, used)| !**used).map(|(exchange, _)| exchange.request.to_string())
    }

    fn replayed(&self, exchange: &Exchange, request: &Request) -> Answer {
        let mut bytes = lines(&exchange.before);
        if let Some(reply) = &exchange.reply {
            if request.command == "guest-sync-delimited" {
                bytes.push(RESYNC);
            }
            match (synchronisation(request), &reply) {
                (Some(token), RecordedReply::Return(_)) => {
                    bytes.extend(Request::success(request.id.as_ref(), &token));
                }
                _ => bytes.extend(reply.with_id(request.id.as_ref())),
            }
        }
        bytes.extend(lines(&exchange.after));
        Answer { bytes, ends: exchange.ends, refusal: None }
    }

    /// Returns the recorded exchange that answers a request, or why there is none.
    fn find(&self, request: &Request) -> Result<usize, String> {
        let exchanges = &self.recorded.exchanges;
        let unused = |index: &usize| !self.used[*index];
        let mut equal = (0..exchanges.len()).filter(|index| is_same(&exchanges[*index].request, request)).peekable();
        if self.order == ReplayOrder::Strict {
            let next = (0..exchanges.len()).find(unused);
            return match next {
                Some(next) if is_same(&exchanges[next].request, request) => Ok(next),
                Some(next) => Err(format!(
                    "the recording goes on with `{}`, found `{request}`; help: replay in any order",
                    exchanges[next].request
                )),
                None => Err(format!("the recording has ended, found `{request}`")),
            };
        }
        if equal.peek().is_none() {
            return Err(self.unknown(request));
        }
        let all: Vec<_> = equal.collect();
        match (all.iter().copied().find(unused), self.order) {
            (Some(index), _) => Ok(index),
            (None, ReplayOrder::Repeated) => Ok(all[all.len() - 1]),
            (None, _) => Err(format!(
                "the recording has `{request}` {}, and each was replayed; help: let it repeat the last reply",
                if all.len() == 1 { "once".to_owned() } else { format!("{} times", all.len()) }
            )),
        }
    }

    /// Explains that a command was not recorded, with the recorded one that differs least.
    fn unknown(&self, request: &Request) -> String {
        let all = || self.recorded.exchanges.iter().map(|exchange| &exchange.request);
        let same = all().filter(|recorded| recorded.command == request.command).map(ToString::to_string);
        let same: Vec<_> = same.collect();
        if let Some(nearest) = nearest(&request.to_string(), same.iter().map(String::as_str)) {
            return format!("the recording has no `{request}`; the closest that it has is `{nearest}`");
        }
        match closest(&request.command, all().map(|recorded| recorded.command.as_str())) {
            Some(closest) => {
                format!("the recording has no command `{}`; the closest that it has is `{closest}`", request.command)
            }
            None => format!("the recording has no command `{}`", request.command),
        }
    }
}

/// Returns whether the requests ask for the same. Clients synchronise with a guest agent by a number that they choose.
fn is_same(recorded: &Request, request: &Request) -> bool {
    recorded.command == request.command
        && (recorded.arguments == request.arguments || synchronisation(request).is_some())
}

/// Returns the number that a guest agent has to return, as JSON, if the client synchronises with it.
fn synchronisation(request: &Request) -> Option<String> {
    let is_sync = matches!(request.command.as_str(), "guest-sync" | "guest-sync-delimited");
    request.arguments.get("id").filter(|_| is_sync).map(ToString::to_string)
}

/// Returns messages as they are sent.
fn lines(messages: &[String]) -> Vec<u8> {
    messages.iter().flat_map(|message| [message.as_bytes(), b"\r\n"]).flatten().copied().collect()
}
