//! Rate limit for error replies to malformed input.

/// The maximum number of error replies in one [`WINDOW`] of malformed input.
const ERRORS: u32 = 64;
/// The length of a window, in bytes of input.
const WINDOW: u64 = 64 << 10;

/// Limits error replies to malformed input.
///
/// A single malformed byte can cause a long error reply. Without the limit, a client could make the server send far more
/// bytes than it receives.
#[derive(Debug, Default)]
pub(super) struct ErrorLimit {
    errors: u32,
    /// The position in the stream at which the window ends.
    window_end: u64,
    /// The number of errors that were not replied to.
    hidden: u64,
}

impl ErrorLimit {
    /// Counts an error at a position of the stream, and returns whether to reply to it.
    pub(super) fn allow(&mut self, position: u64) -> bool {
        if self.errors == 0 || position >= self.window_end {
            (self.errors, self.window_end) = (0, position + WINDOW);
        }
        self.errors += 1;
        let allowed = self.errors <= ERRORS;
        self.hidden += u64::from(!allowed);
        allowed
    }

    /// Returns whether there are errors that were not replied to.
    pub(super) fn has_hidden(&self) -> bool {
        self.hidden > 0
    }

    /// Returns the number of errors that were not replied to since this was called last.
    pub(super) fn take_hidden(&mut self) -> u64 {
        std::mem::take(&mut self.hidden)
    }

    /// Resets the count after a well-formed message.
    pub(super) fn reset(&mut self) {
        self.errors = 0;
    }
}
