//! The members of a message's outermost object, noted while the message is framed.

use std::ops::Range;

use super::lexer::{Kind, Token};

/// The maximum number of members whose memory is kept for the next message.
const KEPT: usize = 1024;

/// The number of members whose memory an idle session keeps.
const KEPT_IDLE: usize = 4;

/// A member of the outermost object, as ranges of the message's bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Member {
    /// The key, a string token.
    pub(crate) key: Range<usize>,
    pub(crate) value: Range<usize>,
}

/// The members so far.
#[derive(Debug, Default)]
pub(super) struct Outline {
    members: Vec<Member>,
    next: Next,
    /// The last key, while its value is incomplete.
    key: Range<usize>,
    /// The start of the last value that is an object or a list.
    value: usize,
}

/// The part of the outermost object that may come next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Next {
    FirstKey,
    Key,
    Colon,
    Value,
    Separator,
    /// Nothing: the message is not an object.
    #[default]
    NoObject,
    /// Nothing: the object's keys, colons, values and commas are not in order.
    Disorder,
}

impl Outline {
    /// Begins another message and forgets the last one.
    pub(super) fn clear(&mut self) {
        self.members.clear();
        if self.members.capacity() > KEPT {
            self.members = Vec::new();
        }
        self.next = Next::NoObject;
    }

    /// Frees memory. The members are forgotten.
    pub(super) fn shrink(&mut self) {
        self.members.clear();
        self.members.shrink_to(KEPT_IDLE);
    }

    /// Begins the outermost object.
    #[inline(always)]
    pub(super) fn begin(&mut self) {
        self.next = Next::FirstKey;
    }

    /// Adds a token other than a bracket, directly in the outermost object.
    #[inline(always)]
    pub(super) fn token(&mut self, token: Token) {
        let Token { kind, start, end } = token;
        self.next = match (self.next, kind) {
            (Next::FirstKey | Next::Key, Kind::String) => {
                self.key = start..end;
                Next::Colon
            }
            (Next::Colon, Kind::Colon) => Next::Value,
            (Next::Value, Kind::String | Kind::Number | Kind::Keyword) => return self.member(start, end),
            (Next::Separator, Kind::Comma) => Next::Key,
            (Next::NoObject, _) => Next::NoObject,
            _ => Next::Disorder,
        };
    }

    /// Begins an object or a list directly in the outermost object.
    #[inline(always)]
    pub(super) fn open(&mut self, start: usize) {
        self.value = start;
        if self.next != Next::Value && self.next != Next::NoObject {
            self.next = Next::Disorder;
        }
    }

    /// Ends the object or list that began last in the outermost object.
    #[inline(always)]
    pub(super) fn close(&mut self, end: usize) {
        if self.next == Next::Value {
            self.member(self.value, end);
        }
    }

    #[inline]
    fn member(&mut self, start: usize, end: usize) {
        self.members.push(Member { key: self.key.clone(), value: start..end });
        self.next = Next::Separator;
    }

    /// Returns whether the outermost object's keys, colons, values and commas are not in order.
    pub(super) fn is_disordered(&self) -> bool {
        self.next == Next::Disorder
    }

    /// Returns the members in the order of the text, if the message is an object whose parts are in order. The contents of
    /// their values have not been checked.
    pub(super) fn members(&self) -> Option<&[Member]> {
        matches!(self.next, Next::FirstKey | Next::Separator).then_some(&self.members)
    }
}
