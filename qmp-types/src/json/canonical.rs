//! JSON that everybody reads, out of QMP's dialect.

use super::lexer::{Kind, Lexeme, Lexer};
use super::string::decode;
use crate::record::Writer;

/// Appends a parsed value as ASCII JSON in compact form. Numbers stay as they were sent.
pub(crate) fn canonical(value: &[u8], out: &mut Writer) {
    if is_plain(value) {
        out.bytes_mut().extend(value);
        return;
    }
    let mut lexer = Lexer::default();
    while let Some(Lexeme::Token { kind, start, end }) = lexer.next_of_all(value) {
        let token = &value[start..end];
        match kind {
            Kind::String => out.string(&decode(token)),
            Kind::Colon => out.literal(": "),
            Kind::Comma => out.literal(", "),
            _ => out.bytes_mut().extend(token),
        }
    }
}

/// Whether the value is a scalar that may be copied.
fn is_plain(value: &[u8]) -> bool {
    !matches!(value[0], b'{' | b'[') && value.iter().all(|&byte| matches!(byte, b' '..=b'~') && !b"'\\".contains(&byte))
}
