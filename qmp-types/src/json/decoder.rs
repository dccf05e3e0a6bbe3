//! Whole messages out of a byte stream.

use std::ops::Range;

use super::MessageLimits;
use super::lexer::{Kind, Lexeme, Lexer};
use super::string::echo;

/// How much a read takes at once.
const CHUNK: usize = 64 << 10;

/// The buffer doubles until here, then grows by as much: a large message costs little more memory than its size.
const LARGEST_STEP: usize = 8 << 20;

/// Cuts a byte stream into messages.
///
/// Bytes are received into [`space`](Self::space), messages come out of [`next`](Self::next).
#[derive(Debug)]
pub(crate) struct Decoder {
    limits: MessageLimits,
    /// Initialised throughout; the bytes in hand are those at `start..end`, a message being put together comes first.
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    /// How many bytes have been taken out, ever.
    consumed: u64,
    lexer: Lexer,
    assembly: Assembly,
    skip: Option<Skip>,
}

/// What [`Decoder::next`] finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Frame<'a> {
    /// One JSON value, possibly with white space before it: its tokens are good, whether they make sense is not known
    /// yet. Or QEMU's description of what is no message; the rest of it will be skipped.
    pub(crate) message: Result<&'a [u8], String>,
    /// How many bytes of the stream have been used up so far.
    pub(crate) position: u64,
}

/// What is known about the message being put together.
#[derive(Debug, Default)]
struct Assembly {
    /// The open brackets, outermost first: `}` or `]`, what closes them.
    open: Vec<Kind>,
    tokens: usize,
    /// Sum of the lengths of the tokens.
    size: usize,
}

/// What is being skipped after an error.
#[derive(Debug)]
enum Skip {
    /// Up to something that may start a message, or to a control byte.
    Garbage,
    /// The rest of a broken message: to the bracket that balances it, or to a control byte.
    Message { depth: usize, quote: Option<u8>, escaped: bool },
}

/// One step of [`Decoder::next`], without borrowing the buffer.
enum Step {
    Message(Range<usize>),
    Broken(String),
    More,
}

impl Decoder {
    /// A decoder at the start of a stream.
    #[must_use]
    pub(crate) fn new(limits: MessageLimits) -> Self {
        Self {
            limits,
            buffer: Vec::new(),
            start: 0,
            end: 0,
            consumed: 0,
            lexer: Lexer::default(),
            assembly: Assembly::default(),
            skip: None,
        }
    }

    /// Where to receive into, never empty; [`received`](Self::received) tells how much there is.
    pub(crate) fn space(&mut self) -> &mut [u8] {
        if self.start == self.end {
            (self.start, self.end) = (0, 0);
            if self.buffer.len() > 16 * CHUNK {
                // One large message is no reason to hold the memory for ever.
                self.buffer = Vec::new();
            }
        }
        if self.buffer.len() - self.end < CHUNK / 4 {
            self.buffer.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
            if self.buffer.len() - self.end < CHUNK / 4 {
                let more = self.buffer.len().clamp(CHUNK, LARGEST_STEP);
                self.buffer.resize(self.buffer.len() + more, 0);
            }
        }
        &mut self.buffer[self.end..]
    }

    /// `count` bytes have been received into [`space`](Self::space).
    pub(crate) fn received(&mut self, count: usize) {
        debug_assert!(self.end + count <= self.buffer.len());
        self.end += count;
    }

    /// The next message; `None` if more bytes are needed.
    #[allow(clippy::should_implement_trait, reason = "an iterator cannot lend")]
    pub(crate) fn next(&mut self) -> Option<Frame<'_>> {
        match self.step() {
            Step::Message(range) => Some(self.frame(Ok(range))),
            Step::Broken(desc) => Some(self.frame(Err(desc))),
            Step::More => None,
        }
    }

    fn frame(&self, message: Result<Range<usize>, String>) -> Frame<'_> {
        Frame { message: message.map(|range| &self.buffer[range]), position: self.consumed }
    }

    /// The stream has ended: what is left, if it is a message or the beginning of one.
    pub(crate) fn finish(&mut self) -> Option<Frame<'_>> {
        if self.skip.is_some() {
            return None;
        }
        let whole = self.assembly.open.is_empty() && self.lexer.finish().is_some();
        if !whole && self.assembly.tokens == 0 && self.lexer.partial().is_none() {
            return None;
        }
        let range = self.start..self.end;
        self.take(range.len());
        Some(self.frame(if whole { Ok(range) } else { Err("JSON parse error, premature EOI".into()) }))
    }

    fn step(&mut self) -> Step {
        loop {
            if self.skip.is_some() && !self.skip() {
                return Step::More;
            }
            let bytes = &self.buffer[self.start..self.end];
            match self.lexer.next(bytes) {
                Lexeme::Token { kind, start, end } => {
                    if let Some(step) = self.token(kind, start, end) {
                        return step;
                    }
                }
                Lexeme::Stray { start, end, quote } => return Step::Broken(self.stray(start, end, quote)),
                Lexeme::More => return self.more(),
            }
        }
    }

    /// Adds a token to the message; something if that completes or breaks it.
    fn token(&mut self, kind: Kind, start: usize, end: usize) -> Option<Step> {
        let assembly = &mut self.assembly;
        let matching = assembly.nest(kind);
        assembly.tokens += 1;
        assembly.size += end - start;
        let exceeded = if assembly.size + 1 > self.limits.bytes {
            Some("JSON token size limit exceeded")
        } else if assembly.tokens > self.limits.tokens {
            Some("JSON token count limit exceeded")
        } else if assembly.open.len() > self.limits.depth {
            Some("JSON nesting depth limit exceeded")
        } else {
            None
        };
        if let Some(limit) = exceeded {
            self.break_off(end, None);
            return Some(Step::Broken(limit.into()));
        }
        if matching && !assembly.open.is_empty() {
            return None;
        }
        // Where a bracket does not match, the parser will say so.
        let message = self.start..self.start + end;
        self.break_off(end, None);
        Some(Step::Message(message))
    }

    /// All bytes have been looked at.
    fn more(&mut self) -> Step {
        let assembly = &self.assembly;
        let partial = self.lexer.partial();
        if partial.is_none() && assembly.tokens == 0 {
            self.take(self.end - self.start);
            return Step::More;
        }
        let size = assembly.size + partial.unwrap_or(0);
        let white = (self.end - self.start) - size;
        if size < self.limits.bytes && white < self.limits.bytes {
            return Step::More;
        }
        let string = self.lexer.quote();
        self.break_off(self.end - self.start, string);
        if string.is_none() && self.skip.is_none() {
            self.skip = Some(Skip::Garbage);
        }
        Step::Broken("JSON token size limit exceeded".into())
    }

    /// Describes a byte that does not belong, and skips on from there.
    fn stray(&mut self, start: usize, end: usize, quote: Option<u8>) -> String {
        let token = &self.buffer[self.start + start..self.start + end];
        let desc = format!("JSON parse error, stray '{}'", echo(token));
        if token.last().is_some_and(|&byte| resyncs(byte)) {
            self.assembly.open.clear();
        }
        match (self.assembly.open.is_empty(), quote) {
            (true, _) => {
                self.take(end);
                self.skip = Some(Skip::Garbage);
            }
            // The byte may be a bracket or a quote.
            (false, None) => self.break_off(end - 1, None),
            (false, Some(quote)) => self.break_off(end, Some((quote, false))),
        }
        desc
    }

    /// Takes the message at hand, of which `used` bytes have been seen, possibly up to the middle of a string. What is
    /// still open will be skipped.
    fn break_off(&mut self, used: usize, string: Option<(u8, bool)>) {
        let depth = self.assembly.open.len();
        self.skip = match string {
            Some((quote, escaped)) => Some(Skip::Message { depth, quote: Some(quote), escaped }),
            None if depth > 0 => Some(Skip::Message { depth, quote: None, escaped: false }),
            None => None,
        };
        self.take(used);
    }

    /// Takes the message at hand, or what is skipped, out of the buffer.
    fn take(&mut self, count: usize) {
        self.start += count;
        self.consumed += count as u64;
        self.lexer = Lexer::default();
        self.assembly.clear();
    }

    /// Skips; whether the end of what is to be skipped was found.
    fn skip(&mut self) -> bool {
        let bytes = &self.buffer[self.start..self.end];
        let stop = match &mut self.skip {
            None => Some(0),
            Some(Skip::Garbage) => bytes.iter().position(|&byte| resyncs(byte) || b"{}[]:,".contains(&byte)),
            Some(Skip::Message { depth, quote, escaped }) => skip_message(bytes, depth, quote, escaped),
        };
        self.take(stop.unwrap_or(bytes.len()));
        if stop.is_some() {
            self.skip = None;
        }
        stop.is_some()
    }
}

/// Finds where a broken message ends: behind the bracket that balances it, or at a byte that resynchronises.
fn skip_message(bytes: &[u8], depth: &mut usize, quote: &mut Option<u8>, escaped: &mut bool) -> Option<usize> {
    for (at, &byte) in bytes.iter().enumerate() {
        if resyncs(byte) {
            return Some(at);
        }
        match (*quote, byte) {
            (Some(_), _) if *escaped => *escaped = false,
            (Some(_), b'\\') => *escaped = true,
            (Some(open), _) if open == byte => *quote = None,
            (Some(_), _) => continue,
            (None, b'"' | b'\'') => *quote = Some(byte),
            (None, b'{' | b'[') => *depth += 1,
            (None, b'}' | b']') => *depth -= 1,
            (None, _) => continue,
        }
        if *depth == 0 && quote.is_none() {
            return Some(at + 1);
        }
    }
    None
}

/// Whether the byte ends whatever went wrong: a control byte other than TAB, or one that cannot be in UTF-8.
fn resyncs(byte: u8) -> bool {
    matches!(byte, 0..0x20 | 0xFE..) && byte != b'\t'
}

impl Assembly {
    /// Notes a bracket; `false` if it does not match. Then it closes what it matches further out, or everything.
    fn nest(&mut self, kind: Kind) -> bool {
        match kind {
            Kind::OpenBrace => self.open.push(Kind::CloseBrace),
            Kind::OpenBracket => self.open.push(Kind::CloseBracket),
            Kind::CloseBrace | Kind::CloseBracket if self.open.last() == Some(&kind) => _ = self.open.pop(),
            Kind::CloseBrace | Kind::CloseBracket => {
                let outer = self.open.iter().rposition(|&closer| closer == kind);
                self.open.truncate(outer.unwrap_or(0));
                return false;
            }
            _ => {}
        }
        true
    }

    fn clear(&mut self) {
        self.open.clear();
        (self.tokens, self.size) = (0, 0);
    }
}
