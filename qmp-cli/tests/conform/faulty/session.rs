//! A connection: negotiation, the envelope, and replies.

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::dispatch::version;
use super::parser::{Input, Parser};
use super::server::Remains;
use super::switch::{Switch, Variant};
use super::{dialect, writer};

/// A connection of the server.
pub(super) struct Session {
    pub(super) variant: Variant,
    switch: Option<Switch>,
    stream: UnixStream,
    remains: Arc<Mutex<Remains>>,
    parser: Parser,
    pub(super) is_negotiated: bool,
    pub(super) has_oob: bool,
    pub(super) has_failed: bool,
    mistakes: usize,
}

/// A message to write.
struct Reply {
    bytes: Vec<u8>,
    is_error: bool,
}

/// Where a request fails: it decides about the id and the class.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Envelope,
    Command,
}

impl Session {
    pub(super) fn new(
        variant: Variant,
        switch: Option<Switch>,
        stream: UnixStream,
        remains: Arc<Mutex<Remains>>,
    ) -> Self {
        let parser = Parser::default();
        let (is_negotiated, has_oob, has_failed) = (variant == Variant::Agent, false, false);
        Self { variant, switch, stream, remains, parser, is_negotiated, has_oob, has_failed, mistakes: 0 }
    }

    pub(super) fn has(&self, switch: Switch) -> bool {
        self.switch == Some(switch)
    }

    pub(super) fn remains(&self) -> MutexGuard<'_, Remains> {
        self.remains.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn is_agent(&self) -> bool {
        self.variant == Variant::Agent
    }

    /// Serves the client until it leaves.
    pub(super) fn run(mut self) -> io::Result<()> {
        let (inherited, leaked, is_mute, is_negotiated) = {
            let mut remains = self.remains();
            let (leaked, is_mute) = (std::mem::take(&mut remains.replies), std::mem::take(&mut remains.is_mute));
            (remains.partial.take(), leaked, is_mute, remains.is_negotiated)
        };
        let is_heir = inherited.is_some();
        self.parser = inherited.unwrap_or_default();
        self.is_negotiated |= is_negotiated;
        if !is_mute {
            self.greet()?;
            self.stream.write_all(&leaked)?;
        }
        let mut buffer = vec![0; 1 << 17];
        loop {
            let count = self.stream.read(&mut buffer)?;
            if count == 0 {
                break;
            }
            if !is_mute && !self.receive(&buffer[..count])? {
                return Ok(());
            }
        }
        if self.has(Switch::KeepsPartialMessage) && !is_heir {
            let partial = std::mem::take(&mut self.parser);
            self.remains().partial = Some(partial).filter(|parser| !parser.text.is_empty());
        }
        if self.has(Switch::StaysOpen) {
            let open = self.stream.try_clone()?;
            thread::spawn(move || {
                thread::sleep(Duration::from_secs(60));
                drop(open);
            });
        }
        Ok(())
    }

    fn greet(&mut self) -> io::Result<()> {
        if self.is_agent() && !self.has(Switch::AgentGreets) || self.has(Switch::NoGreeting) {
            return Ok(());
        }
        if self.has(Switch::EventBeforeGreeting) {
            self.tick()?;
        }
        let capabilities = match self.variant {
            Variant::Monitor if self.has(Switch::CapabilityIsNumber) => json!(["oob", 1]),
            Variant::Monitor => json!(["oob"]),
            _ => json!([]),
        };
        let version = match self.has(Switch::VersionIsText) {
            true => json!("1.2.3"),
            false => version(3),
        };
        self.write(&json!({"QMP": {"version": version, "capabilities": capabilities}}))?;
        if self.has(Switch::EventBeforeNegotiation) {
            self.tick()?;
        }
        Ok(())
    }

    /// Sends an event.
    pub(super) fn tick(&mut self) -> io::Result<()> {
        let name = if self.has(Switch::UndescribedEvent) { "TOCK" } else { "TICK" };
        let timestamp = json!({"seconds": 1_700_000_000, "microseconds": 42});
        let mut event = json!({"timestamp": timestamp, "event": name, "data": {"count": 1}});
        if self.has(Switch::NoTimestamp) {
            event["timestamp"] = json!(1_700_000_000.000_042);
        }
        if self.has(Switch::ExtraEventMember) {
            event["priority"] = json!(1);
        }
        self.write(&event)
    }

    fn write(&mut self, value: &Value) -> io::Result<()> {
        let bytes = self.format(value);
        self.stream.write_all(&bytes)
    }

    fn format(&self, value: &Value) -> Vec<u8> {
        writer::message(value, self.is_agent(), &|switch| self.has(switch))
    }

    /// Answers the bytes of one read. Returns `false` if the connection is to be closed.
    fn receive(&mut self, bytes: &[u8]) -> io::Result<bool> {
        let switch = self.switch;
        let mut inputs = self.parser.read(bytes, &|candidate| switch == Some(candidate));
        if self.hangs_up(bytes, &inputs) {
            return Ok(false);
        }
        self.lose(&mut inputs);
        let mut requests: Vec<Option<Value>> = inputs.iter().map(|input| self.parse(input)).collect();
        let are_valid = requests.iter().all(Option::is_some);
        let is_blocked =
            self.has(Switch::NothingOvertakes) || self.has(Switch::EightBlockTheReader) && requests.len() > 8;
        if self.has_oob && !is_blocked {
            requests.sort_by_key(|request| !is_oob(request.as_ref()));
        }
        let mut replies: Vec<Reply> = Vec::new();
        for request in requests {
            replies.extend(self.answer(request.as_ref())?);
        }
        self.disorder(&mut replies);
        let mut output: Vec<u8> = replies.into_iter().flat_map(|reply| reply.bytes).collect();
        if inputs.len() == 24 && are_valid && self.has(Switch::CutsReplies) {
            output.truncate(output.len() - 20);
        }
        self.haunt(&inputs, &output);
        self.stream.write_all(&output)?;
        Ok(true)
    }

    fn hangs_up(&self, bytes: &[u8], inputs: &[Input]) -> bool {
        let mistakes = inputs.iter().filter(|input| **input == Input::Mistake).count();
        let is_long = |input: &Input| matches!(input, Input::Message(text) if text.len() > 200_000);
        self.has(Switch::HangsUpOnForeigners) && bytes.starts_with(b"GET ")
            || self.has(Switch::HangsUpOnDepth) && bytes.starts_with(&[b'['; 1000])
            || self.has(Switch::HangsUpOnLength) && inputs.iter().any(is_long)
            || self.has(Switch::HangsUpOnFlood) && mistakes + inputs.len() > 1000
    }

    /// Drops requests, as servers do that do not expect several at once.
    fn lose(&self, inputs: &mut Vec<Input>) {
        let mut messages = 0;
        let most = match inputs.len() {
            _ if self.has(Switch::OneMessagePerRead) => 1,
            30..50 if self.has(Switch::DropsBeyondQueue) && !self.has_oob => 8,
            30..50 if self.has(Switch::OobDropsBeyondQueue) && self.has_oob => 8,
            _ => return,
        };
        inputs.retain(|input| {
            messages += usize::from(*input != Input::Mistake);
            *input == Input::Mistake || messages <= most
        });
    }

    fn parse(&self, input: &Input) -> Option<Value> {
        match input {
            Input::Message(text) => dialect::read(text, &|switch| self.has(switch)),
            Input::Mistake => None,
        }
    }

    fn disorder(&self, replies: &mut [Reply]) {
        if self.has(Switch::ErrorsFirst) {
            replies.sort_by_key(|reply| !reply.is_error);
        }
        if self.has(Switch::ReversesReplies) && replies.len() == 8 {
            replies.reverse();
        }
    }

    /// Keeps something for the next client. Three requests at once are those of a client that leaves without reading.
    fn haunt(&self, inputs: &[Input], output: &[u8]) {
        let is_leaving = inputs.len() == 3 && !inputs.contains(&Input::Mistake);
        let is_slow = inputs.iter().any(|input| matches!(input, Input::Message(text) if text.len() > 50));
        let mut remains = self.remains();
        remains.is_mute |= is_leaving && self.has(Switch::MuteAfterLoss);
        if is_leaving && is_slow && self.has(Switch::LeaksReplies) {
            remains.replies = output.to_vec();
        }
    }

    /// Answers a request, or a mistake.
    fn answer(&mut self, request: Option<&Value>) -> io::Result<Option<Reply>> {
        let Some(request) = request else { return Ok(self.mistake()) };
        let id = request.get("id").cloned();
        let (answer, stage) = match self.invoke(request)? {
            Ok(value) => (Ok(value), Stage::Command),
            Err((stage, refusal)) => (Err(refusal), stage),
        };
        let is_oob = is_oob(Some(request));
        let is_error = answer.is_err();
        let id = self.echo(id, is_error, stage).filter(|_| !(is_oob && self.has(Switch::OobHasNoId)));
        let mut reply = match answer {
            Ok(value) => json!({"return": value}),
            Err((class, desc)) => json!({"error": self.error(class, &desc, stage)}),
        };
        if let Some(id) = id {
            reply["id"] = id;
        }
        if !is_error && self.has(Switch::ExtraReplyMember) {
            reply["time"] = json!(1);
        }
        let mut bytes = self.format(&reply);
        let is_delimited = match request["execute"].as_str() {
            Some("guest-sync-delimited") => !self.has(Switch::NoDelimiter),
            Some("guest-sync") => self.has(Switch::PlainSyncIsDelimited),
            _ => false,
        };
        if is_delimited && self.is_agent() {
            bytes.insert(0, 0xFF);
        }
        Ok(Some(Reply { bytes, is_error }))
    }

    fn mistake(&mut self) -> Option<Reply> {
        self.mistakes += 1;
        if self.has(Switch::SilentOnMistakes) || self.mistakes > 64 && self.has(Switch::TiresOfMistakes) {
            return None;
        }
        let class = if self.has(Switch::OwnParseErrorClass) { "ParseError" } else { "GenericError" };
        let mut reply = json!({"error": {"class": class, "desc": "not JSON"}});
        if self.has(Switch::ParseErrorHasId) {
            reply["id"] = Value::Null;
        }
        Some(Reply { bytes: self.format(&reply), is_error: true })
    }

    fn error(&self, class: &str, desc: &str, stage: Stage) -> Value {
        let is_own = stage == Stage::Envelope && self.has(Switch::OwnErrorClass);
        let class = if is_own { "BadRequest" } else { class };
        match self.has(Switch::ErrorHasHint) {
            true => json!({"class": class, "desc": desc, "hint": "try again"}),
            false => json!({"class": class, "desc": desc}),
        }
    }

    /// The id of the reply.
    fn echo(&self, id: Option<Value>, is_error: bool, stage: Stage) -> Option<Value> {
        if self.has(Switch::NoIds)
            || is_error && self.has(Switch::NoErrorIds)
            || stage == Stage::Envelope && self.has(Switch::NoEnvelopeIds)
        {
            return None;
        }
        match id {
            None if self.has(Switch::NullId) => Some(Value::Null),
            Some(Value::Null) if self.has(Switch::NoNullIds) => None,
            Some(number @ Value::Number(_)) if self.has(Switch::IdsAreText) => Some(json!(number.to_string())),
            Some(Value::Array(_) | Value::Object(_)) if self.has(Switch::NoStructuredIds) => Some(json!("?")),
            Some(Value::Number(number)) if number.is_f64() && self.has(Switch::FractionsAreCut) => {
                number.as_f64().map(|number| json!(number.trunc()))
            }
            Some(Value::Number(number)) if self.has(Switch::IntegersAreFloats) => {
                let is_large = number.as_f64().is_some_and(|float| float.abs() > 9e15);
                if is_large { number.as_f64().map(Value::from) } else { Some(number.into()) }
            }
            id => id,
        }
    }
}

fn is_oob(request: Option<&Value>) -> bool {
    request.is_some_and(|request| request.get("exec-oob").is_some() && request.get("execute").is_none())
}
