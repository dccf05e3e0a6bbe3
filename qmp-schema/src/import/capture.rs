//! Finds the list in a capture: the list alone, the reply that has it, or a recorded session with that reply in it.

use std::collections::HashMap;

use serde_json::value::RawValue;
use serde_json::{Deserializer, Error, Value};

/// The keys by which messages of QMP are recognised. No definition has one of them, even if it is written in double quotes.
const KEYS: [&str; 7] = ["QMP", "return", "error", "timestamp", "execute", "exec-oob", SESSION];

/// The key by which a line of a recording is recognised, and the key of the message in it.
const SESSION: &str = "session";
const MESSAGE: &str = "message";

/// A message, or a line of a recording.
type Members<'t> = HashMap<String, &'t RawValue>;

/// Returns whether a text is a capture, not a schema in the QAPI language, in which strings have single quotes.
pub(super) fn is_capture(text: &str) -> bool {
    let text = without_mark(text).trim_start();
    match text.strip_prefix('{') {
        Some(members) => members.trim_start().strip_prefix('"').is_some_and(|key| is_message(text, key)),
        None => {
            let inner = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '[' | '{'));
            text.starts_with('[') && inner.starts_with('"') || is_empty_list(text)
        }
    }
}

fn is_empty_list(text: &str) -> bool {
    text.strip_prefix('[').is_some_and(|inner| inner.trim() == "]")
}

/// Returns whether the object at the beginning of the text is a message. Its keys may be in any order; of a damaged one, the
/// first key decides.
fn is_message(text: &str, first_key: &str) -> bool {
    let mut objects = Deserializer::from_str(text).into_iter::<Members<'_>>();
    match objects.next() {
        Some(Ok(message)) => KEYS.iter().any(|key| message.contains_key(*key)),
        _ => first_key.split_once('"').is_some_and(|(key, _)| KEYS.contains(&key)),
    }
}

/// A problem of the text, and the byte at which it is.
#[derive(Debug)]
pub(super) struct Problem {
    pub(super) at: usize,
    pub(super) text: String,
}

/// Returns the entries of the list, each as a part of the text.
pub(super) fn entries(text: &str) -> Result<Vec<&RawValue>, Problem> {
    let json = without_mark(text);
    let entries = match json.trim_start().starts_with('{') {
        true => replied(json),
        false => serde_json::from_str(json).map_err(|error| problem(json, "no JSON list", &error)),
    };
    entries.map_err(|problem| Problem { at: problem.at + text.len() - json.len(), ..problem })
}

/// Removes the byte order mark that some programs write in front of JSON.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Returns the list from recorded messages: the first one whose entries look like introspection data. The list of a single
/// reply is taken in any case.
fn replied(text: &str) -> Result<Vec<&RawValue>, Problem> {
    let (mut messages, mut other, mut refusal) = (0, None, None);
    for message in Deserializer::from_str(text).into_iter::<Members<'_>>() {
        let message = recorded(message.map_err(|error| problem(text, "no JSON message", &error))?);
        messages += 1;
        refusal = refusal.or(message.get("error").copied());
        let returned = message.get("return").map(|returned| returned.get()).filter(|value| value.starts_with('['));
        let Some(list) = returned else { continue };
        let list: Vec<&RawValue> = serde_json::from_str(list).map_err(|error| problem(text, "no JSON list", &error))?;
        if list.first().is_some_and(|entry| entry.get().contains("\"meta-type\"")) {
            return Ok(list);
        }
        other = Some(list);
    }
    match (other.filter(|_| messages == 1), refusal) {
        (Some(list), _) => Ok(list),
        (_, Some(error)) => {
            Err(Problem { at: offset(text, error), text: format!("the server refused: {}", reason(error)) })
        }
        _ => Err(Problem {
            at: text.trim_end().len(),
            text: "expected a reply to `query-qmp-schema`, found none".to_owned(),
        }),
    }
}

/// Returns the message in a line of a recording; what is no such line, as it is.
fn recorded(line: Members<'_>) -> Members<'_> {
    match line.get(MESSAGE).filter(|_| line.contains_key(SESSION)) {
        // A recording may have messages that are no objects.
        Some(message) => serde_json::from_str(message.get()).unwrap_or_default(),
        None => line,
    }
}

/// Returns the description of an error reply.
fn reason(error: &RawValue) -> String {
    let parsed: Option<Value> = serde_json::from_str(error.get()).ok();
    let desc = parsed.as_ref().and_then(|error| error.get("desc")).and_then(Value::as_str);
    desc.unwrap_or(error.get()).to_owned()
}

/// Returns the place of a part in the text.
pub(super) fn offset(text: &str, part: &RawValue) -> usize {
    part.get().as_ptr() as usize - text.as_ptr() as usize
}

/// Describes an error of the JSON parser. Its line and column are in its message, and are converted to a place.
pub(super) fn problem(text: &str, what: &str, error: &Error) -> Problem {
    let words = error.to_string();
    let words = words.rsplit_once(" at line ").map_or(&*words, |(words, _)| words);
    // The parser's description of the text's actual kind adds nothing.
    let problem = if error.is_data() { what.to_owned() } else { format!("{what}: {words}") };
    Problem { at: place(text, error), text: problem }
}

fn place(text: &str, error: &Error) -> usize {
    if error.is_eof() {
        return text.trim_end().len();
    }
    let lines = text.split_inclusive('\n').take(error.line().saturating_sub(1));
    let at = lines.map(str::len).sum::<usize>() + error.column().saturating_sub(1);
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}
