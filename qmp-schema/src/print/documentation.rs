//! Writes documentation comments.

use crate::model::Doc;

/// The indentation of a part's text below its first line.
const INDENT: &str = "    ";

/// Returns the block that documents the definition `name`.
pub(super) fn block(name: &str, doc: &Doc) -> String {
    let mut paragraphs = vec![format!("@{name}:")];
    if !doc.body.is_empty() {
        paragraphs.push(doc.body.clone());
    }
    paragraphs.extend(doc.members.iter().map(|(name, text)| part(&format!("@{name}:"), text)));
    if !doc.features.is_empty() {
        paragraphs.push("Features:".to_owned());
    }
    paragraphs.extend(doc.features.iter().map(|(name, text)| part(&format!("@{name}:"), text)));
    paragraphs.extend(doc.sections.iter().map(|(tag, text)| match &**tag {
        "" => text.clone(),
        tag => part(&format!("{tag}:"), text),
    }));
    let lines: String = paragraphs.join("\n\n").lines().map(line).collect();
    format!("##\n{lines}##\n")
}

/// Returns a line of a documentation comment.
pub(super) fn line(text: &str) -> String {
    if text.is_empty() { "#\n".to_owned() } else { format!("# {text}\n") }
}

/// Returns a part with its text. The second line sets the indentation of a text. So the text begins below its name if its second
/// line is indented further than its first. Examples always begin below.
fn part(head: &str, text: &str) -> String {
    let mut rest = text.lines().skip(1).filter(|line| !line.is_empty());
    let is_example = head.starts_with("Example");
    let begins_below = is_example || rest.next().is_some_and(|second| second.starts_with(char::is_whitespace));
    let mut part = head.to_owned();
    for (index, line) in text.lines().enumerate() {
        match (index, begins_below, line) {
            (0, false, _) => part.extend([" ", line]),
            (_, _, "") => part.push('\n'),
            _ => part.extend(["\n", INDENT, line]),
        }
    }
    part
}
