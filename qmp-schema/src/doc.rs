//! Documentation blocks: cut into body, described members and features, and sections.

mod complete;
mod line;
mod style;

use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::dialect::{Begin, Dialect, End, Features, Headings};
use crate::parse::DocBlock;
use crate::source::Span;
use crate::syntax::{Doc, Name};
use line::Line;

/// Cuts a block of the file `text` into its parts.
pub(crate) fn parse(block: &DocBlock, text: &str, dialect: &Dialect, diagnostics: &mut Diagnostics) -> Doc {
    let lines: Vec<Line<'_>> = block.lines.iter().map(|&span| Line::new(span, text)).collect();
    let mut parser = Parser::new(block.span, dialect, diagnostics);
    parser.refuse_ill_begun(&lines);
    if dialect.checks_style {
        style::check(&lines, parser.diagnostics);
    }
    match lines.split_first() {
        Some((first, rest)) if first.text.starts_with('@') => parser.definition(*first, rest),
        _ => parser.free_form(&lines),
    }
    parser.doc
}

/// The part that a line of text belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// The text before all other parts.
    Body,
    Member,
    Feature,
    /// A section with a tag.
    Tagged,
    /// Text after a description or a section.
    Untagged,
}

/// The layout of the current part so far.
struct Layout {
    /// The line ends since its last text: two of them are a blank line.
    line_ends: usize,
    /// The indentation of its text: that of the first line after the one with the name or tag.
    indent: Option<usize>,
    /// The lines since the one that set the indentation, blank ones too.
    lines: usize,
    /// Whether an unindented line after a blank one no longer belongs to it.
    ends_at_paragraph: bool,
}

impl Layout {
    fn is_after_blank_line(&self) -> bool {
        self.line_ends > 1
    }
}

struct Parser<'a> {
    dialect: &'a Dialect,
    diagnostics: &'a mut Diagnostics,
    doc: Doc,
    part: Part,
    layout: Layout,
    /// The line `Features:`. After it `@name:` describes a feature.
    features: Option<Span>,
}

impl<'a> Parser<'a> {
    fn new(span: Span, dialect: &'a Dialect, diagnostics: &'a mut Diagnostics) -> Self {
        let (symbol, body, members, features, sections, misplaced) = Default::default();
        let doc = Doc { span, symbol, body, members, features, sections, misplaced };
        let layout = Layout { line_ends: 0, indent: Some(0), lines: 0, ends_at_paragraph: false };
        Self { dialect, diagnostics, doc, part: Part::Body, layout, features: None }
    }

    /// Reports lines without a space after the `#`.
    fn refuse_ill_begun(&mut self, lines: &[Line<'_>]) {
        for line in lines.iter().filter(|line| line.is_ill_begun) {
            self.refuse(Rule::DocLine, line.span, &[]);
        }
    }

    /// Reads text between the definitions: all of it is body.
    fn free_form(&mut self, lines: &[Line<'_>]) {
        let text = lines.iter().map(|line| line.text).collect::<Vec<_>>().join("\n");
        self.doc.body = text.trim_matches('\n').to_owned();
        let is_word = |name: &Name| !name.text.is_empty() && !name.text.contains(char::is_whitespace);
        let is_refused = |name: &Name| self.dialect.refuses_spaced_names || is_word(name);
        // Further names have the same cause: the first line lacks one.
        let named = lines.iter().filter_map(|line| line.described(self.dialect)).find(|(name, _)| is_refused(name));
        if let Some((name, _)) = named {
            self.refuse(Rule::DocFreeFormName, name.span, &[&name.text]);
        }
        if self.dialect.headings == Headings::FirstLine {
            for line in lines.iter().skip(1).filter(|line| line.is_heading()) {
                self.refuse(Rule::DocHeading, line.span, &["must be the first line of its comment"]);
            }
        }
    }

    fn definition(&mut self, first: Line<'_>, rest: &[Line<'_>]) {
        let mut symbol = first.symbol();
        let is_padded = first.is_padded && self.dialect.counts_padding;
        if symbol.text.is_empty() || !first.text.ends_with(':') || is_padded {
            let error = self.refuse(Rule::DocSymbol, first.span, &[]);
            if is_padded {
                error.notes.push("white space at the end of the line".into());
            }
            // Without a name the block cannot be compared with its definition.
            symbol.text.clear();
        }
        self.doc.symbol = Some(symbol);
        for line in rest {
            match line.text {
                "" => self.layout.line_ends += 1,
                _ => self.line(line),
            }
            self.layout.lines += usize::from(self.layout.indent.is_some());
        }
        self.refuse_empty_features();
        if self.doc.symbol.as_ref().is_some_and(|symbol| !symbol.text.is_empty()) {
            complete::check(&self.doc, self.dialect, self.diagnostics);
        }
    }

    fn line(&mut self, line: &Line<'_>) {
        self.refuse_sudden_dedent(line);
        let is_paragraph = self.begins_paragraph();
        if is_paragraph || self.dialect.parts_begin == Begin::AnyLine {
            if let Some((name, rest)) = line.described(self.dialect) {
                return self.describe(name, rest);
            }
            if let Some((tag, rest)) = line.tag(self.dialect)
                && (tag.text != "Features" || self.may_begin_features())
            {
                return self.section(tag, rest);
            }
        }
        let is_refused_heading = match self.dialect.headings {
            Headings::Anywhere => false,
            Headings::FreeForm => line.is_heading(),
            Headings::FirstLine => line.is_heading() && is_paragraph,
        };
        if is_refused_heading {
            self.refuse(Rule::DocHeading, line.span, &["cannot stand in the documentation of a definition"]);
            // The next line begins a paragraph.
            self.layout.line_ends = 2;
            return;
        }
        self.text(line);
    }

    fn may_begin_features(&self) -> bool {
        match (self.dialect.features, self.part) {
            (Features::Section | Features::DescribedSection, _) => true,
            (Features::Switch, Part::Body) => self.features.is_none(),
            (Features::Switch, Part::Member) => self.features.is_none() && self.layout.is_after_blank_line(),
            (Features::Switch, _) => false,
        }
    }

    fn text(&mut self, line: &Line<'_>) {
        self.refuse_empty_features();
        let indent = line.indentation();
        if self.leaves_part(indent) {
            self.doc.sections.push((line.name(0, 0), String::new()));
            self.start(Part::Untagged);
        }
        let expected = *self.layout.indent.get_or_insert(indent);
        let allows_dedent = !matches!(self.dialect.parts_end, End::Paragraph { allows_dedent: false, .. });
        if indent < expected && !allows_dedent {
            self.refuse(Rule::DocDedent, line.span, &[&expected.to_string()]);
        }
        self.append(line.without(indent.min(expected)));
    }

    /// Whether a line of this indentation no longer belongs to the current part.
    fn leaves_part(&self, indent: usize) -> bool {
        let Layout { indent: expected, ends_at_paragraph, .. } = self.layout;
        match self.dialect.parts_end {
            End::Dedent => self.is_described() && (indent == 0 || expected.is_some_and(|expected| indent < expected)),
            End::Paragraph { .. } => ends_at_paragraph && indent == 0 && self.layout.is_after_blank_line(),
        }
    }

    /// Where a dedent ends a part, the line right after the one that set the indentation may have less only if it begins a
    /// description.
    fn refuse_sudden_dedent(&mut self, line: &Line<'_>) {
        let Layout { indent, lines, .. } = self.layout;
        let is_checked = self.dialect.parts_end == End::Dedent && self.is_described() && lines == 1;
        let expected = indent.filter(|_| is_checked).unwrap_or(0);
        if line.indentation() < expected && line.described(self.dialect).is_none() {
            self.refuse(Rule::DocDedent, line.span, &[&expected.to_string()]);
        }
    }

    /// Whether the next line begins a paragraph, or is right behind a description or a section.
    fn begins_paragraph(&self) -> bool {
        let is_first = self.part == Part::Body && self.doc.body.is_empty();
        is_first || self.layout.is_after_blank_line() || self.is_described()
    }

    /// Whether a name or a tag began the part.
    fn is_described(&self) -> bool {
        !matches!(self.part, Part::Body | Part::Untagged)
    }

    /// Starts the description of a member or feature.
    fn describe(&mut self, name: Name, rest: &str) {
        let in_section = matches!(self.part, Part::Tagged | Part::Untagged);
        if in_section {
            self.refuse(Rule::DocAfterSection, name.span, &[&name.text]);
            self.doc.misplaced.insert(name.text.clone());
        }
        let (part, list) = match self.features {
            Some(_) => (Part::Feature, &mut self.doc.features),
            None => (Part::Member, &mut self.doc.members),
        };
        list.push((name, String::new()));
        self.start(part);
        self.append(rest);
    }

    /// Starts a tagged section, or the features.
    fn section(&mut self, tag: Name, rest: &str) {
        self.refuse_empty_features();
        if tag.text == "Features" {
            return self.begin_features(&tag);
        }
        self.doc.sections.push((tag, String::new()));
        self.start(Part::Tagged);
        self.append(rest);
    }

    fn begin_features(&mut self, tag: &Name) {
        if self.features.replace(tag.span).is_some() {
            self.refuse(Rule::DocTwice, tag.span, &["`Features`"]);
        }
        match self.dialect.features {
            Features::Switch => self.layout.ends_at_paragraph = true,
            Features::Section | Features::DescribedSection => self.start(Part::Feature),
        }
    }

    fn start(&mut self, part: Part) {
        self.part = part;
        let ends_sections = matches!(self.dialect.parts_end, End::Paragraph { ends_sections: true, .. });
        self.layout = Layout {
            line_ends: 1,
            indent: if part == Part::Untagged { Some(0) } else { None },
            lines: 0,
            ends_at_paragraph: match part {
                Part::Member | Part::Feature => true,
                Part::Tagged => ends_sections && !self.is_note_or_example(),
                Part::Body | Part::Untagged => false,
            },
        };
    }

    fn is_note_or_example(&self) -> bool {
        let tag = self.doc.sections.last().map_or("", |(tag, _)| &tag.text);
        tag.starts_with("Note") || tag.starts_with("Example")
    }

    /// Adds a line to the current part's text, without blank lines at its beginning and end.
    fn append(&mut self, line: &str) {
        let text = match self.part {
            Part::Body => Some(&mut self.doc.body),
            Part::Member => self.doc.members.last_mut().map(|(_, text)| text),
            Part::Feature => self.doc.features.last_mut().map(|(_, text)| text),
            Part::Tagged | Part::Untagged => self.doc.sections.last_mut().map(|(_, text)| text),
        };
        if let Some(text) = text.filter(|_| !line.is_empty()) {
            if !text.is_empty() {
                text.extend(std::iter::repeat_n('\n', self.layout.line_ends));
            }
            text.push_str(line);
            self.layout.line_ends = 1;
        }
    }

    /// Reports `Features:` without a description.
    fn refuse_empty_features(&mut self) {
        if self.dialect.features == Features::DescribedSection
            && let Some(span) = self.features
            && self.doc.features.is_empty()
            && self.part == Part::Feature
        {
            self.refuse(Rule::DocNoFeatures, span, &[]);
        }
    }

    fn refuse(&mut self, rule: Rule, span: Span, arguments: &[&str]) -> &mut Diagnostic {
        self.diagnostics.push(self.dialect.severity, rule, span, arguments)
    }
}
