//! Splits a byte stream into tokens. A token may arrive in any number of pieces.

use super::Dialect;
use super::number::{self, Scanned, Step};
use super::swar::{self, before_special};

/// Splits bytes into tokens. It remembers its place in a token that is incomplete so far.
#[derive(Debug)]
pub(crate) struct Lexer {
    dialect: Dialect,
    state: State,
    /// The position of the current token's first byte.
    start: usize,
    /// The position of the next byte to examine.
    at: usize,
    /// The number of bytes of white space before it.
    white: usize,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    BetweenTokens,
    /// In a string with this quote. The next byte is escaped if a backslash precedes it.
    String {
        quote: u8,
        escaped: bool,
    },
    Number(Scanned),
    Keyword,
    /// In a word that starts like a number; see [`Dialect::has_words`].
    Word,
}

/// The kind of a token. The order matters: brackets come before [`Colon`](Self::Colon), which `is_bracket` relies on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    OpenBrace,
    OpenBracket,
    CloseBrace,
    CloseBracket,
    Colon,
    Comma,
    String,
    Number,
    Keyword,
}

impl Kind {
    #[inline(always)]
    pub(super) fn is_bracket(self) -> bool {
        (self as u8) < Self::Colon as u8
    }
}

/// A token and its position in the bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The result of [`Lexer::next`].
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Lexeme {
    Token {
        kind: Kind,
        start: usize,
        end: usize,
    },
    /// The byte before `end` can neither start nor continue a token.
    Stray {
        start: usize,
        end: usize,
        /// The quote of the string that contains the byte.
        quote: Option<u8>,
    },
    /// More bytes are needed.
    More,
}

/// The kinds of tokens by their first byte.
static FIRST: [Option<Kind>; 256] = {
    let mut kinds = [None; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b'{' => Some(Kind::OpenBrace),
            b'[' => Some(Kind::OpenBracket),
            b'}' => Some(Kind::CloseBrace),
            b']' => Some(Kind::CloseBracket),
            b':' => Some(Kind::Colon),
            b',' => Some(Kind::Comma),
            b'"' | b'\'' => Some(Kind::String),
            b'-' | b'0'..=b'9' => Some(Kind::Number),
            b'a'..=b'z' => Some(Kind::Keyword),
            _ => None,
        };
        byte += 1;
    }
    kinds
};

/// Returns the token at `start` if it is complete and of a common kind: a bracket, a separator, an integer without a minus, a
/// keyword, or a short string in double quotes, of ASCII without escapes.
#[inline(always)]
pub(super) fn plain_token(bytes: &[u8], start: usize) -> Option<Token> {
    let &byte = bytes.get(start)?;
    let kind = FIRST[usize::from(byte)]?;
    let end = match kind {
        Kind::String if byte == b'"' => plain_string_end(bytes, start + 1)?,
        Kind::Number => number::integer_end(bytes, start)?,
        Kind::Keyword => keyword_end(bytes, start)?,
        Kind::String => return None,
        _ => start + 1,
    };
    Some(Token { kind, start, end })
}

/// Returns the end of the keyword that starts at `start`, if a byte follows that ends it.
#[inline(never)]
fn keyword_end(bytes: &[u8], start: usize) -> Option<usize> {
    let len = bytes[start..].iter().position(|byte| !byte.is_ascii_lowercase())?;
    Some(start + len)
}

/// Returns the end of a plain string of up to 15 bytes. `start` is the position after its opening quote.
#[inline(always)]
fn plain_string_end(bytes: &[u8], start: usize) -> Option<usize> {
    let Some(window) = bytes.get(start..start + 16) else { return last_string_end(bytes, start) };
    let (words, _) = window.as_chunks::<8>();
    let len = match swar::before_special_in_word(words[0], b'"') {
        Some(len) => len,
        None => 8 + swar::before_special_in_word(words[1], b'"')?,
    };
    (bytes[start + len] == b'"').then_some(start + len + 1)
}

/// Returns [`plain_string_end`] near the end of the bytes, where 16 bytes can no longer be read at once.
#[inline(never)]
fn last_string_end(bytes: &[u8], start: usize) -> Option<usize> {
    let end = start + before_special(&bytes[start..], b'"');
    (bytes.get(end) == Some(&b'"')).then_some(end + 1)
}

impl Lexer {
    pub(crate) fn new(dialect: Dialect) -> Self {
        Self { dialect, state: State::BetweenTokens, start: 0, at: 0, white: 0 }
    }

    /// Restarts at the first of other bytes.
    pub(super) fn reset(&mut self) {
        *self = Self::new(self.dialect);
    }

    /// Returns the next token of `bytes`, which must be those of the last call and may be followed by more.
    pub(crate) fn next(&mut self, bytes: &[u8]) -> Lexeme {
        match self.any_token(bytes) {
            Ok(Token { kind, start, end }) => Lexeme::Token { kind, start, end },
            Err(lexeme) => lexeme,
        }
    }

    /// Returns the position from which plain tokens may follow, and the number of bytes of white space before it. In the
    /// middle of a token the position is the end of the bytes.
    #[inline(always)]
    pub(super) fn place(&self, bytes: &[u8]) -> (usize, usize) {
        (if self.state == State::BetweenTokens { self.at } else { bytes.len() }, self.white)
    }

    /// Goes to a [place](Self::place) after further plain tokens.
    #[inline(always)]
    pub(super) fn go_to(&mut self, (at, white): (usize, usize)) {
        if self.state == State::BetweenTokens {
            (self.at, self.white) = (at, white);
        }
    }

    /// Returns the next token, plain or not.
    ///
    /// # Errors
    /// Returns the lexeme that is not a token.
    #[inline(never)]
    pub(super) fn any_token(&mut self, bytes: &[u8]) -> Result<Token, Lexeme> {
        let lexeme = match self.state {
            State::BetweenTokens => self.begin(bytes),
            State::String { quote, escaped } => self.string(bytes, quote, escaped),
            State::Number(scanned) => self.number(bytes, scanned),
            State::Keyword => self.keyword(bytes),
            State::Word => self.word(bytes),
        };
        match lexeme {
            Lexeme::Token { kind, start, end } => Ok(Token { kind, start, end }),
            lexeme => Err(lexeme),
        }
    }

    fn begin(&mut self, bytes: &[u8]) -> Lexeme {
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = bytes.get(self.at) {
            self.at += 1;
            self.white += 1;
        }
        let Some(&byte) = bytes.get(self.at) else { return Lexeme::More };
        self.start = self.at;
        self.at += 1;
        match (FIRST[usize::from(byte)], Scanned::first(byte)) {
            (Some(Kind::String), _) if byte == b'"' || self.dialect.has_single_quotes() => {
                self.string(bytes, byte, false)
            }
            (_, Some(scanned)) => self.number(bytes, scanned),
            (Some(Kind::Keyword), _) => self.keyword(bytes),
            (Some(kind), _) if kind != Kind::String => self.token(kind, self.at),
            _ => self.stray(self.at, None),
        }
    }

    /// Scans a string. Escapes are checked later, when the string is decoded.
    fn string(&mut self, bytes: &[u8], quote: u8, mut escaped: bool) -> Lexeme {
        loop {
            if !escaped {
                self.at += before_special(&bytes[self.at..], quote);
            }
            let Some(&byte) = bytes.get(self.at) else {
                self.state = State::String { quote, escaped };
                return Lexeme::More;
            };
            self.at += 1;
            escaped = match byte {
                0..b' ' => return self.stray(self.at, Some(quote)),
                0xFE.. if self.dialect.refuses_fe_and_ff() => return self.stray(self.at, Some(quote)),
                _ if escaped => false,
                b'\\' => true,
                _ if byte == quote => return self.token(Kind::String, self.at),
                _ => false,
            };
        }
    }

    fn number(&mut self, bytes: &[u8], mut scanned: Scanned) -> Lexeme {
        while let Some(&byte) = bytes.get(self.at) {
            match scanned.step(byte, self.dialect) {
                Step::Continue(next) => scanned = next,
                Step::End => return self.token(Kind::Number, self.at),
                Step::Bad if self.dialect.has_words() => return self.word(bytes),
                Step::Bad => return self.stray(self.at + 1, None),
            }
            self.at += 1;
        }
        self.state = State::Number(scanned);
        Lexeme::More
    }

    fn keyword(&mut self, bytes: &[u8]) -> Lexeme {
        while let Some(byte) = bytes.get(self.at) {
            if !byte.is_ascii_lowercase() {
                return self.token(Kind::Keyword, self.at);
            }
            self.at += 1;
        }
        self.state = State::Keyword;
        Lexeme::More
    }

    fn word(&mut self, bytes: &[u8]) -> Lexeme {
        self.state = State::Word;
        let rest = &bytes[self.at..];
        let len = rest.iter().position(|byte| !(byte.is_ascii_alphanumeric() || b"+-.".contains(byte)));
        self.at += len.unwrap_or(rest.len());
        if len.is_some() { self.token(Kind::Keyword, self.at) } else { Lexeme::More }
    }

    fn token(&mut self, kind: Kind, end: usize) -> Lexeme {
        self.state = State::BetweenTokens;
        self.at = end;
        Lexeme::Token { kind, start: self.start, end }
    }

    fn stray(&mut self, end: usize, quote: Option<u8>) -> Lexeme {
        self.state = State::BetweenTokens;
        self.at = end;
        Lexeme::Stray { start: self.start, end, quote }
    }

    /// Returns the next token of complete input, if there is one.
    pub(crate) fn next_of_all(&mut self, bytes: &[u8]) -> Option<Lexeme> {
        match self.next(bytes) {
            Lexeme::More => self.finish(),
            lexeme => Some(lexeme),
        }
    }

    /// Returns the token that the end of the input completes: a number or a keyword.
    pub(super) fn finish(&mut self) -> Option<Lexeme> {
        let kind = match self.state {
            State::Number(scanned) if scanned.is_complete() => Kind::Number,
            State::Keyword | State::Word => Kind::Keyword,
            _ => return None,
        };
        Some(self.token(kind, self.at))
    }

    /// Returns the number of bytes so far that belong to tokens, white space not counted.
    #[inline(always)]
    pub(super) fn size(&self) -> usize {
        self.at - self.white
    }

    /// Returns the quote of the string that is incomplete so far, and whether its next byte is escaped.
    pub(super) fn partial_string(&self) -> Option<(u8, bool)> {
        match self.state {
            State::String { quote, escaped } => Some((quote, escaped)),
            _ => None,
        }
    }
}
