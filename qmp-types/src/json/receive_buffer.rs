//! A buffer for received bytes.

use std::ops::Range;

/// The maximum size of an empty buffer. If it grew larger, its memory is released once it is empty.
const KEPT: usize = 1 << 20;

/// The maximum growth in one step. Smaller buffers double, and larger ones grow by this size, so that a large message costs
/// little more memory than its size.
const LARGEST_STEP: usize = 8 << 20;

/// Bytes that were received and have not been used yet.
#[derive(Debug)]
pub(crate) struct ReceiveBuffer {
    /// The memory, all of it initialised.
    buffer: Vec<u8>,
    /// The unused bytes.
    unused: Range<usize>,
    /// The minimum size of the buffer.
    chunk: usize,
}

impl ReceiveBuffer {
    /// Creates a buffer without bytes, for reads of up to `chunk` bytes.
    pub(crate) fn new(chunk: usize) -> Self {
        Self { buffer: Vec::new(), unused: 0..0, chunk }
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
            self.buffer.copy_within(self.unused.clone(), 0);
            self.unused = 0..self.unused.len();
        }
        if self.is_short() {
            let more = self.buffer.len().clamp(self.chunk, LARGEST_STEP);
            self.buffer.resize(self.buffer.len() + more, 0);
        }
        &mut self.buffer[self.unused.end..]
    }

    /// Returns whether the space is too small to be worth a read.
    fn is_short(&self) -> bool {
        self.buffer.len() - self.unused.end < self.chunk / 4
    }

    /// Adds the first `count` bytes of the [space](Self::space).
    pub(crate) fn received(&mut self, count: usize) {
        debug_assert!(self.unused.end + count <= self.buffer.len());
        self.unused.end += count;
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
