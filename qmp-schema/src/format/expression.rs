//! Expressions with their comments, to be laid out anew.

use std::borrow::Cow;

use super::Formatter;
use crate::layout::{Bracket, Entry, Group, Node};
use crate::lex::TokenKind;

impl<'a> Formatter<'a> {
    /// The object or list that begins at the current token.
    pub(super) fn group(&mut self) -> Group<'a> {
        let open = self.advance();
        let bracket = if open.kind == TokenKind::OpenBrace { Bracket::Object } else { Bracket::List };
        let mut entries: Vec<Entry<'a>> = Vec::new();
        loop {
            let before = self.between(&mut entries);
            if matches!(self.token.kind, TokenKind::CloseBrace | TokenKind::CloseBracket) {
                let close = self.advance();
                let is_broken = self.text[open.span.start as usize..close.span.end as usize].contains('\n');
                return Group::new(bracket, entries, before, is_broken);
            }
            entries.push(self.entry(bracket, before));
        }
    }

    /// The comments up to the next entry or the closing bracket. The first one belongs to the last entry if it is on its line.
    fn between(&mut self, entries: &mut [Entry<'a>]) -> Vec<Cow<'a, str>> {
        let mut before: Vec<Cow<'a, str>> = Vec::new();
        // Whether the last entry ends on the current line.
        let mut is_behind = !entries.is_empty();
        loop {
            let lines = self.lines_before();
            is_behind &= lines == 0;
            if lines > 1 && before.last().is_none_or(|line| !line.is_empty()) {
                before.push("".into());
            }
            match (self.token.kind, entries.last_mut()) {
                (TokenKind::Comma, _) => drop(self.advance()),
                (TokenKind::Comment, Some(last)) if is_behind => last.trailing = Some(self.comment().into()),
                (TokenKind::Comment, _) => before.push(self.comment().into()),
                _ => return before,
            }
        }
    }

    /// Comments before or behind the `:` come before the entry.
    fn entry(&mut self, bracket: Bracket, mut before: Vec<Cow<'a, str>>) -> Entry<'a> {
        let joins = self.lines_before() == 0;
        let key = (bracket == Bracket::Object).then(|| self.atom());
        while matches!(self.token.kind, TokenKind::Comment | TokenKind::Colon) {
            match self.token.kind {
                TokenKind::Comment => before.push(self.comment().into()),
                _ => drop(self.advance()),
            }
        }
        let value = match self.token.kind {
            TokenKind::OpenBrace | TokenKind::OpenBracket => Node::Group(self.group()),
            _ => Node::Atom(self.atom()),
        };
        Entry { before, key, value, trailing: None, joins }
    }
}
