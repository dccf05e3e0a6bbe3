//! The documentation of a definition, each part under the heading that it belongs to.

use qmp_schema::markup::{Block, blocks};
use qmp_schema::model::Doc;

use super::links::Links;
use super::markup;

/// A longer text about the first release is no label.
const LABEL: usize = 60;

/// What examples stand under.
const EXAMPLES: &str = "Examples";

/// Documentation as HTML; what there is none of is empty.
#[derive(Default)]
pub(super) struct Prose<'a> {
    /// What it is for, and all else that stands under no heading.
    pub(super) description: String,
    pub(super) returns: String,
    /// The first release, as text.
    pub(super) since: Option<String>,
    /// What else is said about releases.
    pub(super) history: String,
    /// Errors, notes, examples: title and text.
    pub(super) sections: Vec<(&'a str, String)>,
}

impl<'a> Prose<'a> {
    pub(super) fn new(doc: Option<&'a Doc>, links: &Links<'_>) -> Self {
        let mut prose = Self::default();
        let Some(doc) = doc else { return prose };
        prose.description = markup::convert(&doc.body, links);
        for (tag, text) in &doc.sections {
            match tag.as_str() {
                "" => prose.untagged(text, links),
                "Returns" => prose.returns.push_str(&markup::convert(text, links)),
                "Since" => prose.since(text, links),
                "Example" | "Examples" => prose.examples().push_str(&markup::example(text)),
                "TODO" => {}
                tag => prose.sections.push((tag, markup::convert(text, links))),
            }
        }
        prose
    }

    /// Text without a tag describes, whatever it stands behind; from an example on, it is about that, notes aside.
    fn untagged(&mut self, text: &str, links: &Links<'_>) {
        let mut is_example = false;
        for block in blocks(text) {
            is_example |= begins_example(&block);
            let html = markup::one(&block, links);
            match block {
                Block::Paragraph(lines) if matches!(lines[..], ["Example:" | "Examples:"]) => {}
                Block::Admonition { .. } => self.description.push_str(&html),
                _ if is_example => self.examples().push_str(&html),
                _ => self.description.push_str(&html),
            }
        }
    }

    /// All examples are in one place: where the first is.
    fn examples(&mut self) -> &mut String {
        let there = self.sections.iter().position(|(title, _)| *title == EXAMPLES);
        let at = there.unwrap_or(self.sections.len());
        if there.is_none() {
            self.sections.push((EXAMPLES, String::new()));
        }
        &mut self.sections[at].1
    }

    /// The first paragraph is a label.
    fn since(&mut self, text: &str, links: &Links<'_>) {
        let (label, more) = text.split_once("\n\n").unwrap_or((text, ""));
        let is_label = self.since.is_none() && label.len() <= LABEL;
        if is_label {
            self.since = Some(label.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        self.history.push_str(&markup::convert(if is_label { more } else { text }, links));
    }
}

/// A directive, or a paragraph as it was written before there was one: `Example::`.
fn begins_example(block: &Block<'_>) -> bool {
    match block {
        Block::Example { .. } => true,
        Block::Paragraph(lines) => {
            let (first, last) = (lines.first(), lines.last());
            first.is_some_and(|line| line.starts_with("Example")) && last.is_some_and(|line| line.ends_with(':'))
        }
        _ => false,
    }
}
