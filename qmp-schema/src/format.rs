//! The formatter: a schema file in the style of QEMU's own.

mod expression;

use std::borrow::Cow;
use std::sync::Arc;

use crate::diagnostic::{Diagnostics, Report};
use crate::layout::{Group, lay_out};
use crate::lex::{Lexer, Token, TokenKind};
use crate::parse::parse;
use crate::source::{FileId, SourceMap, Span, universal_newlines};

/// Formats a schema file in the style of QEMU's own: 80 columns, entries aligned below each other, a space inside brackets
/// and behind `:` and `,`. Messages call the file `name`; the files that it includes are not read.
///
/// Comments, the order of everything and the words of the documentation stay, and so do line breaks that mean something: an
/// object of several lines keeps a line per entry, groups of definitions or entries stay apart by one empty line. Line ends
/// become `\n`. Formatting a formatted text changes nothing.
///
/// ```
/// let text = "{'command':'eject','data':{'device':'str','*force':'bool'},   # ejects\n'coroutine':true}";
/// let formatted = "\
/// { 'command': 'eject',
///   'data': { 'device': 'str', '*force': 'bool' }, # ejects
///   'coroutine': true }
/// ";
/// assert_eq!(qmp_schema::format("vm.json", text)?, formatted);
/// # Ok::<(), qmp_schema::Report>(())
/// ```
///
/// # Errors
///
/// The syntax errors of the text. Whether it defines anything that makes sense is not looked at: [`load_text`](crate::load_text)
/// does that.
pub fn format(name: &str, text: &str) -> Result<String, Report> {
    let text = universal_newlines(text);
    let mut sources = SourceMap::default();
    let file = sources.add(name.into(), (*text).into(), None);
    let mut diagnostics = Diagnostics::default();
    parse(file, &text, &mut diagnostics);
    let report = Report::new(diagnostics, Arc::new(sources), Vec::new());
    match report.has_errors() {
        true => Err(report),
        false => Ok(Formatter::new(file, &text).file()),
    }
}

/// What a file is a sequence of.
enum Item<'a> {
    Comment(&'a str),
    /// A documentation comment with its lines.
    Doc(Vec<&'a str>),
    Expression {
        expression: Group<'a>,
        /// The comment behind it on its last line.
        trailing: Option<&'a str>,
    },
}

/// Reads the tokens of a text that is known to parse.
struct Formatter<'a> {
    lexer: Lexer<'a>,
    text: &'a str,
    token: Token,
    /// The end of the token before the current one.
    end: usize,
}

impl<'a> Formatter<'a> {
    fn new(file: FileId, text: &'a str) -> Self {
        let lexer = Lexer::with_comments(file, text);
        let mut formatter = Self { lexer, text, token: Token { kind: TokenKind::End, span: Span::NONE }, end: 0 };
        formatter.token = formatter.lexer.next(&mut Diagnostics::default());
        formatter
    }

    fn file(mut self) -> String {
        let mut formatted = String::with_capacity(self.text.len());
        while self.token.kind != TokenKind::End {
            if !formatted.is_empty() && self.lines_before() > 1 {
                formatted.push('\n');
            }
            match self.item() {
                Item::Comment(comment) => formatted += comment,
                Item::Doc(lines) => formatted += &lines.join("\n"),
                Item::Expression { expression, trailing } => {
                    formatted += &lay_out(&expression);
                    if let Some(comment) = trailing {
                        formatted.extend([" ", comment]);
                    }
                }
            }
            formatted.push('\n');
        }
        formatted
    }

    fn item(&mut self) -> Item<'a> {
        match self.token.kind {
            TokenKind::DocComment => Item::Doc(self.doc()),
            TokenKind::Comment => Item::Comment(self.comment()),
            _ => {
                let expression = self.group();
                let is_behind = self.token.kind == TokenKind::Comment && self.lines_before() == 0;
                let trailing = is_behind.then(|| self.comment());
                Item::Expression { expression, trailing }
            }
        }
    }

    /// The lines from one `##` to the other, without indentation. Empty lines in between are none of the documentation's.
    fn doc(&mut self) -> Vec<&'a str> {
        let mut lines = vec!["##"];
        while let Some(line) = self.lexer.next_comment() {
            self.token.span = line;
            lines.push(self.slice(line).trim_end());
            if lines.last() == Some(&"##") {
                break;
            }
        }
        self.advance();
        lines
    }

    fn comment(&mut self) -> &'a str {
        let comment = self.advance().span;
        self.slice(comment).trim_end()
    }

    /// The line ends between the current token and the one before it.
    fn lines_before(&self) -> usize {
        let end = self.end.min(self.token.span.start as usize);
        self.text[end..self.token.span.start as usize].bytes().filter(|&byte| byte == b'\n').count()
    }

    fn slice(&self, span: Span) -> &'a str {
        &self.text[span.start as usize..span.end as usize]
    }

    fn atom(&mut self) -> Cow<'a, str> {
        let atom = self.advance().span;
        self.slice(atom).into()
    }

    /// Goes on to the next token; gives the one that was current.
    fn advance(&mut self) -> Token {
        let next = self.lexer.next(&mut Diagnostics::default());
        self.end = self.token.span.end as usize;
        std::mem::replace(&mut self.token, next)
    }
}
