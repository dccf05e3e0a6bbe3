//! Sets of names: an enumeration's values.

use super::table::signature;

/// The values of an enumeration, in schema order.
#[derive(Debug)]
pub struct Names {
    /// The enumeration's name in the schema.
    pub name: &'static str,
    /// The values.
    pub values: &'static [Name],
}

/// One value of an enumeration.
#[derive(Debug)]
pub struct Name {
    /// The value as it stands on the wire.
    pub text: &'static str,
    /// Length, first, middle and last byte: what the reader compares first.
    pub signature: u32,
    /// Whether the schema marks the value `deprecated`.
    pub deprecated: bool,
    /// Whether the schema marks the value `unstable`.
    pub unstable: bool,
}

impl Name {
    /// A value.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        let signature = signature(text.as_bytes(), 0, text.len());
        Self { text, signature, deprecated: false, unstable: false }
    }

    /// The value, marked `deprecated`.
    #[must_use]
    pub const fn deprecated(self) -> Self {
        Self { deprecated: true, ..self }
    }

    /// The value, marked `unstable`.
    #[must_use]
    pub const fn unstable(self) -> Self {
        Self { unstable: true, ..self }
    }
}

impl Names {
    /// The index of the value with this text.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<usize> {
        let signature = signature(text.as_bytes(), 0, text.len());
        self.values.iter().position(|value| value.signature == signature && value.text == text)
    }

    /// The index of the value that `text` starts with, in plain quotes.
    ///
    /// Where it would have its closing quote tells nearly all values apart, without a look for where it ends.
    #[inline]
    pub(super) fn find_at(&self, text: &[u8]) -> Option<usize> {
        let text = text.strip_prefix(b"\"")?;
        let ends = |name: &str| text.get(name.len()) == Some(&b'"');
        self.values.iter().position(|value| ends(value.text) && text.starts_with(value.text.as_bytes()))
    }
}
