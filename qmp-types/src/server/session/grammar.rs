//! The grammar of a message that is wrong: in QEMU's order and words.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::ops::Range;

use crate::json::{Dialect, Kind, Lexeme, Lexer, cut_to, echo, string};

/// The longest description of an error.
const LONGEST: usize = 1023;

/// An object with more keys than this looks them up by hash.
const FEW: usize = 16;

/// Memory for this many keys is kept for the next message.
const KEPT: usize = 1024;

/// Where something is in a message.
type Span = Range<usize>;

/// Checks messages without building values, in linear time and at any depth.
#[derive(Debug, Default)]
pub(super) struct Grammar {
    levels: Vec<Level>,
    /// The keys of the objects that are open, the innermost object's last.
    keys: Vec<Span>,
}

/// An open object or array.
#[derive(Debug)]
struct Level {
    is_object: bool,
    /// It stands where a key should be: refused as soon as it is complete.
    is_key: bool,
    /// Its first key in [`Grammar::keys`].
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

impl Grammar {
    /// Checks a value, whose tokens are correct.
    ///
    /// # Errors
    /// QEMU's description of the first mistake.
    pub(super) fn check(&mut self, message: &[u8]) -> Result<(), String> {
        let result = self.walk(message);
        self.levels.clear();
        self.levels.shrink_to(KEPT);
        self.keys.clear();
        self.keys.shrink_to(KEPT);
        result.map_err(|description| format!("JSON parse error, {}", cut_to(&description, LONGEST)))
    }

    fn walk(&mut self, message: &[u8]) -> Result<(), String> {
        let mut lexer = Lexer::new(Dialect::Qemu);
        let mut expect = Expect::Value;
        while expect != Expect::End {
            let Some(Lexeme::Token { kind, start, end }) = lexer.next_of_all(message) else {
                return Err("premature EOI".into());
            };
            expect = match (expect, kind) {
                (Expect::FirstItem, Kind::CloseBracket) | (Expect::FirstKey, Kind::CloseBrace) => {
                    self.close(message)?
                }
                (Expect::Colon, Kind::Colon) => Expect::Value,
                (Expect::Colon, _) => return Err("missing : in object pair".into()),
                (Expect::Separator, _) => self.separator(message, kind)?,
                _ => self.value(message, expect, kind, start..end)?,
            };
        }
        Ok(())
    }

    /// Takes a token where a value or a key should start.
    fn value(&mut self, message: &[u8], expect: Expect, kind: Kind, token: Span) -> Result<Expect, String> {
        let is_key = matches!(expect, Expect::Key | Expect::FirstKey);
        let text = &message[token.clone()];
        match kind {
            Kind::OpenBrace | Kind::OpenBracket => {
                let is_object = kind == Kind::OpenBrace;
                let first_key = self.keys.len();
                self.levels.push(Level { is_object, is_key, first_key, by_hash: None });
                return Ok(if is_object { Expect::FirstKey } else { Expect::FirstItem });
            }
            Kind::String => {
                drop(string::read_token(text, Dialect::Qemu).map_err(|error| error.description.into_owned())?)
            }
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
            (false, _) => self.complete(message),
        }
    }

    fn separator(&mut self, message: &[u8], kind: Kind) -> Result<Expect, String> {
        let is_object = self.levels.last().is_some_and(|level| level.is_object);
        match (kind, is_object) {
            (Kind::Comma, true) => Ok(Expect::Key),
            (Kind::Comma, false) => Ok(Expect::Value),
            (Kind::CloseBrace, true) | (Kind::CloseBracket, false) => self.close(message),
            (_, true) => Err("expected separator in dict".into()),
            (_, false) => Err("expected separator in list".into()),
        }
    }

    /// Closes an object or array.
    fn close(&mut self, message: &[u8]) -> Result<Expect, String> {
        let Some(level) = self.levels.pop() else { return Ok(Expect::End) };
        self.keys.truncate(level.first_key);
        if level.is_key {
            return Err("key is not a string in object".into());
        }
        self.complete(message)
    }

    /// Ends a value.
    fn complete(&mut self, message: &[u8]) -> Result<Expect, String> {
        let Some(level) = self.levels.last_mut() else { return Ok(Expect::End) };
        if level.is_object
            && let Some((key, earlier)) = self.keys[level.first_key..].split_last()
            && level.is_duplicate(message, key, earlier)
        {
            return Err("duplicate key".into());
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
    state.hash_one(decoded(&message[key.clone()]).as_ref())
}

/// Returns whether two keys mean the same.
fn same(message: &[u8], one: &Span, other: &Span) -> bool {
    let (one, other) = (&message[one.clone()], &message[other.clone()]);
    let plain = |key: &[u8]| !key.iter().any(|byte| matches!(byte, b'\\' | 0xC0));
    match plain(one) && plain(other) {
        true => one[1..one.len() - 1] == other[1..other.len() - 1],
        false => decoded(one) == decoded(other),
    }
}

/// Returns what a checked key means.
fn decoded(key: &[u8]) -> Cow<'_, str> {
    string::read_token(key, Dialect::Qemu).unwrap_or_default()
}
