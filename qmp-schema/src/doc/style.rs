//! How the text itself is written, as QEMU 10.2 has it: short lines, two spaces between sentences.

use super::line::Line;
use crate::diagnostic::{Diagnostics, Rule};
use crate::source::Span;

/// The longest line, the `# ` included.
const MAX_COLUMNS: usize = 70;

/// Checks the lines of a block that are not in a literal block.
pub(super) fn check(lines: &[Line<'_>], diagnostics: &mut Diagnostics) {
    // The indentation of the line that began a literal block: the block is what is indented further.
    let mut literal: Option<usize> = None;
    for line in lines.iter().filter(|line| !line.text.is_empty()) {
        let indent = line.text.len() - line.text.trim_start().len();
        if literal.is_some_and(|begin| indent > begin) {
            continue;
        }
        literal = line.text.ends_with("::").then_some(indent);
        if line.text.chars().count() + 2 > MAX_COLUMNS {
            diagnostics.error(Rule::DocLineTooLong, line.span, &[]);
        }
        if let Some(at) = single_space(line.text) {
            let at = line.span.start + at as u32;
            diagnostics.error(Rule::DocSentence, Span { start: at, end: at + 1, ..line.span }, &[]);
        }
    }
}

/// Where a single space stands between two sentences.
fn single_space(text: &str) -> Option<usize> {
    let ends =
        |before: &str| before.ends_with(['.', '!', '?']) && !before.ends_with("e.g.") && !before.ends_with("i.e.");
    let begins = |after: &str| after.starts_with(|c: char| c.is_ascii_uppercase());
    text.match_indices(' ').map(|(at, _)| at).find(|&at| ends(&text[..at]) && begins(&text[at + 1..]))
}
