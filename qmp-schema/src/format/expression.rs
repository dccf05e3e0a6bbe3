//! Expressions with their comments, to be laid out anew.

use std::borrow::Cow;

use super::tokens::Tokens;
use crate::layout::{Bracket, Entry, Group, Node};
use crate::lex::TokenKind;

/// Takes the object or list that begins at the current token.
pub(super) fn group<'a>(tokens: &mut Tokens<'a>) -> Group<'a> {
    let bracket = if tokens.kind() == TokenKind::OpenBrace { Bracket::Object } else { Bracket::List };
    let open = tokens.advance();
    let mut entries: Vec<Entry<'a>> = Vec::new();
    loop {
        let before = between(tokens, &mut entries);
        if matches!(tokens.kind(), TokenKind::CloseBrace | TokenKind::CloseBracket) {
            let close = tokens.advance();
            return Group::new(bracket, entries, before, tokens.spans_lines(open, close));
        }
        entries.push(entry(tokens, bracket, before));
    }
}

/// Takes the comments up to the next entry or the closing bracket. The first one belongs to the last entry if it is on the same
/// line. Empty lines are an empty comment.
fn between<'a>(tokens: &mut Tokens<'a>, entries: &mut [Entry<'a>]) -> Vec<Cow<'a, str>> {
    let mut before: Vec<Cow<'a, str>> = Vec::new();
    // Whether the last entry ends on the current line.
    let mut is_behind = !entries.is_empty();
    loop {
        let lines = tokens.lines_before();
        is_behind &= lines == 0;
        if lines > 1 && before.last().is_none_or(|line| !line.is_empty()) {
            before.push("".into());
        }
        match (tokens.kind(), entries.last_mut()) {
            (TokenKind::Comma, _) => drop(tokens.advance()),
            (TokenKind::Comment, Some(last)) if is_behind => last.trailing = Some(tokens.comment().into()),
            (TokenKind::Comment, _) => before.push(tokens.comment().into()),
            _ => return before,
        }
    }
}

/// Takes an entry. Comments before or behind its `:` come before it.
fn entry<'a>(tokens: &mut Tokens<'a>, bracket: Bracket, mut before: Vec<Cow<'a, str>>) -> Entry<'a> {
    let joins = tokens.lines_before() == 0;
    let key = (bracket == Bracket::Object).then(|| tokens.atom().into());
    loop {
        match tokens.kind() {
            TokenKind::Comment => before.push(tokens.comment().into()),
            TokenKind::Colon => drop(tokens.advance()),
            _ => break,
        }
    }
    let value = match tokens.kind() {
        TokenKind::OpenBrace | TokenKind::OpenBracket => Node::Group(group(tokens)),
        _ => Node::Atom(tokens.atom().into()),
    };
    Entry { before, key, value, trailing: None, joins }
}
