//! What was captured of a server: the list alone, the reply that has it, or a recorded session with that reply in it.

use std::collections::HashMap;

use serde_json::value::RawValue;
use serde_json::{Deserializer, Error, Value};

/// Every message of QMP has one of these; no definition has, also if somebody wrote it in double quotes.
const KEYS: [&str; 6] = ["QMP", "return", "error", "timestamp", "execute", "exec-oob"];

/// Whether a text is a capture, not a schema in the QAPI language, in which strings have other quotes.
pub(super) fn is_capture(text: &str) -> bool {
    let text = text.trim_start();
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

/// Whether the object that the text begins with is a message: programs may have sorted its keys. Of a damaged one the first
/// key has to tell.
fn is_message(text: &str, first_key: &str) -> bool {
    let mut objects = Deserializer::from_str(text).into_iter::<HashMap<String, &RawValue>>();
    match objects.next() {
        Some(Ok(message)) => KEYS.iter().any(|key| message.contains_key(*key)),
        _ => first_key.split_once('"').is_some_and(|(key, _)| KEYS.contains(&key)),
    }
}

/// What is wrong with a text, and at which byte.
#[derive(Debug)]
pub(super) struct Problem {
    pub(super) at: usize,
    pub(super) text: String,
}

/// The entries of the list, each as it stands in the text.
pub(super) fn entries(text: &str) -> Result<Vec<&RawValue>, Problem> {
    match text.trim_start().starts_with('{') {
        true => replied(text),
        false => serde_json::from_str(text).map_err(|error| problem(text, "no JSON list", &error)),
    }
}

/// The list among all that a server sent, perhaps with what it was sent: the first whose entries look like it. A reply alone
/// is taken as it is.
fn replied(text: &str) -> Result<Vec<&RawValue>, Problem> {
    let (mut messages, mut other, mut refusal) = (0, None, None);
    for message in Deserializer::from_str(text).into_iter::<HashMap<String, &RawValue>>() {
        let message = message.map_err(|error| problem(text, "no JSON message", &error))?;
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
        _ => Err(Problem { at: text.trim_end().len(), text: "no reply with such a list in it".to_owned() }),
    }
}

/// The description in an error reply.
fn reason(error: &RawValue) -> String {
    let parsed: Option<Value> = serde_json::from_str(error.get()).ok();
    let desc = parsed.as_ref().and_then(|error| error.get("desc")).and_then(Value::as_str);
    desc.unwrap_or(error.get()).to_owned()
}

/// Where in the text a part of it stands.
pub(super) fn offset(text: &str, part: &RawValue) -> usize {
    part.get().as_ptr() as usize - text.as_ptr() as usize
}

/// What is wrong with the JSON of a text, where it is: the error has line and column in its words.
pub(super) fn problem(text: &str, what: &str, error: &Error) -> Problem {
    let words = error.to_string();
    let words = words.rsplit_once(" at line ").map_or(&*words, |(words, _)| words);
    // What the text is instead can be seen.
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
