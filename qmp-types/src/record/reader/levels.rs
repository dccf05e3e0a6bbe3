//! What an object's reader keeps in mind: the tables its members may come from, and which of them were there.

use super::super::Table;

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
    pub(super) fn new(table: &'static Table) -> Self {
        Self { first: Level::new(table), deeper: Vec::new(), expected: Slot { level: 0, index: 0 } }
    }

    /// Adds the level of a selected branch.
    pub(super) fn push(&mut self, table: &'static Table) {
        self.deeper.push(Level::new(table));
    }

    pub(super) fn count(&self) -> usize {
        1 + self.deeper.len()
    }

    pub(super) fn table(&self, level: usize) -> &'static Table {
        self.level(level).table
    }

    /// The member that comes next if the peer has our order, and its key as our writer puts it.
    pub(super) fn expected(&self) -> Option<(Slot, &'static str)> {
        let member = self.table(self.expected.level).members.get(self.expected.index)?;
        Some((self.expected, member.key))
    }

    /// The member of this name.
    pub(super) fn find(&self, name: &str) -> Option<Slot> {
        (0..self.count()).find_map(|level| Some(Slot { level, index: self.table(level).find(name)? }))
    }

    /// Takes note that the member was there; false if it was there before.
    pub(super) fn mark(&mut self, slot: Slot) -> bool {
        self.expected = Slot { index: slot.index + 1, ..slot };
        if self.expected.index == self.table(slot.level).members.len() && slot.level < self.deeper.len() {
            self.expected = Slot { level: slot.level + 1, index: 0 };
        }
        self.level_mut(slot.level).seen.insert(slot.index)
    }

    /// The discriminator that has to be known before there can be another level.
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
    pub(super) fn missing(&self) -> Option<&'static str> {
        (0..self.count()).map(|level| self.level(level)).find_map(Level::missing)
    }

    fn level(&self, level: usize) -> &Level {
        if level == 0 { &self.first } else { &self.deeper[level - 1] }
    }

    fn level_mut(&mut self, level: usize) -> &mut Level {
        if level == 0 { &mut self.first } else { &mut self.deeper[level - 1] }
    }
}

impl Level {
    fn new(table: &'static Table) -> Self {
        Self { table, seen: Seen::default(), early: None }
    }

    fn missing(&self) -> Option<&'static str> {
        let mut members = self.table.members.iter().enumerate();
        members.find(|&(index, member)| !member.optional && !self.seen.contains(index)).map(|(_, member)| member.name())
    }
}

impl Seen {
    /// Adds an index; false if it was there.
    fn insert(&mut self, index: usize) -> bool {
        let (word, bit) = (index / 64, 1 << (index % 64));
        if word > self.beyond.len() {
            self.beyond.resize(word, 0);
        }
        let word = if word == 0 { &mut self.first } else { &mut self.beyond[word - 1] };
        let new = *word & bit == 0;
        *word |= bit;
        new
    }

    fn contains(&self, index: usize) -> bool {
        let (word, bit) = (index / 64, 1 << (index % 64));
        let word = if word == 0 { self.first } else { self.beyond.get(word - 1).copied().unwrap_or(0) };
        word & bit != 0
    }
}
