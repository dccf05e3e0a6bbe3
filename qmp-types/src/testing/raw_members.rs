//! The members of a JSON object with the text of their values, which keeps the order of members and the form of numbers.

use crate::json::{Dialect, Framer, Member, MessageLimits, Progress};

/// Returns the members of an object, or `None` if the text is not one object.
pub(super) fn raw_members(text: &str) -> Option<Vec<(&str, &str)>> {
    let mut framer = Framer::new(Dialect::Qemu, MessageLimits::default());
    match framer.advance(text.as_bytes()) {
        Progress::Complete(end) if text[end..].trim().is_empty() => {}
        _ => return None,
    }
    let member = |found: &Member| {
        let key = text.get(found.key.clone())?;
        Some((key.get(1..key.len() - 1)?, text.get(found.value.clone())?))
    };
    framer.members()?.iter().map(member).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_text() {
        let members = raw_members(" {\"b\": {\"z\": 1.50, \"a\": []}, \"a\" :2}\r\n");
        assert_eq!(members, Some(vec![("b", "{\"z\": 1.50, \"a\": []}"), ("a", "2")]));
        for text in ["", "[1]", "{\"a\": 1} {}", "{\"a\"", "7", "{\"a\" 1}"] {
            assert_eq!(raw_members(text), None, "{text}");
        }
    }
}
