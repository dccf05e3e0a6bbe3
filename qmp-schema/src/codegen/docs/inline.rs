//! Markup within a line.

/// What Markdown or rustdoc would take for markup.
const ESCAPED: &str = "<>[]\\`&";

/// What may be markup in the source or is escaped; `h` begins an address.
const SPECIAL: &str = "`@:h<>[]\\&";

/// Converts one line: `@name`, ``literals``, roles and addresses become Markdown, everything that Markdown or rustdoc would
/// take for markup is escaped. `link` tells the path of what a name can link to.
pub(super) fn convert(text: &str, link: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text;
    let mut before = ' ';
    while let Some(at) = rest.find(|c| SPECIAL.contains(c)) {
        let (plain, special) = rest.split_at(at);
        out.push_str(plain);
        before = plain.chars().next_back().unwrap_or(before);
        let used = match markup(special, before, &link) {
            Some((markup, used)) => {
                out.push_str(&markup);
                used
            }
            None => {
                push_escaped(&mut out, &special[..1]);
                1
            }
        };
        before = special[..used].chars().next_back().unwrap_or(before);
        rest = &special[used..];
    }
    out + rest
}

/// Plain text: nothing in it is markup.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(&mut out, text);
    out
}

/// Escapes what only counts at the beginning of a line.
pub(super) fn at_line_start(text: &str) -> String {
    match text.starts_with(['#', '=', '+', '-', '~', '|']) {
        true => format!("\\{text}"),
        false => text.to_owned(),
    }
}

/// What the text begins with, converted, and its length; none for a plain character.
fn markup(text: &str, before: char, link: &impl Fn(&str) -> Option<String>) -> Option<(String, usize)> {
    if let Some(literal) = between(text, "``") {
        return Some((code(literal, link), literal.len() + 4));
    }
    if let Some(literal) = between(text, "`") {
        return Some((code(reference(literal), link), literal.len() + 2));
    }
    if before.is_alphanumeric() {
        return None;
    }
    if let Some(name) = text.strip_prefix('@').map(name) {
        return (!name.is_empty()).then(|| (code(name, link), name.len() + 1));
    }
    if let Some(role) = role(text) {
        let literal = between(&text[role..], "`")?;
        return Some((code(reference(literal), link), role + literal.len() + 2));
    }
    let address = address(text);
    (!address.is_empty()).then(|| (format!("<{address}>"), address.len()))
}

/// A code span, a link if the name is that of something generated.
fn code(text: &str, link: &impl Fn(&str) -> Option<String>) -> String {
    match link(text) {
        Some(path) if path == text => format!("[`{text}`]"),
        Some(path) => format!("[`{text}`]({path})"),
        None => format!("`{}`", text.trim()),
    }
}

/// The text between two delimiters at the beginning of `text`.
fn between<'t>(text: &'t str, delimiter: &str) -> Option<&'t str> {
    let inner = text.strip_prefix(delimiter)?;
    let end = inner.find(delimiter)?;
    (!inner[..end].trim().is_empty() && !inner[..end].contains('`')).then(|| &inner[..end])
}

/// The target of `text <target>`, `~target`.
fn reference(text: &str) -> &str {
    let target = text.split_once('<').map_or(text, |(title, _)| title);
    target.trim().trim_start_matches(['~', '!'])
}

/// The length of a role such as `:ref:` in front of a backtick.
fn role(text: &str) -> Option<usize> {
    let inner = text.strip_prefix(':')?;
    let end = inner.find(":`")?;
    let is_role = inner[..end].bytes().all(|byte| byte.is_ascii_lowercase() || b":-".contains(&byte));
    (end > 0 && is_role).then_some(end + 2)
}

fn name(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c))).unwrap_or(text.len());
    text[..end].trim_end_matches(['.', '-'])
}

fn address(text: &str) -> &str {
    if !text.starts_with("http://") && !text.starts_with("https://") {
        return "";
    }
    let end = text.find(|c: char| c.is_whitespace() || "<>()\"'`".contains(c)).unwrap_or(text.len());
    text[..end].trim_end_matches(['.', ',', ';', ':'])
}

fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        if ESCAPED.contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
}
