//! Writes a list in the style of QEMU's: one line, a space after `,` and `:`, the name first.

use serde_json::Value;
use serde_json::value::RawValue;

/// The keys in the order of QEMU's documentation.
const KEYS: [&str; 15] = [
    "name",
    "case",
    "meta-type",
    "type",
    "default",
    "arg-type",
    "ret-type",
    "allow-oob",
    "members",
    "tag",
    "variants",
    "values",
    "element-type",
    "json-type",
    "features",
];

/// Returns the list of these entries, in their order.
pub(super) fn list(entries: &[&RawValue]) -> String {
    let entries: Vec<String> = entries.iter().map(|entry| entry_text(entry)).collect();
    format!("[{}]", entries.join(", "))
}

/// Formats an entry. It has been read before, so it is JSON.
fn entry_text(entry: &RawValue) -> String {
    serde_json::from_str(entry.get()).map_or_else(|_| entry.get().to_owned(), |value: Value| text(&value))
}

fn text(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(text).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => {
            let mut members: Vec<(&String, &Value)> = members.iter().collect();
            members.sort_by_key(|(key, _)| KEYS.iter().position(|known| known == key).unwrap_or(KEYS.len()));
            let member = |(key, value): (&String, &Value)| format!("{}: {}", Value::from(key.as_str()), text(value));
            format!("{{{}}}", members.into_iter().map(member).collect::<Vec<_>>().join(", "))
        }
        scalar => scalar.to_string(),
    }
}
