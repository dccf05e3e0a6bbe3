//! An event as a line of text.

use qmp_types::{OtherEvent, Timestamped};
use serde_json::json;

use crate::output::printable;

/// The event for people: its time, its name, and its data if it has some.
pub(crate) fn text_line(event: &Timestamped<OtherEvent>) -> String {
    let data = if has_data(event) { format!(" {}", event.data) } else { String::new() };
    printable(&format!("{} {}{data}", event.timestamp, event.name))
}

/// The event as JSON, as it was sent.
pub(crate) fn json_line(event: &Timestamped<OtherEvent>) -> String {
    let timestamp = event.timestamp;
    let timestamp = json!({ "seconds": timestamp.seconds, "microseconds": timestamp.microseconds });
    let mut message = json!({ "event": event.name, "timestamp": timestamp });
    // Events without data are sent without the member.
    if has_data(event) {
        message["data"] = event.data.clone();
    }
    message.to_string()
}

fn has_data(event: &Timestamped<OtherEvent>) -> bool {
    event.data.as_object().is_none_or(|data| !data.is_empty())
}
