//! Seeds with a few changes, and sequences of the words that a fuzzer uses.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Returns the entries of a dictionary in libFuzzer's format.
pub(crate) fn words(dictionary: &str) -> Vec<String> {
    let entries = dictionary.lines().filter(|line| line.starts_with('"'));
    entries.map(|line| unescaped(&line[1..line.len() - 1])).collect()
}

/// Resolves `\\`, `\"` and `\xHH`. Bytes that are no UTF-8 together become U+FFFD.
fn unescaped(entry: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = entry;
    while let Some((before, escaped)) = rest.split_once('\\') {
        bytes.extend_from_slice(before.as_bytes());
        let length = if let Some(hex) = escaped.strip_prefix('x') {
            bytes.push(u8::from_str_radix(&hex[..2], 16).expect("two hexadecimal digits follow \\x"));
            3
        } else {
            bytes.push(escaped.as_bytes()[0]);
            1
        };
        rest = &escaped[length..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

/// One of the seeds, with up to four parts replaced by a word, by a part of a seed, or by nothing.
pub(crate) fn changed(seeds: Vec<String>, words: Vec<String>) -> impl Strategy<Value = String> {
    let part = (select(seeds.clone()), any::<Index>(), 0..40_usize);
    let piece = prop_oneof![
        2 => select(words),
        1 => part.prop_map(|(seed, at, length)| {
            let start = boundary(&seed, at.index(seed.len() + 1));
            seed[start..boundary(&seed, start + length)].to_owned()
        }),
        1 => Just(String::new()),
    ];
    (select(seeds), vec((any::<Index>(), 0..12_usize, piece), 0..4)).prop_map(|(mut text, changes)| {
        for (at, length, piece) in changes {
            let start = boundary(&text, at.index(text.len() + 1));
            text.replace_range(start..boundary(&text, start + length), &piece);
        }
        text
    })
}

/// Returns the next boundary of characters at or after an index.
fn boundary(text: &str, at: usize) -> usize {
    (at..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
}

#[test]
fn a_dictionary_has_escapes() {
    assert_eq!(words("# note\n\"'a'\"\n\"\\x0A\\\"\\\\\"\n\"\\xC3\\xA9\"\n"), ["'a'", "\n\"\\", "é"]);
}
