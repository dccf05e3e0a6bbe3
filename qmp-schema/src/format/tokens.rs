//! The tokens of a file, comments among them, and the lines between them.

use crate::diagnostic::Diagnostics;
use crate::lex::{Lexer, Token, TokenKind};
use crate::source::{FileId, Span};

/// The tokens of a text that is known to parse.
pub(super) struct Tokens<'a> {
    lexer: Lexer<'a>,
    text: &'a str,
    current: Token,
    /// The end of the token before the current one.
    end: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(file: FileId, text: &'a str) -> Self {
        let mut lexer = Lexer::with_comments(file, text);
        let current = lexer.next(&mut Diagnostics::default());
        Self { lexer, text, current, end: 0 }
    }

    /// The kind of the current token.
    pub(super) fn kind(&self) -> TokenKind {
        self.current.kind
    }

    /// Moves on to the next token; returns the place of the one that was current.
    pub(super) fn advance(&mut self) -> Span {
        let next = self.lexer.next(&mut Diagnostics::default());
        self.end = self.current.span.end as usize;
        std::mem::replace(&mut self.current, next).span
    }

    /// The line ends between the current token and the one before it.
    pub(super) fn lines_before(&self) -> usize {
        let start = self.current.span.start as usize;
        // The place of the end of the file may be before the end of a comment in its last line.
        self.text[self.end.min(start)..start].bytes().filter(|&byte| byte == b'\n').count()
    }

    /// Whether there is a line end in the text from the one place to the other.
    pub(super) fn spans_lines(&self, from: Span, to: Span) -> bool {
        self.text[from.start as usize..to.end as usize].contains('\n')
    }

    /// Takes a string, `true` or `false`.
    pub(super) fn atom(&mut self) -> &'a str {
        let atom = self.advance();
        self.slice(atom)
    }

    pub(super) fn comment(&mut self) -> &'a str {
        self.atom().trim_end()
    }

    /// Takes a documentation comment: its lines from one `##` to the other, without indentation. Empty lines of the file in
    /// between do not belong to it.
    pub(super) fn doc(&mut self) -> Vec<&'a str> {
        let mut lines = vec!["##"];
        while let Some(line) = self.lexer.next_comment() {
            self.current.span = line;
            lines.push(self.slice(line).trim_end());
            if lines.last() == Some(&"##") {
                break;
            }
        }
        self.advance();
        lines
    }

    fn slice(&self, span: Span) -> &'a str {
        &self.text[span.start as usize..span.end as usize]
    }
}
