//! What the search looks through.

use qmp_schema::model::{Doc, Schema};
use serde_json::json;

use super::book::Item;
use super::links::Links;
use super::parts::parts;
use crate::plain_text::on_one_line;

/// Abbreviations whose full stop does not end a sentence.
const ABBREVIATIONS: [&str; 5] = ["i.e.", "e.g.", "etc.", "vs.", "cf."];

/// Name, kind, address, summary and the names of members or values, of each definition. A script, for pages from files cannot
/// fetch data.
pub(super) fn index(schema: &Schema, links: &Links<'_>) -> String {
    let row = |item: &Item<'_>| {
        let (def, group) = (item.definition()?, item.group()?);
        let kind = group.trim_end_matches('s').to_lowercase();
        let names: Vec<&str> = parts(schema, item).iter().map(|part| part.name).collect();
        let summary = summary(def.doc.as_ref());
        Some(json!([def.name, kind, links.address(&def.name), summary, names]).to_string())
    };
    let rows: Vec<String> = links.modules().iter().flat_map(|module| &module.items).filter_map(row).collect();
    format!("const INDEX = [\n{}\n];\n", rows.join(",\n"))
}

/// The first sentence of what a definition is for.
fn summary(doc: Option<&Doc>) -> String {
    let paragraph = doc.and_then(|doc| doc.body.split("\n\n").next()).unwrap_or_default();
    let text = on_one_line(paragraph);
    let is_end = |end: &usize| !ABBREVIATIONS.iter().any(|abbreviation| text[..*end].ends_with(abbreviation));
    let end = text.match_indices(". ").map(|(at, _)| at + 1).find(is_end);
    text[..end.unwrap_or(text.len())].to_owned()
}
