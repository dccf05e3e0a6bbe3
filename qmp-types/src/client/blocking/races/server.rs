//! A server that replies in any order.

use serde_json::{Value, json};
use shuttle::rand::{Rng, thread_rng};
use shuttle::thread::{self, JoinHandle};

use super::simulated_stream::SimulatedStream;
use crate::client::blocking::transport::Transport;

/// The behaviour of a [server](start).
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Behaviour {
    /// Sends an event `TICK` before or after each reply, whose data is the number of the event.
    pub(super) ticks: bool,
    /// Ends the connection after this number of replies.
    pub(super) replies: Option<usize>,
}

/// Starts a server on a thread of its own. It greets, negotiates, and returns to each command its argument `n`. Of the
/// commands that have arrived, it takes any one next.
pub(super) fn start(stream: SimulatedStream, behaviour: Behaviour) -> JoinHandle<()> {
    thread::spawn(move || {
        let mut server = Server { stream, behaviour, received: Vec::new(), requests: Vec::new(), ticks: 0 };
        server.greet();
        let replies = behaviour.replies.unwrap_or(usize::MAX);
        (0..replies).take_while(|_| server.reply_to_any()).for_each(drop);
        server.stream.shutdown_both();
    })
}

struct Server {
    stream: SimulatedStream,
    behaviour: Behaviour,
    received: Vec<u8>,
    /// The requests without a reply.
    requests: Vec<Value>,
    ticks: u64,
}

impl Server {
    fn greet(&mut self) {
        let version = json!({ "qemu": { "major": 10, "minor": 0, "micro": 0 }, "package": "" });
        self.stream.send(&json!({ "QMP": { "version": version, "capabilities": [] } }));
        while self.requests.is_empty() && self.stream.receive(&mut self.received) {
            self.parse();
        }
        if let Some(negotiation) = self.requests.pop() {
            self.stream.send(&json!({ "return": {}, "id": negotiation["id"] }));
        }
    }

    /// Replies to one of the requests. Returns `false` if the connection has ended.
    fn reply_to_any(&mut self) -> bool {
        // More requests may arrive before the next reply, or not.
        while self.requests.is_empty() || thread_rng().r#gen() {
            let open = match self.requests.is_empty() {
                true => self.stream.receive(&mut self.received),
                false => self.stream.try_receive(&mut self.received),
            };
            if !open {
                return false;
            }
            self.parse();
        }
        let request = self.requests.swap_remove(thread_rng().gen_range(0..self.requests.len()));
        let reply = json!({ "return": request["arguments"]["n"], "id": request["id"] });
        if !self.behaviour.ticks {
            self.stream.send(&reply);
        } else if thread_rng().r#gen() {
            self.tick();
            self.stream.send(&reply);
        } else {
            self.stream.send(&reply);
            self.tick();
        }
        true
    }

    fn tick(&mut self) {
        self.ticks += 1;
        let timestamp = json!({ "seconds": 1, "microseconds": 0 });
        self.stream.send(&json!({ "event": "TICK", "data": { "n": self.ticks }, "timestamp": timestamp }));
    }

    /// Moves the requests that have arrived completely.
    fn parse(&mut self) {
        let mut requests = serde_json::Deserializer::from_slice(&self.received).into_iter::<Value>();
        self.requests.extend(requests.by_ref().map_while(Result::ok));
        let end = requests.byte_offset();
        self.received.drain(..end);
    }
}
