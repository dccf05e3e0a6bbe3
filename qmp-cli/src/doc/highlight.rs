//! Colours for examples of QMP: directions, keys, strings, numbers and literals.

use super::html::push_escaped;

/// Returns `<pre>` with the text as it is, in colours if it is an example of QMP.
pub(super) fn pre(text: &str) -> String {
    let text = text.trim_end();
    let mut html = String::with_capacity(text.len() * 2);
    html.push_str("<pre>");
    if is_qmp(text) {
        for (index, line) in text.lines().enumerate() {
            html.push_str(if index > 0 { "\n" } else { "" });
            push_line(&mut html, line);
        }
    } else {
        push_escaped(&mut html, text);
    }
    html.push_str("</pre>\n");
    html
}

/// Whether the text is JSON, or a dialogue whose lines begin with `->` and `<-`.
fn is_qmp(text: &str) -> bool {
    let has_direction = |line: &str| line.starts_with("-> ") || line.starts_with("<- ");
    text.trim_start().starts_with(['{', '[']) || text.lines().any(|line| has_direction(line.trim_start()))
}

/// Appends a line in colours. Text that is not JSON stays as it is.
fn push_line(html: &mut String, line: &str) {
    let mut rest = line.trim_start();
    html.push_str(&line[..line.len() - rest.len()]);
    if rest.starts_with("->") || rest.starts_with("<-") {
        push_token(html, (&rest[..2], "direction"));
        rest = &rest[2..];
    }
    while let Some(first) = rest.chars().next() {
        let token = match first {
            '"' => string(rest),
            '-' | '0'..='9' => number(rest),
            _ if first.is_alphanumeric() => word(rest),
            _ => (run(rest, |c| !begins_token(c)), ""),
        };
        push_token(html, token);
        rest = &rest[token.0.len()..];
    }
}

/// Whether a token other than plain text may begin with the character.
fn begins_token(c: char) -> bool {
    c == '"' || c == '-' || c.is_alphanumeric()
}

fn push_token(html: &mut String, (text, class): Token<'_>) {
    if class.is_empty() {
        return push_escaped(html, text);
    }
    for part in ["<span class=\"", class, "\">"] {
        html.push_str(part);
    }
    push_escaped(html, text);
    html.push_str("</span>");
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
    let token = run(text, |c| c.is_ascii_digit() || "+-.eE".contains(c));
    let is_alone = !text[token.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
    match token.parse::<f64>().is_ok() && is_alone {
        true => (token, "literal"),
        false => word(text),
    }
}

/// A run of letters and digits, such as a literal. At least one character, so that the line is consumed.
fn word(text: &str) -> Token<'_> {
    let token = run(text, |c| c.is_alphanumeric() || "_-".contains(c));
    (token, if matches!(token, "true" | "false" | "null") { "literal" } else { "" })
}

/// The characters of the given kind that the text begins with.
fn run(text: &str, is_part: impl Fn(char) -> bool) -> &str {
    &text[..text.find(|c| !is_part(c)).unwrap_or(text.len())]
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
