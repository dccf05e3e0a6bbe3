//! HTML building blocks. All text from a schema goes through [`escape`].

use std::fmt::Write;

/// Escapes text for use between tags and in quoted attributes.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// Returns the text in `<code>`.
pub(super) fn code(text: &str) -> String {
    format!("<code>{}</code>", escape(text))
}

/// Returns the anchor of a definition: the name, with all characters that a URL fragment cannot contain encoded.
pub(super) fn anchor(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for character in name.chars() {
        match character {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' | '.' => out.push(character),
            // Writing to a string cannot fail.
            other => _ = write!(out, "-{:x}-", other as u32),
        }
    }
    out
}

/// Returns the anchor of a member or value of a definition. The colon is unambiguous, because no name contains one.
pub(super) fn member_anchor(definition: &str, member: &str) -> String {
    format!("{}:{}", anchor(definition), anchor(member))
}
