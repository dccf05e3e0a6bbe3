//! The envelope of a request: the outermost object, with the command's name, arguments and id.

use std::borrow::Cow;
use std::ops::Range;

use super::commands::{Commands, Target};
use super::request_decoder::Message;
use crate::Error;
use crate::json::{Dialect, cut, string};

/// A request's envelope.
pub(super) struct Envelope<'f> {
    /// The place of the id, which also goes into the error reply to a bad request.
    pub(super) id: Option<Range<usize>>,
    pub(super) invocation: Result<Invocation<'f>, Error>,
}

/// The command that a request invokes.
pub(super) struct Invocation<'f> {
    /// The command's name, a string token.
    name: &'f [u8],
    /// The place of the arguments, an object.
    pub(super) arguments: Option<Range<usize>>,
    pub(super) oob: bool,
}

/// The key of a member of the envelope.
enum Key<'f> {
    Execute,
    ExecOob,
    Arguments,
    Id,
    Other(Cow<'f, str>),
}

/// Returns whether a request asks for out-of-band execution: it has the member `exec-oob`, and no `execute`.
pub(super) fn is_oob_request(message: Message<'_>) -> bool {
    let mut keys = message.members.unwrap_or_default().iter().map(|member| Key::read(message.part(&member.key)));
    let mut has_exec_oob = false;
    let has_execute = keys.any(|key| {
        has_exec_oob |= matches!(key, Ok(Key::ExecOob));
        matches!(key, Ok(Key::Execute))
    });
    has_exec_oob && !has_execute
}

impl<'f> Envelope<'f> {
    /// Reads the envelope of a message. If it has several mistakes, the first is reported.
    pub(super) fn read(message: Message<'f>, oob_enabled: bool) -> Self {
        let Some(members) = message.members else {
            return Self { id: None, invocation: Err(Error::generic("QMP input must be a JSON object")) };
        };
        let (mut id, mut execute, mut exec_oob, mut arguments) = (None, None, None, None);
        let mut mistake = None;
        for member in members {
            let (key, value) = (message.part(&member.key), message.part(&member.value));
            let taken = Key::read(key).and_then(|key| match key {
                Key::Id => once(&mut id, member.value.clone()),
                Key::Arguments if value[0] == b'{' => once(&mut arguments, member.value.clone()),
                Key::Arguments => Err(Error::generic("QMP input member 'arguments' must be an object")),
                Key::Execute => execute_once("execute", &mut execute, exec_oob, value),
                Key::ExecOob if oob_enabled => execute_once("exec-oob", &mut exec_oob, execute, value),
                Key::ExecOob => Err(unexpected("exec-oob")),
                Key::Other(name) => Err(unexpected(&name)),
            });
            mistake = mistake.or(taken.err());
        }
        let invocation = match (mistake, execute.or(exec_oob)) {
            (Some(mistake), _) => Err(mistake),
            (None, None) => Err(Error::generic("QMP input lacks member 'execute'")),
            (None, Some(name)) => Ok(Invocation { name, arguments, oob: exec_oob.is_some() }),
        };
        Self { id, invocation }
    }
}

impl<'f> Invocation<'f> {
    /// Returns the target that executes the command, if there is such a command.
    pub(super) fn find(&self, commands: &Commands) -> Option<Target> {
        // Names are rarely escaped, so the undecoded name is looked up first.
        let plain = commands.find(&self.name[1..self.name.len() - 1]);
        plain.or_else(|| commands.find(self.name().ok()?.as_bytes()))
    }

    /// Returns the command's name.
    ///
    /// # Errors
    /// If the name is malformed.
    pub(super) fn name(&self) -> Result<Cow<'f, str>, Error> {
        decode(self.name)
    }
}

impl<'f> Key<'f> {
    /// Reads a key, a string token.
    fn read(token: &'f [u8]) -> Result<Self, Error> {
        // Keys are rarely escaped, either.
        if let Some(known) = Self::known(&token[1..token.len() - 1]) {
            return Ok(known);
        }
        let name = decode(token)?;
        Ok(Self::known(name.as_bytes()).unwrap_or(Self::Other(name)))
    }

    fn known(name: &[u8]) -> Option<Self> {
        match name {
            b"execute" => Some(Self::Execute),
            b"exec-oob" => Some(Self::ExecOob),
            b"arguments" => Some(Self::Arguments),
            b"id" => Some(Self::Id),
            _ => None,
        }
    }
}

/// Fills the place of a member.
///
/// # Errors
/// If the member is a duplicate.
fn once<T>(place: &mut Option<T>, value: T) -> Result<(), Error> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(Error::generic("JSON parse error, duplicate key")),
    }
}

/// Fills the place of the member `key` with the command's name.
///
/// # Errors
/// If the value is not a string, the `other` member names a command too, or the member is a duplicate.
fn execute_once<'f>(
    key: &str,
    place: &mut Option<&'f [u8]>,
    other: Option<&'f [u8]>,
    name: &'f [u8],
) -> Result<(), Error> {
    if !matches!(name[0], b'"' | b'\'') {
        return Err(Error::generic(format!("QMP input member '{key}' must be a string")));
    }
    if other.is_some() {
        return Err(Error::generic("QMP input member 'execute' clashes with 'exec-oob'"));
    }
    once(place, name)
}

fn unexpected(name: &str) -> Error {
    Error::generic(format!("QMP input member '{}' is unexpected", cut(name)))
}

/// Decodes a string token.
fn decode(token: &[u8]) -> Result<Cow<'_, str>, Error> {
    string::read_token(token, Dialect::Qemu)
        .map_err(|error| Error::generic(format!("JSON parse error, {}", error.description)))
}
