//! The documentation of a definition, sorted by heading.

use qmp_schema::markup::{Block, blocks};
use qmp_schema::model::Doc;

use super::links::Links;
use super::markup;

/// The longest first paragraph of `Since` that becomes a label.
const MAX_LABEL: usize = 60;

/// The heading of examples.
const EXAMPLES: &str = "Examples";

/// The documentation of a definition as HTML. Missing parts are empty.
#[derive(Default)]
pub(super) struct Documentation<'a> {
    /// The description, and all other text without a heading.
    pub(super) description: String,
    pub(super) returns: String,
    /// The first release, as plain text.
    pub(super) since: Option<String>,
    /// The rest of the text about releases.
    pub(super) history: String,
    /// Errors, notes, examples: heading and text.
    pub(super) sections: Vec<(&'a str, String)>,
}

impl<'a> Documentation<'a> {
    pub(super) fn new(doc: Option<&'a Doc>, links: &Links<'_>) -> Self {
        let mut documentation = Self::default();
        let Some(doc) = doc else { return documentation };
        documentation.description = markup::convert(&doc.body, links);
        for (tag, text) in &doc.sections {
            match tag.as_str() {
                "" => documentation.untagged(text, links),
                "Returns" => documentation.returns.push_str(&markup::convert(text, links)),
                "Since" => documentation.since(text, links),
                "Example" | "Examples" => documentation.examples().push_str(&markup::example(text)),
                "TODO" => {}
                tag => documentation.sections.push((tag, markup::convert(text, links))),
            }
        }
        documentation
    }

    /// Adds text without a tag. It belongs to the description, or to an example if it follows one; notes always belong to the
    /// description.
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

    /// The section of all examples, at the place of the first one.
    fn examples(&mut self) -> &mut String {
        let there = self.sections.iter().position(|(title, _)| *title == EXAMPLES);
        let at = there.unwrap_or(self.sections.len());
        if there.is_none() {
            self.sections.push((EXAMPLES, String::new()));
        }
        &mut self.sections[at].1
    }

    /// Adds text about releases. The first paragraph becomes the label.
    fn since(&mut self, text: &str, links: &Links<'_>) {
        let (label, more) = text.split_once("\n\n").unwrap_or((text, ""));
        let is_label = self.since.is_none() && label.len() <= MAX_LABEL;
        if is_label {
            self.since = Some(label.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        self.history.push_str(&markup::convert(if is_label { more } else { text }, links));
    }
}

/// Whether an example begins: the directive, or the older form, a paragraph `Example::`.
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
