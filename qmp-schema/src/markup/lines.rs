//! Lines and their indentation.

/// Returns the lines after the first that are indented further, and the empty lines among them.
pub(super) fn body<'s, 't>(lines: &'s [&'t str]) -> &'s [&'t str] {
    let column = indentation(lines[0]);
    let belongs = |line: &&&str| line.trim().is_empty() || indentation(line) > column;
    let len = lines[1..].iter().take_while(belongs).count();
    let end = lines[1..=len].iter().rposition(|line| !line.trim().is_empty()).map_or(0, |last| last + 1);
    &lines[1..=end]
}

/// Returns the lines without their common indentation and without empty lines around them.
pub(super) fn as_they_are<'t>(lines: &[&'t str]) -> Vec<&'t str> {
    let is_filled = |line: &&str| !line.trim().is_empty();
    let first = lines.iter().position(is_filled).unwrap_or(lines.len());
    let end = lines.iter().rposition(is_filled).map_or(first, |last| last + 1);
    dedented(&lines[first..end]).map(str::trim_end).collect()
}

/// Returns the lines without their common indentation.
pub(super) fn dedented<'s, 't>(lines: &'s [&'t str]) -> impl Iterator<Item = &'t str> + use<'s, 't> {
    let filled = lines.iter().filter(|line| !line.trim().is_empty());
    let common = filled.map(|line| indentation(line)).min().unwrap_or(0);
    lines.iter().map(move |line| line.get(common..).unwrap_or_default())
}

/// Returns the number of spaces at the beginning of a line.
pub(super) fn indentation(line: &str) -> usize {
    line.bytes().take_while(|byte| *byte == b' ').count()
}
