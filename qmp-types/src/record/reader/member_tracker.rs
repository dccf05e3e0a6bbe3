//! Tracks an object's members while they are read: the tables that may name them, and the members already seen.

use super::super::Table;

/// The tables of an object, level by level, and the members read so far.
///
/// Level 0 is the record itself, level 1 the branch that its discriminator selects, level 2 the branch of that branch, and
/// so on. A level is added as soon as its branch is selected. Most objects have one level, so the first costs no allocation.
pub(super) struct MemberTracker {
    first: Level,
    deeper: Vec<Level>,
    /// The member that comes next if the peer writes members in schema order. It is only a hint for a faster lookup.
    expected: Slot,
}

/// A member: its level, and its index in the level's table.
#[derive(Clone, Copy)]
pub(super) struct Slot {
    pub(super) level: usize,
    pub(super) index: usize,
}

struct Level {
    table: &'static Table,
    seen: Seen,
    /// The position of the discriminator's key, if the discriminator was read before its turn. The key at this position is
    /// not a duplicate, although the member is marked as seen.
    early: Option<usize>,
}

/// A set of member indices. Few tables have more than 64 members, but a schema may have them.
#[derive(Default)]
struct Seen {
    first: u64,
    beyond: Vec<u64>,
}

impl MemberTracker {
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
    pub(super) fn name(&self, slot: Slot) -> &'static str {
        self.table(slot.level).name(slot.index)
    }

    /// Returns the member whose name, in double quotes, `text` starts with, and the length of the name.
    #[inline]
    pub(super) fn find_at(&self, text: &[u8]) -> Option<(Slot, usize)> {
        let Slot { level, index } = self.expected;
        let found = |level, (index, len)| (Slot { level, index }, len);
        if let Some(member) = self.table(level).members.find_at(text, index) {
            return Some(found(level, member));
        }
        let mut others = (0..self.count()).filter(|&other| other != level);
        others.find_map(|other| Some(found(other, self.table(other).members.find_at(text, usize::MAX)?)))
    }

    /// Returns the member of this name.
    #[inline]
    pub(super) fn find(&self, name: &[u8]) -> Option<Slot> {
        if let Some(index) = self.first.table.members.find(name) {
            return Some(Slot { level: 0, index });
        }
        let mut deeper = self.deeper.iter().zip(1..);
        deeper.find_map(|(branch, level)| Some(Slot { level, index: branch.table.members.find(name)? }))
    }

    /// Marks the member as read. Returns `false` if it was marked before.
    #[inline]
    pub(super) fn mark(&mut self, slot: Slot) -> bool {
        self.expected = Slot { index: slot.index + 1, ..slot };
        self.level_mut(slot.level).seen.insert(slot.index)
    }

    /// Returns the discriminator that would select another level and has not been read yet.
    #[inline]
    pub(super) fn open_tag(&self) -> Option<Slot> {
        let level = self.deeper.len();
        let index = self.table(level).tag?;
        (!self.level(level).seen.contains(index)).then_some(Slot { level, index })
    }

    /// Records that the discriminator of the level, whose key is at `position`, was read before its turn.
    pub(super) fn read_early(&mut self, level: usize, position: usize) {
        self.level_mut(level).early = Some(position);
    }

    /// Returns whether the key at `position` is the one of a discriminator that was read before its turn.
    pub(super) fn was_early(&self, slot: Slot, position: usize) -> bool {
        self.level(slot.level).early == Some(position)
    }

    /// Returns the first required member that was not read.
    #[inline]
    pub(super) fn missing(&self) -> Option<Slot> {
        if let Some(index) = self.first.missing() {
            return Some(Slot { level: 0, index });
        }
        let mut deeper = self.deeper.iter().zip(1..);
        deeper.find_map(|(branch, level)| Some(Slot { level, index: branch.missing()? }))
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
    fn missing(&self) -> Option<usize> {
        match self.table.required {
            [first] if first & !self.seen.first == 0 => None,
            required => self.first_missing(required),
        }
    }

    #[cold]
    fn first_missing(&self, required: &[u64]) -> Option<usize> {
        let mut missing = required.iter().enumerate().map(|(word, required)| (word, required & !self.seen.word(word)));
        let (word, missing) = missing.find(|&(_, missing)| missing != 0)?;
        Some(word * 64 + missing.trailing_zeros() as usize)
    }
}

impl Seen {
    /// Adds an index. Returns `false` if it was in the set already.
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
        self.word(index / 64) & (1 << (index % 64)) != 0
    }

    fn word(&self, word: usize) -> u64 {
        if word == 0 { self.first } else { self.beyond.get(word - 1).copied().unwrap_or(0) }
    }
}
