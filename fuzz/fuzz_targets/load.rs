//! Any text is loaded or refused, in every dialect of documentation, and both can be told of.
#![no_main]

use libfuzzer_sys::fuzz_target;
use qmp_schema::markup::{Block, blocks, pieces};
use qmp_schema::model::{Conditions, Definition, Schema};
use qmp_schema::{Docs, LoadOptions, TypeNames, introspect, load_text};

/// Nothing can be a file beside it, so that no `include` finds anything.
const NAME: &str = "/dev/null/schema.json";

fuzz_target!(|text: &str| {
    // An absolute path would lead elsewhere.
    let text = text.replace("'/", "'_");
    let mut told = None;
    for docs in Docs::ALL {
        let report = match load_text(NAME, &text, &LoadOptions::default().docs(docs)) {
            Ok(loaded) => {
                documentation(&loaded.schema);
                for conditions in [Conditions::Everything, Conditions::defined(["A"])] {
                    for names in [TypeNames::Masked, TypeNames::Plain] {
                        let _ = introspect(&loaded.schema, &conditions, names);
                    }
                }
                loaded.warnings
            }
            Err(report) => {
                assert!(report.has_errors());
                report
            }
        };
        let json = Some(report.to_json());
        // The text for people takes longest; another dialect rarely has more to tell.
        if told != json {
            let _ = report.render(true);
            told = json;
        }
    }
});

/// All text of documentation is cut into blocks, and what is in them looked at.
fn documentation(schema: &Schema) {
    let types = schema.types().map(|(_, ty)| &ty.def);
    let commands = schema.commands.iter().map(|command| &command.def);
    let events = schema.events.iter().map(|event| &event.def);
    types.chain(commands).chain(events).for_each(described);
    schema.free_form.iter().for_each(|text| look_at(&blocks(&text.text)));
}

fn described(def: &Definition) {
    let Some(doc) = &def.doc else { return };
    look_at(&blocks(&doc.body));
    for (_, text) in doc.members.iter().chain(&doc.features).chain(&doc.sections) {
        look_at(&blocks(text));
    }
}

fn look_at(blocks: &[Block<'_>]) {
    for block in blocks {
        match block {
            Block::Paragraph(lines) => {
                let _ = pieces(&lines.join("\n")).count();
            }
            Block::List { items, .. } => items.iter().for_each(|item| look_at(item)),
            Block::Admonition { blocks, .. } => look_at(blocks),
            _ => {}
        }
    }
}
