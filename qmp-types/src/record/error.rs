//! The error of the record reader, worded like QEMU's errors for servers and in this project's own words for clients.

use std::borrow::Cow;
use std::fmt;

use super::Features;
use crate::Error;

/// The reason why a value could not be read, and the path to the mistake.
///
/// It is one pointer wide, so that results stay small where reading succeeds. The callers add the path, segment by
/// segment, while the error propagates.
pub struct ReadError(Box<Repr>);

struct Repr {
    mistake: Mistake,
    /// Whether the reader was strict, which selects QEMU's wording.
    strict: bool,
    /// The path, innermost segment first.
    path: Vec<Segment>,
}

pub(super) enum Segment {
    Member(Cow<'static, str>),
    Item(usize),
}

/// The kinds of mistakes in the value at the path.
pub(crate) enum Mistake {
    Missing,
    Unexpected,
    Duplicate,
    Mismatch {
        wording: Wording,
        expected: Cow<'static, str>,
        found: &'static str,
    },
    /// A string that is not a value of the enumeration.
    Value {
        enumeration: Cow<'static, str>,
        text: String,
    },
    /// A member or a value that the server's policy rejects because of these features.
    Policy {
        features: Features,
        what: Rejected,
    },
    Syntax {
        what: Cow<'static, str>,
        at: usize,
    },
    TooDeep,
}

/// The part of the arguments that a policy rejects.
pub(crate) enum Rejected {
    Parameter,
    Value(&'static str),
}

/// The four wordings that QEMU has for a value of the wrong type.
#[derive(Clone, Copy)]
pub(crate) enum Wording {
    /// The JSON type is wrong.
    Type,
    /// No branch of an alternate accepts the JSON type.
    Alternate,
    /// The value is not an unsigned integer.
    Unsigned,
    /// The integer does not fit the width that the schema gives it.
    Width,
}

impl ReadError {
    pub(crate) fn new(mistake: Mistake, strict: bool) -> Self {
        Self(Box::new(Repr { mistake, strict, path: Vec::new() }))
    }

    /// Adds the enclosing member to the path.
    #[cold]
    pub(crate) fn in_member(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.0.path.push(Segment::Member(name.into()));
        self
    }

    /// Adds the index of the enclosing list item to the path.
    #[cold]
    pub(crate) fn in_item(mut self, index: usize) -> Self {
        self.0.path.push(Segment::Item(index));
        self
    }

    /// Returns the path, innermost segment first.
    pub(super) fn path(&self) -> &[Segment] {
        &self.0.path
    }

    /// Returns whether the text is not valid JSON for QMP, independent of the schema.
    pub(super) fn is_syntax(&self) -> bool {
        matches!(self.0.mistake, Mistake::Syntax { .. } | Mistake::Duplicate | Mistake::TooDeep)
    }
}

impl Repr {
    fn fmt_qemu(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (path, local) = (Path(&self.path), Local(&self.path));
        match &self.mistake {
            Mistake::Missing => write!(f, "Parameter '{path}' is missing"),
            Mistake::Unexpected => write!(f, "Parameter '{path}' is unexpected"),
            Mistake::Duplicate => f.write_str("JSON parse error, duplicate key"),
            Mistake::Mismatch { wording: Wording::Type, expected, .. } => {
                write!(f, "Invalid parameter type for '{path}', expected: {expected}")
            }
            Mistake::Mismatch { wording: Wording::Alternate, expected, .. } => {
                write!(f, "Invalid parameter type for '{local}', expected: {expected}")
            }
            Mistake::Mismatch { wording: Wording::Unsigned, expected, .. } => {
                write!(f, "Parameter '{path}' expects {expected}")
            }
            Mistake::Mismatch { wording: Wording::Width, expected, .. } => {
                write!(f, "Parameter '{local}' expects {expected}")
            }
            Mistake::Value { text, .. } => write!(f, "Parameter '{local}' does not accept value '{text}'"),
            Mistake::Policy { features, what: Rejected::Parameter } => {
                write!(f, "{} parameter {local} disabled by policy", features.word())
            }
            Mistake::Policy { features, what: Rejected::Value(value) } => {
                write!(f, "{} value {value} disabled by policy", features.word())
            }
            Mistake::Syntax { what, .. } => write!(f, "JSON parse error, {what}"),
            Mistake::TooDeep => f.write_str("JSON nesting depth limit exceeded"),
        }
    }

    fn fmt_plain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "`{}`: ", Path(&self.path))?;
        }
        match &self.mistake {
            Mistake::Missing => f.write_str("required member is missing"),
            Mistake::Unexpected => f.write_str("unexpected member"),
            Mistake::Duplicate => f.write_str("duplicate member"),
            Mistake::Mismatch { expected, found, .. } => write!(f, "expected {expected}, found {found}"),
            Mistake::Value { enumeration, text } => write!(f, "expected a value of {enumeration}, found `{text}`"),
            Mistake::Policy { features, .. } => write!(f, "{} and rejected by policy", features.word().to_lowercase()),
            Mistake::Syntax { what, at } => write!(f, "invalid JSON at byte {at}: {what}"),
            Mistake::TooDeep => f.write_str("nested too deeply"),
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.strict { self.0.fmt_qemu(f) } else { self.0.fmt_plain(f) }
    }
}

impl fmt::Debug for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReadError({:?})", self.to_string())
    }
}

impl std::error::Error for ReadError {}

/// For a server, converts to the error reply to its client. For a client, converts to a protocol error: the server does not
/// follow the schema.
impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        if error.0.strict { Self::generic(error.to_string()) } else { Self::protocol(error.to_string()) }
    }
}

/// Displays a path as `a.b[2].c`, and the empty path of the whole value as `null`, like QEMU.
pub(super) struct Path<'a>(pub(super) &'a [Segment]);

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("null");
        }
        for (position, segment) in self.0.iter().rev().enumerate() {
            match segment {
                Segment::Member(name) if position == 0 => f.write_str(name)?,
                Segment::Member(name) => write!(f, ".{name}")?,
                Segment::Item(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// Displays only the last name of a path. An item of a list has no name; like QEMU, this displays `null` for it.
struct Local<'a>(&'a [Segment]);

impl fmt::Display for Local<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0.first() {
            Some(Segment::Member(name)) => name,
            Some(Segment::Item(_)) | None => "null",
        })
    }
}

/// Returns the peer's text, truncated so that the peer cannot cause huge error messages.
pub(super) fn capped(text: &str) -> String {
    const LIMIT: usize = 1024;
    if text.len() <= LIMIT {
        return text.to_owned();
    }
    let end = (0..=LIMIT).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
    text[..end].to_owned()
}
