//! Reads headings: `= Title` in older dialects, or a title with a line below, or above and below, in reStructuredText.

/// A title over what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading<'t> {
    /// The level, from 1: the number of `=`; 1 for a title between two lines, 2 for one over a line of `=`, 3 for one over any
    /// other line.
    pub level: usize,
    /// The title, with [inline markup](super::pieces()).
    pub title: &'t str,
}

/// The characters of lines above and below titles.
const ADORNMENTS: &str = "=-~^*#+\"`";

/// Reads the heading at the beginning of the lines; returns it and its number of lines.
pub(super) fn heading<'t>(lines: &[&'t str]) -> Option<(Heading<'t>, usize)> {
    let line = |index: usize| lines.get(index).map_or("", |line| line.trim_end());
    let (first, second, third) = (line(0), line(1), line(2));
    if is_adornment(first) {
        let title = second.trim_start();
        let is_between = first == third && is_over(second, first);
        return (is_between && !title.is_empty()).then_some((Heading { level: 1, title }, 3));
    }
    if is_adornment(second) && is_over(first, second) && !first.starts_with(' ') {
        let level = if second.starts_with('=') { 2 } else { 3 };
        return Some((Heading { level, title: first }, 2));
    }
    marked(first).map(|heading| (heading, 1))
}

/// Reads `= Title`, which needs no empty line before it.
pub(super) fn marked(line: &str) -> Option<Heading<'_>> {
    let title = line.trim_start_matches('=');
    let level = line.len() - title.len();
    let is_marked = level > 0 && title.starts_with(' ') && !title.trim_start().starts_with('=');
    is_marked.then_some(Heading { level, title: title.trim() })
}

/// Whether the line repeats one character.
fn is_adornment(line: &str) -> bool {
    let mut characters = line.chars();
    let first = characters.next();
    line.len() > 2 && first.is_some_and(|first| ADORNMENTS.contains(first)) && characters.all(|c| Some(c) == first)
}

/// Whether the adornment is as wide as the title. Otherwise it belongs to no title.
fn is_over(title: &str, adornment: &str) -> bool {
    title.chars().count() <= adornment.len() && !is_adornment(title)
}
