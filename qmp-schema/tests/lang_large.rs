//! Large schemas load in linear time, and deep ones without using up the stack. (Arbitrary text: `fuzz/tests`.)

use qmp_schema::{Docs, LoadOptions, load_text};

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

/// It would take minutes if the spaces were searched again at each sentence.
#[test]
fn long_lines_of_documentation() {
    load(&format!("##\n# @c:\n#\n# {}{}\n##\n{{ 'command': 'c' }}", " ".repeat(1_000_000), "a. ".repeat(200_000)));
}

/// It would take minutes if each part were searched for among all others.
#[test]
fn many_described_parts() {
    let all = |part: &dyn Fn(usize) -> String| (0..30_000).map(part).collect::<String>();
    let (values, features) = (all(&|at| format!("# @v{at}: text\n")), all(&|at| format!("# @f{at}: text\n")));
    let data = all(&|at| format!("{{ 'name': 'v{at}', 'features': [ 'f{at}' ] }},"));
    let data = data.trim_end_matches(',');
    load(&format!("##\n# @Ee:\n#\n{values}#\n# Features:\n#\n{features}##\n{{ 'enum': 'Ee', 'data': [ {data} ] }}"));
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
