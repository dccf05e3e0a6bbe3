//! Why a value could not be read, in QEMU's words for a server and in ours for a client.

use std::borrow::Cow;
use std::fmt;

use crate::Error;

/// Why a value could not be read.
///
/// It is one pointer wide, so that the way of success stays cheap; the path is put together while unwinding.
pub struct ReadError(Box<Repr>);

struct Repr {
    what: What,
    /// Whether the reader was strict: QEMU's words.
    strict: bool,
    /// Innermost first.
    path: Vec<Segment>,
}

enum Segment {
    Member(Cow<'static, str>),
    Item(usize),
}

/// What is wrong with the value at the path.
pub(super) enum What {
    Missing,
    Unexpected,
    Duplicate,
    Mismatch {
        wording: Wording,
        expected: &'static str,
        found: &'static str,
    },
    /// A string that the enumeration lacks.
    Value {
        enumeration: &'static str,
        text: String,
    },
    Syntax {
        what: Cow<'static, str>,
        at: usize,
    },
    TooDeep,
}

/// QEMU words the same mistake in four ways.
#[derive(Clone, Copy)]
pub(super) enum Wording {
    /// The JSON type is wrong.
    Type,
    /// No branch of an alternate takes the JSON type.
    Alternate,
    /// Not an unsigned integer.
    Unsigned,
    /// Not as narrow as the schema's integer.
    Width,
}

impl ReadError {
    pub(super) fn new(what: What, strict: bool) -> Self {
        Self(Box::new(Repr { what, strict, path: Vec::new() }))
    }

    /// The error happened in the member of this name.
    #[cold]
    pub(super) fn in_member(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.0.path.push(Segment::Member(name.into()));
        self
    }

    /// The error happened in the list item at this index.
    #[cold]
    pub(super) fn in_item(mut self, index: usize) -> Self {
        self.0.path.push(Segment::Item(index));
        self
    }

    /// Whether the text is no JSON that QMP allows, whatever the schema says.
    pub(super) fn is_syntax(&self) -> bool {
        matches!(self.0.what, What::Syntax { .. } | What::Duplicate | What::TooDeep)
    }
}

impl Repr {
    fn qemu(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (path, local) = (Path(&self.path), Local(&self.path));
        match &self.what {
            What::Missing => write!(f, "Parameter '{path}' is missing"),
            What::Unexpected => write!(f, "Parameter '{path}' is unexpected"),
            What::Duplicate => f.write_str("JSON parse error, duplicate key"),
            What::Mismatch { wording: Wording::Type, expected, .. } => {
                write!(f, "Invalid parameter type for '{path}', expected: {expected}")
            }
            What::Mismatch { wording: Wording::Alternate, expected, .. } => {
                write!(f, "Invalid parameter type for '{local}', expected: {expected}")
            }
            What::Mismatch { wording: Wording::Unsigned, expected, .. } => {
                write!(f, "Parameter '{path}' expects {expected}")
            }
            What::Mismatch { wording: Wording::Width, expected, .. } => {
                write!(f, "Parameter '{local}' expects {expected}")
            }
            What::Value { text, .. } => write!(f, "Parameter '{local}' does not accept value '{text}'"),
            What::Syntax { what, .. } => write!(f, "JSON parse error, {what}"),
            What::TooDeep => f.write_str("JSON nesting depth limit exceeded"),
        }
    }

    fn plain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "`{}`: ", Path(&self.path))?;
        }
        match &self.what {
            What::Missing => f.write_str("required member is missing"),
            What::Unexpected => f.write_str("unexpected member"),
            What::Duplicate => f.write_str("duplicate member"),
            What::Mismatch { expected, found, .. } => write!(f, "expected {expected}, found {found}"),
            What::Value { enumeration, text } => write!(f, "expected a value of {enumeration}, found `{text}`"),
            What::Syntax { what, at } => write!(f, "invalid JSON at byte {at}: {what}"),
            What::TooDeep => f.write_str("nested too deeply"),
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.strict { self.0.qemu(f) } else { self.0.plain(f) }
    }
}

impl fmt::Debug for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReadError({:?})", self.to_string())
    }
}

impl std::error::Error for ReadError {}

/// A server answers what its client got wrong; a client is told that its server does not speak the schema.
impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        if error.0.strict { Self::generic(error.to_string()) } else { Self::protocol(error.to_string()) }
    }
}

/// `a.b[2].c`; the whole value has no path, which QEMU calls `null`.
struct Path<'a>(&'a [Segment]);

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

/// The last name of the path alone. An item of a list has none; QEMU then says `null`, and so do we.
struct Local<'a>(&'a [Segment]);

impl fmt::Display for Local<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0.first() {
            Some(Segment::Member(name)) => name,
            Some(Segment::Item(_)) | None => "null",
        })
    }
}

/// Text of the peer's, cut so that an error cannot be made huge.
pub(super) fn capped(text: &str) -> String {
    const LIMIT: usize = 1024;
    if text.len() <= LIMIT {
        return text.to_owned();
    }
    let end = (0..=LIMIT).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
    text[..end].to_owned()
}
