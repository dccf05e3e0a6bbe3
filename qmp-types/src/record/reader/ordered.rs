//! The second reading of a strict reader, which finds the mistake that QEMU would report.
//!
//! QEMU visits members in schema order, base first, depth first, and looks for leftovers last. So this reader finds out
//! where an object's known members stand and then reads them in that order.

use super::super::error::{ReadError, What, capped};
use super::super::{Object, Table};
use super::Reader;
use super::object::branch;

/// What an object's members may be: the tables of the record and of the branches it has selected.
#[derive(Default)]
struct Known {
    tables: Vec<&'static Table>,
    /// Whether the object takes other members too.
    open: bool,
}

impl Reader<'_> {
    /// Returns the error to report for a value whose first reading, as `read` does it again, found the error `first`.
    #[cold]
    pub(super) fn explain(
        &mut self,
        read: &mut dyn FnMut(&mut Self) -> Result<(), ReadError>,
        first: ReadError,
    ) -> ReadError {
        if first.is_syntax() {
            return first;
        }
        self.ordered = true;
        let second = self.index().and_then(|()| {
            (self.position, self.depth) = (self.start, self.limit);
            read(self)?;
            self.end()
        });
        second.err().unwrap_or(first)
    }

    /// Fills a record in schema order.
    pub(super) fn object_in_order(&mut self, record: &mut dyn Object) -> Result<(), ReadError> {
        let start = self.position;
        let mut known = Known::default();
        while let Some(record) = branch(record, known.tables.len()) {
            known.add(record);
            self.level_in_order(start, record)?;
        }
        self.each_key(start, |key, _| known.check(key))
    }

    /// Fills a record, or a branch, out of the object at `start`.
    fn level_in_order(&mut self, start: usize, record: &mut dyn Object) -> Result<(), ReadError> {
        let table = record.table();
        let positions = self.positions(start, table)?;
        for (index, &position) in positions.iter().enumerate() {
            let name = table.name(index);
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

    /// Where the values of the table's members stand in the object at `start`.
    fn positions(&mut self, start: usize, table: &Table) -> Result<Vec<Option<usize>>, ReadError> {
        let mut positions = vec![None; table.members.all.len()];
        self.each_key(start, |key, position| {
            match table.members.find(key.as_bytes()).map(|index| positions[index].replace(position)) {
                Some(Some(_)) => Err(What::Duplicate),
                Some(None) | None => Ok(()),
            }
        })?;
        Ok(positions)
    }

    /// Goes through the object at `start` and gives each key, with the position of its value, to `visit`.
    fn each_key(
        &mut self,
        start: usize,
        mut visit: impl FnMut(&str, usize) -> Result<(), What>,
    ) -> Result<(), ReadError> {
        self.position = start;
        let mut more = self.enter(b'{', "object")?;
        while more {
            let key = self.key()?;
            visit(&key, self.position).map_err(|what| self.error(what).in_member(capped(&key)))?;
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

    fn check(&self, key: &str) -> Result<(), What> {
        let known = self.open || self.tables.iter().any(|table| table.members.find(key.as_bytes()).is_some());
        if known { Ok(()) } else { Err(What::Unexpected) }
    }
}
