//! Finds the messages in a byte stream.

use super::Dialect;
use super::lexer::{Lexeme, Lexer, plain_token};
use super::nesting::{Broken, MessageLimits, Nesting, Progress};
use super::outline::Member;

/// Finds the end of the first message of a byte stream: one JSON value, on one line or several.
///
/// It examines each byte once, no matter where the stream is split into reads. It checks the tokens, the matching of
/// brackets, and the order of keys, colons and commas in the outermost object, whose members it notes. Everything else is
/// checked when the message is read.
#[derive(Debug)]
pub(crate) struct Framer {
    lexer: Lexer,
    nesting: Nesting,
    /// Whether the message is complete or broken. The next byte then belongs to another.
    over: bool,
}

impl Framer {
    pub(crate) fn new(dialect: Dialect, limits: MessageLimits) -> Self {
        Self { lexer: Lexer::new(dialect), nesting: Nesting::new(limits), over: false }
    }

    /// Forgets the message so far. The next byte belongs to another.
    pub(crate) fn reset(&mut self) {
        self.lexer.reset();
        self.nesting.clear();
        self.over = false;
    }

    /// Sets the limits, from the next token on.
    pub(crate) fn set_limits(&mut self, limits: MessageLimits) {
        self.nesting.set_limits(limits);
    }

    /// Frees memory between messages. The members of the last one are forgotten.
    pub(crate) fn shrink(&mut self) {
        if self.begun().is_none() {
            self.reset();
            self.nesting.shrink();
        }
    }

    /// Continues with the message that starts at the first of `bytes`. While the message is incomplete, each call must pass
    /// the bytes of the last call and may append more.
    pub(crate) fn advance(&mut self, bytes: &[u8]) -> Progress {
        if self.over {
            self.reset();
        }
        let progress = match self.scan(bytes) {
            Ok(progress) => progress,
            Err(Lexeme::Stray { start, end, quote }) => Progress::Broken(Broken::Stray { start, end, quote }),
            Err(_) => Progress::More,
        };
        self.over = progress != Progress::More;
        progress
    }

    /// Reads tokens until they complete or break the message.
    ///
    /// # Errors
    /// Returns the lexeme that is not a token: a stray byte, or the end of the bytes.
    fn scan(&mut self, bytes: &[u8]) -> Result<Progress, Lexeme> {
        // Local copies stay in registers, which matters because all bytes pass through this loop.
        let (mut at, mut white) = self.lexer.place(bytes);
        let mut is_quiet = self.nesting.is_quiet();
        let quiet_end = self.nesting.quiet_end();
        loop {
            // White space is mostly one space.
            if bytes.get(at) == Some(&b' ') {
                (at, white) = (at + 1, white + 1);
            }
            let token = match plain_token(bytes, at) {
                Some(token) => token,
                None => {
                    self.lexer.go_to((at, white));
                    let token = self.lexer.any_token(bytes)?;
                    (_, white) = self.lexer.place(bytes);
                    token
                }
            };
            at = token.end;
            if is_quiet && !token.kind.is_bracket() && at < quiet_end {
                self.nesting.quiet_token();
                continue;
            }
            if let Some(progress) = self.nesting.token(token, at - white) {
                self.lexer.go_to((at, white));
                return Ok(progress);
            }
            is_quiet = self.nesting.is_quiet();
        }
    }

    /// Returns the members of the message's outermost object, if it is one with keys, colons, values and commas in order.
    pub(crate) fn members(&self) -> Option<&[Member]> {
        self.nesting.outline().members()
    }

    /// Returns whether the outermost object's keys, colons, values and commas are not in order.
    pub(crate) fn is_disordered(&self) -> bool {
        self.nesting.outline().is_disordered()
    }

    /// Returns the number of open objects and lists, even if the message is broken.
    pub(crate) fn depth(&self) -> usize {
        self.nesting.depth()
    }

    /// Returns the length of the message so far, white space not counted, or `None` between messages.
    pub(crate) fn begun(&self) -> Option<usize> {
        let size = self.lexer.size();
        (!self.over && size > 0).then_some(size)
    }

    /// Returns the quote of the string that is incomplete so far, and whether its next byte is escaped.
    pub(crate) fn partial_string(&self) -> Option<(u8, bool)> {
        self.lexer.partial_string()
    }

    /// Returns whether the end of the stream completes the message. It does if the message is a number or a keyword.
    pub(crate) fn finish(&mut self) -> bool {
        self.nesting.depth() == 0 && self.lexer.finish().is_some()
    }
}
