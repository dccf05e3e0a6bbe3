//! HTML, safely: whatever comes from a schema goes through `escape`.

use std::fmt::Write;

/// Text as it stands between tags and in quoted attributes.
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

/// `<code>`.
pub(super) fn code(text: &str) -> String {
    format!("<code>{}</code>", escape(text))
}

/// `<pre>`, for text that is shown as it is.
pub(super) fn pre(text: &str) -> String {
    format!("<pre>{}</pre>\n", escape(text.trim_end()))
}

/// The target of a link within a page: what a URL cannot have in its fragment is not in a name.
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

/// The target of a link to a member or value of a definition. No name has a colon in it.
pub(super) fn member_anchor(definition: &str, member: &str) -> String {
    format!("{}:{}", anchor(definition), anchor(member))
}
