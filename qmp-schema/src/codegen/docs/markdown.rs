//! From the markup of QAPI's documentation (close to reStructuredText) to Markdown, line by line.
//!
//! Literal blocks, examples and tables are fenced as text; lists keep their nesting; no line is indented so far that Markdown
//! takes it for code. Nothing is refused: what is not understood is text.

use std::collections::HashMap;

use super::super::context::Place;
use super::inline;

/// Directives whose body is text.
const ADMONITIONS: &[&str] =
    &["note", "warning", "caution", "tip", "hint", "important", "attention", "danger", "admonition"];

/// Directives whose body is shown as it is.
const LITERALS: &[&str] = &["qmp-example", "code-block", "code", "parsed-literal", "productionlist", "table"];

/// How text is converted in one place.
pub(super) struct Markdown<'a> {
    links: &'a HashMap<&'a str, &'a str>,
    place: Place,
}

impl<'a> Markdown<'a> {
    pub(super) fn new(links: &'a HashMap<&'a str, &'a str>, place: Place) -> Self {
        Self { links, place }
    }

    /// Text with all its markup.
    pub(super) fn text(&self, text: &str) -> String {
        let mut converter = Converter { markdown: self, out: String::new(), items: Vec::new() };
        let mut lines = Lines { lines: text.lines().collect(), next: 0 };
        while let Some(line) = lines.take() {
            converter.line(line, &mut lines);
        }
        converter.out.trim().to_owned()
    }

    /// Text that is an example, as it is.
    pub(super) fn example(&self, text: &str) -> String {
        let lines: Vec<&str> = text.lines().collect();
        fenced(&lines, "").trim_end().to_owned()
    }

    fn inline(&self, text: &str) -> String {
        inline::convert(text, |name| self.links.get(name).map(|rust| format!("{}{rust}", self.place.to_root())))
    }
}

struct Lines<'t> {
    lines: Vec<&'t str>,
    next: usize,
}

impl<'t> Lines<'t> {
    fn take(&mut self) -> Option<&'t str> {
        let line = self.lines.get(self.next).copied();
        self.next += 1;
        line
    }

    /// Takes the lines while they are empty or satisfy the condition.
    fn take_while(&mut self, condition: impl Fn(&str) -> bool) -> &[&'t str] {
        let rest = self.lines.get(self.next..).unwrap_or_default();
        let taken = rest.iter().take_while(|line| line.trim().is_empty() || condition(line)).count();
        self.next += taken;
        &rest[..taken]
    }
}

/// A list item that is open: the column of its text in the source and in Markdown.
struct Item {
    source: usize,
    out: usize,
}

struct Converter<'a> {
    markdown: &'a Markdown<'a>,
    out: String,
    items: Vec<Item>,
}

impl Converter<'_> {
    fn line(&mut self, line: &str, lines: &mut Lines<'_>) {
        let text = line.trim();
        let column = indentation(line);
        if text.is_empty() {
            return self.out.push('\n');
        }
        self.leave_items(column);
        if let Some(directive) = text.strip_prefix(".. ") {
            return self.directive(directive, column, lines);
        }
        if is_table(text) {
            lines.next -= 1;
            let table = lines.take_while(|line| is_table(line.trim()) || indentation(line) > column);
            return self.literal(table);
        }
        match text.strip_suffix("::") {
            Some(before) => {
                self.text(before, if before.is_empty() { "" } else { ":" }, column);
                self.literal(lines.take_while(|line| indentation(line) > column));
            }
            None => self.text(text, "", column),
        }
    }

    fn directive(&mut self, directive: &str, column: usize, lines: &mut Lines<'_>) {
        let (name, argument) = directive.split_once("::").unwrap_or_default();
        if LITERALS.contains(&name) {
            let body = lines.take_while(|line| indentation(line) > column);
            let is_option = |line: &&&str| line.trim().is_empty() || line.trim().starts_with(':');
            let options = body.iter().take_while(is_option);
            let title = options.filter_map(|line| line.trim().strip_prefix(":title:")).next();
            let code = &body[body.iter().take_while(is_option).count()..];
            self.text(title.unwrap_or("Example").trim(), ":", column);
            self.literal(code);
        } else if ADMONITIONS.contains(&name) {
            let mut label = name.to_owned();
            label[..1].make_ascii_uppercase();
            self.paragraph(&format!("**{label}:** {}", self.markdown.inline(argument.trim())));
        }
    }

    /// Lines shown as they are.
    fn literal(&mut self, lines: &[&str]) {
        if lines.iter().all(|line| line.trim().is_empty()) {
            return;
        }
        let indent = " ".repeat(self.items.last().map_or(0, |item| item.out));
        self.out.push('\n');
        self.out.push_str(&fenced(lines, &indent));
        self.out.push('\n');
    }

    fn text(&mut self, text: &str, end: &str, column: usize) {
        let marker = marker(text);
        let base = self.items.last().map_or(0, |item| item.out);
        let (bullet, rest) = text.split_at(marker);
        let converted = self.markdown.inline(rest) + end;
        if marker > 0 {
            // A list right behind text is a list of its own, after an empty line.
            if !self.out.ends_with("\n\n") && self.items.is_empty() {
                self.out.push('\n');
            }
            self.items.push(Item { source: column + marker, out: base + marker });
            let bullet = bullet.replace(['*', '+'], "-");
            self.out.push_str(&format!("{:base$}{bullet}{converted}\n", ""));
        } else {
            self.paragraph(&inline::at_line_start(&converted));
        }
    }

    fn paragraph(&mut self, text: &str) {
        let base = self.items.last().map_or(0, |item| item.out);
        self.out.push_str(&format!("{:base$}{text}\n", ""));
    }

    /// Closes the items that a line at this column is no part of.
    fn leave_items(&mut self, column: usize) {
        while self.items.last().is_some_and(|item| column < item.source) {
            self.items.pop();
            if self.items.is_empty() && !self.out.ends_with("\n\n") {
                self.out.push('\n');
            }
        }
    }
}

/// A fenced block, without the indentation that its lines have in common.
fn fenced(lines: &[&str], indent: &str) -> String {
    let common = lines.iter().filter(|line| !line.trim().is_empty()).map(|line| indentation(line)).min().unwrap_or(0);
    let first = lines.iter().take_while(|line| line.trim().is_empty()).count();
    let last = lines.iter().rposition(|line| !line.trim().is_empty()).map_or(first, |last| last + 1);
    let mut out = format!("{indent}```text\n");
    for line in &lines[first..last] {
        out.extend([indent, line.get(common..).unwrap_or_default().trim_end()]);
        out.truncate(out.trim_end_matches(' ').len());
        out.push('\n');
    }
    out + indent + "```\n"
}

/// The length of the bullet or number, with the space behind it, that begins a list item.
fn marker(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    let bullet = match digits {
        0 => rest.starts_with("- ") || rest.starts_with("* ") || rest.starts_with("+ "),
        1..=2 => rest.starts_with(". ") || rest.starts_with(") "),
        _ => false,
    };
    if bullet { digits + 2 } else { 0 }
}

fn is_table(text: &str) -> bool {
    text.starts_with("+-")
        || text.starts_with("| ")
        || (text.len() > 2 && text.bytes().all(|byte| b"=-~^ ".contains(&byte)))
}

fn indentation(line: &str) -> usize {
    line.bytes().take_while(|byte| *byte == b' ').count()
}
