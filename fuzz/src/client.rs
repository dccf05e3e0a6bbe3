use qmp_types::Value;
use qmp_types::private::{ClientDialogue, Received};

use crate::first_wins::FirstWins;
use crate::pieces;

/// The number of calls whose replies the client waits for.
const CALLS: usize = 3;

/// Sends any bytes to a client that waits for the replies to some calls.
///
/// - What it receives does not depend on how the bytes are split.
/// - If the bytes are JSON by serde_json's measure, the client receives the replies and events in them, up to the first
///   message that is none.
pub fn client(input: &[u8]) {
    let whole = receive(std::iter::once(input));
    assert_eq!(receive(pieces(input)), whole, "what is received depends on how the bytes are split");
    let messages = serde_json::Deserializer::from_slice(input).into_iter().collect::<Result<Vec<FirstWins>, _>>();
    if let Some(messages) = messages.ok().filter(|_| has_plain_names(input)) {
        check(&whole, &Expected::of(messages));
    }
}

fn receive<'a>(input: impl Iterator<Item = &'a [u8]>) -> Received {
    let mut client = ClientDialogue::new(CALLS);
    input.for_each(|piece| client.receive(piece));
    client.received()
}

/// Returns whether no name is spelt in two ways: a client compares QMP's names as they are sent.
fn has_plain_names(input: &[u8]) -> bool {
    !input.contains(&b'\\')
}

/// What a client is expected to receive, by a second, simpler implementation.
#[derive(Default)]
struct Expected {
    replies: [Option<Result<Value, ()>>; CALLS],
    events: Vec<(String, Option<Value>)>,
    failed: bool,
}

impl Expected {
    fn of(messages: Vec<FirstWins>) -> Self {
        let mut expected = Self::default();
        for FirstWins(message) in messages {
            if !expected.take(&message) {
                expected.failed = true;
                break;
            }
        }
        expected
    }

    /// Takes a message; returns whether it is one of QMP's.
    fn take(&mut self, message: &Value) -> bool {
        let Some(message) = message.as_object() else { return false };
        if let Some(value) = message.get("return") {
            self.reply(message.get("id"), Ok(value.clone()));
        } else if message.contains_key("error") {
            self.reply(message.get("id"), Err(()));
        } else if let Some(event) = message.get("event") {
            let Some(name) = event.as_str() else { return false };
            self.events.push((name.to_owned(), message.get("data").cloned()));
        } else {
            return message.contains_key("QMP");
        }
        true
    }

    /// The first reply to a call counts. One without an id is an error of the oldest call.
    fn reply(&mut self, id: Option<&Value>, reply: Result<Value, ()>) {
        let slot = match id {
            None => {
                return if let Some(slot) = self.replies.iter_mut().find(|slot| slot.is_none()) {
                    *slot = Some(Err(()))
                };
            }
            Some(id) => id.as_u64().and_then(|id| self.replies.get_mut(usize::try_from(id).ok()?.checked_sub(1)?)),
        };
        if let Some(slot @ None) = slot {
            *slot = Some(reply);
        }
    }
}

fn check(received: &Received, expected: &Expected) {
    assert_eq!(received.failed, expected.failed, "{received:?}");
    for (reply, expected) in received.replies.iter().zip(&expected.replies) {
        match (reply, expected) {
            (Some(Ok(reply)), Some(Ok(expected))) => assert_eq!(reply, expected),
            (Some(Err(_)), Some(Err(()))) | (None, None) => {}
            (reply, expected) => panic!("received {reply:?}, expected {expected:?}"),
        }
    }
    let read = |data: &String| serde_json::from_str(data).map(|FirstWins(value)| value).expect("the data is JSON");
    let events = received.events.iter().map(|(name, data)| (name.clone(), data.as_ref().map(read)));
    assert_eq!(events.collect::<Vec<_>>(), expected.events);
}
