//! Reads objects with known members, in the order of the text.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::super::error::{Mistake, ReadError, capped};
use super::super::{Record, Table};
use super::member_tracker::{MemberTracker, Slot};
use super::{Mode, Reader};

/// The part of [`Record`] that the reader needs, as an object-safe trait.
///
/// The reader fills records through `dyn Object`, so that it is compiled once and not for each type.
pub trait Object {
    /// See [`Record::TABLE`].
    fn table(&self) -> &'static Table;
    /// See [`Record::read_member`].
    fn read_member(&mut self, index: usize, reader: &mut Reader<'_>) -> Result<(), ReadError>;
    /// See [`Record::branch`].
    fn branch(&mut self) -> Option<&mut dyn Object>;
    /// See [`Record::extra`].
    fn extra(&mut self) -> Option<&mut Map<String, Value>>;
}

impl<T: Record> Object for T {
    fn table(&self) -> &'static Table {
        T::TABLE
    }

    fn read_member(&mut self, index: usize, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        Record::read_member(self, index, reader)
    }

    fn branch(&mut self) -> Option<&mut dyn Object> {
        Record::branch(self)
    }

    fn extra(&mut self) -> Option<&mut Map<String, Value>> {
        Record::extra(self)
    }
}

impl<'a> Reader<'a> {
    /// Fills a record.
    // Never inlined, so that a program contains the type's functions once, even if it reads the type in many places.
    #[inline(never)]
    pub fn record<T: Record>(&mut self, record: &mut T) -> Result<(), ReadError> {
        self.object(T::TABLE, record)
    }

    fn object(&mut self, table: &'static Table, record: &mut dyn Object) -> Result<(), ReadError> {
        if self.ordered {
            self.object_in_order(record)
        } else if table.is_plain() {
            self.plain_object(table, record)
        } else {
            self.object_of_levels(table, record)
        }
    }

    /// Fills a record without branches and with at most 64 members.
    fn plain_object(&mut self, table: &'static Table, record: &mut dyn Object) -> Result<(), ReadError> {
        let (mut seen, mut expected) = (0_u64, 0);
        let mut more = self.enter(b'{', "object")?;
        while more {
            let member = match self.known_key(table, expected)? {
                None => self.unusual_key(table, record)?,
                known => known,
            };
            if let Some(index) = member {
                if seen & 1 << index != 0 {
                    self.duplicate_member(table.name(index))?;
                } else if let Err(error) = record.read_member(index, self) {
                    return Err(error.in_member(table.name(index)));
                }
                seen |= 1 << index;
                expected = index + 1;
            }
            more = self.next(b'}')?;
        }
        match table.required.first().map_or(0, |required| required & !seen) {
            0 => Ok(()),
            missing => self.missing_members_of(record, table, missing),
        }
    }

    /// Fills members that a plain object lacks, one bit each, or fails.
    #[cold]
    fn missing_members_of(
        &mut self,
        record: &mut dyn Object,
        table: &'static Table,
        missing: u64,
    ) -> Result<(), ReadError> {
        let mut indices = (0..table.members.all.len()).filter(|index| missing & 1 << index != 0);
        indices.try_for_each(|index| self.missing_member(record, table, index))
    }

    /// Reads a key in double quotes and returns its member. Returns `None`, and does not move, if the table has no such key.
    ///
    /// It is apart from [`plain_object`](Self::plain_object), which keeps the stack small without optimisation.
    #[inline]
    fn known_key(&mut self, table: &Table, expected: usize) -> Result<Option<usize>, ReadError> {
        let Some((index, len)) = table.members.find_at(self.rest(), expected) else { return Ok(None) };
        self.position += len + 2;
        self.colon()?;
        Ok(Some(index))
    }

    /// Reads a key that is escaped, in single quotes, or not in the table, and returns its member. Returns `None` if it is
    /// not in the table; the value has then been read.
    #[cold]
    fn unusual_key(&mut self, table: &Table, record: &mut dyn Object) -> Result<Option<usize>, ReadError> {
        let key = self.key()?;
        let member = table.members.find(key.as_bytes());
        if member.is_none() {
            self.unknown_member(record, 1, key)?;
        }
        Ok(member)
    }

    /// Fills a record that may have branches, or more than 64 members.
    fn object_of_levels(&mut self, table: &'static Table, record: &mut dyn Object) -> Result<(), ReadError> {
        let mut tracker = MemberTracker::new(table);
        let mut more = self.enter(b'{', "object")?;
        while more {
            self.member(record, &mut tracker)?;
            more = self.next(b'}')?;
        }
        tracker.missing().map_or(Ok(()), |first| self.missing_slots(record, &mut tracker, first))
    }

    /// Fills the members that an object lacks, or fails. A discriminator that is filled may add further members.
    #[cold]
    fn missing_slots(
        &mut self,
        record: &mut dyn Object,
        tracker: &mut MemberTracker,
        first: Slot,
    ) -> Result<(), ReadError> {
        let mut missing = Some(first);
        while let Some(slot) = missing {
            self.missing_slot(record, tracker, slot)?;
            missing = tracker.missing();
        }
        Ok(())
    }

    fn missing_slot(
        &mut self,
        record: &mut dyn Object,
        tracker: &mut MemberTracker,
        slot: Slot,
    ) -> Result<(), ReadError> {
        let record = at_level(record, slot.level);
        self.missing_member(record, tracker.table(slot.level), slot.index)?;
        tracker.mark(slot);
        enter_branch(record, tracker, slot);
        Ok(())
    }

    /// Reads a member.
    ///
    /// It is apart from [`object_of_levels`](Self::object_of_levels), and the parts that do not recurse are apart from it,
    /// which keeps the stack small.
    fn member(&mut self, record: &mut dyn Object, tracker: &mut MemberTracker) -> Result<(), ReadError> {
        let start = self.position;
        match self.slot(record, tracker)? {
            Some(slot) if tracker.mark(slot) => self.fill(record, tracker, slot),
            Some(slot) if tracker.was_early(slot, start) => self.skip(),
            Some(slot) => self.duplicate_member(tracker.name(slot)),
            None => Ok(()),
        }
    }

    /// Reads a key and returns the member it names. Returns `None` if the schema has no such member; the value has then been
    /// read.
    #[inline]
    fn slot(&mut self, record: &mut dyn Object, tracker: &mut MemberTracker) -> Result<Option<Slot>, ReadError> {
        let Some((slot, len)) = tracker.find_at(self.rest()) else { return self.search_slot(record, tracker) };
        self.position += len + 2;
        self.colon()?;
        Ok(Some(slot))
    }

    /// Finds the [`slot`](Self::slot) of a key that is escaped, in single quotes, or in no table so far.
    ///
    /// Such a key may belong to a branch that has not been selected yet. So the discriminators are read first, level by
    /// level, until the key is found or there is no further level.
    #[cold]
    fn search_slot(&mut self, record: &mut dyn Object, tracker: &mut MemberTracker) -> Result<Option<Slot>, ReadError> {
        let key = self.key()?;
        loop {
            let slot = tracker.find(key.as_bytes());
            if slot.is_some() {
                return Ok(slot);
            }
            let Some(tag) = tracker.open_tag() else { break };
            self.read_tag_early(record, tracker, tag)?;
        }
        self.unknown_member(record, tracker.count(), key)?;
        Ok(None)
    }

    /// Reads the value of a member. A discriminator adds the level of the branch it selects.
    #[inline]
    fn fill(&mut self, record: &mut dyn Object, tracker: &mut MemberTracker, slot: Slot) -> Result<(), ReadError> {
        let record = at_level(record, slot.level);
        if let Err(error) = record.read_member(slot.index, self) {
            return Err(error.in_member(tracker.name(slot)));
        }
        enter_branch(record, tracker, slot);
        Ok(())
    }

    /// Reads a discriminator that comes later in the object, and returns to the position.
    ///
    /// See the [module `reader`](super) for the index that keeps the searches linear.
    #[cold]
    fn read_tag_early(
        &mut self,
        record: &mut dyn Object,
        tracker: &mut MemberTracker,
        tag: Slot,
    ) -> Result<(), ReadError> {
        if self.skimmed > self.text.len() && self.jumps.is_none() {
            self.note_ends()?;
        }
        let position = self.position;
        let name = tracker.name(tag);
        let Some(key) = self.skim(name)? else {
            self.position = position;
            return self.missing_slot(record, tracker, tag);
        };
        tracker.mark(tag);
        tracker.read_early(tag.level, key);
        self.fill(record, tracker, tag)?;
        self.position = position;
        Ok(())
    }

    /// Keeps, skips or rejects the value of a member that the schema does not have.
    #[cold]
    fn unknown_member(&mut self, record: &mut dyn Object, levels: usize, key: Cow<'a, str>) -> Result<(), ReadError> {
        for level in (0..levels).rev() {
            if let Some(extra) = at_level(record, level).extra() {
                return self.any_member(key.clone(), extra).map_err(|error| error.in_member(capped(&key)));
            }
        }
        match self.mode {
            Mode::Lenient => self.skip(),
            Mode::Strict if self.skips_unknown && self.depth + 1 == self.limit => self.skip(),
            Mode::Strict => Err(self.error(Mistake::Unexpected).in_member(capped(&key))),
        }
    }

    /// Skips or rejects a duplicate member.
    #[cold]
    fn duplicate_member(&mut self, name: &'static str) -> Result<(), ReadError> {
        match self.mode {
            Mode::Lenient => self.skip(),
            Mode::Strict => Err(self.error(Mistake::Duplicate).in_member(name)),
        }
    }
}

/// Adds the level of the branch that the member in `slot` selects, if it is a discriminator.
#[inline]
fn enter_branch(record: &mut dyn Object, tracker: &mut MemberTracker, slot: Slot) {
    if tracker.table(slot.level).tag == Some(slot.index)
        && let Some(branch) = record.branch()
    {
        tracker.push(branch.table());
    }
}

/// Returns the record itself for level 0, and otherwise the selected branch of that level.
fn at_level(record: &mut dyn Object, level: usize) -> &mut dyn Object {
    match level {
        0 => record,
        _ => branch(record, level).expect("a level is entered when its branch has been selected"),
    }
}

/// Returns the record itself for level 0, and otherwise the selected branch of that level. Returns `None` if there are not as
/// many levels.
pub(super) fn branch(record: &mut dyn Object, level: usize) -> Option<&mut dyn Object> {
    (0..level).try_fold(record, |record, _| record.branch())
}
