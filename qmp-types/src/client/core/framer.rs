//! Where a message ends, and where its outermost members are: one pass, resumed wherever the bytes were cut.

use std::ops::Range;

use crate::json::swar::before_end;

/// A member of the outermost object, as ranges of the message's bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Member {
    /// The name, with its quotes and the white space around them.
    pub(crate) name: Range<usize>,
    /// The value, with the white space around it.
    pub(crate) value: Range<usize>,
}

/// What can be no message, and never will be.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Garbage;

/// Finds the end of a JSON object.
///
/// It looks at brackets and strings only: whether a value is good JSON shows when somebody reads it, and then costs that
/// caller only. But whatever could make it wait for an end that never comes is refused: mismatched brackets, bytes
/// that JSON does not have outside of strings, control bytes (and so an end of line) inside.
///
/// The server's decoder is another: it judges every token, to refuse a request in QEMU's words. Here the outermost members
/// are noted on the way, so that a long reply is not walked twice before it is read.
#[derive(Debug, Default)]
pub(crate) struct Framer {
    /// The next byte to look at.
    position: usize,
    braces: usize,
    brackets: usize,
    in_string: bool,
    /// Where the name or the value in hand starts.
    start: usize,
    /// The name whose value is in hand.
    name: Option<Range<usize>>,
    members: Vec<Member>,
    /// The message is complete; the next byte belongs to another.
    complete: bool,
}

impl Framer {
    /// Whether the next byte to look at is a message's first.
    pub(crate) fn is_new(&self) -> bool {
        self.complete || self.position == 0
    }

    /// Goes on in the message that starts at the first of `bytes`; its length, if it is complete.
    pub(crate) fn advance(&mut self, bytes: &[u8]) -> Result<Option<usize>, Garbage> {
        if self.complete {
            self.reset();
        }
        while let Some(&byte) = bytes.get(self.position) {
            if self.in_string {
                if !self.string(bytes)? {
                    break;
                }
                continue;
            }
            self.position += 1;
            match byte {
                b'"' => self.in_string = true,
                b':' | b',' if self.braces == 1 && self.brackets == 0 => self.separator(byte)?,
                b'{' => self.open(),
                b'[' if self.braces > 0 => self.brackets += 1,
                b']' => self.brackets = self.brackets.checked_sub(1).ok_or(Garbage)?,
                b'}' if self.close()? => return Ok(Some(self.position)),
                b'}' | b':' | b',' | b' ' | b'\t' | b'\r' | b'\n' => {}
                b'0'..=b'9' | b'a'..=b'z' | b'E' | b'+' | b'-' | b'.' if self.braces > 0 => {}
                _ => return Err(Garbage),
            }
        }
        Ok(None)
    }

    /// The members of the message that was found last, in the order in which they came.
    pub(crate) fn members(&self) -> &[Member] {
        &self.members
    }

    fn reset(&mut self) {
        let mut members = std::mem::take(&mut self.members);
        members.clear();
        *self = Self { members, ..Self::default() };
    }

    /// Passes over the rest of a string; `false` if its end is not there yet.
    fn string(&mut self, bytes: &[u8]) -> Result<bool, Garbage> {
        loop {
            self.position += before_end(&bytes[self.position..], b'"');
            match bytes[self.position..] {
                [b'"', ..] => {
                    self.position += 1;
                    self.in_string = false;
                    return Ok(true);
                }
                [b'\\', _, ..] => self.position += 2,
                [] | [b'\\'] => return Ok(false),
                _ => return Err(Garbage),
            }
        }
    }

    fn open(&mut self) {
        if self.braces == 0 {
            self.start = self.position;
        }
        self.braces += 1;
    }

    /// A closing brace; `true` if it ends the message.
    fn close(&mut self) -> Result<bool, Garbage> {
        self.braces = self.braces.checked_sub(1).ok_or(Garbage)?;
        if self.braces > 0 {
            return Ok(false);
        }
        if self.brackets > 0 {
            return Err(Garbage);
        }
        self.end_member();
        self.complete = true;
        Ok(true)
    }

    /// A colon or a comma of the outermost object.
    fn separator(&mut self, byte: u8) -> Result<(), Garbage> {
        let before = self.start..self.position - 1;
        match byte {
            b':' if self.name.is_none() => self.name = Some(before),
            b',' if self.name.is_some() => self.end_member(),
            _ => return Err(Garbage),
        }
        self.start = self.position;
        Ok(())
    }

    fn end_member(&mut self) {
        if let Some(name) = self.name.take() {
            self.members.push(Member { name, value: self.start..self.position - 1 });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The members of the message that `text` starts with, fed `step` bytes more at a time.
    fn frame(text: &str, step: usize) -> Result<Option<Vec<(&str, &str)>>, Garbage> {
        let mut framer = Framer::default();
        for end in (step..text.len() + step).step_by(step) {
            if let Some(len) = framer.advance(&text.as_bytes()[..end.min(text.len())])? {
                assert_eq!(text[..len].chars().last(), Some('}'));
                let members = framer.members().iter();
                return Ok(Some(
                    members.map(|m| (text[m.name.clone()].trim(), text[m.value.clone()].trim())).collect(),
                ));
            }
        }
        Ok(None)
    }

    #[test]
    fn finds_members_wherever_the_bytes_are_cut() {
        let text = "{\"return\": {\"a\": [1, {\"b\": \"}\\\"{\\\\\"}], \"c\":{}},\r\n  \"id\" : 7} {";
        for step in [1, 2, 3, 7, text.len()] {
            let members = frame(text, step).unwrap().unwrap();
            assert_eq!(members, [("\"return\"", "{\"a\": [1, {\"b\": \"}\\\"{\\\\\"}], \"c\":{}}"), ("\"id\"", "7")]);
        }
        assert_eq!(frame("{}", 1), Ok(Some(vec![])));
    }

    #[test]
    fn never_waits_for_an_end_that_cannot_come() {
        for text in
            ["HTTP/1.1 400", "{\"a\": [1}", "{]", "[1]", "{<html>", "{\"a\n", "}", "{\"a\",", "{\"a\":1:", "12 "]
        {
            assert_eq!(frame(text, 1), Err(Garbage), "{text}");
        }
    }

    #[test]
    fn waits_for_an_end_that_can() {
        for text in ["{", "{\"a", "{\"a\\", "{\"a\": [", "{\"a\": {}"] {
            assert_eq!(frame(text, 1), Ok(None), "{text}");
        }
    }
}
