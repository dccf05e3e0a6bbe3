//! The second pass of a strict reader, which finds the mistake that QEMU would report, and what a policy rejects.
//!
//! QEMU visits members in schema order, base first, depth first, and checks for unexpected members last. So this pass
//! notes the position of each known member of an object and then reads the members in schema order.

use super::super::error::{Mistake, ReadError, Rejected, capped};
use super::super::{Features, Object, Table};
use super::Reader;
use super::object::branch;

/// The known members of an object: the tables of the record and of its selected branches.
#[derive(Default)]
struct Known {
    tables: Vec<&'static Table>,
    /// Whether the object accepts other members too.
    open: bool,
}

impl Reader<'_> {
    /// Returns the error to report for a value. `first` is the error of the first pass, and `read` reads the value again.
    #[cold]
    pub(super) fn explain(
        &mut self,
        read: &mut dyn FnMut(&mut Self) -> Result<(), ReadError>,
        first: ReadError,
    ) -> ReadError {
        if first.is_syntax() {
            return first;
        }
        self.read_in_order(read).err().unwrap_or(first)
    }

    /// Reads a value once more, in schema order. Members that are not in the schema stay as the first pass has read them.
    #[cold]
    pub(super) fn read_in_order(
        &mut self,
        read: &mut dyn FnMut(&mut Self) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        self.ordered = true;
        self.note_ends()?;
        (self.position, self.depth) = (self.start, self.limit);
        read(self)?;
        self.end()
    }

    /// Fills a record in schema order.
    pub(super) fn object_in_order(&mut self, record: &mut dyn Object) -> Result<(), ReadError> {
        let start = self.position;
        let is_outermost = self.depth == self.limit;
        let mut known = Known { open: self.skips_unknown && is_outermost, ..Known::default() };
        while let Some(record) = branch(record, known.tables.len()) {
            known.add(record);
            self.level_in_order(start, record)?;
        }
        self.each_key(start, |key, _| known.check(key))
    }

    /// Fills a record, or a branch, from the object at `start`.
    fn level_in_order(&mut self, start: usize, record: &mut dyn Object) -> Result<(), ReadError> {
        let table = record.table();
        let positions = self.positions(start, table)?;
        for (index, &position) in positions.iter().enumerate() {
            let name = table.name(index);
            if position.is_some() || table.requires(index) {
                self.check_member(table, index)?;
            }
            match position {
                Some(position) => {
                    self.position = position;
                    self.depth -= 1;
                    record.read_member(index, self).map_err(|error| error.in_member(name))?;
                    self.depth += 1;
                }
                None if !table.requires(index) => {}
                None => return Err(self.missing(name)),
            }
        }
        Ok(())
    }

    /// Fails if the policy rejects the member at `index`.
    fn check_member(&self, table: &Table, index: usize) -> Result<(), ReadError> {
        match table.members.features(index).and(self.rejected) {
            Features::NONE => Ok(()),
            features => {
                let mistake = Mistake::Policy { features, what: Rejected::Parameter };
                Err(self.error(mistake).in_member(table.name(index)))
            }
        }
    }

    /// Returns the positions of the values of the table's members in the object at `start`.
    fn positions(&mut self, start: usize, table: &Table) -> Result<Vec<Option<usize>>, ReadError> {
        let mut positions = vec![None; table.members.all.len()];
        self.each_key(start, |key, position| {
            match table.members.find(key.as_bytes()).map(|index| positions[index].replace(position)) {
                Some(Some(_)) => Err(Mistake::Duplicate),
                Some(None) | None => Ok(()),
            }
        })?;
        Ok(positions)
    }

    /// Calls `visit` with each key of the object at `start` and the position of its value.
    fn each_key(
        &mut self,
        start: usize,
        mut visit: impl FnMut(&str, usize) -> Result<(), Mistake>,
    ) -> Result<(), ReadError> {
        self.position = start;
        let mut more = self.enter(b'{', "object")?;
        while more {
            let key = self.key()?;
            visit(&key, self.position).map_err(|mistake| self.error(mistake).in_member(capped(&key)))?;
            self.skip()?;
            more = self.next(b'}')?;
        }
        Ok(())
    }
}

impl Known {
    fn add(&mut self, record: &mut dyn Object) {
        self.tables.push(record.table());
        self.open |= record.extra().is_some();
    }

    /// Rejects a key that is in no table, unless the object accepts other members.
    fn check(&self, key: &str) -> Result<(), Mistake> {
        let known = self.open || self.tables.iter().any(|table| table.members.find(key.as_bytes()).is_some());
        if known { Ok(()) } else { Err(Mistake::Unexpected) }
    }
}
