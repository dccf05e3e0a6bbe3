//! The messages of a byte stream.

use super::Dialect;
use super::lexer::{Lexeme, Lexer, plain_token};
use super::nesting::{Broken, MessageLimits, Nesting, Progress};
use super::outline::Member;

/// Finds the end of the first message of a byte stream: one JSON value, on one line or several.
///
/// It looks at each byte once, however the bytes are split. It checks the tokens, that brackets match, and the order of keys,
/// colons and commas in the outermost object, whose members it notes. All else is checked when the message is read.
#[derive(Debug)]
pub(crate) struct Framer {
    lexer: Lexer,
    nesting: Nesting,
    /// The message is complete or broken; the next byte belongs to another.
    over: bool,
}

impl Framer {
    pub(crate) fn new(dialect: Dialect, limits: MessageLimits) -> Self {
        Self { lexer: Lexer::new(dialect), nesting: Nesting::new(limits), over: false }
    }

    /// Forgets the message so far: the next byte belongs to another.
    pub(crate) fn reset(&mut self) {
        self.lexer.reset();
        self.nesting.clear();
        self.over = false;
    }

    /// Continues with the message that starts at the first of `bytes`, which are those of the last call, or these and
    /// more.
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

    /// Takes tokens until they complete or break the message, or until there is something else.
    fn scan(&mut self, bytes: &[u8]) -> Result<Progress, Lexeme> {
        // Copies, which the compiler keeps in registers: all bytes pass here.
        let (mut at, mut white) = self.lexer.place(bytes);
        let mut is_quiet = self.nesting.is_quiet();
        let quiet_end = self.nesting.quiet_end();
        loop {
            // Where there is white space, it mostly is one space.
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

    /// Returns how many objects and lists are open, also where the message is broken.
    pub(crate) fn depth(&self) -> usize {
        self.nesting.depth()
    }

    /// Returns the length of the message so far, white space not counted; `None` between messages.
    pub(crate) fn begun(&self) -> Option<usize> {
        let size = self.lexer.size();
        (!self.over && size > 0).then_some(size)
    }

    /// Returns the quote of the string of which not all bytes have arrived, and whether its next byte is escaped.
    pub(crate) fn partial_string(&self) -> Option<(u8, bool)> {
        self.lexer.partial_string()
    }

    /// Returns whether the end of the stream completes the message: a number or a keyword.
    pub(crate) fn finish(&mut self) -> bool {
        self.nesting.depth() == 0 && self.lexer.finish().is_some()
    }
}
