//! Cuts text into tokens.

use crate::diagnostic::{Diagnostics, Rule};
use crate::source::{FileId, Span};

/// A token and its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) span: Span,
}

/// The kinds of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    OpenBrace,
    CloseBrace,
    OpenBracket,
    CloseBracket,
    Colon,
    Comma,
    /// A string, quotes included.
    Str,
    True,
    False,
    /// A comment that starts with `##`, to the end of its line.
    DocComment,
    /// Any other comment, if the lexer returns them.
    Comment,
    /// The end of the file.
    End,
    /// Invalid text, which has been reported.
    Bad,
}

/// Cuts one file into tokens.
#[derive(Debug, Clone)]
pub(crate) struct Lexer<'a> {
    file: FileId,
    text: &'a str,
    at: usize,
    returns_comments: bool,
}

impl<'a> Lexer<'a> {
    pub(crate) fn new(file: FileId, text: &'a str) -> Self {
        Self { file, text, at: 0, returns_comments: false }
    }

    /// Creates a lexer that returns plain comments as tokens.
    pub(crate) fn with_comments(file: FileId, text: &'a str) -> Self {
        Self { returns_comments: true, ..Self::new(file, text) }
    }

    /// Returns the next token. Plain comments are skipped, unless the lexer returns them.
    pub(crate) fn next(&mut self, diagnostics: &mut Diagnostics) -> Token {
        loop {
            self.skip_white_space();
            let kind = match self.rest().chars().next() {
                None => return self.end(),
                Some('{') => TokenKind::OpenBrace,
                Some('}') => TokenKind::CloseBrace,
                Some('[') => TokenKind::OpenBracket,
                Some(']') => TokenKind::CloseBracket,
                Some(':') => TokenKind::Colon,
                Some(',') => TokenKind::Comma,
                Some('\'') => return self.string(diagnostics),
                Some('#') => match self.comment() {
                    Some(comment) => return comment,
                    None => continue,
                },
                Some(_) => return self.word(diagnostics),
            };
            return self.token(kind, 1);
        }
    }

    /// Returns the next line of a documentation block: any comment. None if the next token is not a comment.
    pub(crate) fn next_comment(&mut self) -> Option<Span> {
        self.skip_white_space();
        let rest = self.rest();
        rest.starts_with('#').then(|| self.token(TokenKind::DocComment, line_length(rest)).span)
    }

    /// Continues at the next line that begins with `{` or `##`. If there is a `token`, that may be its line.
    pub(crate) fn recover(&mut self, token: Option<Span>) {
        let from = token.map_or(self.at, |token| token.start as usize);
        let lines = self.text.as_bytes()[from - 1..].split(|&byte| byte == b'\n');
        let mut next = from - 1;
        for line in lines {
            if next >= from && (line.starts_with(b"{") || line.starts_with(b"##")) {
                break;
            }
            next += line.len() + 1;
        }
        self.at = next.min(self.text.len());
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn skip_white_space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start_matches(is_white_space).len();
    }

    /// Takes a token of `length` bytes.
    fn token(&mut self, kind: TokenKind, length: usize) -> Token {
        let start = self.at;
        self.at += length;
        Token { kind, span: Span { file: self.file, start: start as u32, end: self.at as u32 } }
    }

    /// The end of the file, at the end of its last line.
    fn end(&self) -> Token {
        let end = self.text.strip_suffix('\n').unwrap_or(self.text).len() as u32;
        Token { kind: TokenKind::End, span: Span { file: self.file, start: end, end } }
    }

    /// Takes a comment. Plain ones are skipped, unless the lexer returns them.
    fn comment(&mut self) -> Option<Token> {
        let rest = self.rest();
        let kind = if rest.starts_with("##") { TokenKind::DocComment } else { TokenKind::Comment };
        let comment = self.token(kind, line_length(rest));
        (kind == TokenKind::DocComment || self.returns_comments).then_some(comment)
    }

    /// Takes `true`, `false`, or a stray run up to where another token may begin. Both words are matched as prefixes.
    fn word(&mut self, diagnostics: &mut Diagnostics) -> Token {
        let rest = self.rest();
        if rest.starts_with("true") {
            return self.token(TokenKind::True, 4);
        }
        if rest.starts_with("false") {
            return self.token(TokenKind::False, 5);
        }
        let end = rest.find(|c| "{}[]:,'".contains(c) || is_white_space(c)).unwrap_or(rest.len());
        let bad = self.token(TokenKind::Bad, end);
        let error = diagnostics.error(Rule::StrayText, bad.span, &[&printable(&rest[..end])]);
        match &rest[..end] {
            word if word.eq_ignore_ascii_case("true") => drop(error.note("did you mean `true`?")),
            word if word.eq_ignore_ascii_case("false") => drop(error.note("did you mean `false`?")),
            word if word.starts_with("//") || word.starts_with("/*") => drop(error.note("a comment begins with `#`")),
            word if word.starts_with('"') => drop(error.note("strings are written in single quotes: 'text'")),
            word if is_word(word) => drop(error.note(format!("strings are written in single quotes: '{word}'"))),
            word if word.starts_with('\u{FEFF}') => drop(error.note("save the file without a byte order mark")),
            _ => {}
        }
        bad
    }

    fn string(&mut self, diagnostics: &mut Diagnostics) -> Token {
        let bytes = self.rest().as_bytes();
        let mut at = 1;
        loop {
            match bytes.get(at) {
                Some(b'\'') => return self.token(TokenKind::Str, at + 1),
                Some(b'\\') if bytes.get(at + 1) == Some(&b'\\') => at += 2,
                Some(b' '..=b'~') if bytes[at] != b'\\' => at += 1,
                _ => return self.bad_string(at, diagnostics),
            }
        }
    }

    /// Reports a string whose first bad byte is at `at`.
    fn bad_string(&mut self, at: usize, diagnostics: &mut Diagnostics) -> Token {
        let rest = self.rest();
        let (rule, faulty) = match rest[at..].chars().next() {
            None | Some('\n') => (Rule::UnterminatedString, ""),
            Some('\\') => (Rule::BadEscape, prefix(&rest[at..], 2)),
            Some(_) => (Rule::BadCharacter, prefix(&rest[at..], 1)),
        };
        let end = at + faulty.len();
        let bad = self.token(TokenKind::Bad, end);
        let shown = if faulty == "\t" { "a tab".to_owned() } else { format!("`{}`", printable(faulty)) };
        diagnostics.error(rule, bad.span, &[&shown]);
        bad
    }
}

/// The most characters of stray text that a message shows.
const MAX_SHOWN: usize = 40;

/// Returns the value of a string token: the text between the quotes, `\\` resolved.
pub(crate) fn string_value(token: &str) -> String {
    let inner = token.get(1..token.len().saturating_sub(1)).unwrap_or_default();
    inner.replace("\\\\", "\\")
}

/// Whether it looks like a string without its quotes.
fn is_word(text: &str) -> bool {
    text.len() <= MAX_SHOWN
        && text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '*')
        && text.bytes().skip(1).all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

/// Returns the text with invisible characters escaped, cut if it is long.
fn printable(text: &str) -> String {
    let mut printable = String::new();
    for (index, c) in text.chars().enumerate() {
        if index == MAX_SHOWN {
            return printable + "...";
        }
        match c {
            '\'' | '"' | '\\' => printable.push(c),
            _ => printable.extend(c.escape_debug()),
        }
    }
    printable
}

/// Returns the first `count` characters.
fn prefix(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(end, _)| &text[..end])
}

fn line_length(text: &str) -> usize {
    text.find('\n').unwrap_or(text.len())
}

/// Whether Python counts it as white space: Unicode's, and four separators that Unicode leaves out.
fn is_white_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1C}'..='\u{1F}').contains(&c)
}
