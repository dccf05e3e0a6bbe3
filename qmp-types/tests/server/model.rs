//! The session against a written model: random requests, answers, events and ends, in any order.

use std::collections::VecDeque;

use proptest::prelude::*;
use qmp_types::server::{PendingRequest, Session};
use qmp_types::{Error, Server};
use serde_json::Value;

use crate::machine::{self, Machine};
use crate::sample::events;
use crate::support::messages;

/// What a client may send, each with an id of its own.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Message {
    Negotiate,
    NegotiateOob,
    NegotiateUnknown,
    /// Is executed at once.
    Status,
    /// Is executed elsewhere, and answered later.
    Sleep,
    /// Allows out-of-band execution, and is executed at once.
    Ping,
    PingOob,
    /// Is sent out of band, which its command does not allow.
    StatusOob,
    Unknown,
    Malformed,
    NoObject,
    Both,
}

/// What happens to a session.
#[derive(Debug, Clone)]
enum Step {
    Send(Vec<Message>),
    /// One of the commands that are executed elsewhere is answered, or given up.
    Answer(bool),
    Emit,
    /// The command `ping` is disabled, or enabled.
    Disable(bool),
    /// The machine is initialised.
    EndPreconfig,
    /// The client's stream ends.
    Finish,
    /// The server is stopped.
    Stop,
}

/// What a client sees of a message: a reply's id and whether it is an error, or an event.
#[derive(Debug, Clone, PartialEq)]
enum Seen {
    Greeting,
    Returned(Value),
    Failed(Value, &'static str),
    Event,
}

/// The rules of spec sections 3, 5, 8 and 9, as plainly as they can be written.
#[derive(Debug, Default)]
struct Model {
    offers_oob: bool,
    negotiated: bool,
    oob: bool,
    /// Whether `ping` is disabled.
    disabled: bool,
    preconfig: bool,
    stopped: bool,
    ended: bool,
    /// What was sent and has not been looked at.
    input: VecDeque<(Message, Value)>,
    /// What waits behind the in-band command that runs.
    queue: VecDeque<(Message, Value)>,
    running: Option<Value>,
    seen: Vec<Seen>,
}

impl Model {
    fn proceed(&mut self) {
        while !self.stopped {
            if self.running.is_none() {
                let Some((message, id)) = self.queue.pop_front().or_else(|| self.input.pop_front()) else { return };
                self.execute(message, id);
            } else if self.oob && self.queue.len() < 8 {
                match self.input.pop_front() {
                    Some((message @ (Message::PingOob | Message::StatusOob), id)) => self.execute(message, id),
                    Some(waits) => self.queue.push_back(waits),
                    None => return,
                }
            } else {
                return;
            }
        }
    }

    fn execute(&mut self, message: Message, id: Value) {
        let refused = |class| Seen::Failed(id.clone(), class);
        let seen = match message {
            Message::Malformed => Seen::Failed(Value::Null, "GenericError"),
            Message::NoObject => Seen::Failed(Value::Null, "GenericError"),
            Message::Both => refused("GenericError"),
            Message::PingOob | Message::StatusOob if !self.oob => refused("GenericError"),
            Message::NegotiateUnknown => refused("GenericError"),
            Message::Negotiate | Message::NegotiateOob if self.negotiated => refused("CommandNotFound"),
            Message::NegotiateOob if !self.offers_oob => refused("GenericError"),
            Message::Negotiate | Message::NegotiateOob => {
                self.negotiated = true;
                self.oob = message == Message::NegotiateOob;
                Seen::Returned(id)
            }
            _ if !self.negotiated => refused("CommandNotFound"),
            Message::Unknown => refused("CommandNotFound"),
            Message::Ping | Message::PingOob if self.disabled => refused("CommandNotFound"),
            Message::StatusOob => refused("GenericError"),
            Message::Ping | Message::PingOob | Message::Sleep if self.preconfig => refused("GenericError"),
            Message::Status | Message::Ping | Message::PingOob => Seen::Returned(id),
            Message::Sleep => {
                self.running = Some(id);
                return;
            }
        };
        self.seen.push(seen);
    }

    fn answer(&mut self, succeeds: bool) {
        let id = self.running.take().expect("a command runs");
        self.seen.push(if succeeds { Seen::Returned(id) } else { Seen::Failed(id, "GenericError") });
    }

    fn is_finished(&self) -> bool {
        let is_over = self.stopped || self.ended && self.input.is_empty() && self.queue.is_empty();
        is_over && self.running.is_none()
    }
}

/// A session, and the command of it that is executed elsewhere.
struct Tested {
    server: Server<Machine>,
    session: Session,
    running: Option<PendingRequest>,
}

impl Tested {
    fn proceed(&mut self) {
        while let Some(request) = self.session.next() {
            match request.command().name {
                "sleep" => {
                    assert!(self.running.is_none(), "one in-band command runs at a time");
                    self.running = request.take();
                }
                _ => request.run(&self.server),
            }
        }
    }

    fn seen(&mut self) -> Vec<Seen> {
        messages(&self.session.take_output()).iter().map(seen).collect()
    }
}

fn seen(message: &Value) -> Seen {
    let id = message["id"].clone();
    match message["error"]["class"].as_str() {
        Some("CommandNotFound") => Seen::Failed(id, "CommandNotFound"),
        Some("GenericError") => Seen::Failed(id, "GenericError"),
        Some(class) => panic!("the class {class}"),
        None if message["QMP"].is_object() => Seen::Greeting,
        None if message["event"] == "STOP" => Seen::Event,
        None => Seen::Returned(id),
    }
}

fn text(message: Message, id: &Value) -> String {
    let request = |members: &str| format!("{{{members}, \"id\": {id}}}");
    match message {
        Message::Negotiate => request("'execute': 'qmp_capabilities'"),
        Message::NegotiateOob => request("'execute': 'qmp_capabilities', 'arguments': {'enable': ['oob']}"),
        Message::NegotiateUnknown => request("'execute': 'qmp_capabilities', 'arguments': {'enable': ['x']}"),
        Message::Status => request("'execute': 'query-status'"),
        Message::Sleep => request("'execute': 'sleep'"),
        Message::Ping => request("'execute': 'ping'"),
        Message::PingOob => request("'exec-oob': 'ping'"),
        Message::StatusOob => request("'exec-oob': 'query-status'"),
        Message::Unknown => request("'execute': 'none'"),
        Message::Malformed => "[1 2]".into(),
        Message::NoObject => "[1, 2]".into(),
        Message::Both => request("'execute': 'ping', 'exec-oob': 'ping'"),
    }
}

fn check(preconfig: bool, steps: &[Step], chunk: usize) {
    let server = if preconfig { machine::server().preconfig() } else { machine::server() };
    let handle = server.handle();
    let session = server.session();
    let mut tested = Tested { server, session, running: None };
    let greeting = messages(&tested.session.take_output());
    assert_eq!(greeting.iter().map(seen).collect::<Vec<_>>(), [Seen::Greeting]);
    let offers_oob = greeting[0]["QMP"]["capabilities"] == serde_json::json!(["oob"]);
    let mut model = Model { offers_oob, preconfig, ..Model::default() };
    let mut last_id = 0;
    for (number, step) in steps.iter().enumerate() {
        match step {
            Step::Send(_) if model.ended => {}
            Step::Send(sent) => {
                let ids = sent.iter().map(|_| {
                    last_id += 1;
                    Value::from(last_id)
                });
                let sent: Vec<_> = sent.iter().copied().zip(ids).collect();
                let bytes: String = sent.iter().map(|(message, id)| text(*message, id)).collect();
                model.input.extend(sent);
                for piece in bytes.as_bytes().chunks(chunk) {
                    tested.session.receive(piece, Vec::new());
                    tested.proceed();
                }
            }
            Step::Answer(succeeds) => {
                if let Some(running) = tested.running.take() {
                    model.answer(*succeeds);
                    if *succeeds {
                        running.succeed(&serde_json::json!({}));
                    } else {
                        running.fail(&Error::generic("no"));
                    }
                }
            }
            Step::Emit => {
                tested.server.events().emit(events::Stop {});
                model.seen.extend(model.negotiated.then_some(Seen::Event));
            }
            Step::Disable(disabled) => {
                match disabled {
                    true => handle.disable("ping", "for the test"),
                    false => _ = handle.enable("ping"),
                }
                model.disabled = *disabled;
            }
            Step::EndPreconfig => {
                assert_eq!(handle.end_preconfig(), model.preconfig);
                model.preconfig = false;
            }
            Step::Finish => {
                tested.session.finish();
                model.ended = true;
            }
            Step::Stop => {
                handle.stop();
                model.stopped = true;
            }
        }
        tested.proceed();
        model.proceed();
        assert_eq!(tested.seen(), std::mem::take(&mut model.seen), "after step {number} of {steps:?}");
        assert_eq!(tested.running.is_some(), model.running.is_some(), "after step {number} of {steps:?}");
        assert_eq!(tested.session.is_oob(), model.oob, "after step {number} of {steps:?}");
        assert_eq!(tested.session.is_finished(), model.is_finished(), "after step {number} of {steps:?}");
    }
}

fn message() -> impl Strategy<Value = Message> {
    use Message::*;
    prop_oneof![
        1 => prop::sample::select(vec![Negotiate, NegotiateUnknown]),
        2 => Just(NegotiateOob),
        4 => Just(Status),
        4 => Just(Sleep),
        2 => Just(Ping),
        4 => Just(PingOob),
        3 => prop::sample::select(vec![StatusOob, Unknown, Malformed, NoObject, Both]),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => prop::collection::vec(message(), 1..12).prop_map(Step::Send),
        5 => any::<bool>().prop_map(Step::Answer),
        2 => Just(Step::Emit),
        2 => any::<bool>().prop_map(Step::Disable),
        1 => Just(Step::EndPreconfig),
        1 => Just(Step::Finish),
        1 => Just(Step::Stop),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::random_input::cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_session_does_what_the_model_does(
        is_oob in any::<bool>(),
        preconfig in prop::bool::weighted(0.2),
        steps in prop::collection::vec(step(), 1..30),
        chunk in 1_usize..200,
    ) {
        let first = if is_oob { Message::NegotiateOob } else { Message::Negotiate };
        check(preconfig, &[vec![Step::Send(vec![first])], steps].concat(), chunk);
    }
}
