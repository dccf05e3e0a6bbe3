//! Prepares the peer's text for error descriptions, which repeat it.

use super::Dialect;

/// The maximum number of bytes of the peer's text in an error description.
const LIMIT: usize = 1024;

/// Returns text for an error description: up to a NUL, limited in length, with U+FFFD for each sequence that QEMU does not
/// accept as a character.
pub(crate) fn echo(bytes: &[u8]) -> String {
    let mut text = String::new();
    let mut rest = bytes.split(|&byte| byte == 0).next().unwrap_or_default();
    while let (Some(&lead), true) = (rest.first(), text.len() <= LIMIT) {
        // A sequence is a leading byte and the continuation bytes that it announces, even if it does not encode a character.
        let announced = if matches!(lead, 0xC0..0xFE) { lead.leading_ones() as usize - 1 } else { 0 };
        let continued = rest[1..].iter().take(announced).take_while(|&byte| byte & 0xC0 == 0x80).count();
        let (sequence, after) = rest.split_at(1 + continued);
        text.push(character(sequence));
        rest = after;
    }
    text.truncate(cut(&text).len());
    text
}

/// Returns the character that a sequence of bytes encodes, or U+FFFD.
fn character(sequence: &[u8]) -> char {
    if sequence == [0xC0, 0x80] {
        return '\0';
    }
    let text = std::str::from_utf8(sequence).unwrap_or_default();
    text.chars().next().filter(|&char| Dialect::Qemu.has_character(char)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Returns the beginning of a text, limited to what an error description repeats.
pub(crate) fn cut(text: &str) -> &str {
    cut_to(text, LIMIT)
}

/// Returns the whole characters within the first `limit` bytes.
pub(crate) fn cut_to(text: &str, limit: usize) -> &str {
    let end = (0..=limit.min(text.len())).rev().find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or(0)]
}
