//! The markup of QAPI's documentation (close to reStructuredText) to HTML: paragraphs, lists, literal blocks, admonitions.
//! Nothing is refused: what is not understood is text.

use super::html::{escape, pre};
use super::inline;
use super::links::Links;

/// Directives whose body is text.
const ADMONITIONS: &[&str] =
    &["note", "warning", "caution", "tip", "hint", "important", "attention", "danger", "admonition"];

/// Directives whose body is shown as it is.
const LITERALS: &[&str] = &["qmp-example", "code-block", "code", "parsed-literal", "productionlist", "table"];

/// Lists in lists are followed this deep; a bound on the stack.
const DEEPEST: usize = 12;

/// Text with all its markup.
pub(super) fn convert(text: &str, links: &Links<'_>) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut converter = Converter { links, out: String::new() };
    converter.blocks(&lines, 0);
    converter.out
}

/// An example, as it is.
pub(super) fn example(text: &str) -> String {
    literal(&text.lines().collect::<Vec<_>>())
}

struct Converter<'a> {
    links: &'a Links<'a>,
    out: String,
}

impl Converter<'_> {
    /// Lines one after another; each block takes what belongs to it.
    fn blocks(&mut self, lines: &[&str], depth: usize) {
        let mut rest = lines;
        while let Some(line) = rest.first() {
            let text = line.trim();
            let used = if text.is_empty() {
                1
            } else if let Some(directive) = text.strip_prefix(".. ") {
                self.directive(directive, body(rest), depth)
            } else if is_table(text) {
                self.table(rest)
            } else if marker(text) > 0 && depth < DEEPEST {
                self.list(rest, depth)
            } else {
                self.paragraph(rest)
            };
            rest = &rest[used..];
        }
    }

    /// A paragraph goes on to an empty line, a list or what follows a `::`.
    fn paragraph(&mut self, lines: &[&str]) -> usize {
        let ends = |line: &&str| line.trim().is_empty() || marker(line.trim()) > 0 || is_table(line.trim());
        let len = 1 + lines[1..].iter().take_while(|line| !ends(line)).count();
        // What stands behind a `::` is further in, be it after an empty line or not.
        let colons = lines[..len].iter().position(|line| line.trim_end().ends_with("::"));
        let len = colons.map_or(len, |at| at + 1);
        let text: Vec<&str> = lines[..len].iter().map(|line| line.trim()).collect();
        let text = text.join("\n");
        let shown = if colons.is_some() { text.trim_end_matches(':') } else { &text };
        let end = if colons.is_some() && !shown.is_empty() { ":" } else { "" };
        if !shown.is_empty() {
            self.out.push_str(&format!("<p>{}{end}</p>\n", inline::convert(shown, self.links)));
        }
        if colons.is_none() {
            return len;
        }
        let block = body(&lines[len - 1..]);
        self.out.push_str(&literal(block));
        len + block.len()
    }

    /// Items of one list: each goes on as long as lines are further in than its bullet.
    fn list(&mut self, lines: &[&str], depth: usize) -> usize {
        let column = indentation(lines[0]);
        let is_numbered = lines[0].trim().starts_with(|first: char| first.is_ascii_digit());
        let tag = if is_numbered { "ol" } else { "ul" };
        self.out.push_str(&format!("<{tag}>\n"));
        let mut used = 0;
        while let Some(line) = lines.get(used).filter(|line| indentation(line) == column && marker(line.trim()) > 0) {
            let first = &line.trim()[marker(line.trim())..];
            let more = body(&lines[used..]);
            let item: Vec<&str> = std::iter::once(first).chain(more.iter().copied()).collect();
            self.out.push_str("<li>");
            self.blocks(&dedented(&item), depth + 1);
            self.out.push_str("</li>\n");
            used += 1 + more.len();
        }
        self.out.push_str(&format!("</{tag}>\n"));
        used
    }

    fn directive(&mut self, directive: &str, body: &[&str], depth: usize) -> usize {
        let (name, argument) = directive.split_once("::").unwrap_or_default();
        if LITERALS.contains(&name) {
            let is_option = |line: &&&str| line.trim().is_empty() || line.trim().starts_with(':');
            let options = body.iter().take_while(is_option);
            let title = options.filter_map(|line| line.trim().strip_prefix(":title:")).next();
            if let Some(title) = title {
                self.out.push_str(&format!("<p>{}:</p>\n", escape(title.trim())));
            }
            self.out.push_str(&literal(&body[body.iter().take_while(is_option).count()..]));
        } else if ADMONITIONS.contains(&name) {
            self.out.push_str(&format!("<aside class=\"{name}\">\n"));
            let lines: Vec<&str> = std::iter::once(argument.trim()).chain(body.iter().copied()).collect();
            if depth < DEEPEST {
                self.blocks(&dedented(&lines), depth + 1);
            }
            self.out.push_str("</aside>\n");
        }
        1 + body.len()
    }

    fn table(&mut self, lines: &[&str]) -> usize {
        let len = lines.iter().take_while(|line| is_table(line.trim()) || !line.trim().is_empty()).count();
        self.out.push_str(&literal(&lines[..len]));
        len
    }
}

/// The lines after the first that are further in than it, with the empty ones among them.
fn body<'s, 't>(lines: &'s [&'t str]) -> &'s [&'t str] {
    let column = indentation(lines[0]);
    let belongs = |line: &&&str| line.trim().is_empty() || indentation(line) > column;
    let len = lines[1..].iter().take_while(belongs).count();
    let end = lines[1..=len].iter().rposition(|line| !line.trim().is_empty()).map_or(0, |last| last + 1);
    &lines[1..=end]
}

/// The lines without the indentation that all but the first have in common.
fn dedented<'t>(lines: &[&'t str]) -> Vec<&'t str> {
    let filled = lines[1..].iter().filter(|line| !line.trim().is_empty());
    let common = filled.map(|line| indentation(line)).min().unwrap_or(0);
    let rest = lines[1..].iter().map(|line| line.get(common..).unwrap_or_default());
    std::iter::once(lines[0]).chain(rest).collect()
}

/// Lines shown as they are, without the indentation that all have in common.
fn literal(lines: &[&str]) -> String {
    let filled = || lines.iter().filter(|line| !line.trim().is_empty());
    let common = filled().map(|line| indentation(line)).min().unwrap_or(0);
    let first = lines.iter().take_while(|line| line.trim().is_empty()).count();
    let text: Vec<&str> = lines[first..].iter().map(|line| line.get(common..).unwrap_or_default()).collect();
    if filled().next().is_none() { String::new() } else { pre(&text.join("\n")) }
}

/// The length of the bullet or number, with the space behind it, that begins a list item.
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

fn is_table(text: &str) -> bool {
    text.starts_with("+-")
        || text.starts_with("| ")
        || (text.len() > 2 && text.bytes().all(|byte| b"=-~^ ".contains(&byte)))
}

fn indentation(line: &str) -> usize {
    line.bytes().take_while(|byte| *byte == b' ').count()
}
