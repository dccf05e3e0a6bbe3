//! Values of the protocol, and both ends of a dialogue.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use qmp_fuzz::{client, client_calls, reader, server};

use crate::change::{changed, words};
use crate::seeds;

const DICTIONARY: &str = include_str!("../../dictionaries/protocol.dict");

#[test]
fn seeds_hold() {
    seeds("reader").iter().for_each(|seed| reader(seed));
    seeds("server").iter().for_each(|seed| server(&bytes(seed)));
    seeds("client").iter().for_each(|seed| client(&bytes(seed)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_values(text in changed(seeds("reader"), words(DICTIONARY))) {
        reader(&text);
    }

    #[test]
    fn changed_requests(text in changed(seeds("server"), words(DICTIONARY))) {
        server(&bytes(&text));
    }

    #[test]
    fn changed_replies(text in changed(seeds("client"), words(DICTIONARY))) {
        client(&bytes(&text));
    }

    #[test]
    fn sequences_of_words(pieces in vec(word(), 0..40)) {
        let text = pieces.concat();
        reader(&text);
        server(&bytes(&text));
        client(&bytes(&text));
    }

    #[test]
    fn any_calls(actions in vec(any::<u8>(), 0..200)) {
        client_calls(&actions);
    }

    #[test]
    fn random_bytes(bytes in vec(any::<u8>(), 0..200)) {
        server(&bytes);
        client(&bytes);
    }
}

fn word() -> impl Strategy<Value = String> {
    let mark = select(vec!["{", "}", "[", "]", ":", ",", "\"", "\\", " ", "\n", "1", "-", ".", "e"]);
    prop_oneof![select(words(DICTIONARY)), mark.prop_map(str::to_owned)]
}

/// Returns the bytes of a text, in which U+FFFD stands for the byte 0xFF.
fn bytes(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (index, part) in text.split('\u{FFFD}').enumerate() {
        bytes.extend((index > 0).then_some(0xFF));
        bytes.extend(part.as_bytes());
    }
    bytes
}
