//! Values of the protocol.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use qmp_fuzz::reader;

use crate::change::{changed, words};
use crate::seeds;

const DICTIONARY: &str = include_str!("../../dictionaries/protocol.dict");

#[test]
fn seeds_hold() {
    seeds("reader").iter().for_each(|seed| reader(seed));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_values(text in changed(seeds("reader"), words(DICTIONARY))) {
        reader(&text);
    }

    #[test]
    fn words_of_values(pieces in vec(word(), 0..40)) {
        reader(&pieces.concat());
    }
}

fn word() -> impl Strategy<Value = String> {
    let mark = select(vec!["{", "}", "[", "]", ":", ",", "\"", "\\", " ", "\n", "1", "-", ".", "e"]);
    prop_oneof![select(words(DICTIONARY)), mark.prop_map(str::to_owned)]
}
