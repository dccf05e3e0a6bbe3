//! Writes the text of an error at compile time.

use super::Parameter;
use crate::CommandSpec;

/// A text that is built piece by piece. Anything beyond its capacity is cut off.
pub(super) struct Text {
    bytes: [u8; 1024],
    len: usize,
}

impl Text {
    pub(super) const fn new(text: &str) -> Self {
        Self { bytes: [0; 1024], len: 0 }.add(text)
    }

    pub(super) const fn add(mut self, text: &str) -> Self {
        let mut rest = text.as_bytes();
        while let [byte, tail @ ..] = rest
            && self.len < self.bytes.len()
        {
            self.bytes[self.len] = *byte;
            self.len += 1;
            rest = tail;
        }
        self
    }

    /// Adds a text in backticks.
    pub(super) const fn quote(self, text: &str) -> Self {
        self.add("`").add(text).add("`")
    }

    /// Adds `` `NAME` (FILE:LINE) ``.
    pub(super) const fn command(self, spec: &CommandSpec) -> Self {
        self.quote(spec.name).add(" (").add(spec.position).add(")")
    }

    /// Adds the schema's declaration of a command's argument or return value.
    pub(super) const fn declaration(self, spec: &CommandSpec, declared: &Parameter) -> Self {
        let text = self.quote(spec.name).add(" has ").quote(declared.schema);
        text.add(" (").add(declared.position).add(")")
    }

    /// Adds the separator in front of item `index` of a list: nothing, a comma or "or".
    pub(super) const fn separator(self, index: usize, count: usize) -> Self {
        match index {
            0 => self,
            _ if index + 1 == count => self.add(" or "),
            _ => self.add(", "),
        }
    }

    /// Fails the compilation with this text.
    #[track_caller]
    pub(super) const fn fail(&self) -> ! {
        match str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => panic!("{}", text),
            Err(_) => panic!("the handler does not fit its command"),
        }
    }
}
