//! Converts a client's JSON into the form in which a server sends JSON.

use crate::json::{Dialect, Kind, Lexeme, Lexer, string, swar::before_escape};
use crate::record::Writer;

/// Appends a value as ASCII JSON in compact form. The value must have been checked. Numbers stay as the client sent them.
pub(super) fn canonical(value: &[u8], out: &mut Writer) {
    if is_canonical(value) {
        out.bytes_mut().extend_from_slice(value);
        return;
    }
    let mut lexer = Lexer::new(Dialect::Qemu);
    while let Some(Lexeme::Token { kind, start, end }) = lexer.next_of_all(value) {
        let token = &value[start..end];
        match kind {
            Kind::String => out.string(&string::read_token(token, Dialect::Qemu).unwrap_or_default()),
            Kind::Colon => out.literal(": "),
            Kind::Comma => out.literal(", "),
            _ => out.bytes_mut().extend_from_slice(token),
        }
    }
}

/// Returns whether the value is a number, a keyword, or a string without anything to escape.
fn is_canonical(value: &[u8]) -> bool {
    match value {
        [b'"', content @ .., b'"'] => before_escape(content) == content.len(),
        [b'"' | b'\'' | b'{' | b'[', ..] => false,
        _ => true,
    }
}
