//! Markup within running text.

/// A piece of markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup<'t> {
    /// ` ``literal`` `.
    Literal(&'t str),
    /// `` `name` ``, `` :role:`text <target>` ``: what a reader sees of it.
    Reference(&'t str),
    /// `@name`.
    Name(&'t str),
    /// `**strong**`.
    Strong(&'t str),
    /// `*emphasis*`.
    Emphasis(&'t str),
    /// An address on the web.
    Address(&'t str),
}

/// The markup that the text begins with, and its length in the text; none for a plain character. `before` is the character
/// in front.
#[must_use]
pub fn markup(text: &str, before: char) -> Option<(Markup<'_>, usize)> {
    if let Some(literal) = between(text, "``") {
        return Some((Markup::Literal(literal), literal.len() + 4));
    }
    if let Some(target) = between(text, "`") {
        return Some((Markup::Reference(shown(target)), target.len() + 2));
    }
    if before.is_alphanumeric() {
        return None;
    }
    if let Some(role) = role(text) {
        let target = between(&text[role..], "`")?;
        return Some((Markup::Reference(shown(target)), role + target.len() + 2));
    }
    if let Some(strong) = between(text, "**") {
        return Some((Markup::Strong(strong), strong.len() + 4));
    }
    if let Some(emphasis) = between(text, "*").filter(|inner| inner.trim() == *inner) {
        return Some((Markup::Emphasis(emphasis), emphasis.len() + 2));
    }
    if let Some(name) = text.strip_prefix('@').map(name) {
        return (!name.is_empty()).then_some((Markup::Name(name), name.len() + 1));
    }
    let address = address(text);
    (!address.is_empty()).then_some((Markup::Address(address), address.len()))
}

/// The text between two delimiters at the beginning of `text`.
fn between<'t>(text: &'t str, delimiter: &str) -> Option<&'t str> {
    let inner = text.strip_prefix(delimiter)?;
    let found = &inner[..inner.find(delimiter)?];
    (!found.trim().is_empty() && !found.contains('`')).then_some(found)
}

/// What is shown of `text <target>`, `~target`.
fn shown(target: &str) -> &str {
    let text = target.split_once('<').map_or(target, |(text, _)| text);
    text.trim().trim_start_matches(['~', '!'])
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

/// A scheme and something behind it.
fn address(text: &str) -> &str {
    let Some(scheme) = ["http://", "https://"].into_iter().find(|scheme| text.starts_with(scheme)) else { return "" };
    let rest = &text[scheme.len()..];
    let end = rest.find(|c: char| c.is_whitespace() || "<>()\"'`".contains(c)).unwrap_or(rest.len());
    let rest = rest[..end].trim_end_matches(['.', ',', ';', ':']);
    if rest.is_empty() { "" } else { &text[..scheme.len() + rest.len()] }
}
