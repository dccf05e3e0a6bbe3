//! The introspection data of the commands that every server answers.

use std::collections::BTreeSet;

use crate::Value;

/// Their introspection data, with `$1`, `$2` and so on as the names of types.
const BUILT_IN: &str = include_str!("built_in.json");

/// Returns whether every server answers the command itself.
pub(super) fn is_built_in(command: &str) -> bool {
    matches!(command, "qmp_capabilities" | "query-version" | "query-commands" | "query-qmp-schema")
}

/// Adds what a schema does not say of these commands to the text of a list. A text that is no list remains as it is.
pub(super) fn with_built_in(text: String) -> String {
    let Ok(Value::Array(entries)) = serde_json::from_str(&text) else { return text };
    let names: BTreeSet<_> = entries.iter().filter_map(|entry| entry["name"].as_str()).collect();
    let first = names.iter().filter_map(|name| name.parse::<usize>().ok()).max().map_or(0, |last| last + 1);
    let added = numbered(BUILT_IN, first);
    let Ok(Value::Array(added)) = serde_json::from_str(&added) else { return text };
    let is_command = |entry: &Value| entry["meta-type"] == "command";
    let mut missing =
        added.into_iter().filter(|entry| entry["name"].as_str().is_some_and(|name| !names.contains(name)));
    let missing: Vec<_> = missing.by_ref().collect();
    if !missing.iter().any(is_command) {
        return text;
    }
    crate::testing::request::json_text(&Value::Array([entries.clone(), missing].concat()))
}

/// Replaces `$1` and so on by numbers from `first`.
fn numbered(text: &str, first: usize) -> String {
    let mut parts = text.split('$');
    let mut numbered = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|char: char| !char.is_ascii_digit()).unwrap_or(part.len());
        let number = part[..end].parse::<usize>().unwrap_or_default();
        numbered.push_str(&(first + number - 1).to_string());
        numbered.push_str(&part[end..]);
    }
    numbered
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Introspection;

    #[test]
    fn what_is_missing_is_added() {
        let all = with_built_in("[]".to_owned());
        let schema = Introspection::parse(&all).expect("introspection data");
        assert_eq!(schema.commands().count(), 4);
        let entries: Value = serde_json::from_str(&all).expect("JSON");
        schema.check_return_value("query-qmp-schema", &entries).expect("it describes itself");
        assert_eq!(with_built_in(all.clone()), all);
        let own = r#"[{"name": "7", "meta-type": "object", "members": []}]"#.to_owned();
        let all = with_built_in(own);
        assert!(all.contains(r#""arg-type": "9""#) && Introspection::parse(&all).is_ok(), "{all}");
    }
}
