//! Documentation between definitions: headings and the text below them.

use qmp_schema::markup::{Block, Heading, blocks};
use qmp_schema::model::FreeForm;

use super::definition::Sections;
use super::inline;
use super::links::Links;
use super::markup;
use super::outline::{Item, Module};

/// The deepest level of a heading between definitions. Definitions need two more levels below it.
const MAX_LEVEL: usize = 4;

/// Converts the contents of a module, without the heading that is the title of its page.
pub(super) fn chapter(module: &Module<'_>, sections: &Sections<'_>, links: &Links<'_>) -> String {
    let mut headings = Headings::below(module.heading);
    let mut title = module.heading;
    let item = |item: &Item<'_>| match item {
        Item::Text(text) => headings.text(text, title.take(), links),
        _ => sections.section(item, headings.level + 1),
    };
    module.items.iter().map(item).collect()
}

/// Converts the text in front of all definitions. Headings at its end belong to the files that are included below them.
pub(super) fn introduction(texts: &[&FreeForm], links: &Links<'_>) -> String {
    let mut headings = Headings::below(None);
    let is_text = |text: &&FreeForm| blocks(&text.text).iter().any(|block| !matches!(block, Block::Heading(_)));
    let end = texts.iter().rposition(is_text).map_or(0, |last| last + 1);
    texts[..end].iter().map(|text| headings.text(text, None, links)).collect()
}

/// The current level of headings.
struct Headings {
    /// The level in the schema of the heading that is the page's title.
    title: usize,
    /// The level in HTML of the last heading.
    level: usize,
}

impl Headings {
    fn below(title: Option<Heading<'_>>) -> Self {
        Self { title: title.map_or(0, |title| title.level), level: 1 }
    }

    /// Converts a text. If it begins with the title of the page, the title is left out.
    fn text(&mut self, text: &FreeForm, title: Option<Heading<'_>>, links: &Links<'_>) -> String {
        let blocks = blocks(&text.text);
        let block = |block: &Block<'_>| match block {
            Block::Heading(heading) => self.heading(heading, links),
            block => markup::one(block, links),
        };
        blocks.iter().skip(usize::from(title.is_some())).map(block).collect()
    }

    /// Converts a heading. HTML headings skip no level, even if the schema does.
    fn heading(&mut self, heading: &Heading<'_>, links: &Links<'_>) -> String {
        let wanted = (heading.level + 1).saturating_sub(self.title);
        self.level = wanted.clamp(2, MAX_LEVEL.min(self.level + 1));
        format!("<h{0} class=\"part\">{1}</h{0}>\n", self.level, inline::convert(heading.title, links))
    }
}
