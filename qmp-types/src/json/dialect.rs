//! The two dialects of JSON on a QMP connection.

/// A dialect of JSON. The methods list every difference between the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// QEMU's dialect, which servers read.
    Qemu,
    /// RFC 8259, which clients read.
    Rfc8259,
}

impl Dialect {
    /// Returns whether a string may be written in single quotes, and any string may contain `\'`.
    pub(crate) fn has_single_quotes(self) -> bool {
        self == Self::Qemu
    }

    /// Returns whether an exponent may follow a lone zero: `0e5`.
    pub(crate) fn has_exponent_after_zero(self) -> bool {
        self == Self::Rfc8259
    }

    /// Returns whether a string may contain the character, as it is or escaped. QEMU's dialect has no noncharacters, which
    /// Unicode reserves for internal use.
    pub(crate) fn has_character(self, character: char) -> bool {
        let is_reserved = matches!(character, '\u{FDD0}'..='\u{FDEF}') || u32::from(character) & 0xFFFE == 0xFFFE;
        self == Self::Rfc8259 || !is_reserved
    }

    /// Returns whether NUL may be written as the bytes C0 80, as modified UTF-8 does.
    pub(crate) fn has_modified_utf8(self) -> bool {
        self == Self::Qemu
    }

    /// Returns whether the bytes FE and FF, which no UTF-8 contains, end a string with a lexical error. Otherwise they
    /// are an error only when the string is decoded.
    pub(crate) fn refuses_fe_and_ff(self) -> bool {
        self == Self::Qemu
    }

    /// Returns whether a word that starts like a number but is not one, such as QEMU's `-inf`, is one token. The token is an
    /// error only when it is read. Otherwise the word is a lexical error.
    pub(crate) fn has_words(self) -> bool {
        self == Self::Rfc8259
    }
}
