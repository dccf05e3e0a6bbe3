//! A buffer for received bytes.

use std::ops::Range;

/// The maximum size of an empty buffer. If it grew larger, its memory is released once it is empty.
const KEPT: usize = 1 << 20;

/// The maximum growth in one step. Smaller buffers double, and larger ones grow by this size, so that a large message costs
/// little more memory than its size.
const LARGEST_STEP: usize = 2 << 20;

/// The size of the first read. Reads that fill the space are followed by larger ones.
const FIRST_READ: usize = 4 << 10;

/// Bytes that were received and have not been used yet.
#[derive(Debug)]
pub(crate) struct ReceiveBuffer {
    /// The memory, all of it initialised.
    buffer: Vec<u8>,
    /// The unused bytes.
    unused: Range<usize>,
    /// The size of the next read, and the largest one.
    read: usize,
    largest_read: usize,
}

impl ReceiveBuffer {
    /// Creates a buffer without bytes, for reads of up to `largest_read` bytes.
    pub(crate) fn new(largest_read: usize) -> Self {
        Self { buffer: Vec::new(), unused: 0..0, read: FIRST_READ.min(largest_read), largest_read }
    }

    /// Returns the space to receive into, which is never empty.
    pub(crate) fn space(&mut self) -> &mut [u8] {
        if self.unused.is_empty() {
            self.unused = 0..0;
            if self.buffer.len() > KEPT {
                self.buffer = Vec::new();
            }
        }
        if self.is_short() {
            self.compact();
        }
        if self.is_short() {
            self.grow(self.buffer.len().clamp(self.read, LARGEST_STEP));
        }
        &mut self.buffer[self.unused.end..]
    }

    /// Returns whether the space is too small to be worth a read.
    fn is_short(&self) -> bool {
        self.buffer.len() - self.unused.end < self.read / 4
    }

    /// Adds the first `count` bytes of the [space](Self::space).
    pub(crate) fn received(&mut self, count: usize) {
        debug_assert!(self.unused.end + count <= self.buffer.len());
        self.unused.end += count;
        if self.unused.end == self.buffer.len() {
            self.read = (self.read * 4).min(self.largest_read);
        }
    }

    /// Adds bytes that were received elsewhere. The buffer has no space beyond what they need, unless it grows often.
    pub(crate) fn append(&mut self, bytes: &[u8]) {
        if self.buffer.len() - self.unused.end < bytes.len() {
            self.compact();
        }
        let missing = (self.unused.end + bytes.len()).saturating_sub(self.buffer.len());
        if missing > 0 {
            self.grow(missing.max(self.buffer.len().min(LARGEST_STEP)));
        }
        let end = self.unused.end + bytes.len();
        self.buffer[self.unused.end..end].copy_from_slice(bytes);
        self.unused.end = end;
    }

    /// Returns the size of the memory.
    pub(crate) fn memory(&self) -> usize {
        self.buffer.len()
    }

    /// Frees the memory of an empty buffer if it has more than `kept` bytes.
    pub(crate) fn shrink(&mut self, kept: usize) {
        if self.unused.is_empty() && self.buffer.len() > kept {
            self.buffer = Vec::new();
            self.unused = 0..0;
            self.read = FIRST_READ.min(self.largest_read);
        }
    }

    /// Moves the unused bytes to the start of the memory.
    fn compact(&mut self) {
        self.buffer.copy_within(self.unused.clone(), 0);
        self.unused = 0..self.unused.len();
    }

    /// Adds exactly this much space: a large message costs little more memory than its size.
    fn grow(&mut self, more: usize) {
        self.buffer.reserve_exact(more);
        self.buffer.resize(self.buffer.len() + more, 0);
    }

    /// Returns the unused bytes.
    pub(crate) fn unused(&self) -> &[u8] {
        &self.buffer[self.unused.clone()]
    }

    /// Removes the first `count` unused bytes, and returns them.
    pub(crate) fn take(&mut self, count: usize) -> &[u8] {
        self.unused.start += count;
        self.taken(count)
    }

    /// Returns the last `count` bytes that were removed. They are kept until there is need for [space](Self::space).
    pub(crate) fn taken(&self, count: usize) -> &[u8] {
        &self.buffer[self.unused.start - count..self.unused.start]
    }

    /// Gives the memory away, with the range of the last `count` bytes that were removed. The unused bytes are copied.
    pub(crate) fn give_away(&mut self, count: usize) -> (Vec<u8>, Range<usize>) {
        let taken = self.unused.start - count..self.unused.start;
        let rest = self.unused().to_vec();
        self.unused = 0..rest.len();
        (std::mem::replace(&mut self.buffer, rest), taken)
    }
}
