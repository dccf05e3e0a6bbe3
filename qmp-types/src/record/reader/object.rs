//! Objects with known members, read as the members come.

use std::borrow::Cow;

use super::super::Record;
use super::super::error::{ReadError, What, capped};
use super::levels::{Levels, Slot};
use super::{Mode, Reader};

impl<'a> Reader<'a> {
    /// Fills a record.
    pub fn record(&mut self, record: &mut dyn Record) -> Result<(), ReadError> {
        if self.ordered {
            return self.record_in_order(record);
        }
        let mut levels = Levels::new(record.table());
        let mut more = self.enter(b'{', "object")?;
        while more {
            self.member(record, &mut levels)?;
            more = self.next(b'}')?;
        }
        levels.missing().map_or(Ok(()), |name| Err(self.missing(name)))
    }

    /// Reads a member. What recurses is kept apart from what does not, for the stack's sake.
    fn member(&mut self, record: &mut dyn Record, levels: &mut Levels) -> Result<(), ReadError> {
        let start = self.position;
        match self.slot(record, levels)? {
            Some(slot) if levels.mark(slot) => self.fill(record, levels, slot),
            Some(slot) if levels.was_early(slot, start) => self.skip(),
            Some(slot) => self.repeated(levels, slot),
            None => Ok(()),
        }
    }

    /// Reads a key and finds the member it names; none if the schema has none, and then the value has been dealt with.
    fn slot(&mut self, record: &mut dyn Record, levels: &mut Levels) -> Result<Option<Slot>, ReadError> {
        let Some(slot) = levels.find_at(self.rest()) else { return self.search(record, levels) };
        self.position += levels.member(slot).quoted().len();
        self.colon()?;
        Ok(Some(slot))
    }

    /// [`slot`](Self::slot) for a key that is escaped, in single quotes, or of no table so far.
    #[cold]
    fn search(&mut self, record: &mut dyn Record, levels: &mut Levels) -> Result<Option<Slot>, ReadError> {
        let key = self.key()?;
        loop {
            let slot = levels.find(&key);
            if slot.is_some() {
                return Ok(slot);
            }
            let Some(tag) = levels.open_tag() else { break };
            self.tag_first(record, levels, tag)?;
        }
        self.surplus(record, levels, key)?;
        Ok(None)
    }

    fn fill(&mut self, record: &mut dyn Record, levels: &mut Levels, slot: Slot) -> Result<(), ReadError> {
        let record = at_level(record, slot.level);
        let table = levels.table(slot.level);
        let result = record.get_mut(slot.index).read(self);
        if let Err(error) = result {
            return Err(error.in_member(table.members[slot.index].name()));
        }
        if table.tag == Some(slot.index)
            && let Some(branch) = record.branches().and_then(|branches| branches.record())
        {
            levels.push(branch.table());
        }
        Ok(())
    }

    /// Reads a discriminator that comes further on, because a member is of a branch or of none: nobody knows before.
    #[cold]
    fn tag_first(&mut self, record: &mut dyn Record, levels: &mut Levels, tag: Slot) -> Result<(), ReadError> {
        if self.skimmed > self.text.len() && self.jumps.is_none() {
            self.index()?;
        }
        let position = self.position;
        let name = levels.member(tag).name();
        let Some(key) = self.skim(name)? else {
            return Err(self.missing(name));
        };
        levels.mark(tag);
        levels.read_early(tag.level, key);
        self.fill(record, levels, tag)?;
        self.position = position;
        Ok(())
    }

    /// Deals with a member that the schema does not have.
    #[cold]
    fn surplus(&mut self, record: &mut dyn Record, levels: &Levels, key: Cow<'a, str>) -> Result<(), ReadError> {
        for level in (0..levels.count()).rev() {
            if let Some(extra) = at_level(record, level).extra_mut() {
                return self.any_member(key.clone(), extra).map_err(|error| error.in_member(capped(&key)));
            }
        }
        match self.mode {
            Mode::Lenient => self.skip(),
            Mode::Strict => Err(self.error(What::Unexpected).in_member(capped(&key))),
        }
    }

    #[cold]
    pub(super) fn missing(&self, name: &'static str) -> ReadError {
        self.error(What::Missing).in_member(name)
    }

    #[cold]
    fn repeated(&mut self, levels: &Levels, slot: Slot) -> Result<(), ReadError> {
        match self.mode {
            Mode::Lenient => self.skip(),
            Mode::Strict => {
                let name = levels.member(slot).name();
                Err(self.error(What::Duplicate).in_member(name))
            }
        }
    }
}

/// The record itself, or the branch that is `level` selections below it.
fn at_level(record: &mut dyn Record, level: usize) -> &mut dyn Record {
    match level {
        0 => record,
        _ => branch(record, level).expect("a level is entered when its branch has been selected"),
    }
}

/// The record itself, or the branch that is `level` selections below it, if there are so many.
pub(super) fn branch(record: &mut dyn Record, level: usize) -> Option<&mut dyn Record> {
    (0..level).try_fold(record, |record, _| record.branches_mut()?.record_mut())
}
