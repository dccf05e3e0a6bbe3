//! A command that a script expects, and its answer.

use std::fmt;
use std::marker::PhantomData;
use std::panic::Location;
use std::time::Duration;

use super::script::Script;
use super::step::{Answer, Condition, ExpectedCommand, Postponement, Step};
use crate::record::{Field, Writer};
use crate::testing::request::json_text;
use crate::{Command, Error, Map, Value};

/// A command that a [`ScriptedPeer`](super::ScriptedPeer) expects. `R` is the type of its return value.
///
/// It is added to the script once its answer is set: by [`reply`](Self::reply) or another of the methods that take `self`
/// and return nothing.
#[must_use = "an expectation is added to the script once its answer is set, for example by `reply`"]
pub struct Expectation<'p, R> {
    script: &'p Script,
    expected: ExpectedCommand,
    returns: PhantomData<fn(R)>,
}

/// A command that has arrived or will, and whose answer is a later step of the script.
#[must_use = "the command is not answered before `reply` or `fail`"]
pub struct Postponed<'p, R> {
    script: &'p Script,
    postponement: Postponement,
    command: String,
    returns: PhantomData<fn(R)>,
}

impl<'p, R: Field> Expectation<'p, R> {
    pub(super) fn new(script: &'p Script, command: &str) -> Self {
        let expected = ExpectedCommand {
            command: command.to_owned(),
            conditions: Vec::new(),
            oob: false,
            fds: None,
            delay: Duration::ZERO,
            answer: Answer::Nothing,
        };
        Self { script, expected, returns: PhantomData }
    }

    /// Adds a condition on the typed arguments.
    #[track_caller]
    pub(super) fn typed<C: Command>(self, predicate: impl Fn(&C::Arguments) -> bool + Send + 'static) -> Self {
        let place = Location::caller();
        let description = format!("with arguments for which the closure at {place} returns true");
        self.condition(description, move |arguments| {
            let typed = crate::private::typed_arguments(arguments).map_err(|error: Error| error.to_string())?;
            if predicate(&typed) { Ok(()) } else { Err("the closure returned false".to_owned()) }
        })
    }

    /// Requires exactly these arguments, an object.
    pub fn arguments(self, arguments: Value) -> Self {
        self.condition(format!("with {}", json_text(&arguments)), move |found| {
            let is_equal = arguments.as_object().is_some_and(|arguments| arguments == found);
            if is_equal { Ok(()) } else { Err("the arguments differ".to_owned()) }
        })
    }

    /// Requires these arguments, an object; others may be there, too. Of objects in it, other members may be there, too.
    pub fn arguments_include(self, arguments: Value) -> Self {
        self.condition(format!("with {} and more", json_text(&arguments)), move |found| {
            missing(&arguments, &Value::Object(found.clone()), "").map_or(Ok(()), Err)
        })
    }

    /// Requires arguments for which the predicate returns `true`.
    #[track_caller]
    pub fn arguments_where(self, predicate: impl Fn(&Map<String, Value>) -> bool + Send + 'static) -> Self {
        let place = Location::caller();
        let description = format!("with arguments for which the closure at {place} returns true");
        self.condition(description, move |arguments| {
            if predicate(arguments) { Ok(()) } else { Err("the closure returned false".to_owned()) }
        })
    }

    /// Requires that the command is executed out of band. Default: in band.
    pub fn oob(mut self) -> Self {
        self.expected.oob = true;
        self
    }

    /// Requires that this many file descriptors come with the command. Default: any number.
    /// [`ScriptedPeer::take_fds`](super::ScriptedPeer::take_fds) returns them.
    pub fn fds(mut self, count: usize) -> Self {
        self.expected.fds = Some(count);
        self
    }

    /// Answers after this time. Default: at once.
    pub fn delay(mut self, time: Duration) -> Self {
        self.expected.delay = time;
        self
    }

    /// Answers with a return value.
    ///
    /// # Panics
    /// If the value does not match the schema.
    #[track_caller]
    pub fn reply(self, value: R) {
        self.answer(Answer::Return(text_of(&value)));
    }

    /// Answers with a return value that may have another type than the schema says.
    #[track_caller]
    pub fn reply_json(self, value: Value) {
        self.answer(Answer::Return(json_text(&value)));
    }

    /// Answers with an error.
    #[track_caller]
    pub fn fail(self, error: Error) {
        self.answer(Answer::Fail(error));
    }

    /// Never answers. The script goes on.
    #[track_caller]
    pub fn no_reply(self) {
        self.answer(Answer::Nothing);
    }

    /// Answers in a later step of the script, so that others come before.
    #[track_caller]
    pub fn postpone(self) -> Postponed<'p, R> {
        let (script, postponement, command) = (self.script, self.script.postpone(), self.expected.command.clone());
        self.answer(Answer::Postpone(postponement));
        Postponed { script, postponement, command, returns: PhantomData }
    }

    /// Sends the first bytes of a reply with this return value, and closes the connection, as a server that crashes does.
    ///
    /// # Panics
    /// If the value does not match the schema.
    #[track_caller]
    pub fn die_after(self, bytes: usize, value: R) {
        self.answer(Answer::DieAfter { bytes, value: text_of(&value) });
    }

    /// Sends these bytes instead of a reply.
    #[track_caller]
    pub fn send(self, bytes: impl Into<Vec<u8>>) {
        self.answer(Answer::Raw(bytes.into()));
    }

    /// Closes the connection instead of an answer.
    #[track_caller]
    pub fn close(self) {
        self.answer(Answer::Close);
    }

    #[track_caller]
    fn answer(mut self, answer: Answer) {
        self.expected.answer = answer;
        self.script.push(Step::Expect(self.expected));
    }

    fn condition(
        mut self,
        description: String,
        check: impl Fn(&Map<String, Value>) -> Result<(), String> + Send + 'static,
    ) -> Self {
        self.expected.conditions.push(Condition { description, check: Box::new(check) });
        self
    }
}

impl<R: Field> Postponed<'_, R> {
    /// Answers with a return value, as the next step of the script.
    ///
    /// # Panics
    /// If the value does not match the schema.
    #[track_caller]
    pub fn reply(self, value: R) {
        self.answer(Answer::Return(text_of(&value)));
    }

    /// Answers with an error, as the next step of the script.
    #[track_caller]
    pub fn fail(self, error: Error) {
        self.answer(Answer::Fail(error));
    }

    #[track_caller]
    fn answer(self, answer: Answer) {
        self.script.push(Step::Answer { postponed: self.postponement, command: self.command, answer });
    }
}

/// Returns a typed return value as JSON.
#[track_caller]
fn text_of(value: &impl Field) -> String {
    let mut out = Writer::new();
    value.write(&mut out);
    if let Some(invalid) = out.take_invalid() {
        panic!("the return value does not match the schema: {invalid}");
    }
    String::from_utf8_lossy(&out.into_bytes()).into_owned()
}

/// Returns what of `expected` is missing or different in `found`, with its path.
fn missing(expected: &Value, found: &Value, path: &str) -> Option<String> {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => expected.iter().find_map(|(name, expected)| {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            match found.get(name) {
                Some(found) => missing(expected, found, &path),
                None => Some(format!("`{path}` is missing")),
            }
        }),
        _ if expected == found => None,
        _ => Some(format!("`{path}` is {}", json_text(found))),
    }
}

impl<R> fmt::Debug for Expectation<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Expectation").field("command", &self.expected.description()).finish_non_exhaustive()
    }
}

impl<R> fmt::Debug for Postponed<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Postponed").field("command", &self.command).finish_non_exhaustive()
    }
}
