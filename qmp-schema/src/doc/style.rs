//! Checks the style of the text: short lines, and two spaces between sentences.

use super::line::Line;
use crate::diagnostic::{Diagnostics, Rule};
use crate::source::Span;

/// The longest line, including the `# `.
const MAX_COLUMNS: usize = 70;

/// Checks all lines that are not in a literal block.
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

/// The state of a literal block. Only a line that is `::` or `.. qmp-example::` begins one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Literal {
    No,
    /// It has begun, but no indented line has followed.
    Begun,
    /// It ends at the first line that is indented less.
    Indented(usize),
}

impl Literal {
    /// Returns the state at a line that is not blank.
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

/// Whether it is an address, which cannot be broken.
fn is_address(text: &str) -> bool {
    ["http://", "https://", "ftp://"].iter().any(|scheme| text.starts_with(scheme)) && !text.contains(' ')
}

/// Returns the place of a single space that seems to separate two sentences.
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

/// Whether it is the number of a list item, of one digit.
fn is_number(text: &str) -> bool {
    matches!(text.as_bytes(), [digit, b'.'] if digit.is_ascii_digit())
}
