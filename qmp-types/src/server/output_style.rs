//! The form in which a session writes its messages.

use std::borrow::Cow;

use crate::json::pretty;

/// The form of messages. They are written as QEMU's monitor does by default, and changed on their way out if a session
/// asks for another form: compact, with CRLF at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct OutputStyle {
    /// Whether members and items have lines of their own.
    pub(super) pretty: bool,
    /// Whether lines end in LF, like the guest agent's.
    pub(super) lf: bool,
}

impl OutputStyle {
    /// Returns whole messages in this form.
    pub(super) fn applied(self, messages: &[u8]) -> Cow<'_, [u8]> {
        if self == Self::default() {
            return Cow::Borrowed(messages);
        }
        let mut changed = messages.to_vec();
        self.apply(&mut changed);
        Cow::Owned(changed)
    }

    /// Changes the form of whole messages.
    pub(super) fn apply(self, messages: &mut Vec<u8>) {
        if self.pretty {
            let mut out = Vec::with_capacity(messages.len() * 2);
            pretty(messages, &mut out);
            *messages = out;
        }
        if self.lf {
            // No string contains a CR: it is escaped.
            messages.retain(|&byte| byte != b'\r');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_combine() {
        for (pretty, lf, expected) in [
            (false, false, "\u{fffd}{\"a\": 1}\r\n"),
            (false, true, "\u{fffd}{\"a\": 1}\n"),
            (true, false, "\u{fffd}{\r\n    \"a\": 1\r\n}\r\n"),
            (true, true, "\u{fffd}{\n    \"a\": 1\n}\n"),
        ] {
            let mut messages = b"\xff{\"a\": 1}\r\n".to_vec();
            OutputStyle { pretty, lf }.apply(&mut messages);
            assert_eq!(String::from_utf8_lossy(&messages), expected);
        }
    }
}
