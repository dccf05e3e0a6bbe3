//! The envelope of a request: the outermost object, with the command's name, arguments and id.

use std::borrow::Cow;

use crate::Error;
use crate::json::{Parsed, Span, cut, decode_string};

/// A request's envelope.
pub(super) struct Envelope<'f> {
    /// The id, which error replies to a bad request carry, too.
    pub(super) id: Option<&'f [u8]>,
    pub(super) invocation: Result<Invocation<'f>, Error>,
}

/// The command that a request invokes.
pub(super) struct Invocation<'f> {
    pub(super) name: Cow<'f, str>,
    /// The arguments: an object, as it was sent.
    pub(super) arguments: Option<&'f [u8]>,
    pub(super) oob: bool,
}

/// Returns whether a request is to be executed out of band: it has the member `exec-oob`, and no `execute`.
#[cfg(feature = "tokio")]
pub(super) fn is_oob_request(parsed: &Parsed<'_>, message: &[u8]) -> bool {
    let has = |name: &str| parsed.members.unwrap_or_default().iter().any(|(key, _)| is(message, key, name));
    has("exec-oob") && !has("execute")
}

impl<'f> Envelope<'f> {
    /// Reads the envelope of a message, as far as its first mistake.
    pub(super) fn read(parsed: &Parsed<'_>, message: &'f [u8], oob: bool) -> Self {
        let Some(members) = parsed.members else {
            return Self { id: None, invocation: Err(Error::generic("QMP input must be a JSON object")) };
        };
        let id = members.iter().find(|(key, _)| is(message, key, "id")).map(|(_, value)| &message[value.clone()]);
        Self { id, invocation: invocation(members, message, oob) }
    }
}

fn invocation<'f>(members: &[(Span, Span)], message: &'f [u8], oob_enabled: bool) -> Result<Invocation<'f>, Error> {
    let mut execute = None;
    let mut arguments = None;
    for (key, value) in members {
        let value = &message[value.clone()];
        let key = decode_string(&message[key.clone()]);
        match &*key {
            "id" => {}
            "arguments" if value[0] == b'{' => arguments = Some(value),
            "arguments" => return Err(Error::generic("QMP input member 'arguments' must be an object")),
            "execute" | "exec-oob" if key == "execute" || oob_enabled => {
                if !matches!(value[0], b'"' | b'\'') {
                    return Err(Error::generic(format!("QMP input member '{key}' must be a string")));
                }
                if execute.is_some() {
                    return Err(Error::generic("QMP input member 'execute' clashes with 'exec-oob'"));
                }
                execute = Some((value, key == "exec-oob"));
            }
            _ => return Err(Error::generic(format!("QMP input member '{}' is unexpected", cut(&key)))),
        }
    }
    match execute {
        Some((name, oob)) => Ok(Invocation { name: decode_string(name), arguments, oob }),
        None => Err(Error::generic("QMP input lacks member 'execute'")),
    }
}

fn is(message: &[u8], key: &Span, name: &str) -> bool {
    decode_string(&message[key.clone()]) == name
}
