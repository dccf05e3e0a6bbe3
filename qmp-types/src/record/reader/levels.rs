//! What an object's reader keeps in mind: the tables its members may come from, and which of them were there.

use super::super::{Member, Table};

/// The levels of an object: the record itself, the branch its discriminator selects, that branch's own branch...
///
/// Most objects have one level, so one costs no allocation.
pub(super) struct Levels {
    first: Level,
    deeper: Vec<Level>,
    /// The member that comes next if the peer has our order.
    expected: Slot,
}

/// A member: which level, and which of its table.
#[derive(Clone, Copy)]
pub(super) struct Slot {
    pub(super) level: usize,
    pub(super) index: usize,
}

struct Level {
    table: &'static Table,
    seen: Seen,
    /// Where the discriminator's key stands, if it was read before its turn.
    early: Option<usize>,
}

/// A set of member indices. Hardly a table has more than 64 members, but one may.
#[derive(Default)]
struct Seen {
    first: u64,
    beyond: Vec<u64>,
}

impl Levels {
    #[inline]
    pub(super) fn new(table: &'static Table) -> Self {
        Self { first: Level::new(table), deeper: Vec::new(), expected: Slot { level: 0, index: 0 } }
    }

    /// Adds the level of a selected branch.
    #[inline]
    pub(super) fn push(&mut self, table: &'static Table) {
        self.deeper.push(Level::new(table));
    }

    #[inline]
    pub(super) fn count(&self) -> usize {
        1 + self.deeper.len()
    }

    #[inline]
    pub(super) fn table(&self, level: usize) -> &'static Table {
        self.level(level).table
    }

    #[inline]
    pub(super) fn member(&self, slot: Slot) -> &'static Member {
        &self.table(slot.level).members[slot.index]
    }

    /// The member whose key, in plain quotes, `text` starts with.
    ///
    /// Where the key would have its closing quote tells nearly all members apart, without a look for where it ends.
    #[inline]
    pub(super) fn find_at(&self, text: &[u8]) -> Option<Slot> {
        let starts = |member: &Member| {
            let key = member.quoted();
            text.get(key.len() - 1) == Some(&b'"') && text[1] == key[1] && text.starts_with(key)
        };
        let Slot { level, index } = self.expected;
        match self.table(level).members.get(index) {
            Some(member) if starts(member) => Some(self.expected),
            _ => self.search(|table| table.members.iter().position(starts)),
        }
    }

    /// The member of this name.
    pub(super) fn find(&self, name: &str) -> Option<Slot> {
        self.search(|table| table.find(name))
    }

    /// Takes note that the member was there; false if it was there before.
    #[inline]
    pub(super) fn mark(&mut self, slot: Slot) -> bool {
        self.expected = Slot { index: slot.index + 1, ..slot };
        self.level_mut(slot.level).seen.insert(slot.index)
    }

    /// The discriminator that has to be known before there can be another level.
    #[inline]
    pub(super) fn open_tag(&self) -> Option<Slot> {
        let level = self.deeper.len();
        let index = self.table(level).tag?;
        (!self.level(level).seen.contains(index)).then_some(Slot { level, index })
    }

    /// Takes note that the level's discriminator was read before its turn; its key stands at `position`.
    pub(super) fn read_early(&mut self, level: usize, position: usize) {
        self.level_mut(level).early = Some(position);
    }

    /// Whether the key at `position` is that of a discriminator which was read before its turn.
    pub(super) fn was_early(&self, slot: Slot, position: usize) -> bool {
        self.level(slot.level).early == Some(position)
    }

    /// The first required member that was not there.
    #[inline]
    pub(super) fn missing(&self) -> Option<&'static str> {
        (0..self.count()).map(|level| self.level(level)).find_map(Level::missing)
    }

    #[inline]
    fn search(&self, find: impl Fn(&'static Table) -> Option<usize>) -> Option<Slot> {
        (0..self.count()).find_map(|level| Some(Slot { level, index: find(self.table(level))? }))
    }

    #[inline]
    fn level(&self, level: usize) -> &Level {
        if level == 0 { &self.first } else { &self.deeper[level - 1] }
    }

    #[inline]
    fn level_mut(&mut self, level: usize) -> &mut Level {
        if level == 0 { &mut self.first } else { &mut self.deeper[level - 1] }
    }
}

impl Level {
    #[inline]
    fn new(table: &'static Table) -> Self {
        Self { table, seen: Seen::default(), early: None }
    }

    #[inline]
    fn missing(&self) -> Option<&'static str> {
        let mut members = self.table.members.iter().enumerate();
        members.find(|&(index, member)| !member.optional && !self.seen.contains(index)).map(|(_, member)| member.name())
    }
}

impl Seen {
    /// Adds an index; false if it was there.
    #[inline]
    fn insert(&mut self, index: usize) -> bool {
        let word = if index < 64 { &mut self.first } else { self.word_beyond(index) };
        let bit = 1 << (index % 64);
        let new = *word & bit == 0;
        *word |= bit;
        new
    }

    #[cold]
    fn word_beyond(&mut self, index: usize) -> &mut u64 {
        let word = index / 64 - 1;
        if word >= self.beyond.len() {
            self.beyond.resize(word + 1, 0);
        }
        &mut self.beyond[word]
    }

    #[inline]
    fn contains(&self, index: usize) -> bool {
        let word = if index < 64 { self.first } else { self.beyond.get(index / 64 - 1).copied().unwrap_or(0) };
        word & (1 << (index % 64)) != 0
    }
}
