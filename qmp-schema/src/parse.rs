//! Parses tokens into expressions and documentation blocks.

use std::collections::HashSet;

use crate::diagnostic::{Diagnostics, Rule};
use crate::lex::{Lexer, Token, TokenKind, string_value};
use crate::source::{FileId, Span};
use crate::value::{Name, Object, Value, ValueKind};

/// An element of a file, which is a sequence of them.
#[derive(Debug)]
pub(crate) enum Item {
    /// An object, `{ ... }`.
    Expression(Object, Span),
    /// A documentation block, `##` to `##`.
    Doc(DocBlock),
}

/// The lines of a documentation block without the leading `# `.
#[derive(Debug)]
pub(crate) struct DocBlock {
    /// The `##` that opens it.
    pub(crate) span: Span,
    /// The text after `# ` of each line between the two `##`.
    pub(crate) lines: Vec<Span>,
}

/// The contents of a file.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) items: Vec<Item>,
    /// Whether no part of the file was lost to errors.
    pub(crate) complete: bool,
}

/// The depth to which objects and lists may be nested: a bound on the stack that the passes need.
const MAX_DEPTH: usize = 500;

/// Parses one file. After an error, continues at the next line that begins with `{` or `##`.
pub(crate) fn parse(file: FileId, text: &str, diagnostics: &mut Diagnostics) -> File {
    let lexer = Lexer::new(file, text);
    let token = Token { kind: TokenKind::Bad, span: Span::NONE };
    let mut parser = Parser { lexer, text, token, recovering: false, diagnostics };
    parser.advance();
    parser.file()
}

/// An error that has been reported.
struct Reported;

struct Parser<'a> {
    lexer: Lexer<'a>,
    text: &'a str,
    token: Token,
    /// Whether an item has failed and no expression has been read since.
    recovering: bool,
    diagnostics: &'a mut Diagnostics,
}

impl Parser<'_> {
    fn file(&mut self) -> File {
        let mut file = File { items: Vec::new(), complete: true };
        while self.token.kind != TokenKind::End {
            let first = self.token.span;
            match self.item() {
                Ok(item) => {
                    self.recovering &= matches!(item, Item::Doc(_));
                    let is_expression = matches!(item, Item::Expression(..));
                    file.items.push(item);
                    if is_expression && self.token.kind == TokenKind::Comma {
                        file.complete = false;
                        self.comma_after_expression(&mut file.items);
                    }
                }
                Err(Reported) => {
                    file.complete = false;
                    // A comment right before it documents the lost definition.
                    file.items.pop_if(|item| matches!(item, Item::Doc(_)));
                    self.recover(first);
                }
            }
        }
        file
    }

    /// Continues at the next line that begins with `{` or `##`. The token that failed may be on it, unless it is the `first` of
    /// its item or a comment that only has too many `#`.
    fn recover(&mut self, first: Span) {
        let failed = self.token.span;
        let is_comment = self.token.kind == TokenKind::DocComment && self.slice(failed) != "##";
        self.recovering = true;
        self.lexer.recover((failed.start > first.start && !is_comment).then_some(failed));
        self.advance();
    }

    /// Reports a comma behind an expression. Before another expression it is one too many. Before a string, the `}` in front of it
    /// came too early: the first half of the expression is dropped, because its keys may be the wrong ones.
    fn comma_after_expression(&mut self, items: &mut Vec<Item>) {
        let comma = self.token.span;
        let error = self.diagnostics.error(Rule::NotAnExpression, comma, &[]);
        let next = self.lexer.clone().next(&mut Diagnostics::default());
        if next.kind != TokenKind::Str {
            self.advance();
            return;
        }
        error.note("a `}` before it closes the expression too early");
        items.pop();
        items.pop_if(|item| matches!(item, Item::Doc(_)));
        self.recover(comma);
    }

    fn item(&mut self) -> Result<Item, Reported> {
        match self.token.kind {
            TokenKind::DocComment => self.doc_block().map(Item::Doc),
            TokenKind::OpenBrace => {
                let start = self.token.span;
                let object = self.object(MAX_DEPTH)?;
                Ok(Item::Expression(object, start))
            }
            TokenKind::Bad => Err(Reported),
            // It may be the rest of the item that failed.
            _ if self.recovering => Err(Reported),
            TokenKind::OpenBracket | TokenKind::Str | TokenKind::True | TokenKind::False => {
                let start = self.token.span;
                self.value_in(start, MAX_DEPTH)?;
                self.diagnostics.error(Rule::NotAnExpression, start, &[]);
                Err(Reported)
            }
            _ => {
                self.diagnostics.error(Rule::NotAnExpression, self.token.span, &[]);
                Err(Reported)
            }
        }
    }

    /// Parses a value in the object or list opened at `open`.
    fn value_in(&mut self, open: Span, depth: usize) -> Result<Value, Reported> {
        let start = self.token.span;
        let kind = match self.token.kind {
            TokenKind::OpenBrace => ValueKind::Object(self.object(depth)?),
            TokenKind::OpenBracket => ValueKind::List(self.list(depth)?),
            TokenKind::Str => ValueKind::Str(self.string().text),
            TokenKind::True | TokenKind::False => ValueKind::Bool(self.advance().kind == TokenKind::True),
            _ => return Err(self.expected_in(open, "a value: `{`, `[`, a string, `true` or `false`")),
        };
        Ok(Value { span: start, kind })
    }

    fn object(&mut self, depth: usize) -> Result<Object, Reported> {
        let depth = self.inner(depth)?;
        let mut object = Object::default();
        let open = self.advance().span;
        if self.skip(TokenKind::CloseBrace) {
            return Ok(object);
        }
        loop {
            if self.token.kind != TokenKind::Str {
                let empty = object.members.is_empty();
                return Err(self.expected_in(open, if empty { "a string or `}`" } else { "a string after the `,`" }));
            }
            let key = self.string();
            if !self.skip(TokenKind::Colon) {
                return Err(self.expected_in(open, "`:`"));
            }
            object.members.push((key, self.value_in(open, depth)?));
            if self.skip(TokenKind::CloseBrace) {
                break;
            }
            if !self.skip(TokenKind::Comma) {
                return Err(self.expected_in(open, "`,` or `}`"));
            }
        }
        self.refuse_duplicates(&mut object);
        Ok(object)
    }

    fn list(&mut self, depth: usize) -> Result<Vec<Value>, Reported> {
        let depth = self.inner(depth)?;
        let mut values = Vec::new();
        let open = self.advance().span;
        if self.skip(TokenKind::CloseBracket) {
            return Ok(values);
        }
        loop {
            values.push(self.value_in(open, depth)?);
            if self.skip(TokenKind::CloseBracket) {
                return Ok(values);
            }
            if !self.skip(TokenKind::Comma) {
                return Err(self.expected_in(open, "`,` or `]`"));
            }
            if self.token.kind == TokenKind::CloseBracket {
                return Err(self.expected_in(open, "a value after the `,`"));
            }
        }
    }

    /// Parses the lines up to the closing `##`.
    fn doc_block(&mut self) -> Result<DocBlock, Reported> {
        let open = self.token.span;
        self.check_doc_fence(open)?;
        let mut block = DocBlock { span: open, lines: Vec::new() };
        while let Some(line) = self.lexer.next_comment() {
            let text = self.slice(line);
            if text.starts_with("##") {
                self.check_doc_fence(line)?;
                self.advance();
                return Ok(block);
            }
            let skipped = if text.starts_with("# ") { 2 } else { 1 };
            block.lines.push(Span { start: line.start + skipped, ..line });
        }
        // It may be an invalid token. In any case it is not part of the comment.
        self.token = self.lexer.next(&mut Diagnostics::default());
        // After an error it may be the end of the block that failed.
        if !self.recovering || !block.lines.is_empty() {
            let error = self.diagnostics.error(Rule::DocNotClosed, self.token.span, &[]);
            error.related(open, "opened here");
        }
        Err(Reported)
    }

    /// The first and the last line of a block are `##` and nothing else.
    fn check_doc_fence(&mut self, line: Span) -> Result<(), Reported> {
        match self.slice(line) {
            "##" => Ok(()),
            _ => {
                self.diagnostics.error(Rule::DocFence, line, &[]);
                Err(Reported)
            }
        }
    }

    /// Reports duplicate keys. The first value of each stays.
    fn refuse_duplicates(&mut self, object: &mut Object) {
        let mut keys: Vec<&Name> = object.members.iter().map(|(key, _)| key).collect();
        keys.sort_by_key(|key| &key.text);
        let mut duplicates = HashSet::new();
        for same in keys.chunk_by(|a, b| a.text == b.text) {
            for again in &same[1..] {
                let error = self.diagnostics.error(Rule::DuplicateKey, again.span, &[&again.text]);
                error.related(same[0].span, "first given here");
                duplicates.insert(again.span);
            }
        }
        if !duplicates.is_empty() {
            object.members.retain(|(key, _)| !duplicates.contains(&key.span));
            object.is_flawed = true;
        }
    }

    /// Moves on to the next token; returns the one that was current.
    fn advance(&mut self) -> Token {
        std::mem::replace(&mut self.token, self.lexer.next(self.diagnostics))
    }

    fn skip(&mut self, kind: TokenKind) -> bool {
        let there = self.token.kind == kind;
        if there {
            self.advance();
        }
        there
    }

    /// Takes the current token, which is a string.
    fn string(&mut self) -> Name {
        let span = self.advance().span;
        Name { text: string_value(self.slice(span)), span }
    }

    fn slice(&self, span: Span) -> &str {
        &self.text[span.start as usize..span.end as usize]
    }

    /// Returns the number of levels that may be nested in the object or list at the current token.
    fn inner(&mut self, depth: usize) -> Result<usize, Reported> {
        depth.checked_sub(1).ok_or_else(|| {
            self.diagnostics.error(Rule::NestedTooDeep, self.token.span, &[&(MAX_DEPTH + 1).to_string()]);
            Reported
        })
    }

    /// Does the same as [`expected`](Self::expected), and shows the place `open` if the end seems to be missing.
    fn expected_in(&mut self, open: Span, what: &str) -> Reported {
        let is_unclosed = matches!(
            self.token.kind,
            TokenKind::End | TokenKind::OpenBrace | TokenKind::CloseBrace | TokenKind::CloseBracket
        );
        let reported = self.expected(what);
        if is_unclosed {
            self.diagnostics.latest().related(open, "opened here");
        }
        reported
    }

    /// Reports that `what` is expected instead of the current token, unless that has been reported already.
    fn expected(&mut self, what: &str) -> Reported {
        let span = self.token.span;
        let found = match self.token.kind {
            TokenKind::Bad => return Reported,
            TokenKind::End => "the end of the file".to_owned(),
            TokenKind::DocComment => {
                self.diagnostics.error(Rule::DocInExpression, span, &[]);
                return Reported;
            }
            _ => format!("`{}`", self.slice(span)),
        };
        self.diagnostics.error(Rule::UnexpectedToken, span, &[what, &found]);
        Reported
    }
}
