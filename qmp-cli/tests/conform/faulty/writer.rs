//! Writes messages.

use std::fmt::Write;

use serde_json::Value;

use super::dialect::INFINITY;
use super::switch::Switch;

/// Formats a message with its line end.
pub(super) fn message(value: &Value, is_agent: bool, has: &impl Fn(Switch) -> bool) -> Vec<u8> {
    let text = match has(Switch::Pretty) {
        true => format!("{value:#}").replace('\n', "\r\n"),
        false => value.to_string(),
    };
    let mut text = if has(Switch::RawUtf8) { text } else { ascii(&text) };
    if has(Switch::PrintsInfinity) {
        text = text.replace(&format!("\"{INFINITY}\""), "inf");
    }
    let line_feed = is_agent && !has(Switch::AgentEndsWithCr) || has(Switch::LineFeedOnly);
    match (has(Switch::NoLineEnd), line_feed) {
        (true, _) => {}
        (false, true) => text.push('\n'),
        (false, false) => text.push_str("\r\n"),
    }
    text.into_bytes()
}

fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character.is_ascii() {
            true => out.push(character),
            false => character.encode_utf16(&mut [0; 2]).iter().for_each(|unit| _ = write!(out, "\\u{unit:04X}")),
        }
    }
    out
}
