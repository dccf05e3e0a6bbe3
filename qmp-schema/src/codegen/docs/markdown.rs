//! Converts the markup of QAPI's documentation to Markdown: literal text becomes a fenced block, lists keep their nesting, and
//! no line is indented so far that Markdown takes it for code.

use super::super::context::Scope;
use super::super::links::Links;
use super::inline;
use crate::markup::{Block, blocks, literal};

/// Converts text for one scope.
pub(super) struct Markdown<'a> {
    links: &'a Links<'a>,
    scope: Scope,
}

impl<'a> Markdown<'a> {
    pub(super) fn new(links: &'a Links<'a>, scope: Scope) -> Self {
        Self { links, scope }
    }

    /// Converts text with all its markup.
    pub(super) fn text(&self, text: &str) -> String {
        self.labelled("", text)
    }

    /// Converts text with all its markup, behind a label, which is Markdown. A list or the like begins on a line of its own.
    pub(super) fn labelled(&self, label: &str, text: &str) -> String {
        let mut out = String::new();
        self.behind(label, &blocks(text), 0, &mut out);
        out.trim_end().to_owned()
    }

    /// Converts an example, which is shown as it is.
    pub(super) fn example(&self, text: &str) -> String {
        let mut out = String::new();
        fenced(&literal(text), 0, &mut out);
        out.trim_end().to_owned()
    }

    /// Blocks, an empty line between each two.
    fn blocks(&self, blocks: &[Block<'_>], indent: usize, out: &mut String) {
        for (index, block) in blocks.iter().enumerate() {
            if index > 0 {
                out.push('\n');
            }
            self.block(block, indent, out);
        }
    }

    fn block(&self, block: &Block<'_>, indent: usize, out: &mut String) {
        match block {
            Block::Heading(heading) => self.paragraph(&format!("**{}**", self.inline(heading.title)), &[], indent, out),
            Block::Paragraph(lines) => self.paragraph("", lines, indent, out),
            Block::List { start, items } => self.list(*start, items, indent, out),
            Block::Literal(lines) => fenced(lines, indent, out),
            Block::Table(table) => {
                if let Some(caption) = table.caption {
                    self.paragraph(&format!("{}:", self.inline(caption)), &[], indent, out);
                    out.push('\n');
                }
                fenced(&table.lines, indent, out);
            }
            Block::Example { title, blocks } => {
                self.paragraph(&format!("{}:", self.inline(title.unwrap_or("Example"))), &[], indent, out);
                out.push('\n');
                self.blocks(blocks, indent, out);
            }
            Block::Admonition { label, blocks, .. } => {
                self.behind(&format!("**{}:** ", self.inline(label)), blocks, indent, out);
            }
        }
    }

    /// Blocks behind a label.
    fn behind(&self, label: &str, blocks: &[Block<'_>], indent: usize, out: &mut String) {
        let (first, rest): (&[&str], _) = match blocks.split_first() {
            Some((Block::Paragraph(lines), rest)) => (lines, rest),
            _ => (&[], blocks),
        };
        self.paragraph(label, first, indent, out);
        if !out.is_empty() && !rest.is_empty() {
            out.push('\n');
        }
        self.blocks(rest, indent, out);
    }

    /// Lines of text behind a label, which is Markdown.
    fn paragraph(&self, label: &str, lines: &[&str], indent: usize, out: &mut String) {
        let text = label.to_owned() + &self.inline(&lines.join("\n"));
        for line in text.trim_end().lines() {
            out.push_str(&format!("{:indent$}{}\n", "", inline::at_line_start(line)));
        }
    }

    /// Items one below the other; with empty lines between them if one has more than a line of text.
    fn list(&self, start: Option<u32>, items: &[Vec<Block<'_>>], indent: usize, out: &mut String) {
        let is_loose = items.iter().any(|blocks| blocks.len() > 1);
        for (index, blocks) in items.iter().enumerate() {
            if index > 0 && is_loose {
                out.push('\n');
            }
            let bullet = start.map_or("- ".to_owned(), |start| format!("{}. ", start as usize + index));
            let mut item = String::new();
            self.blocks(blocks, indent + bullet.len(), &mut item);
            out.push_str(&format!("{:indent$}{bullet}{}\n", "", item.trim()));
        }
    }

    fn inline(&self, text: &str) -> String {
        inline::convert(text, &|name: &str| {
            self.links.get(name).map(|rust| format!("{}{rust}", self.scope.root_prefix()))
        })
    }
}

/// Lines shown as they are, in a fence that none of them ends.
fn fenced(lines: &[&str], indent: usize, out: &mut String) {
    let ticks = lines.iter().flat_map(|line| line.split(|c| c != '`')).map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(3.max(ticks + 1));
    out.push_str(&format!("{:indent$}{fence}text\n", ""));
    for line in lines {
        out.push_str(format!("{:indent$}{line}", "").trim_end());
        out.push('\n');
    }
    out.push_str(&format!("{:indent$}{fence}\n", ""));
}
