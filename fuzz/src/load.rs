use qmp_schema::markup::{Block, blocks, pieces};
use qmp_schema::model::{Conditions, Definition, Schema};
use qmp_schema::{Docs, LoadOptions, TypeNames, introspect, load_text};

/// No file can stand beside this one, so an `include` finds nothing.
const NAME: &str = "/dev/null/schema.json";

/// Loads any text as a schema, or rejects it, in every dialect of documentation.
///
/// Its report, its introspection and its documentation can be made without a panic. Written as a schema file, it is the same
/// schema again.
pub fn load(text: &str) {
    // An absolute path would lead to files.
    let text = text.replace("'/", "'_");
    let mut reported = None;
    for docs in Docs::ALL {
        let report = match load_text(NAME, &text, &LoadOptions::default().docs(docs)) {
            Ok(loaded) => {
                document(&loaded.schema);
                for conditions in [Conditions::Everything, Conditions::defined(["A"])] {
                    for names in [TypeNames::Masked, TypeNames::Plain] {
                        let _ = introspect(&loaded.schema, &conditions, names);
                    }
                }
                write(&loaded.schema);
                loaded.warnings
            }
            Err(report) => {
                assert!(report.has_errors());
                report
            }
        };
        let json = Some(report.to_json());
        // Rendering takes longest, and most dialects have the same report.
        if reported != json {
            let _ = report.render(true);
            reported = json;
        }
    }
}

fn write(schema: &Schema) {
    let text = schema.to_qapi();
    let again = load_text(NAME, &text, &LoadOptions::default()).unwrap_or_else(|report| panic!("{report}\n{text}"));
    let plain = |schema: &Schema| introspect(schema, &Conditions::Everything, TypeNames::Plain);
    assert_eq!(plain(schema), plain(&again.schema));
}

/// Cuts all documentation into blocks and their text into pieces.
fn document(schema: &Schema) {
    let types = schema.types().map(|(_, ty)| &ty.def);
    let commands = schema.commands.iter().map(|command| &command.def);
    let events = schema.events.iter().map(|event| &event.def);
    types.chain(commands).chain(events).for_each(document_definition);
    schema.free_form.iter().for_each(|text| visit(&blocks(&text.text)));
}

fn document_definition(def: &Definition) {
    let Some(doc) = &def.doc else { return };
    visit(&blocks(&doc.body));
    for (_, text) in doc.members.iter().chain(&doc.features).chain(&doc.sections) {
        visit(&blocks(text));
    }
}

fn visit(blocks: &[Block<'_>]) {
    for block in blocks {
        match block {
            Block::Paragraph(lines) => {
                let _ = pieces(&lines.join("\n")).count();
            }
            Block::List { items, .. } => items.iter().for_each(|item| visit(item)),
            Block::Admonition { blocks, .. } => visit(blocks),
            _ => {}
        }
    }
}
