//! Headings: `= Title`, as QAPI had them, or a title with a line below it, or above and below, as reStructuredText has them.

/// A title over what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading<'t> {
    /// How deep, from 1: as many as there are `=`; a title between two lines is 1, one over a line of `=` 2, one over any other
    /// line 3.
    pub level: usize,
    /// The title, with [markup](super::pieces()) in it.
    pub title: &'t str,
}

/// What lines above and below titles are made of.
const ADORNMENTS: &str = "=-~^*#+\"`";

/// The heading that the lines begin with, and how many lines it takes.
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

/// `= Title`, which needs no empty line before it.
pub(super) fn marked(line: &str) -> Option<Heading<'_>> {
    let title = line.trim_start_matches('=');
    let level = line.len() - title.len();
    let is_marked = level > 0 && title.starts_with(' ') && !title.trim_start().starts_with('=');
    is_marked.then_some(Heading { level, title: title.trim() })
}

/// A line of one character, again and again.
fn is_adornment(line: &str) -> bool {
    let mut characters = line.chars();
    let first = characters.next();
    line.len() > 2 && first.is_some_and(|first| ADORNMENTS.contains(first)) && characters.all(|c| Some(c) == first)
}

/// Whether the adornment is as wide as the title. Else it is a line of its own.
fn is_over(title: &str, adornment: &str) -> bool {
    title.chars().count() <= adornment.len() && !is_adornment(title)
}
