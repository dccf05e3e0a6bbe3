//! The data of the search.

use qmp_schema::model::{Doc, Schema};
use serde_json::json;

use super::links::Links;
use super::outline::Item;
use super::parts::parts;
use crate::plain_text::on_one_line;

/// Abbreviations that do not end a sentence.
const ABBREVIATIONS: [&str; 5] = ["i.e.", "e.g.", "etc.", "vs.", "cf."];

/// Generates the script that defines `INDEX`: name, kind, address, summary and the names of members or values of each
/// definition. It is a script because pages that are opened as files cannot fetch data.
pub(super) fn search_index(schema: &Schema, links: &Links<'_>) -> String {
    let row = |item: &Item<'_>| {
        let (def, group) = (item.definition()?, item.group()?);
        let kind = group.trim_end_matches('s').to_lowercase();
        let names: Vec<&str> = parts(schema, item).iter().map(|part| part.name).collect();
        let summary = summary(def.doc.as_ref());
        Some(json!([def.name, kind, links.address(&def.name), summary, names]).to_string())
    };
    let rows: Vec<String> = links.items().filter_map(row).collect();
    format!("const INDEX = [\n{}\n];\n", rows.join(",\n"))
}

/// The first sentence of the documentation.
fn summary(doc: Option<&Doc>) -> String {
    let paragraph = doc.and_then(|doc| doc.body.split("\n\n").next()).unwrap_or_default();
    let text = on_one_line(paragraph);
    let is_end = |end: &usize| !ABBREVIATIONS.iter().any(|abbreviation| text[..*end].ends_with(abbreviation));
    let end = text.match_indices(". ").map(|(at, _)| at + 1).find(is_end);
    text[..end.unwrap_or(text.len())].to_owned()
}
