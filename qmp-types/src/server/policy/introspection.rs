//! The reply to `query-qmp-schema` without what is deprecated.

use serde_json::Value;

use crate::record::{Field, Writer};

/// Returns the reply to `query-qmp-schema` without entries and members that are deprecated. Without the member `values` of
/// enumerations too: it is deprecated itself, in QMP's own schema. Values of enumerations stay, as QEMU has it.
pub(in crate::server) fn without_deprecated(introspection: &str) -> String {
    // Text that is not JSON can come only from bindings made by hand.
    let Ok(Value::Array(mut entries)) = serde_json::from_str(introspection) else { return introspection.to_owned() };
    entries.retain(|entry| !is_deprecated(entry));
    for entry in entries.iter_mut().filter_map(Value::as_object_mut) {
        match entry.get("meta-type").and_then(Value::as_str) {
            Some("object") => {
                if let Some(Value::Array(members)) = entry.get_mut("members") {
                    members.retain(|member| !is_deprecated(member));
                }
            }
            Some("enum") => drop(entry.remove("values")),
            _ => {}
        }
    }
    let mut out = Writer::new();
    entries.write(&mut out);
    String::from_utf8_lossy(&out.into_bytes()).into_owned()
}

fn is_deprecated(described: &Value) -> bool {
    described["features"].as_array().is_some_and(|features| features.iter().any(|feature| feature == "deprecated"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deprecated_parts_are_hidden() {
        let check = |entry: &str, expected: &str| {
            assert_eq!(without_deprecated(&format!("[{entry}]")), format!("[{expected}]"), "{entry}");
        };
        for kind in ["command", "event", "object", "enum"] {
            let entry = |features| format!(r#"{{"name": "a", "meta-type": "{kind}", "features": [{features}]}}"#);
            check(&entry(r#""unstable", "deprecated""#), "");
            let kept: Value =
                serde_json::from_str(&without_deprecated(&format!("[{}]", entry(r#""unstable""#)))).unwrap();
            assert_eq!(kept, serde_json::from_str::<Value>(&format!("[{}]", entry(r#""unstable""#))).unwrap());
        }
        let members = r#""members": [{"features": ["unstable"], "name": "a", "type": "int"}"#;
        let deprecated = r#", {"name": "b", "type": "int", "features": ["deprecated"]}"#;
        check(
            &format!(r#"{{"meta-type": "object", {members}{deprecated}], "name": "0"}}"#),
            &format!(r#"{{{members}], "meta-type": "object", "name": "0"}}"#),
        );
        let value = r#""members": [{"features": ["deprecated"], "name": "a"}]"#;
        check(
            &format!(r#"{{"name": "0", "meta-type": "enum", {value}, "values": ["a"]}}"#),
            &format!(r#"{{{value}, "meta-type": "enum", "name": "0"}}"#),
        );
    }
}
