//! Documentation blocks: cut into body, described members and features, and tagged sections.

mod complete;
mod line;
mod style;

use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::options::Docs;
use crate::parse::DocBlock;
use crate::source::Span;
use crate::syntax::{Doc, Name};
use line::Line;

/// Cuts a block of the file `text` into its parts.
pub(crate) fn parse(block: &DocBlock, text: &str, docs: Docs, diagnostics: &mut Diagnostics) -> Doc {
    let lines: Vec<Line<'_>> = block.lines.iter().map(|&span| Line::new(span, text)).collect();
    let mut parser = Parser::new(block.span, docs, diagnostics);
    parser.refuse_ill_begun(&lines);
    if docs == Docs::Qemu10_2 {
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

/// How far the current part's text has come.
struct Layout {
    /// Blank lines since the last line of text.
    blank: usize,
    /// What the part's lines are indented by: that of the first line after the one with the name or tag.
    indent: Option<usize>,
    /// Lines since the one that set the indentation, blank ones too.
    lines: usize,
    /// Whether an unindented line after a blank one does not belong to the part any more.
    ends_at_paragraph: bool,
}

struct Parser<'a> {
    docs: Docs,
    diagnostics: &'a mut Diagnostics,
    doc: Doc,
    part: Part,
    layout: Layout,
    /// Where `Features:` stands: from there on `@name:` describes a feature.
    features: Option<Span>,
}

impl<'a> Parser<'a> {
    fn new(span: Span, docs: Docs, diagnostics: &'a mut Diagnostics) -> Self {
        let (symbol, body, members, features, sections, misplaced) = Default::default();
        let doc = Doc { span, symbol, body, members, features, sections, misplaced };
        // The first line of the body begins a paragraph, whether a blank one is before it or not.
        let layout = Layout { blank: 1, indent: Some(0), lines: 0, ends_at_paragraph: false };
        Self { docs, diagnostics, doc, part: Part::Body, layout, features: None }
    }

    /// After the `#` of a line comes a space.
    fn refuse_ill_begun(&mut self, lines: &[Line<'_>]) {
        for line in lines.iter().filter(|line| line.is_ill_begun) {
            self.refuse(Rule::DocLine, line.span, &[]);
        }
    }

    /// Text between the definitions: all of it is body.
    fn free_form(&mut self, lines: &[Line<'_>]) {
        let text = lines.iter().map(|line| line.text).collect::<Vec<_>>().join("\n");
        self.doc.body = text.trim_matches('\n').to_owned();
        // Until 9.0 a line that began so was refused only if it began with a single word.
        let is_word = |name: &Name| !name.text.is_empty() && !name.text.contains(char::is_whitespace);
        let is_refused = |name: &Name| self.docs.is_since_9() || is_word(name);
        // All others have the same cause: the first line lacks a name.
        let named = lines.iter().filter_map(|line| line.described(self.docs)).find(|(name, _)| is_refused(name));
        if let Some((name, _)) = named {
            self.refuse(Rule::DocFreeFormName, name.span, &[&name.text]);
        }
        for line in lines.iter().skip(1) {
            if line.is_heading() && self.docs == Docs::Qemu10_0 {
                self.refuse(Rule::DocHeading, line.span, &["must be the first line of its comment"]);
            }
        }
    }

    fn definition(&mut self, first: Line<'_>, rest: &[Line<'_>]) {
        let mut symbol = first.symbol();
        // Until 9.0 white space at the end of a line counted.
        let is_padded = first.is_padded && self.docs == Docs::Qemu8_2;
        if symbol.text.is_empty() || !first.text.ends_with(':') || is_padded {
            let error = self.refuse(Rule::DocSymbol, first.span, &[]);
            if is_padded {
                error.notes.push("white space at the end of the line".into());
            }
            // Whose documentation it is cannot be told.
            symbol.text.clear();
        }
        self.doc.symbol = Some(symbol);
        for line in rest {
            match line.text {
                "" => self.layout.blank += 1,
                _ => self.line(line),
            }
            self.layout.lines += usize::from(self.layout.indent.is_some());
        }
        self.refuse_empty_features();
        if self.doc.symbol.as_ref().is_some_and(|symbol| !symbol.text.is_empty()) {
            complete::check(&self.doc, self.docs, self.diagnostics);
        }
    }

    fn line(&mut self, line: &Line<'_>) {
        self.refuse_sudden_dedent(line);
        // Since 9.0 a part begins where a paragraph does, or right after a description.
        let begins = self.layout.blank > 0 || self.is_described();
        if begins || !self.docs.is_since_9() {
            if let Some((name, rest)) = line.described(self.docs) {
                return self.describe(name, rest);
            }
            if let Some((tag, rest)) = line.tag(self.docs)
                && (tag.text != "Features" || self.may_begin_features())
            {
                return self.section(tag, rest);
            }
        }
        if line.is_heading() && matches!(self.docs, Docs::Qemu8_2 | Docs::Qemu10_0) {
            self.refuse(Rule::DocHeading, line.span, &["cannot stand in the documentation of a definition"]);
            // What follows it begins anew.
            self.layout.blank = 1;
            return;
        }
        self.text(line);
    }

    /// In 8.2 `Features:` is mere text after a section.
    fn may_begin_features(&self) -> bool {
        self.docs != Docs::Qemu8_2 || (self.features.is_none() && matches!(self.part, Part::Body | Part::Member))
    }

    fn text(&mut self, line: &Line<'_>) {
        self.refuse_empty_features();
        let indent = line.indentation();
        if self.leaves_part(indent) {
            self.doc.sections.push((line.name(0, 0), String::new()));
            self.start(Part::Untagged);
        }
        let expected = *self.layout.indent.get_or_insert(indent);
        if indent < expected && self.docs == Docs::Qemu8_2 {
            self.refuse(Rule::DocDedent, line.span, &[&expected.to_string()]);
        }
        self.append(line.without(indent.min(expected)));
    }

    /// Whether a line that is indented so far does not belong to the current part any more.
    fn leaves_part(&self, indent: usize) -> bool {
        let Layout { blank, indent: expected, ends_at_paragraph, .. } = self.layout;
        match self.docs.is_since_9() {
            true => self.is_described() && (indent == 0 || expected.is_some_and(|expected| indent < expected)),
            false => ends_at_paragraph && indent == 0 && blank > 0,
        }
    }

    /// Since 9.0 a line that is indented less ends the part. But the one right after the line that set the indentation
    /// may only begin a description.
    fn refuse_sudden_dedent(&mut self, line: &Line<'_>) {
        let Layout { indent, lines, .. } = self.layout;
        let expected = indent.filter(|_| self.docs.is_since_9() && self.is_described() && lines == 1).unwrap_or(0);
        if line.indentation() < expected && line.described(self.docs).is_none() {
            self.refuse(Rule::DocDedent, line.span, &[&expected.to_string()]);
        }
    }

    /// Whether the part is one that a name or a tag began.
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
            if self.features.replace(tag.span).is_some() {
                self.refuse(Rule::DocTwice, tag.span, &["`Features`"]);
            }
            return self.start(Part::Feature);
        }
        self.doc.sections.push((tag, String::new()));
        self.start(Part::Tagged);
        self.append(rest);
    }

    fn start(&mut self, part: Part) {
        self.part = part;
        self.layout = Layout {
            blank: 0,
            indent: if part == Part::Untagged { Some(0) } else { None },
            lines: 0,
            ends_at_paragraph: match part {
                Part::Member | Part::Feature => true,
                Part::Tagged => self.docs == Docs::Lenient && !self.is_free_section(),
                Part::Body | Part::Untagged => false,
            },
        };
    }

    /// Until 9.0 a section went on to the next tag, and notes and examples were often written unindented.
    fn is_free_section(&self) -> bool {
        let tag = self.doc.sections.last().map_or("", |(tag, _)| &tag.text);
        tag.starts_with("Note") || tag.starts_with("Example")
    }

    /// Adds a line to the current part's text. Blank lines at its begin and end are left out.
    fn append(&mut self, line: &str) {
        let text = match self.part {
            Part::Body => Some(&mut self.doc.body),
            Part::Member => self.doc.members.last_mut().map(|(_, text)| text),
            Part::Feature => self.doc.features.last_mut().map(|(_, text)| text),
            Part::Tagged | Part::Untagged => self.doc.sections.last_mut().map(|(_, text)| text),
        };
        if let Some(text) = text.filter(|_| !line.is_empty()) {
            if !text.is_empty() {
                text.extend(std::iter::repeat_n('\n', self.layout.blank + 1));
            }
            text.push_str(line);
            self.layout.blank = 0;
        }
    }

    /// Since 9.0 `Features:` is followed by the description of one.
    fn refuse_empty_features(&mut self) {
        if self.docs.is_since_9()
            && let Some(span) = self.features
            && self.doc.features.is_empty()
            && self.part == Part::Feature
        {
            self.refuse(Rule::DocNoFeatures, span, &[]);
        }
    }

    fn refuse(&mut self, rule: Rule, span: Span, arguments: &[&str]) -> &mut Diagnostic {
        self.diagnostics.push(self.docs.severity(), rule, span, arguments)
    }
}
