//! A client without sockets, for the harnesses of `fuzz` (feature `__harness`).

use serde_json::Value;

use super::ClientOptions;
use super::core::{Awaited, Core, EventWaiter, ReplyWaiter, Request, SentCall, Subscriptions, Waiter};
use crate::Greeting;

/// The client's side of a dialogue: the server's bytes in, replies and events out.
#[derive(Debug)]
pub struct ClientDialogue {
    core: Core,
    calls: Vec<SentCall>,
}

/// What a client has received.
#[derive(Debug, PartialEq)]
pub struct Received {
    /// The greeting, the last one if there were several.
    pub greeting: Option<Greeting>,
    /// The reply to each call, if there was one: the return value, or the error's text.
    pub replies: Vec<Option<Result<Value, String>>>,
    /// The name and the data of each event.
    pub events: Vec<(String, Option<String>)>,
    /// Whether the connection has failed, because the server does not speak QMP.
    pub failed: bool,
}

impl ClientDialogue {
    /// Creates a client that has sent this many commands, with the ids from 1 on.
    pub fn new(calls: usize) -> Self {
        let mut core = Core::new(&ClientOptions::default());
        let call = |_| core.begin(Request::named("stop"), &(), None).expect("the connection is open");
        let calls = (0..calls).map(call).collect();
        Self { core, calls }
    }

    /// Creates a client that has sent no command, with out-of-band execution enabled or not.
    pub fn with_oob(oob: bool) -> Self {
        let options = ClientOptions::default();
        let options = if oob { options.enable_oob() } else { options };
        Self { core: Core::new(&options), calls: Vec::new() }
    }

    /// Begins a call, in band or out of band. The ids are the numbers from 1 on.
    pub fn begin(&mut self, oob: bool) {
        let mut request = Request::named("stop");
        request.oob = oob;
        self.calls.push(self.core.begin(request, &(), None).expect("the connection is open"));
    }

    /// Gives up the call at this position.
    pub fn abandon(&mut self, call: usize) {
        self.core.abandon(self.calls[call]);
    }

    /// Sends what the client has to send, as if the socket accepted at most `limit` bytes.
    pub fn send(&mut self, limit: usize) -> Vec<u8> {
        let Some(piece) = self.core.outgoing.next() else { return Vec::new() };
        let sent = piece.bytes[..piece.bytes.len().min(limit)].to_vec();
        self.core.outgoing.sent(sent.len());
        sent
    }

    /// Takes the reply to the call at this position, if there is one: the return value, or the error's text.
    pub fn reply(&mut self, call: usize) -> Option<Result<Value, String>> {
        reply(&mut self.core, self.calls[call])
    }

    /// Takes the text of the next error reply that belongs to no call.
    pub fn error(&mut self) -> Option<String> {
        self.core.take_error().map(|error| error.to_string())
    }

    /// Receives bytes.
    pub fn receive(&mut self, bytes: &[u8]) {
        self.core.receive(bytes);
    }

    /// Returns what was received.
    pub fn received(mut self) -> Received {
        let greeting = self.core.greeting().cloned();
        let replies = self.calls.iter().map(|call| reply(&mut self.core, *call)).collect();
        let mut events = Vec::new();
        loop {
            let mut waiter = EventWaiter::of(Subscriptions::OWN, None);
            let Some(Ok(())) = waiter.poll(&mut self.core) else { break };
            let event = waiter.into_event().map(|event| (event.name.clone(), event.data.clone()));
            events.push(event.unwrap_or_else(|error| (error.to_string(), None)));
        }
        Received { greeting, replies, events, failed: self.core.is_over() }
    }
}

/// Returns the reply to a call, if one was received.
fn reply(core: &mut Core, call: SentCall) -> Option<Result<Value, String>> {
    let mut value = Value::Null;
    let mut waiter = ReplyWaiter::new(call, "stop", &mut value);
    let Awaited::Reply(id) = waiter.awaited() else { return None };
    match core.take_reply(id)? {
        Ok(text) => waiter.deliver(Ok(&text)),
        Err(error) => waiter.deliver(Err(error)),
    }
    let result = waiter.poll(core)?;
    Some(result.map(|()| value).map_err(|error| error.to_string()))
}
