//! Required members that an object lacks.
//!
//! An older server lacks members that the schema of the bindings requires. A client may take an empty value for each. The
//! generated types need no code for that: an empty value is read from its JSON text, the first of [`EMPTY`] that the member
//! accepts. All of this is off the path of members that are present.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use super::super::error::{Mistake, ReadError, capped};
use super::super::{Kind, Table};
use super::object::Object;
use super::{Mode, Reader};

/// The treatment of required members that a server did not send. An older server lacks members that the bindings' schema
/// requires.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum MissingMembers {
    /// Takes the empty value of the member's type: 0, `false`, an empty string or list, `null`, an unknown value of an enum
    /// (of a closed one the first value), an object of such values. Each member is logged once per process, with its path, as
    /// a warning of `tracing`. This is the default for clients.
    #[default]
    Fill,
    /// Fails to decode the reply or event.
    Refuse,
}

/// What a reader does where a member is missing.
#[derive(Debug, Clone, Copy)]
pub(super) enum OnMissing {
    Fail,
    LogAndFill,
    /// The reader reads an empty value itself. A type may require itself, so such values are nested no deeper than this.
    FillTo(u8),
}

/// The texts of empty values.
const EMPTY: [&str; 6] = ["null", "\"\"", "0", "false", "[]", "{}"];

/// How deep empty values are nested.
const LEVELS: u8 = 4;

impl<'a> Reader<'a> {
    /// Sets the treatment of missing members. Only a [lenient](Mode::Lenient) reader fills them. Default: they are refused.
    #[must_use]
    pub fn missing_members(mut self, missing: MissingMembers) -> Self {
        self.on_missing = match (missing, self.mode) {
            (MissingMembers::Fill, Mode::Lenient) => OnMissing::LogAndFill,
            _ => OnMissing::Fail,
        };
        self
    }

    /// Fills the member at `index`, which the object lacks, or fails.
    #[cold]
    pub(super) fn missing_member(
        &mut self,
        record: &mut dyn Object,
        table: &'static Table,
        index: usize,
    ) -> Result<(), ReadError> {
        let levels = match self.on_missing {
            OnMissing::Fail => return Err(self.missing(table.name(index))),
            OnMissing::LogAndFill => {
                self.log_once(table, index);
                LEVELS
            }
            OnMissing::FillTo(levels) => levels,
        };
        if let Some(inner) = levels.checked_sub(1) {
            let on_missing = OnMissing::FillTo(inner);
            let mut accepts = |text| {
                record.read_member(index, &mut Reader { on_missing, ..Reader::new(text, Mode::Lenient) }).is_ok()
            };
            EMPTY.into_iter().any(&mut accepts);
        }
        Ok(())
    }

    #[cold]
    pub(super) fn missing(&self, name: &'static str) -> ReadError {
        self.error(Mistake::Missing).in_member(name)
    }

    /// Logs that a member is missing, the first time in this process.
    fn log_once(&self, table: &'static Table, index: usize) {
        static LOGGED: Mutex<Option<HashSet<(&str, &str)>>> = Mutex::new(None);

        let (object, name) = (table.members.owner, table.name(index));
        let mut logged = LOGGED.lock().unwrap_or_else(PoisonError::into_inner);
        if logged.get_or_insert_default().insert((object, name)) {
            let missing = self.path().into_iter().rev().fold(self.missing(name), |error, part| match part {
                Part::Member(key) => error.in_member(key),
                Part::Item(index) => error.in_item(index),
            });
            tracing::warn!(object, "{missing}; the server may be older than the schema; an empty value is taken");
        }
    }

    /// Returns the path to the innermost object that has the byte before the position.
    fn path(&self) -> Vec<Part> {
        let target = self.position.saturating_sub(1);
        let mut reader = Reader { position: self.start, ..Reader::new(self.text, self.mode) };
        std::iter::from_fn(|| reader.descend(target).ok().flatten()).collect()
    }

    /// Goes to the item that has the byte at `target`, of the object or list that starts here. Returns `None` if none has it.
    fn descend(&mut self, target: usize) -> Result<Option<Part>, ReadError> {
        let is_object = self.kind() == Some(Kind::Object);
        let mut more = if is_object { self.enter(b'{', "object")? } else { self.enter(b'[', "array")? };
        let mut index = 0;
        while more {
            let part = if is_object { Part::Member(capped(&self.key()?)) } else { Part::Item(index) };
            let start = self.position;
            // Behind the target the text has not been read, and may be malformed.
            let is_behind = self.skip().is_err() || self.position > target;
            if is_behind {
                self.position = start;
                return Ok((start <= target).then_some(part));
            }
            index += 1;
            more = self.next(if is_object { b'}' } else { b']' })?;
        }
        Ok(None)
    }
}

/// A step from an object or list to one of its items.
enum Part {
    Member(String),
    Item(usize),
}
