//! Documentation blocks: cut into body, described members and features, and tagged sections.

use crate::parse::DocBlock;
use crate::source::Span;
use crate::syntax::{Doc, Name};

/// The tags of sections, of all dialects.
const TAGS: [&str; 9] = ["Returns", "Errors", "Since", "Note", "Notes", "Example", "Examples", "TODO", "Features"];

/// Cuts a block of the file `text` into its parts.
pub(crate) fn parse(block: &DocBlock, text: &str) -> Doc {
    let mut lines = block.lines.iter().map(|&span| Line::new(span, text)).peekable();
    let symbol = lines.next_if(|line| line.text.starts_with('@')).map(|line| line.symbol());
    let doc = Doc {
        span: block.span,
        symbol,
        body: String::new(),
        members: Vec::new(),
        features: Vec::new(),
        sections: Vec::new(),
    };
    let mut parser = Parser { doc, part: Part::Body, in_features: false, layout: Layout::default() };
    if parser.doc.symbol.is_some() {
        lines.for_each(|line| parser.line(line));
    }
    parser.doc
}

/// The part that a line of text belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Body,
    Member,
    Feature,
    Section,
}

/// How far the current part's text has come.
#[derive(Default)]
struct Layout {
    /// Blank lines since the last line of text.
    blank: usize,
    /// What the part's lines are indented by: that of the first line that does not follow a name or tag.
    indent: Option<usize>,
    /// An unindented line after a blank one does not belong to the part any more.
    ends_at_paragraph: bool,
}

struct Parser {
    doc: Doc,
    part: Part,
    /// Whether `@name:` describes a feature.
    in_features: bool,
    layout: Layout,
}

impl Parser {
    fn line(&mut self, line: Line<'_>) {
        if line.text.is_empty() {
            self.layout.blank += 1;
        } else if let Some((name, rest)) = line.described() {
            self.describe(name, rest);
        } else if let Some((tag, rest)) = line.tag() {
            self.section(tag, rest);
        } else {
            let indent = line.text.len() - line.text.trim_start().len();
            if indent == 0 && self.layout.ends_at_paragraph && self.layout.blank > 0 {
                self.start(Part::Section);
                self.doc.sections.push((line.name(0, 0), String::new()));
            }
            let strip = indent.min(*self.layout.indent.get_or_insert(indent));
            self.append(&line.text[strip..]);
        }
    }

    /// Starts the description of a member or feature.
    fn describe(&mut self, name: Name, rest: &str) {
        let (part, list) = match self.in_features {
            true => (Part::Feature, &mut self.doc.features),
            false => (Part::Member, &mut self.doc.members),
        };
        list.push((name, String::new()));
        self.start(part);
        self.append(rest);
    }

    /// Starts a tagged section, or the features.
    fn section(&mut self, tag: Name, rest: &str) {
        if tag.text == "Features" {
            self.in_features = true;
            self.start(Part::Feature);
            return;
        }
        // Before 9.0 a section went on to the next tag, and examples and notes were often written unindented.
        let free = tag.text.starts_with("Note") || tag.text.starts_with("Example");
        self.doc.sections.push((tag, String::new()));
        self.start(Part::Section);
        self.layout.ends_at_paragraph = !free;
        self.append(rest);
    }

    fn start(&mut self, part: Part) {
        self.part = part;
        self.layout = Layout { ends_at_paragraph: matches!(part, Part::Member | Part::Feature), ..Layout::default() };
    }

    /// Adds a line to the current part's text. Blank lines at its begin and end are left out.
    fn append(&mut self, line: &str) {
        let blank = std::mem::take(&mut self.layout.blank);
        let text = match self.part {
            Part::Body => Some(&mut self.doc.body),
            Part::Member => self.doc.members.last_mut().map(|(_, text)| text),
            Part::Feature => self.doc.features.last_mut().map(|(_, text)| text),
            Part::Section => self.doc.sections.last_mut().map(|(_, text)| text),
        };
        if let Some(text) = text
            && !line.is_empty()
        {
            if !text.is_empty() {
                text.extend(std::iter::repeat_n('\n', blank + 1));
            }
            text.push_str(line);
        }
    }
}

/// A line without the leading `# ` and without white space at its end.
#[derive(Clone, Copy)]
struct Line<'a> {
    span: Span,
    text: &'a str,
}

impl<'a> Line<'a> {
    fn new(span: Span, text: &'a str) -> Self {
        Self { span, text: text[span.start as usize..span.end as usize].trim_end() }
    }

    /// The name of a block's first line, `@NAME:`.
    fn symbol(&self) -> Name {
        self.name(1, self.text.len() - usize::from(self.text.ends_with(':') && self.text.len() > 1))
    }

    /// `@NAME: text`
    fn described(&self) -> Option<(Name, &'a str)> {
        let (name, rest) = self.text.strip_prefix('@')?.split_once(':')?;
        Some((self.name(1, 1 + name.len()), rest.trim_start()))
    }

    /// `TAG: text`. A second colon makes it plain text, as reStructuredText has it.
    fn tag(&self) -> Option<(Name, &'a str)> {
        let (tag, rest) = self.text.split_once(':')?;
        let plain = rest.starts_with(':') || !TAGS.contains(&tag) || (tag == "Features" && !rest.is_empty());
        (!plain).then(|| (self.name(0, tag.len()), rest.trim_start()))
    }

    fn name(&self, start: usize, end: usize) -> Name {
        let span = Span { start: self.span.start + start as u32, end: self.span.start + end as u32, ..self.span };
        Name { text: self.text[start..end].to_owned(), span }
    }
}
