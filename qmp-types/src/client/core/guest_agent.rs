//! The dialogue with a guest agent, where it differs from QMP: synchronisation, and agents that do not know ids.

use std::hash::{BuildHasher, Hasher, RandomState};

use serde_json::{Value, json};

use super::message_decoder::RESYNC;
use super::request::Request;
use super::send_buffer::SendBuffer;
use super::server_message::{Id, Reply};
use crate::json::number;

/// The command whose reply is preceded by [`RESYNC`], and returns its argument.
pub(super) const SYNC: &str = "guest-sync-delimited";

/// What a client knows of the guest agent at the other end.
#[derive(Debug, Default)]
pub(super) struct GuestAgent {
    pub(super) matching: Matching,
    /// The synchronisation in progress.
    sync: Option<Sync>,
}

/// How replies are matched to calls.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Matching {
    /// By their ids.
    #[default]
    ById,
    /// In the order of the calls, because the agent does not echo ids.
    InOrder {
        /// Whether the agent accepts requests with an id. Those before QEMU 4.0 reject them.
        sends_ids: bool,
    },
}

/// A synchronisation in progress.
///
/// Two requests are sent: one with an id, and one without. The replies show how the agent treats ids.
#[derive(Debug)]
struct Sync {
    id: u64,
    /// The token of the request with an id. That of the other request is the next number.
    token: u64,
    /// How the agent treats ids, by the reply to the first request.
    matching: Matching,
}

impl GuestAgent {
    /// Begins a synchronisation: appends its requests, of which the first has this id.
    pub(super) fn begin_sync(&mut self, id: u64, outgoing: &mut SendBuffer) {
        let token = random();
        outgoing.push_bytes(&[RESYNC]);
        for (token, sends_id) in [(token, true), (token + 1, false)] {
            outgoing.push_request(Request::named(SYNC), &token_argument(token), id, sends_id, None);
        }
        self.sync = Some(Sync { id, token, matching: Matching::InOrder { sends_ids: false } });
    }

    /// Returns whether no synchronisation is in progress.
    pub(super) fn is_synchronized(&self) -> bool {
        self.sync.is_none()
    }

    /// Handles a reply during a synchronisation, which may end it. Other replies belong to calls that are lost.
    pub(super) fn sync_reply(&mut self, id: &Id, reply: &Reply<'_>) {
        let (Some(sync), Ok(text)) = (&mut self.sync, reply) else { return };
        match number::read_digits(text) {
            Some(token) if token == sync.token => {
                sync.matching =
                    if *id == Id::Call(sync.id) { Matching::ById } else { Matching::InOrder { sends_ids: true } };
            }
            Some(token) if token == sync.token + 1 => {
                tracing::debug!(matching = ?sync.matching, "the guest agent is synchronised");
                self.matching = sync.matching;
                self.sync = None;
            }
            _ => {}
        }
    }
}

impl Matching {
    /// Returns whether requests carry an id.
    pub(super) fn sends_ids(self) -> bool {
        self != Self::InOrder { sends_ids: false }
    }
}

/// The argument of the commands that return a token.
pub(super) fn token_argument(token: u64) -> Value {
    json!({ "id": token })
}

/// Returns a random number that every JSON parser reads as an integer.
pub(crate) fn random() -> u64 {
    RandomState::new().build_hasher().finish() >> 16
}
