//! Matches the brackets of a message, and limits its size.

use super::lexer::{Kind, Token};
use super::outline::Outline;

/// The number of open brackets whose memory an idle session keeps.
const KEPT: usize = 64;

/// Bounds on the size of a message. The defaults are QEMU's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MessageLimits {
    /// The maximum length in bytes, white space not counted. White space may have the same length in addition.
    pub(crate) bytes: usize,
    /// The maximum number of tokens.
    pub(crate) tokens: usize,
    /// The maximum nesting of objects and arrays, the message itself included.
    pub(crate) depth: usize,
}

impl Default for MessageLimits {
    fn default() -> Self {
        Self { bytes: 64 << 20, tokens: 2 << 20, depth: 1024 }
    }
}

/// The state of a message after the tokens so far.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    /// The message ends before this byte. It may begin with white space.
    Complete(usize),
    /// More bytes are needed.
    More,
    /// The bytes are not a message.
    Broken(Broken),
}

/// The reason why bytes are not a message.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Broken {
    /// The byte before `end` can neither start nor continue a token.
    Stray {
        start: usize,
        end: usize,
        /// The quote of the string that contains the byte.
        quote: Option<u8>,
    },
    /// The bracket before this byte does not close the innermost open one.
    Mismatch(usize),
    /// The token before `end` makes the message exceed a limit.
    TooLarge { end: usize, description: &'static str },
}

/// The open brackets, the number of tokens and the outline of a message so far.
#[derive(Debug)]
pub(super) struct Nesting {
    limits: MessageLimits,
    /// A message shorter than this cannot exceed the limits of bytes and tokens.
    least_limit: usize,
    /// The brackets that close the open ones, outermost first.
    open: Vec<Kind>,
    tokens: usize,
    outline: Outline,
}

/// The effect of a token on the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// It leaves a bracket open, so the message continues.
    Continues,
    /// It leaves no bracket open, so the message ends.
    Ends,
    /// It closes a bracket that is not the innermost open one.
    Mismatches,
    /// It opens more brackets than the limit permits.
    Exceeds,
}

impl Nesting {
    pub(super) fn new(limits: MessageLimits) -> Self {
        let least_limit = limits.bytes.min(limits.tokens);
        Self { limits, least_limit, open: Vec::new(), tokens: 0, outline: Outline::default() }
    }

    /// Sets the limits, from the next token on.
    pub(super) fn set_limits(&mut self, limits: MessageLimits) {
        (self.limits, self.least_limit) = (limits, limits.bytes.min(limits.tokens));
    }

    /// Frees memory. No message may have begun.
    pub(super) fn shrink(&mut self) {
        self.open.shrink_to(KEPT);
        self.outline.shrink();
    }

    /// Begins another message.
    pub(super) fn clear(&mut self) {
        self.open.clear();
        self.tokens = 0;
        self.outline.clear();
    }

    /// Returns how many brackets are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    pub(super) fn outline(&self) -> &Outline {
        &self.outline
    }

    /// Returns whether a token other than a bracket only [increases](Self::quiet_token) the number of tokens. That is so
    /// below the outermost object, whose members are noted.
    #[inline(always)]
    pub(super) fn is_quiet(&self) -> bool {
        self.open.len() > 1
    }

    /// Returns the position from which a token's end may exceed a limit.
    #[inline(always)]
    pub(super) fn quiet_end(&self) -> usize {
        self.least_limit
    }

    #[inline(always)]
    pub(super) fn quiet_token(&mut self) {
        self.tokens += 1;
    }

    /// Adds a token. `size` is the length of all tokens including it. Returns the progress if it completes or breaks the
    /// message.
    #[inline(always)]
    pub(super) fn token(&mut self, token: Token, size: usize) -> Option<Progress> {
        self.tokens += 1;
        let effect = match token.kind {
            Kind::OpenBrace | Kind::OpenBracket => self.open(token),
            Kind::CloseBrace | Kind::CloseBracket => self.close(token),
            _ if self.open.len() > 1 => Effect::Continues,
            _ => self.outermost(token),
        };
        if effect == Effect::Continues && token.end < self.least_limit {
            return None;
        }
        self.judge(effect, token.end, size)
    }

    #[inline(always)]
    fn open(&mut self, token: Token) -> Effect {
        let is_object = token.kind == Kind::OpenBrace;
        match self.open.len() {
            0 if is_object => self.outline.begin(),
            1 => self.outline.open(token.start),
            _ => {}
        }
        self.open.push(if is_object { Kind::CloseBrace } else { Kind::CloseBracket });
        if self.open.len() > self.limits.depth { Effect::Exceeds } else { Effect::Continues }
    }

    /// Closes the innermost open bracket. If that is of the other kind, closes all up to and including the innermost one of this kind, or
    /// all if there is none.
    #[inline(always)]
    fn close(&mut self, token: Token) -> Effect {
        if self.open.last() != Some(&token.kind) {
            let outer = self.open.iter().rposition(|&closer| closer == token.kind);
            self.open.truncate(outer.unwrap_or(0));
            return Effect::Mismatches;
        }
        self.open.pop();
        match self.open.len() {
            0 => return Effect::Ends,
            1 => self.outline.close(token.end),
            _ => {}
        }
        Effect::Continues
    }

    /// Adds a token directly inside the outermost brackets, or outside of all brackets.
    #[inline(always)]
    fn outermost(&mut self, token: Token) -> Effect {
        if self.open.is_empty() {
            return Effect::Ends;
        }
        self.outline.token(token);
        Effect::Continues
    }

    /// Returns the progress if the token before `end` completes or breaks the message.
    #[inline(never)]
    fn judge(&self, effect: Effect, end: usize, size: usize) -> Option<Progress> {
        let too_large = |description| Some(Progress::Broken(Broken::TooLarge { end, description }));
        if size >= self.limits.bytes {
            return too_large("JSON token size limit exceeded");
        }
        if self.tokens > self.limits.tokens {
            return too_large("JSON token count limit exceeded");
        }
        match effect {
            Effect::Exceeds => too_large("JSON nesting depth limit exceeded"),
            Effect::Mismatches => Some(Progress::Broken(Broken::Mismatch(end))),
            Effect::Ends => Some(Progress::Complete(end)),
            Effect::Continues => None,
        }
    }
}
