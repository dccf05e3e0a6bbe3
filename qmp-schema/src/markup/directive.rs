//! Reads directives: `.. name:: argument`, with indented options and text below.

use super::block::{Block, DEEPEST, cut, push_filled, push_table};
use super::lines::{as_they_are, dedented};

/// Directives that are admonitions, and the text above each.
const ADMONITIONS: &[(&str, &str)] = &[
    ("note", "Note"),
    ("warning", "Warning"),
    ("caution", "Caution"),
    ("tip", "Tip"),
    ("hint", "Hint"),
    ("important", "Important"),
    ("attention", "Attention"),
    ("danger", "Danger"),
    ("error", "Error"),
    ("seealso", "See also"),
];

/// Directives whose argument is a version, and the text before it.
const VERSIONS: &[(&str, &str)] = &[
    ("versionadded", "Added in version"),
    ("versionchanged", "Changed in version"),
    ("versionremoved", "Removed in version"),
    ("deprecated", "Deprecated since version"),
];

/// Directives whose body is a literal block.
const LITERALS: &[&str] = &["code-block", "code", "parsed-literal", "productionlist"];

/// Reads the name and the argument of `.. name:: argument`. Other lines that begin with `..` are comments or targets of links;
/// their name is empty.
pub(super) fn directive_of(text: &str) -> Option<(&str, &str)> {
    let directive = text.strip_prefix("..").filter(|rest| rest.is_empty() || rest.starts_with(' '))?.trim();
    let is_name = |name: &str| !name.is_empty() && !name.contains(char::is_whitespace);
    match directive.split_once("::") {
        Some((name, argument)) if is_name(name) => Some((name, argument.trim())),
        _ => Some(("", "")),
    }
}

/// Adds the blocks of a directive.
pub(super) fn directive<'t>(
    name: &'t str,
    argument: &'t str,
    body: &[&'t str],
    depth: usize,
    blocks: &mut Vec<Block<'t>>,
) {
    let options = body.iter().map_while(|line| option(line)).collect::<Vec<_>>();
    let content = &body[options.len()..];
    let option = |wanted: &str| options.iter().find(|(name, _)| *name == wanted).map(|(_, value)| *value);
    if name == "qmp-example" && option("annotated").is_none() {
        let title = option("title");
        push_filled(
            as_they_are(content),
            |lines| Block::Example { title, blocks: vec![Block::Literal(lines)] },
            blocks,
        );
    } else if name == "qmp-example" {
        blocks.push(Block::Example { title: option("title"), blocks: inner("", content, depth) });
    } else if name == "table" {
        push_table(content, Some(argument).filter(|caption| !caption.is_empty()), blocks);
    } else if LITERALS.contains(&name) {
        push_filled(as_they_are(content), Block::Literal, blocks);
    } else if name == "admonition" && !argument.is_empty() {
        blocks.push(Block::Admonition { kind: name, label: argument, blocks: inner("", content, depth) });
    } else if let Some((_, label)) = ADMONITIONS.iter().find(|(admonition, _)| *admonition == name) {
        blocks.push(Block::Admonition { kind: name, label, blocks: inner(argument, content, depth) });
    } else if let Some((_, reads)) = VERSIONS.iter().find(|(directive, _)| *directive == name) {
        if !argument.is_empty() {
            blocks.push(Block::Paragraph(vec![reads, argument]));
        }
        blocks.extend(inner("", content, depth));
    } else if !name.is_empty() {
        blocks.extend(inner(argument, content, depth));
    }
}

/// Reads an option, `:name: value`. A role such as ``:ref:`...` `` is text.
fn option(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.trim().strip_prefix(':')?.split_once(':')?;
    (!name.is_empty() && (value.is_empty() || value.starts_with(' '))).then_some((name, value.trim()))
}

/// Returns the blocks of a body. It begins with `first` unless that is empty.
fn inner<'t>(first: &'t str, content: &[&'t str], depth: usize) -> Vec<Block<'t>> {
    let first = Some(first).filter(|first| !first.is_empty());
    let lines: Vec<&str> = first.into_iter().chain(dedented(content)).collect();
    match depth < DEEPEST {
        true => cut(&lines, depth + 1),
        false => vec![Block::Paragraph(lines)],
    }
}
