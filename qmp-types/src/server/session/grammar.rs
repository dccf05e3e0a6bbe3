//! Finds the first mistake in a malformed message, in QEMU's order and words.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::ops::Range;

use crate::json::{Dialect, Kind, Lexeme, Lexer, cut_to, echo, string};

/// The maximum length of an error description.
const MAX_DESCRIPTION: usize = 1023;

/// The number of keys from which on an object finds duplicates by hash.
const FEW: usize = 16;

/// The maximum number of keys whose memory is kept for the next message.
const KEPT: usize = 1024;

/// A range of a message's bytes.
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
    /// Whether it is in the place of a key. It is then rejected as soon as it is complete.
    is_key: bool,
    /// The index of its first key in [`Grammar::keys`].
    first_key: usize,
    /// Its keys by hash, once there are many.
    by_hash: Option<Box<KeyMap>>,
}

type KeyMap = (RandomState, HashMap<u64, Span>);

/// The part of the grammar that has to come next.
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
    /// Checks a message.
    ///
    /// # Errors
    /// Returns QEMU's description of the first mistake.
    pub(super) fn check(&mut self, message: &[u8]) -> Result<(), String> {
        let result = self.walk(message);
        self.levels.clear();
        self.levels.shrink_to(KEPT);
        self.keys.clear();
        self.keys.shrink_to(KEPT);
        result.map_err(|description| format!("JSON parse error, {}", cut_to(&description, MAX_DESCRIPTION)))
    }

    /// Frees the memory that is kept for the next message.
    pub(super) fn shrink(&mut self) {
        (self.levels, self.keys) = (Vec::new(), Vec::new());
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

    /// Checks a token where a value or a key has to start.
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

    /// Checks a token after a value in an object or array.
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

    /// Ends a value. In an object, its key is then compared with the earlier ones, because QEMU reports a duplicate key only
    /// after its value.
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
    /// Returns whether a key is among the `earlier` ones of the object.
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
            // The hashes are equal. If that is by chance, the key may still equal one that the map no longer has.
            Some(other) => same(message, key, &other) || earlier.iter().any(|other| same(message, key, other)),
        }
    }
}

fn hash(state: &RandomState, message: &[u8], key: &Span) -> u64 {
    state.hash_one(decoded(&message[key.clone()]).as_ref())
}

/// Returns whether two keys are equal when decoded.
fn same(message: &[u8], one: &Span, other: &Span) -> bool {
    let (one, other) = (&message[one.clone()], &message[other.clone()]);
    let plain = |key: &[u8]| !key.iter().any(|byte| matches!(byte, b'\\' | 0xC0));
    match plain(one) && plain(other) {
        true => one[1..one.len() - 1] == other[1..other.len() - 1],
        false => decoded(one) == decoded(other),
    }
}

/// Decodes a key that has been checked.
fn decoded(key: &[u8]) -> Cow<'_, str> {
    string::read_token(key, Dialect::Qemu).unwrap_or_default()
}
