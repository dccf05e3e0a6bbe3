//! Tokens out of a byte stream that may be split anywhere.

/// Cuts bytes into tokens. Keeps its place in a token that is not complete yet.
#[derive(Debug, Default)]
pub(super) struct Lexer {
    state: State,
    /// Where the token at hand starts.
    start: usize,
    /// The next byte to look at.
    at: usize,
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
enum State {
    #[default]
    Between,
    /// In a string that this quote ends.
    String(u8),
    /// After a backslash in such a string.
    Escape(u8),
    Number(Number),
    Keyword,
}

/// Where in a number: `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Number {
    Minus,
    Zero,
    Integer,
    Point,
    Fraction,
    Exponent,
    ExponentSign,
    ExponentDigits,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    OpenBrace,
    CloseBrace,
    OpenBracket,
    CloseBracket,
    Colon,
    Comma,
    String,
    Number,
    Keyword,
}

/// What [`Lexer::next`] finds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Lexeme {
    Token {
        kind: Kind,
        start: usize,
        end: usize,
    },
    /// No token starts, or goes on, with the byte before `end`.
    Stray {
        start: usize,
        end: usize,
        /// The quote of the string that the byte stands in.
        quote: Option<u8>,
    },
    /// The bytes ran out.
    More,
}

/// What a byte does in a number.
enum Step {
    Go(Number),
    End,
    Bad,
}

impl Number {
    fn step(self, byte: u8) -> Step {
        use Number::*;
        match (self, byte) {
            (Minus, b'0') => Step::Go(Zero),
            (Minus, b'1'..=b'9') | (Integer, b'0'..=b'9') => Step::Go(Integer),
            (Zero | Integer, b'.') => Step::Go(Point),
            (Point | Fraction, b'0'..=b'9') => Step::Go(Fraction),
            // QEMU's quirk: no exponent directly after a lone zero.
            (Integer | Fraction, b'e' | b'E') => Step::Go(Exponent),
            (Exponent, b'+' | b'-') => Step::Go(ExponentSign),
            (Exponent | ExponentSign | ExponentDigits, b'0'..=b'9') => Step::Go(ExponentDigits),
            (Zero, b'0'..=b'9') => Step::Bad,
            (Minus | Point | Exponent | ExponentSign, _) => Step::Bad,
            (Zero | Integer | Fraction | ExponentDigits, _) => Step::End,
        }
    }
}

/// Bytes at which the scan of a string has to look closer.
static STRING_STOP: [bool; 256] = {
    let mut stop = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        stop[byte] = matches!(byte as u8, 0..0x20 | b'"' | b'\'' | b'\\' | 0xFE..);
        byte += 1;
    }
    stop
};

impl Lexer {
    /// The next token of `bytes`, which is what it was at the last call, or longer.
    pub(super) fn next(&mut self, bytes: &[u8]) -> Lexeme {
        if self.state == State::Between {
            let Some(skip) = bytes[self.at..].iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
            else {
                self.at = bytes.len();
                return Lexeme::More;
            };
            self.start = self.at + skip;
            self.at = self.start + 1;
            if let Some(lexeme) = self.begin(bytes[self.start]) {
                return lexeme;
            }
        }
        match self.state {
            State::Between => Lexeme::More,
            State::String(quote) => self.string(bytes, quote),
            State::Escape(quote) => self.escape(bytes, quote),
            State::Number(state) => self.number(bytes, state),
            State::Keyword => self.keyword(bytes),
        }
    }

    /// Looks at the first byte of a token; `None` if there may be more of them.
    fn begin(&mut self, byte: u8) -> Option<Lexeme> {
        let kind = match byte {
            b'{' => Kind::OpenBrace,
            b'}' => Kind::CloseBrace,
            b'[' => Kind::OpenBracket,
            b']' => Kind::CloseBracket,
            b':' => Kind::Colon,
            b',' => Kind::Comma,
            b'"' | b'\'' => return self.enter(State::String(byte)),
            b'-' => return self.enter(State::Number(Number::Minus)),
            b'0' => return self.enter(State::Number(Number::Zero)),
            b'1'..=b'9' => return self.enter(State::Number(Number::Integer)),
            b'a'..=b'z' => return self.enter(State::Keyword),
            _ => return Some(self.stray(self.at, None)),
        };
        Some(self.token(kind, self.at))
    }

    fn enter(&mut self, state: State) -> Option<Lexeme> {
        self.state = state;
        None
    }

    fn string(&mut self, bytes: &[u8], quote: u8) -> Lexeme {
        while let Some(plain) = bytes[self.at..].iter().position(|&byte| STRING_STOP[usize::from(byte)]) {
            let stop = bytes[self.at + plain];
            self.at += plain + 1;
            match stop {
                b'\\' => return self.escape(bytes, quote),
                b'"' | b'\'' if stop == quote => return self.token(Kind::String, self.at),
                b'"' | b'\'' => {}
                _ => return self.stray(self.at, Some(quote)),
            }
        }
        self.at = bytes.len();
        self.state = State::String(quote);
        Lexeme::More
    }

    /// The byte after a backslash; which ones are good is judged when the message is parsed.
    fn escape(&mut self, bytes: &[u8], quote: u8) -> Lexeme {
        self.state = State::Escape(quote);
        let Some(&byte) = bytes.get(self.at) else { return Lexeme::More };
        self.at += 1;
        match byte {
            0x20..0xFE => self.string(bytes, quote),
            _ => self.stray(self.at, Some(quote)),
        }
    }

    fn number(&mut self, bytes: &[u8], mut state: Number) -> Lexeme {
        while let Some(&byte) = bytes.get(self.at) {
            match state.step(byte) {
                Step::Go(next) => state = next,
                Step::End => return self.token(Kind::Number, self.at),
                Step::Bad => return self.stray(self.at + 1, None),
            }
            self.at += 1;
        }
        self.state = State::Number(state);
        Lexeme::More
    }

    fn keyword(&mut self, bytes: &[u8]) -> Lexeme {
        match bytes[self.at..].iter().position(|byte| !byte.is_ascii_lowercase()) {
            Some(len) => self.token(Kind::Keyword, self.at + len),
            None => {
                self.at = bytes.len();
                Lexeme::More
            }
        }
    }

    fn token(&mut self, kind: Kind, end: usize) -> Lexeme {
        self.state = State::Between;
        self.at = end;
        Lexeme::Token { kind, start: self.start, end }
    }

    fn stray(&mut self, end: usize, quote: Option<u8>) -> Lexeme {
        self.state = State::Between;
        self.at = end;
        Lexeme::Stray { start: self.start, end, quote }
    }

    /// [`next`](Self::next) where nothing will follow the bytes.
    pub(super) fn next_of_all(&mut self, bytes: &[u8]) -> Option<Lexeme> {
        match self.next(bytes) {
            Lexeme::More => self.finish(),
            lexeme => Some(lexeme),
        }
    }

    /// The token that only the end of the input ends: a number or a keyword.
    pub(super) fn finish(&mut self) -> Option<Lexeme> {
        let kind = match self.state {
            State::Number(Number::Zero | Number::Integer | Number::Fraction | Number::ExponentDigits) => Kind::Number,
            State::Keyword => Kind::Keyword,
            _ => return None,
        };
        Some(self.token(kind, self.at))
    }

    /// Length of the token at hand; `None` between tokens.
    pub(super) fn partial(&self) -> Option<usize> {
        (self.state != State::Between).then(|| self.at - self.start)
    }

    /// The quote of the string at hand, and whether its next byte is escaped.
    pub(super) fn quote(&self) -> Option<(u8, bool)> {
        match self.state {
            State::String(quote) => Some((quote, false)),
            State::Escape(quote) => Some((quote, true)),
            _ => None,
        }
    }
}
