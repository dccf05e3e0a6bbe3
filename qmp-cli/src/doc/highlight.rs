//! Colours for examples of QMP: directions, keys, strings, numbers and literals.

use super::html::escape;

/// Returns `<pre>` with the text as it is, in colours if it is an example of QMP.
pub(super) fn pre(text: &str) -> String {
    let text = text.trim_end();
    let html = if is_qmp(text) { text.lines().map(line).collect::<Vec<_>>().join("\n") } else { escape(text) };
    format!("<pre>{html}</pre>\n")
}

/// Whether the text is JSON, or a dialogue whose lines begin with `->` and `<-`.
fn is_qmp(text: &str) -> bool {
    let has_direction = |line: &str| line.starts_with("-> ") || line.starts_with("<- ");
    text.trim_start().starts_with(['{', '[']) || text.lines().any(|line| has_direction(line.trim_start()))
}

/// Colours a line. Text that is not JSON stays as it is.
fn line(line: &str) -> String {
    let indent = line.len() - line.trim_start().len();
    let (mut html, mut rest) = (line[..indent].to_owned(), &line[indent..]);
    if rest.starts_with("->") || rest.starts_with("<-") {
        html += &span("direction", &rest[..2]);
        rest = &rest[2..];
    }
    while let Some(first) = rest.chars().next() {
        let (token, class) = match first {
            '"' => string(rest),
            '-' | '0'..='9' => number(rest),
            _ if first.is_alphanumeric() => word(rest),
            _ => (&rest[..first.len_utf8()], ""),
        };
        html += &if class.is_empty() { escape(token) } else { span(class, token) };
        rest = &rest[token.len()..];
    }
    html
}

/// A token and its class, which is empty for plain text.
type Token<'t> = (&'t str, &'static str);

/// A string up to its closing quote on this line. With a colon behind, it is a key.
fn string(text: &str) -> Token<'_> {
    let mut escaped = false;
    let is_end = |&(_, c): &(usize, char)| {
        let is_end = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        is_end
    };
    let Some((end, _)) = text[1..].char_indices().find(is_end) else { return (text, "") };
    let (token, behind) = text.split_at(end + 2);
    (token, if behind.trim_start().starts_with(':') { "key" } else { "string" })
}

fn number(text: &str) -> Token<'_> {
    let (token, _) = split(text, |c| c.is_ascii_digit() || "+-.eE".contains(c));
    let is_alone = !text[token.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
    match token.parse::<f64>().is_ok() && is_alone {
        true => (token, "literal"),
        false => word(text),
    }
}

/// A run of letters and digits, such as a literal. At least one character, so that the line is consumed.
fn word(text: &str) -> Token<'_> {
    let (token, _) = split(text, |c| c.is_alphanumeric() || "_-".contains(c));
    (token, if matches!(token, "true" | "false" | "null") { "literal" } else { "" })
}

/// Splits the text behind its first characters of the given kind.
fn split(text: &str, is_part: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !is_part(c)).unwrap_or(text.len()))
}

fn span(class: &str, text: &str) -> String {
    format!("<span class=\"{class}\">{}</span>", escape(text))
}

#[cfg(test)]
mod tests {
    use super::pre;

    /// The text with `[class:...]` for each span.
    fn coloured(text: &str) -> String {
        pre(text).replace("<span class=\"", "[").replace("\">", ":").replace("</span>", "]").replace("&quot;", "\"")
    }

    #[test]
    fn dialogues_have_colours() {
        let text = "-> { \"execute\": \"a\\\"b\", \"n\": [ -1.5e3, true ] }\n   <- { \"id\" :null }";
        assert_eq!(
            coloured(text),
            "<pre>[direction:-&gt;] { [key:\"execute\"]: [string:\"a\\\"b\"], [key:\"n\"]: [ [literal:-1.5e3], \
             [literal:true] ] }\n   [direction:&lt;-] { [key:\"id\"] :[literal:null] }</pre>\n"
        );
    }

    #[test]
    fn other_text_has_none() {
        assert_eq!(coloured("$ qemu -S \"1\" <x"), "<pre>$ qemu -S \"1\" &lt;x</pre>\n");
        assert_eq!(
            coloured("{ ... 1st - 12ab --5 \u{e9}2 \"open }"),
            "<pre>{ ... 1st - 12ab --5 \u{e9}2 \"open }</pre>\n"
        );
    }
}
