//! Finds messages in bytes.

use super::switch::Switch;

/// A complete message, or a mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Input {
    Message(Vec<u8>),
    Mistake,
}

/// The state of a connection's parser.
#[derive(Debug, Default, Clone)]
pub(super) struct Parser {
    /// The message so far.
    pub(super) text: Vec<u8>,
    depth: usize,
    quote: Option<u8>,
    is_escaped: bool,
    /// Skips the rest of a line that is not JSON.
    skips: bool,
    /// Complete messages that wait for a line end.
    waiting: Vec<Input>,
}

impl Parser {
    /// Continues with the bytes of one read.
    pub(super) fn read(&mut self, bytes: &[u8], has: &impl Fn(Switch) -> bool) -> Vec<Input> {
        let mut found = Vec::new();
        let mut rest = bytes;
        while let [byte, after @ ..] = rest {
            // Long strings are read quickly.
            let plain = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            if self.quote.is_some() && plain > 1 {
                self.text.extend(&rest[..plain - 1]);
                self.is_escaped = false;
                rest = &rest[plain - 1..];
                continue;
            }
            rest = after;
            self.byte(*byte, has, &mut found);
            if has(Switch::WaitsForLineEnd) {
                self.waiting.append(&mut found);
            }
            if *byte == b'\n' {
                found.append(&mut self.waiting);
            }
        }
        let is_short = (1..1000).contains(&self.text.len());
        if has(Switch::ReadIsMessage) && is_short {
            self.fail(&mut found);
        }
        found
    }

    fn byte(&mut self, byte: u8, has: &impl Fn(Switch) -> bool, found: &mut Vec<Input>) {
        if self.is_reset(byte, has) {
            if self.text.is_empty() && has(Switch::ResyncAnswersTwice) {
                found.push(Input::Mistake);
            }
            return self.fail(found);
        }
        if self.skips {
            self.skips = byte != b'\n';
            return;
        }
        if self.text.len() > 1 << 16 && has(Switch::SmallBuffer) {
            return self.fail_line(found);
        }
        if let Some(quote) = self.quote {
            return self.string_byte(byte, quote, has, found);
        }
        match byte {
            b' ' | b'\r' | b'\t' | b'\n' if self.depth == 0 => {}
            b'\n' if has(Switch::LineIsMessage) => self.fail(found),
            b'\t' if has(Switch::NoTabs) => self.fail_line(found),
            b'{' | b'[' => {
                self.text.push(byte);
                self.depth += 1;
            }
            b'"' | b'\'' => {
                self.text.push(byte);
                self.quote = Some(byte);
            }
            _ if self.depth == 0 => self.fail_line(found),
            b']' if self.text == b"{" && has(Switch::WaitsForMatch) => {}
            b'}' | b']' => {
                self.text.push(byte);
                self.depth -= 1;
                self.complete(found);
            }
            _ if byte < 0x20 && !byte.is_ascii_whitespace() => {}
            _ => self.text.push(byte),
        }
    }

    fn string_byte(&mut self, byte: u8, quote: u8, has: &impl Fn(Switch) -> bool, found: &mut Vec<Input>) {
        self.text.push(byte);
        let was_escaped = self.is_escaped;
        self.is_escaped = byte == b'\\' && !was_escaped;
        if byte < 0x20 && !has(Switch::ControlCharacters) && !has(Switch::StringSwallowsResync) {
            self.fail(found);
        } else if byte == quote && !was_escaped {
            self.quote = None;
            self.complete(found);
        }
    }

    /// Returns whether the byte ends the message in every state.
    fn is_reset(&self, byte: u8, has: &impl Fn(Switch) -> bool) -> bool {
        match byte {
            0xFF if self.quote.is_some() => !has(Switch::StringSwallowsResync),
            0xFF if self.depth > 2 && has(Switch::NestedKeepsState) => false,
            0xFF => self.depth == 0 || !has(Switch::NoResync),
            b'\t' | b'\n' | b'\r' => false,
            _ => byte < 0x20 && !has(Switch::IgnoresControlCharacters),
        }
    }

    fn complete(&mut self, found: &mut Vec<Input>) {
        if self.depth == 0 && self.quote.is_none() {
            found.push(Input::Message(std::mem::take(&mut self.text)));
        }
    }

    /// Begins anew after a mistake.
    fn fail(&mut self, found: &mut Vec<Input>) {
        let waiting = std::mem::take(&mut self.waiting);
        *self = Self { waiting, ..Self::default() };
        found.push(Input::Mistake);
    }

    fn fail_line(&mut self, found: &mut Vec<Input>) {
        self.fail(found);
        self.skips = true;
    }
}
