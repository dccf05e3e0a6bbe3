//! Bytes of the protocol in reports.

/// Returns the bytes as printable ASCII, with escapes as in a Rust byte string. Quotes stay as they are, because JSON has many.
/// Long texts are cut in the middle: their beginning and their end show the problem.
pub(crate) fn printable(bytes: &[u8], longest: usize) -> String {
    let escape = |bytes: &[u8]| bytes.escape_ascii().to_string().replace("\\\"", "\"").replace("\\'", "'");
    if bytes.len() <= longest {
        return escape(bytes);
    }
    let half = longest / 2;
    let (head, tail) = (&bytes[..half], &bytes[bytes.len() - half..]);
    format!("{} ... ({} bytes) ... {}", escape(head), bytes.len() - 2 * half, escape(tail))
}

/// Returns the bytes in backquotes, for the middle of a sentence.
pub(crate) fn quoted(bytes: &[u8]) -> String {
    format!("`{}`", printable(bytes, 160))
}
