//! Cuts text into headings, paragraphs, lists, tables, literal blocks and admonitions.

use super::directive::{directive, directive_of};
use super::heading::{Heading, heading, marked};
use super::lines::{as_they_are, body, indentation};
use super::table::{Table, is_table, table};

/// The depth to which blocks may be nested: a bound on the stack, here and where blocks are read.
pub(super) const DEEPEST: usize = 12;

/// A block of documentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block<'t> {
    /// A title over what follows.
    Heading(Heading<'t>),
    /// Running text by lines, with [inline markup](super::pieces()).
    Paragraph(Vec<&'t str>),
    /// A list.
    List {
        /// The first number; none if the items have bullets.
        start: Option<u32>,
        /// The blocks of each item.
        items: Vec<Vec<Block<'t>>>,
    },
    /// Lines to show as they are.
    Literal(Vec<&'t str>),
    /// A table.
    Table(Table<'t>),
    /// An example: a literal block, or text with such blocks in it.
    Example {
        /// The title of the example.
        title: Option<&'t str>,
        /// The example.
        blocks: Vec<Block<'t>>,
    },
    /// A note, a warning and the like.
    Admonition {
        /// The name of the directive: `note`.
        kind: &'t str,
        /// The text above it: `Note`, or a title of its own, which may have [inline markup](super::pieces()).
        label: &'t str,
        /// Its contents.
        blocks: Vec<Block<'t>>,
    },
}

/// Cuts text into blocks.
///
/// ```
/// use qmp_schema::markup::{Block, blocks};
///
/// let text = "Two ways:\n\n- one::\n\n    code\n\n- another";
/// let one = vec![Block::Paragraph(vec!["one:"]), Block::Literal(vec!["code"])];
/// let another = vec![Block::Paragraph(vec!["another"])];
/// let list = Block::List { start: None, items: vec![one, another] };
/// assert_eq!(blocks(text), [Block::Paragraph(vec!["Two ways:"]), list]);
/// ```
#[must_use]
pub fn blocks(text: &str) -> Vec<Block<'_>> {
    cut(&text.lines().collect::<Vec<_>>(), 0)
}

/// Returns the lines of a text to show as they are, without their common indentation and without empty lines around them.
#[must_use]
pub fn literal(text: &str) -> Vec<&str> {
    as_they_are(&text.lines().collect::<Vec<_>>())
}

/// Cuts lines into blocks. Each block takes the lines that belong to it.
pub(super) fn cut<'t>(lines: &[&'t str], depth: usize) -> Vec<Block<'t>> {
    let mut blocks = Vec::new();
    let mut rest = lines;
    while let Some(line) = rest.first() {
        let text = line.trim();
        let used = if text.is_empty() {
            1
        } else if let Some((name, argument)) = directive_of(text) {
            let body = body(rest);
            directive(name, argument, body, depth, &mut blocks);
            1 + body.len()
        } else if let Some((heading, used)) = heading(rest).filter(|_| depth == 0) {
            blocks.push(Block::Heading(heading));
            used
        } else if is_table(text) {
            let lines = rest.iter().take_while(|line| !line.trim().is_empty()).count();
            push_table(&rest[..lines], None, &mut blocks);
            lines
        } else if marker(text) > 0 && depth < DEEPEST {
            list(rest, depth, &mut blocks)
        } else {
            paragraph(rest, &mut blocks)
        };
        rest = &rest[used..];
    }
    blocks
}

/// Adds a paragraph, which ends at an empty line, a list, a table or a heading. If it ends in `::`, the indented lines behind it
/// are a literal block. Returns the number of lines used.
fn paragraph<'t>(lines: &[&'t str], blocks: &mut Vec<Block<'t>>) -> usize {
    let ends = |line: &str| {
        let text = line.trim();
        text.is_empty() || marker(text) > 0 || is_table(text) || marked(line).is_some()
    };
    let announces = |line: &str| line.trim_end().ends_with("::");
    let len = 1 + lines.windows(2).take_while(|pair| !announces(pair[0]) && !ends(pair[1])).count();
    let mut text: Vec<&str> = lines[..len].iter().map(|line| line.trim()).collect();
    if !announces(lines[len - 1]) {
        blocks.push(Block::Paragraph(text));
        return len;
    }
    // One colon is text, unless there is a space or nothing before both.
    let before = text.pop().and_then(|last| last.strip_suffix("::")).unwrap_or_default();
    if before.ends_with(' ') {
        text.push(before.trim_end());
    } else if !before.is_empty() {
        let last = lines[len - 1].trim();
        text.push(&last[..last.len() - 1]);
    }
    if !text.is_empty() {
        blocks.push(Block::Paragraph(text));
    }
    let block = body(&lines[len - 1..]);
    push_filled(as_they_are(block), Block::Literal, blocks);
    len + block.len()
}

/// Adds a list. Each item ends at a line that is not indented further than its bullet. Returns the number of lines used.
fn list<'t>(lines: &[&'t str], depth: usize, blocks: &mut Vec<Block<'t>>) -> usize {
    let column = indentation(lines[0]);
    let number = |line: &str| line.trim().split(['.', ')']).next().and_then(|number| number.parse().ok());
    let start: Option<u32> = number(lines[0]);
    let belongs = |line: &&&str| {
        indentation(line) == column && marker(line.trim()) > 0 && number(line).is_some() == start.is_some()
    };
    let (mut items, mut used) = (Vec::new(), 0);
    while let Some(line) = lines.get(used).filter(belongs) {
        let marker = marker(line.trim());
        let more = body(&lines[used..]);
        let inner = more.iter().map(|line| &line[indentation(line).min(column + marker)..]);
        let item: Vec<&str> = std::iter::once(&line.trim()[marker..]).chain(inner).collect();
        items.push(cut(&item, depth + 1));
        used += 1 + more.len();
        // Empty lines between items.
        let empty = lines[used..].iter().take_while(|line| line.trim().is_empty()).count();
        used += if lines.get(used + empty).is_some_and(|line| belongs(&line)) { empty } else { 0 };
    }
    blocks.push(Block::List { start, items });
    used
}

/// Adds the lines as a table. Lines that are not a table are added as they are, behind the caption.
pub(super) fn push_table<'t>(lines: &[&'t str], caption: Option<&'t str>, blocks: &mut Vec<Block<'t>>) {
    let lines = as_they_are(lines);
    match table(&lines, caption) {
        Some(table) => blocks.push(Block::Table(table)),
        None => {
            push_filled(Vec::from_iter(caption), Block::Paragraph, blocks);
            push_filled(lines, Block::Literal, blocks);
        }
    }
}

/// Adds a block of the lines, unless there are none.
pub(super) fn push_filled<'t>(
    lines: Vec<&'t str>,
    block: impl FnOnce(Vec<&'t str>) -> Block<'t>,
    blocks: &mut Vec<Block<'t>>,
) {
    if !lines.is_empty() {
        blocks.push(block(lines));
    }
}

/// Returns the length of the bullet or number of a list item, including the space behind it; 0 if there is none.
fn marker(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    let is_marker = match digits {
        0 => ["- ", "* ", "+ "].iter().any(|bullet| rest.starts_with(bullet)),
        1..=2 => rest.starts_with(". ") || rest.starts_with(") "),
        _ => false,
    };
    if is_marker { digits + 2 } else { 0 }
}
