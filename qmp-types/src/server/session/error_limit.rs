//! How many errors garbage is worth.

/// A run of messages that make no sense is answered with at most this many errors...
const ERRORS: u32 = 64;
/// ...in this many bytes.
const WINDOW: u64 = 64 << 10;

/// Limits the replies to garbage, so that a few bytes of it cannot be made into many.
#[derive(Debug, Default)]
pub(super) struct ErrorLimit {
    spent: u32,
    /// Where in the stream the window ends.
    end: u64,
}

impl ErrorLimit {
    /// Whether an error at this position of the stream is to be answered.
    pub(super) fn allow(&mut self, position: u64) -> bool {
        if self.spent == 0 || position >= self.end {
            *self = Self { spent: 0, end: position + WINDOW };
        }
        self.spent += 1;
        self.spent <= ERRORS
    }

    /// A message that makes sense ends the run.
    pub(super) fn reset(&mut self) {
        self.spent = 0;
    }
}
