//! An event as a line of text.

use qmp_types::{OtherEvent, Timestamped};
use serde_json::json;

/// The event as JSON, as it was sent.
pub(crate) fn json_line(event: &Timestamped<OtherEvent>) -> String {
    let timestamp = event.timestamp;
    let timestamp = json!({ "seconds": timestamp.seconds, "microseconds": timestamp.microseconds });
    let mut message = json!({ "event": event.name, "timestamp": timestamp });
    // Events without data are sent without the member.
    if event.data.as_object().is_none_or(|data| !data.is_empty()) {
        message["data"] = event.data.clone();
    }
    message.to_string()
}
