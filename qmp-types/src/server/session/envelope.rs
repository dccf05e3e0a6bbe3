//! The outermost object of a request.

use std::borrow::Cow;

use crate::Error;
use crate::codec::{Parsed, Span, cut, decode_string};

/// A request, taken apart.
pub(super) struct Envelope<'f> {
    /// Even a bad request is answered with its id.
    pub(super) id: Option<&'f [u8]>,
    pub(super) call: Result<Invocation<'f>, Error>,
}

/// What is to be called.
pub(super) struct Invocation<'f> {
    pub(super) name: Cow<'f, str>,
    /// The text of an object.
    pub(super) arguments: Option<&'f [u8]>,
    pub(super) oob: bool,
}

/// Whether it is an object with `exec-oob` and without `execute`.
#[cfg(feature = "tokio")]
pub(super) fn is_urgent(parsed: &Parsed<'_>, message: &[u8]) -> bool {
    let has = |name: &str| parsed.members.unwrap_or_default().iter().any(|(key, _)| is(message, key, name));
    has("exec-oob") && !has("execute")
}

impl<'f> Envelope<'f> {
    /// Takes a message apart; the first mistake counts.
    pub(super) fn read(parsed: &Parsed<'_>, message: &'f [u8], oob: bool) -> Self {
        let Some(members) = parsed.members else {
            return Self { id: None, call: Err(Error::generic("QMP input must be a JSON object")) };
        };
        let id = members.iter().find(|(key, _)| is(message, key, "id")).map(|(_, value)| &message[value.clone()]);
        Self { id, call: call(members, message, oob) }
    }
}

fn call<'f>(members: &[(Span, Span)], message: &'f [u8], oob_enabled: bool) -> Result<Invocation<'f>, Error> {
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
