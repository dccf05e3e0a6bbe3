//! Rate limit for error replies to malformed input.

/// A run of malformed messages gets at most this many error replies...
const ERRORS: u32 = 64;
/// ...in this many bytes of input.
const WINDOW: u64 = 64 << 10;

/// Limits error replies to malformed input, so that a client cannot turn a few bytes into many.
#[derive(Debug, Default)]
pub(super) struct ErrorLimit {
    errors: u32,
    /// The position in the stream at which the window ends.
    window_end: u64,
}

impl ErrorLimit {
    /// Counts an error at a position of the stream, and returns whether to reply to it.
    pub(super) fn allow(&mut self, position: u64) -> bool {
        if self.errors == 0 || position >= self.window_end {
            *self = Self { errors: 0, window_end: position + WINDOW };
        }
        self.errors += 1;
        self.errors <= ERRORS
    }

    /// Starts anew, after a well-formed message.
    pub(super) fn reset(&mut self) {
        self.errors = 0;
    }
}
