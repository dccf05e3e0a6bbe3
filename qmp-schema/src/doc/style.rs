//! How the text itself is written, as QEMU 10.2 has it: short lines, two spaces between sentences.

use super::line::Line;
use crate::diagnostic::{Diagnostics, Rule};
use crate::source::Span;

/// The longest line, the `# ` included.
const MAX_COLUMNS: usize = 70;

/// Checks the lines of a block that are not in a literal block.
pub(super) fn check(lines: &[Line<'_>], diagnostics: &mut Diagnostics) {
    let mut literal = Literal::No;
    for line in lines.iter().filter(|line| !line.text.is_empty()) {
        literal = literal.after(line);
        if literal != Literal::No {
            continue;
        }
        if line.text.chars().count() + 2 > MAX_COLUMNS && !is_address(line.text.trim_start()) {
            diagnostics.error(Rule::DocLineTooLong, line.span, &[]);
        }
        if let Some(at) = single_space(line.text) {
            let at = line.span.start + at as u32;
            diagnostics.error(Rule::DocSentence, Span { start: at, end: at + 1, ..line.span }, &[]);
        }
    }
}

/// Whether lines are in a literal block. Only a `::` or `.. qmp-example::` that has a line to itself begins one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Literal {
    No,
    /// The line that begins it, or what follows it without an indentation.
    Begun,
    /// It ends at the first line that is indented less than this.
    Indented(usize),
}

impl Literal {
    /// What a line that is not blank makes of it.
    fn after(self, line: &Line<'_>) -> Self {
        let begins = |line: &str| {
            let directive = line.strip_prefix("..").filter(|rest| rest.starts_with(' ')).map(str::trim_start);
            let rest = directive.and_then(|directive| directive.strip_prefix("qmp-example")).unwrap_or(line);
            rest.trim_start_matches(' ') == "::"
        };
        match (self, line.indentation()) {
            _ if begins(line.text) => Self::Begun,
            (Self::Begun, 0) => Self::Begun,
            (Self::Begun, indent) => Self::Indented(indent),
            (Self::Indented(least), indent) if indent < least => Self::No,
            (state, _) => state,
        }
    }
}

/// An address cannot be broken.
fn is_address(text: &str) -> bool {
    ["http://", "https://", "ftp://"].iter().any(|scheme| text.starts_with(scheme)) && !text.contains(' ')
}

/// Where a single space stands between two sentences, as far as that can be told.
fn single_space(line: &str) -> Option<usize> {
    let text = line.trim_start_matches(' ');
    let indentation = line.len() - text.len();
    let ends = |before: &str| before.ends_with(['.', '!', '?']) && !is_for_example(before) && !is_number(before);
    let begins = |after: &str| after.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '(');
    let mut spaces = text.match_indices(' ').map(|(at, _)| at);
    spaces.find(|&at| ends(&text[..at]) && begins(&text[at + 1..])).map(|at| indentation + at)
}

fn is_for_example(text: &str) -> bool {
    text.strip_suffix("e.g.").is_some_and(|before| !before.ends_with(|c: char| c.is_alphanumeric() || c == '_'))
}

/// The number of a list's item; it has one digit.
fn is_number(text: &str) -> bool {
    matches!(text.as_bytes(), [digit, b'.'] if digit.is_ascii_digit())
}
