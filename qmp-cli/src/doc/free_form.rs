//! Documentation between definitions: headings, and text below them.

use qmp_schema::markup::{Block, Heading, blocks};
use qmp_schema::model::FreeForm;

use super::book::{Item, Module};
use super::definition::Sections;
use super::inline;
use super::links::Links;
use super::markup;

/// The deepest heading between definitions: theirs and those within them are below it.
const DEEPEST: usize = 4;

/// The page of a module, below its title.
pub(super) fn chapter(module: &Module<'_>, sections: &Sections<'_>, links: &Links<'_>) -> String {
    let mut headings = Headings::below(module.heading);
    let mut title = module.heading;
    let item = |item: &Item<'_>| match item {
        Item::Text(text) => headings.text(text, title.take(), links),
        _ => sections.section(item, headings.level + 1),
    };
    module.items.iter().map(item).collect()
}

/// Text in front of all definitions. Headings at its end are of what is included below them.
pub(super) fn introduction(texts: &[&FreeForm], links: &Links<'_>) -> String {
    let mut headings = Headings::below(None);
    let is_text = |text: &&FreeForm| blocks(&text.text).iter().any(|block| !matches!(block, Block::Heading(_)));
    let end = texts.iter().rposition(is_text).map_or(0, |last| last + 1);
    texts[..end].iter().map(|text| headings.text(text, None, links)).collect()
}

/// How deep the text is in headings.
struct Headings {
    /// The level of the heading that is the page's title, as the schema counts.
    title: usize,
    /// The level of the last heading, as HTML counts.
    level: usize,
}

impl Headings {
    fn below(title: Option<Heading<'_>>) -> Self {
        Self { title: title.map_or(0, |title| title.level), level: 1 }
    }

    /// All of a text but the page's title, if that is where it begins.
    fn text(&mut self, text: &FreeForm, title: Option<Heading<'_>>, links: &Links<'_>) -> String {
        let blocks = blocks(&text.text);
        let block = |block: &Block<'_>| match block {
            Block::Heading(heading) => self.heading(heading, links),
            block => markup::one(block, links),
        };
        blocks.iter().skip(usize::from(title.is_some())).map(block).collect()
    }

    /// No level is left out, whatever the schema does.
    fn heading(&mut self, heading: &Heading<'_>, links: &Links<'_>) -> String {
        let wanted = (heading.level + 1).saturating_sub(self.title);
        self.level = wanted.clamp(2, DEEPEST.min(self.level + 1));
        format!("<h{0} class=\"part\">{1}</h{0}>\n", self.level, inline::convert(heading.title, links))
    }
}
