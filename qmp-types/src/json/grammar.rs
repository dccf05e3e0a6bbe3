//! Grammar: whether the tokens of a message make a value, and where the members of the outermost object are.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::ops::Range;

use super::lexer::{Kind, Lexeme, Lexer};
use super::string::{Dialect, check, cut_to, decode, echo};

/// The longest description of an error.
const LONGEST: usize = 1023;

/// An object with more keys than this looks them up by hash.
const FEW: usize = 16;

/// Where something is in a message.
pub(crate) type Span = Range<usize>;

/// Checks messages without building a value. Keeps its memory from one message to the next.
#[derive(Debug, Default)]
pub(crate) struct Parser {
    levels: Vec<Level>,
    /// The keys of the objects that are open, the innermost object's last.
    keys: Vec<Span>,
    /// Keys and values of the outermost object.
    members: Vec<(Span, Span)>,
}

/// What [`Parser::parse`] finds.
#[derive(Debug)]
pub(crate) struct Parsed<'p> {
    /// Keys and values of the message, if it is an object.
    pub(crate) members: Option<&'p [(Span, Span)]>,
    /// Whether it is JSON as everybody reads it, not only in QMP's dialect.
    pub(crate) is_json: bool,
}

/// An open object or array.
#[derive(Debug)]
struct Level {
    is_object: bool,
    /// It stands where a key should be: refused as soon as it is complete.
    is_key: bool,
    start: usize,
    /// Its first key in [`Parser::keys`].
    first_key: usize,
    /// Its keys by hash, once there are many.
    by_hash: Option<Box<KeyMap>>,
}

type KeyMap = (RandomState, HashMap<u64, Span>);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Expect {
    Value,
    FirstItem,
    Key,
    FirstKey,
    Colon,
    Separator,
    End,
}

impl Parser {
    /// Checks a framed message; on error QEMU's description.
    pub(crate) fn parse(&mut self, message: &[u8]) -> Result<Parsed<'_>, String> {
        self.levels.clear();
        self.keys.clear();
        self.members.clear();
        let mut is_json = true;
        self.walk(message, &mut is_json).map_err(|desc| format!("JSON parse error, {}", cut_to(&desc, LONGEST)))?;
        let is_object = message.trim_ascii_start().starts_with(b"{");
        Ok(Parsed { members: is_object.then_some(&self.members), is_json })
    }

    fn walk(&mut self, message: &[u8], is_json: &mut bool) -> Result<(), String> {
        let mut lexer = Lexer::default();
        let mut expect = Expect::Value;
        while expect != Expect::End {
            let Some(Lexeme::Token { kind, start, end }) = lexer.next_of_all(message) else {
                return Err("premature EOI".into());
            };
            expect = match (expect, kind) {
                (Expect::FirstItem, Kind::CloseBracket) | (Expect::FirstKey, Kind::CloseBrace) => {
                    self.close(message, end)?
                }
                (Expect::Colon, Kind::Colon) => Expect::Value,
                (Expect::Colon, _) => return Err("missing : in object pair".into()),
                (Expect::Separator, _) => self.separator(message, kind, end)?,
                _ => self.value(message, expect, kind, start..end, is_json)?,
            };
        }
        Ok(())
    }

    /// A token where a value or a key should start.
    fn value(
        &mut self,
        message: &[u8],
        expect: Expect,
        kind: Kind,
        token: Span,
        is_json: &mut bool,
    ) -> Result<Expect, String> {
        let is_key = matches!(expect, Expect::Key | Expect::FirstKey);
        let text = &message[token.clone()];
        match kind {
            Kind::OpenBrace | Kind::OpenBracket => {
                let is_object = kind == Kind::OpenBrace;
                let first_key = self.keys.len();
                self.levels.push(Level { is_object, is_key, start: token.start, first_key, by_hash: None });
                return Ok(if is_object { Expect::FirstKey } else { Expect::FirstItem });
            }
            Kind::String => *is_json &= check(text)? == Dialect::Json,
            Kind::Number => {}
            Kind::Keyword if matches!(text, b"true" | b"false" | b"null") => {}
            Kind::Keyword => return Err(format!("invalid keyword '{}'", echo(text))),
            Kind::CloseBrace | Kind::CloseBracket | Kind::Colon | Kind::Comma => return Err("expecting value".into()),
        }
        match (is_key, kind) {
            (true, Kind::String) => {
                self.keys.push(token);
                Ok(Expect::Colon)
            }
            (true, _) => Err("key is not a string in object".into()),
            (false, _) => self.complete(message, token),
        }
    }

    fn separator(&mut self, message: &[u8], kind: Kind, end: usize) -> Result<Expect, String> {
        let is_object = self.levels.last().is_some_and(|level| level.is_object);
        match (kind, is_object) {
            (Kind::Comma, true) => Ok(Expect::Key),
            (Kind::Comma, false) => Ok(Expect::Value),
            (Kind::CloseBrace, true) | (Kind::CloseBracket, false) => self.close(message, end),
            (_, true) => Err("expected separator in dict".into()),
            (_, false) => Err("expected separator in list".into()),
        }
    }

    /// An object or array has ended.
    fn close(&mut self, message: &[u8], end: usize) -> Result<Expect, String> {
        let Some(level) = self.levels.pop() else { return Ok(Expect::End) };
        self.keys.truncate(level.first_key);
        if level.is_key {
            return Err("key is not a string in object".into());
        }
        self.complete(message, level.start..end)
    }

    /// A value has ended.
    fn complete(&mut self, message: &[u8], value: Span) -> Result<Expect, String> {
        let outermost = self.levels.len() == 1;
        let Some(level) = self.levels.last_mut() else { return Ok(Expect::End) };
        if let (true, Some((key, earlier))) = (level.is_object, self.keys[level.first_key..].split_last()) {
            if level.is_duplicate(message, key, earlier) {
                return Err("duplicate key".into());
            }
            if outermost {
                self.members.push((key.clone(), value));
            }
        }
        Ok(Expect::Separator)
    }
}

impl Level {
    fn is_duplicate(&mut self, message: &[u8], key: &Span, earlier: &[Span]) -> bool {
        if earlier.len() < FEW {
            return earlier.iter().any(|other| same(message, key, other));
        }
        let (state, by_hash) = &mut **self.by_hash.get_or_insert_with(|| {
            let state = RandomState::new();
            let by_hash = earlier.iter().map(|key| (hash(&state, message, key), key.clone())).collect();
            Box::new((state, by_hash))
        });
        match by_hash.insert(hash(state, message, key), key.clone()) {
            None => false,
            // Two keys of one hash, by chance.
            Some(other) => same(message, key, &other) || earlier.iter().any(|other| same(message, key, other)),
        }
    }
}

fn hash(state: &RandomState, message: &[u8], key: &Span) -> u64 {
    state.hash_one(decode(&message[key.clone()]).as_ref())
}

/// Whether two keys mean the same.
fn same(message: &[u8], one: &Span, other: &Span) -> bool {
    let (one, other) = (&message[one.clone()], &message[other.clone()]);
    let plain = |key: &[u8]| !key.iter().any(|byte| matches!(byte, b'\\' | 0xC0));
    match plain(one) && plain(other) {
        true => one[1..one.len() - 1] == other[1..other.len() - 1],
        false => decode(one) == decode(other),
    }
}
