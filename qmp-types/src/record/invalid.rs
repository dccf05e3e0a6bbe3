//! Values that a program can hold and a peer must not receive.

use std::borrow::Cow;
use std::fmt;

use super::error::{Path, Segment};
use crate::json::{Dialect, Kind, Lexeme, Lexer};

/// A value that does not fit the schema, although its type does: the writer has written something in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Invalid {
    /// The position of the value's first byte in the writer's text.
    pub(super) at: usize,
    pub(super) problem: Problem,
}

/// The kinds of invalid values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Problem {
    /// An infinity or NaN.
    NotFinite,
    /// A required member without a value.
    Missing,
    /// A string that is not in the enumeration.
    NotInEnumeration(&'static str),
    /// JSON of a type that the alternate does not have.
    NotInAlternate(&'static str),
}

impl Invalid {
    /// Describes the value and its path in the JSON value that starts at `start` of the writer's text.
    pub(super) fn describe(&self, text: &[u8], start: usize) -> String {
        let path = path(&text[start..], self.at - start);
        if path.is_empty() { self.problem.to_string() } else { format!("`{}`: {}", Path(&path), self.problem) }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFinite => f.write_str("expected a finite number, found an infinity or NaN"),
            Self::Missing => f.write_str("expected a value, found none for a required member"),
            Self::NotInEnumeration(name) => {
                write!(f, "expected a value of {name}, found one that the schema does not define")
            }
            Self::NotInAlternate(name) => {
                write!(f, "expected a value of {name}, found JSON of a type that it does not have")
            }
        }
    }
}

/// Returns the path of the value at a position of a JSON text, the innermost segment first.
fn path(text: &[u8], at: usize) -> Vec<Segment> {
    let (mut lexer, mut path) = (Lexer::new(Dialect::Rfc8259), Vec::new());
    let mut last_string = 0..0;
    while let Lexeme::Token { kind, start, end } = lexer.next(text)
        && start < at
    {
        match kind {
            Kind::OpenBrace => path.push(Segment::Member(Cow::Borrowed(""))),
            Kind::OpenBracket => path.push(Segment::Item(0)),
            Kind::CloseBrace | Kind::CloseBracket => drop(path.pop()),
            Kind::String => last_string = start + 1..end - 1,
            Kind::Colon => {
                path.pop();
                path.push(Segment::Member(String::from_utf8_lossy(&text[last_string.clone()]).into_owned().into()));
            }
            Kind::Comma => {
                if let Some(Segment::Item(index)) = path.last_mut() {
                    *index += 1;
                }
            }
            Kind::Number | Kind::Keyword => {}
        }
    }
    path.reverse();
    path
}
