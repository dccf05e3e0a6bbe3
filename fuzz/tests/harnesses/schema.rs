//! Schemas and introspection.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use qmp_fuzz::{format, import, load};

use crate::change::{changed, words};
use crate::seeds;

const DICTIONARY: &str = include_str!("../../dictionaries/schema.dict");

#[test]
fn seeds_hold() {
    seeds("load").iter().for_each(|seed| load(seed));
    seeds("load").iter().for_each(|seed| format(seed));
    seeds("import").iter().for_each(|seed| import(seed));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_schemas(text in changed(seeds("load"), words(DICTIONARY))) {
        load(&text);
        format(&text);
    }

    #[test]
    fn changed_introspection(text in changed(seeds("import"), words(DICTIONARY))) {
        import(&text);
    }

    #[test]
    fn words_of_the_language(pieces in vec(word(), 0..60)) {
        load(&pieces.concat());
        format(&pieces.concat());
    }

    #[test]
    fn random_text(text in any::<String>()) {
        load(&text);
        import(&text);
    }

    #[test]
    fn definitions(definitions in vec(definition(), 0..12)) {
        load(&definitions.join("\n"));
    }
}

fn word() -> impl Strategy<Value = String> {
    let mark = select(vec!["{", "}", "[", "]", ":", ",", "'", "\\", "#", " ", "\n", "\r", "\t", "\0", "\u{1c}", "é"]);
    prop_oneof![select(words(DICTIONARY)), mark.prop_map(str::to_owned)]
}

/// A definition that refers to others at random: there are loops, clashes and kinds that do not fit.
fn definition() -> impl Strategy<Value = String> {
    let name = select(vec!["Aa", "Bb", "Cc", "Dd", "Ee"]);
    let any_type = select(vec!["'Aa'", "'Bb'", "'Cc'", "'Dd'", "'Ee'", "'int'", "['Aa']", "'BbList'", "'any'"]);
    let member = select(vec!["a", "*a", "b", "a-b", "a_b", "k"]);
    (0..6, name.clone(), name, any_type, member).prop_map(|(kind, name, other, ty, member)| match kind {
        0 => format!("{{ 'struct': '{name}', 'base': '{other}', 'data': {{ '{member}': {ty} }} }}"),
        1 => format!("{{ 'enum': '{name}', 'data': [ 'a', 'b' ] }}"),
        2 => format!(
            "{{ 'union': '{name}', 'base': '{other}', 'discriminator': '{member}', 'data': {{ 'a': {ty}, 'b': '{other}' }} }}"
        ),
        3 => format!(
            "{{ 'union': '{name}', 'base': {{ 'k': '{other}' }}, 'discriminator': 'k', 'data': {{ '{member}': {ty} }} }}"
        ),
        4 => format!("{{ 'alternate': '{name}', 'data': {{ 'a': {ty}, '{member}': '{other}' }} }}"),
        _ => format!("{{ 'command': 'c', 'data': '{other}', 'boxed': true, 'returns': {ty} }}"),
    })
}
