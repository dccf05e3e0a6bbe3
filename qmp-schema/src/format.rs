//! The formatter: a schema file in the style of QEMU's own.

mod expression;
mod tokens;

use std::sync::Arc;

use crate::diagnostic::{Diagnostics, Report};
use crate::layout::{Group, lay_out};
use crate::lex::TokenKind;
use crate::parse::parse;
use crate::source::{SourceMap, universal_newlines};
use tokens::Tokens;

/// Formats a schema file in the style of QEMU's own: 80 columns, entries aligned below each other, a space inside brackets
/// and behind `:` and `,`. Messages call the file `name`; the files that it includes are not read.
///
/// Comments, documentation and the order of everything are kept. So are line breaks that are a choice: an object of several lines
/// gets a line per entry, and groups of definitions or entries are separated by one empty line. Line ends
/// become `\n`. Formatting is idempotent: a formatted text stays the same.
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
/// If the text has syntax errors. Its definitions are not checked, as [`load_text`](crate::load_text) does.
pub fn format(name: &str, text: &str) -> Result<String, Report> {
    let text = universal_newlines(text);
    let mut sources = SourceMap::default();
    let file = sources.add(name.into(), (*text).into(), None);
    let mut diagnostics = Diagnostics::default();
    parse(file, &text, &mut diagnostics);
    let report = Report::new(diagnostics, Arc::new(sources), Vec::new());
    match report.has_errors() {
        true => Err(report),
        false => Ok(formatted(Tokens::new(file, &text))),
    }
}

/// An element of a file, which is a sequence of them.
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

fn formatted(mut tokens: Tokens<'_>) -> String {
    let mut text = String::new();
    while tokens.kind() != TokenKind::End {
        if !text.is_empty() && tokens.lines_before() > 1 {
            text.push('\n');
        }
        match item(&mut tokens) {
            Item::Comment(comment) => text += comment,
            Item::Doc(lines) => text += &lines.join("\n"),
            Item::Expression { expression, trailing } => {
                text += &lay_out(&expression);
                if let Some(comment) = trailing {
                    text.extend([" ", comment]);
                }
            }
        }
        text.push('\n');
    }
    text
}

fn item<'a>(tokens: &mut Tokens<'a>) -> Item<'a> {
    match tokens.kind() {
        TokenKind::DocComment => Item::Doc(tokens.doc()),
        TokenKind::Comment => Item::Comment(tokens.comment()),
        _ => {
            let expression = expression::group(tokens);
            let is_behind = tokens.kind() == TokenKind::Comment && tokens.lines_before() == 0;
            Item::Expression { expression, trailing: is_behind.then(|| tokens.comment()) }
        }
    }
}
