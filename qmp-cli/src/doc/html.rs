//! HTML building blocks. All text from a schema goes through [`escape`].

/// Escapes text for use between tags and in quoted attributes.
pub(super) fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 8);
    push_escaped(&mut html, text);
    html
}

/// Appends escaped text.
pub(super) fn push_escaped(html: &mut String, text: &str) {
    let mut copied = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        html.push_str(&text[copied..at]);
        html.push_str(entity);
        copied = at + 1;
    }
    html.push_str(&text[copied..]);
}

/// Returns the text in `<code>`.
pub(super) fn code(text: &str) -> String {
    format!("<code>{}</code>", escape(text))
}

/// Returns the anchor of a definition: the name, with all characters that a URL fragment cannot contain encoded.
pub(super) fn anchor(name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if name.chars().all(is_plain) {
        return name.to_owned();
    }
    let encode = |c: char| if is_plain(c) { c.to_string() } else { format!("-{:x}-", u32::from(c)) };
    name.chars().map(encode).collect()
}

/// Returns the anchor of a member or value of a definition. The colon is unambiguous, because no name contains one.
pub(super) fn member_anchor(definition: &str, member: &str) -> String {
    format!("{}:{}", anchor(definition), anchor(member))
}
