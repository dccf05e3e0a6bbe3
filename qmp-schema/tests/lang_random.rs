//! Whatever the text, loading ends, without a panic, and so does telling of it.

use proptest::prelude::*;
use qmp_schema::{Docs, LoadOptions, load_text};

/// Pieces that schemas are made of, and some that they are not.
const PIECES: [&str; 62] = [
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "true",
    "false",
    " ",
    "\n",
    "# ",
    "##",
    "\n##\n",
    "# @",
    "# @Aa:\n",
    "# Since: 1\n",
    "# Features:\n",
    "# Note: x\n",
    "#\n",
    "#     x\n",
    "# = x\n",
    "'",
    "\\",
    "é",
    "\u{1c}",
    "\0",
    "\r",
    "\t",
    "'enum'",
    "'struct'",
    "'union'",
    "'alternate'",
    "'command'",
    "'event'",
    "'include'",
    "'pragma'",
    "'data'",
    "'base'",
    "'discriminator'",
    "'features'",
    "'if'",
    "'all'",
    "'any'",
    "'not'",
    "'type'",
    "'name'",
    "'returns'",
    "'boxed'",
    "'gen'",
    "'doc-required'",
    "'Aa'",
    "'Bb'",
    "'AaList'",
    "'a'",
    "'*a'",
    "'b_c'",
    "'b-c'",
    "'int'",
    "'q_empty'",
    "'q_obj_a-arg'",
    "'QType'",
    "''",
];

/// Definitions that refer to each other at random: loops, clashes and kinds that do not fit.
fn definition() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec!["Aa", "Bb", "Cc", "Dd", "Ee"]);
    let any_type =
        prop::sample::select(vec!["'Aa'", "'Bb'", "'Cc'", "'Dd'", "'Ee'", "'int'", "['Aa']", "'BbList'", "'any'"]);
    let member = prop::sample::select(vec!["a", "*a", "b", "a-b", "a_b", "k"]);
    (0..6, name.clone(), name.clone(), any_type, member).prop_map(|(kind, name, other, ty, member)| match kind {
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

fn load(text: &str) {
    for docs in Docs::ALL {
        match load_text("test.json", text, &LoadOptions::default().docs(docs)) {
            Ok(loaded) => {
                let schema = loaded.schema;
                schema.types().for_each(|(id, _)| drop(schema.members(id)));
            }
            Err(report) => {
                assert!(report.has_errors());
                let _ = (report.render(true), report.to_json());
            }
        }
    }
}

proptest! {
    #[test]
    fn random_text(text in any::<String>()) {
        load(&text);
    }

    #[test]
    fn random_pieces(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..60)) {
        load(&pieces.concat());
    }

    #[test]
    fn random_definitions(definitions in prop::collection::vec(definition(), 0..12)) {
        load(&definitions.join("\n"));
    }
}

#[test]
fn deep_nesting() {
    for open in ["[", "{ 'a': ", "{ 'struct': 'Aa', 'data': {}, 'if': { 'not': "] {
        load(&open.repeat(100_000));
    }
}

#[test]
fn long_chains() {
    let link = |index: usize| format!("{{ 'struct': 'S{index}s', 'base': 'S{}s', 'data': {{}} }}\n", index + 1);
    let chain: String = (0..20_000).map(link).collect();
    load(&(chain + "{ 'struct': 'S20000s', 'data': {} }"));
}

/// It would take minutes if the spaces were looked through again at each sentence.
#[test]
fn long_lines_of_documentation() {
    load(&format!("##\n# @c:\n#\n# {}{}\n##\n{{ 'command': 'c' }}", " ".repeat(1_000_000), "a. ".repeat(200_000)));
}

/// It would take minutes if each were sought among the others.
#[test]
fn many_described_parts() {
    let all = |part: &dyn Fn(usize) -> String| (0..30_000).map(part).collect::<String>();
    let (values, features) = (all(&|at| format!("# @v{at}: text\n")), all(&|at| format!("# @f{at}: text\n")));
    let data = all(&|at| format!("{{ 'name': 'v{at}', 'features': [ 'f{at}' ] }},"));
    let data = data.trim_end_matches(',');
    load(&format!("##\n# @Ee:\n#\n{values}#\n# Features:\n#\n{features}##\n{{ 'enum': 'Ee', 'data': [ {data} ] }}"));
}
