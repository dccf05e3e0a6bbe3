//! The contents of strings: what may stand in them, what they mean, and how they are written.

use std::borrow::Cow;

/// How much of what a peer sent is repeated in an error.
const ECHO: usize = 1024;

/// Whether a string is JSON as everybody reads it, or only in QMP's dialect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    Json,
    Qmp,
}

/// Checks a string token, quotes included; on error QEMU's description.
pub(super) fn check(token: &[u8]) -> Result<Dialect, String> {
    let content = &token[1..token.len() - 1];
    let mut dialect = if token[0] == b'"' { Dialect::Json } else { Dialect::Qmp };
    if content.iter().all(|&byte| byte < 0x80 && byte != b'\\') {
        return Ok(dialect);
    }
    let mut at = 1;
    let end = token.len() - 1;
    while at < end {
        let plain = token[at..end].iter().position(|&byte| byte == b'\\').unwrap_or(end - at);
        if check_utf8(&token[at..at + plain])? == Dialect::Qmp {
            dialect = Dialect::Qmp;
        }
        at += plain;
        if at == end {
            break;
        }
        at += match token[at + 1] {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => 2,
            b'\'' => {
                dialect = Dialect::Qmp;
                2
            }
            b'u' => check_unicode(&token[at..])?,
            _ => return Err("invalid escape sequence in string".into()),
        };
    }
    Ok(dialect)
}

/// Checks bytes without escapes. NUL may be written C0 80, which is no UTF-8 to others.
fn check_utf8(mut bytes: &[u8]) -> Result<Dialect, String> {
    let mut dialect = Dialect::Json;
    loop {
        let good = match std::str::from_utf8(bytes) {
            Ok(text) => return if text.chars().any(is_noncharacter) { bad_utf8() } else { Ok(dialect) },
            Err(error) => error.valid_up_to(),
        };
        check_utf8(&bytes[..good])?;
        bytes = bytes[good..].strip_prefix(&[0xC0, 0x80]).map_or_else(bad_utf8, Ok)?;
        dialect = Dialect::Qmp;
    }
}

fn bad_utf8<T>() -> Result<T, String> {
    Err("invalid UTF-8 sequence in string".into())
}

fn is_noncharacter(char: char) -> bool {
    matches!(char, '\u{FDD0}'..='\u{FDEF}') || u32::from(char) & 0xFFFE == 0xFFFE
}

/// Checks the `\uXXXX` at the start, or the pair of them; how long it is.
fn check_unicode(token: &[u8]) -> Result<usize, String> {
    let (shown, char) = unicode(token);
    match char {
        Some(char) if !is_noncharacter(char) => Ok(shown),
        _ => {
            let sent = echo(&token[..shown.min(token.len())]);
            Err(format!("{sent} is not a valid Unicode character"))
        }
    }
}

/// Reads the `\uXXXX` at the start, or the pair of them: its length, and the character if it is one.
fn unicode(token: &[u8]) -> (usize, Option<char>) {
    let first = hex(token);
    match first {
        Some(lead @ 0xD800..0xDC00) if token[6..].starts_with(b"\\u") => match hex(&token[6..]) {
            Some(trail @ 0xDC00..0xE000) => (12, char::from_u32(0x10000 + ((lead - 0xD800) << 10) + (trail - 0xDC00))),
            _ => (6, None),
        },
        _ => (6, first.and_then(char::from_u32)),
    }
}

/// The four digits of a `\uXXXX`.
fn hex(escape: &[u8]) -> Option<u32> {
    let digits = escape.get(2..6)?;
    digits.iter().try_fold(0, |value, &digit| Some(value << 4 | char::from(digit).to_digit(16)?))
}

/// What a checked string token, quotes included, means.
pub(crate) fn decode(token: &[u8]) -> Cow<'_, str> {
    let content = &token[1..token.len() - 1];
    if !content.iter().any(|&byte| matches!(byte, b'\\' | 0xC0)) {
        return String::from_utf8_lossy(content);
    }
    let mut text = String::with_capacity(content.len());
    let mut at = 0;
    while at < content.len() {
        let plain = content[at..].iter().position(|&byte| matches!(byte, b'\\' | 0xC0)).unwrap_or(content.len() - at);
        text.push_str(&String::from_utf8_lossy(&content[at..at + plain]));
        at += plain;
        let Some(&byte) = content.get(at + 1) else { break };
        let (len, char) = match byte {
            b'u' => unicode(&content[at..]),
            // The second byte of C0 80.
            0x80 => (2, Some('\0')),
            b'b' => (2, Some('\u{8}')),
            b'f' => (2, Some('\u{C}')),
            b'n' => (2, Some('\n')),
            b'r' => (2, Some('\r')),
            b't' => (2, Some('\t')),
            itself => (2, Some(char::from(itself))),
        };
        text.extend(char);
        at += len;
    }
    Cow::Owned(text)
}

/// What a peer sent, as it is repeated in an error: up to a NUL and not too much of it, with U+FFFD for each sequence that
/// is no character to QEMU.
pub(super) fn echo(bytes: &[u8]) -> String {
    let mut text = String::new();
    let mut rest = bytes.split(|&byte| byte == 0).next().unwrap_or_default();
    while let (Some(&lead), true) = (rest.first(), text.len() <= ECHO) {
        // A leading byte takes along the continuation bytes that it announces, also where that makes no character.
        let announced = if matches!(lead, 0xC0..0xFE) { lead.leading_ones() as usize - 1 } else { 0 };
        let continued = rest[1..].iter().take(announced).take_while(|&byte| byte & 0xC0 == 0x80).count();
        let (sequence, after) = rest.split_at(1 + continued);
        text.push(character(sequence));
        rest = after;
    }
    text.truncate(cut(&text).len());
    text
}

/// The character that a sequence of bytes stands for, or U+FFFD.
fn character(sequence: &[u8]) -> char {
    if sequence == [0xC0, 0x80] {
        return '\0';
    }
    let text = std::str::from_utf8(sequence).unwrap_or_default();
    text.chars().next().filter(|&char| !is_noncharacter(char)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// As much of the text as is repeated in an error.
pub(crate) fn cut(text: &str) -> &str {
    cut_to(text, ECHO)
}

/// The text, or whole characters of it with at most `limit` bytes.
pub(super) fn cut_to(text: &str, limit: usize) -> &str {
    let end = (0..=limit.min(text.len())).rev().find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or(0)]
}
