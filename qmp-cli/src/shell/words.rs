//! Splits a typed line into words.

/// A word of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Where it begins and ends in the line, in bytes.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Its text, without quotes.
    pub(super) text: String,
}

/// A line that ends within quotes or brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unfinished;

/// Splits a line at white space. `'` and `"` quote white space; JSON, which begins a word or follows its `=`, is one word and
/// keeps its quotes.
pub(super) fn split(line: &str) -> Result<Vec<Word>, Unfinished> {
    let mut words = Vec::new();
    let mut rest = Characters(line.char_indices().peekable());
    loop {
        while rest.0.next_if(|(_, c)| c.is_whitespace()).is_some() {}
        let Some(&(start, _)) = rest.0.peek() else { return Ok(words) };
        let text = word(&mut rest)?;
        let end = rest.0.peek().map_or(line.len(), |&(end, _)| end);
        words.push(Word { start, end, text });
    }
}

struct Characters<'a>(std::iter::Peekable<std::str::CharIndices<'a>>);

fn word(rest: &mut Characters<'_>) -> Result<String, Unfinished> {
    let mut text = String::new();
    while let Some((_, c)) = rest.0.next_if(|(_, c)| !c.is_whitespace()) {
        let begins_value = text.is_empty() || text.ends_with('=');
        match c {
            '{' | '[' if begins_value => json(rest, c, &mut text)?,
            '"' if text.ends_with(":=") => json_string(rest, &mut text)?,
            '"' | '\'' => quoted(rest, c, &mut text)?,
            _ => text.push(c),
        }
    }
    Ok(text)
}

/// Reads to the end of a JSON value that begins with this bracket.
fn json(rest: &mut Characters<'_>, open: char, text: &mut String) -> Result<(), Unfinished> {
    text.push(open);
    let mut depth = 1;
    while depth > 0 {
        let (_, c) = rest.0.next().ok_or(Unfinished)?;
        match c {
            '"' => json_string(rest, text)?,
            _ => text.push(c),
        }
        match c {
            '{' | '[' => depth += 1,
            '}' | ']' => depth -= 1,
            _ => {}
        }
    }
    Ok(())
}

/// Reads to the end of a JSON string, whose opening quote has been read.
fn json_string(rest: &mut Characters<'_>, text: &mut String) -> Result<(), Unfinished> {
    text.push('"');
    loop {
        let (_, c) = rest.0.next().ok_or(Unfinished)?;
        text.push(c);
        match c {
            '\\' => text.push(rest.0.next().ok_or(Unfinished)?.1),
            '"' => return Ok(()),
            _ => {}
        }
    }
}

/// Reads to the closing quote. Within `"`, a backslash quotes the next character.
fn quoted(rest: &mut Characters<'_>, quote: char, text: &mut String) -> Result<(), Unfinished> {
    loop {
        match rest.0.next().ok_or(Unfinished)?.1 {
            c if c == quote => return Ok(()),
            '\\' if quote == '"' => text.push(rest.0.next().ok_or(Unfinished)?.1),
            c => text.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines() {
        for (line, expected) in [
            ("  stop ", &["stop"][..]),
            ("a b='c d' e=\"f \\\" g\"", &["a", "b=c d", "e=f \" g"]),
            (r#"a b={"c": [1, "}"]} d"#, &["a", r#"b={"c": [1, "}"]}"#, "d"]),
            (r#"a b:="c d" e:=[ 1 ]"#, &["a", r#"b:="c d""#, "e:=[ 1 ]"]),
            (r#"{"execute": "stop"}"#, &[r#"{"execute": "stop"}"#]),
            ("a p=/x[0] q={", &[]),
            ("a p=/x[0]", &["a", "p=/x[0]"]),
            ("a 'b", &[]),
            ("a b={\"c", &[]),
        ] {
            let words = split(line).unwrap_or_default();
            assert_eq!(words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>(), expected, "{line}");
        }
        let words = split("a  é=1 c").expect("words");
        assert_eq!(words.iter().map(|word| (word.start, word.end)).collect::<Vec<_>>(), [(0, 1), (3, 7), (8, 9)]);
    }

    proptest! {
        #[test]
        fn never_panics(line in "[a-z=:{}\\[\\]\"'\\\\ é\n]{0,20}|\\PC{0,20}") {
            for word in split(&line).unwrap_or_default() {
                prop_assert!(!line[word.start..word.end].is_empty());
            }
        }
    }
}
