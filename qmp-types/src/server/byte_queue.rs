//! Bytes that are taken from the front, in constant time per byte.

/// A buffer that grew larger than this is freed once it is empty.
const KEPT_CAPACITY: usize = 1 << 20;

/// Bytes beyond this are not copied into an empty queue: their buffer takes the place of the queue's.
const EXCHANGED: usize = 16 << 10;

/// Bytes that are appended at the end and taken from the front.
#[derive(Debug, Default)]
pub(super) struct ByteQueue {
    bytes: Vec<u8>,
    taken: usize,
}

impl ByteQueue {
    pub(super) fn len(&self) -> usize {
        self.bytes.len() - self.taken
    }

    pub(super) fn as_slice(&self) -> &[u8] {
        &self.bytes[self.taken..]
    }

    pub(super) fn append(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Appends bytes and empties `bytes`, if possible without a copy. Many bytes are in memory once, and are freed after
    /// they have been taken.
    pub(super) fn append_all(&mut self, bytes: &mut Vec<u8>) {
        if self.bytes.is_empty() && bytes.len() > EXCHANGED {
            std::mem::swap(&mut self.bytes, bytes);
        } else if bytes.len() <= KEPT_CAPACITY {
            self.append(bytes);
            bytes.clear();
        } else {
            self.append(&std::mem::take(bytes));
        }
    }

    /// Changes the bytes, if none was taken since the queue was empty.
    pub(super) fn edit_untouched(&mut self, edit: impl FnOnce(&mut Vec<u8>)) {
        if self.taken == 0 {
            edit(&mut self.bytes);
        }
    }

    /// Removes and returns all bytes.
    pub(super) fn take_all(&mut self) -> Vec<u8> {
        let mut bytes = std::mem::take(&mut self.bytes);
        bytes.drain(..std::mem::take(&mut self.taken));
        bytes
    }

    /// Frees the memory of an empty queue if it has more than `kept` bytes.
    pub(super) fn shrink(&mut self, kept: usize) {
        if self.bytes.is_empty() && self.bytes.capacity() > kept {
            self.bytes = Vec::new();
        }
    }

    /// Removes bytes from the front.
    pub(super) fn take(&mut self, count: usize) {
        self.taken += count;
        // At most as many bytes are moved as were taken, so moving them costs constant time per byte.
        if self.taken == self.bytes.len() {
            self.bytes.clear();
            self.taken = 0;
        } else if self.taken * 2 >= self.bytes.len() {
            self.bytes.drain(..self.taken);
            self.taken = 0;
        }
        if self.bytes.is_empty() && self.bytes.capacity() > KEPT_CAPACITY {
            self.bytes = Vec::new();
        }
    }
}
