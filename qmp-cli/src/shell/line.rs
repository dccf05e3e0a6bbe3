//! What a line asks for.

use serde_json::{Map, Value};

use super::words::{Word, split};

/// What a line asks for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Line {
    /// Nothing: it is empty or a comment.
    Nothing,
    Exit,
    /// Help, or help on a command.
    Help(Option<String>),
    /// A command and its arguments as they were typed.
    Command {
        name: String,
        arguments: Vec<Word>,
    },
    /// A request as it is sent.
    Request {
        name: String,
        arguments: Map<String, Value>,
    },
}

impl Line {
    /// Parses a line.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn parse(line: &str) -> Result<Self, String> {
        let line_start = line.trim_start();
        if line_start.is_empty() || line_start.starts_with('#') {
            return Ok(Self::Nothing);
        }
        if line_start.starts_with('{') {
            return request(line);
        }
        let words =
            split(line).map_err(|_| "expected a closing quote or bracket, found the end of the line".to_owned())?;
        let mut words = words.into_iter();
        let Some(name) = words.next() else { return Ok(Self::Nothing) };
        let arguments: Vec<Word> = words.collect();
        Ok(match name.text.as_str() {
            "exit" if arguments.is_empty() => Self::Exit,
            "help" => Self::Help(arguments.into_iter().next().map(|word| word.text)),
            _ => Self::Command { name: name.text, arguments },
        })
    }
}

/// Whether the line ends within quotes or brackets, so that it continues in the next one.
pub(super) fn is_unfinished(line: &str) -> bool {
    !line.trim_start().starts_with('#') && split(line).is_err()
}

/// Parses a request: an object with the members `execute`, `arguments` and `id`. The shell chooses the id.
fn request(text: &str) -> Result<Line, String> {
    let mut request: Map<String, Value> =
        serde_json::from_str(text).map_err(|error| format!("expected a request as a JSON object: {error}"))?;
    let name = match request.remove("execute") {
        Some(Value::String(name)) => name,
        Some(other) => return Err(format!("expected the name of a command in `execute`, found `{other}`")),
        None => return Err("expected a request with the member `execute`".to_owned()),
    };
    let arguments = match request.remove("arguments") {
        None => Map::new(),
        Some(Value::Object(arguments)) => arguments,
        Some(other) => return Err(format!("expected an object in `arguments`, found `{other}`")),
    };
    request.remove("id");
    match request.keys().next() {
        Some(other) => Err(format!("expected the members `execute`, `arguments` and `id`, found `{other}`")),
        None => Ok(Line::Request { name, arguments }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        let words = |text: &str| split(text).expect("words");
        for (line, expected) in [
            (" ", Ok(Line::Nothing)),
            ("# 'comment", Ok(Line::Nothing)),
            ("exit", Ok(Line::Exit)),
            ("help", Ok(Line::Help(None))),
            ("help stop", Ok(Line::Help(Some("stop".to_owned())))),
            ("quit", Ok(Line::Command { name: "quit".to_owned(), arguments: Vec::new() })),
            ("a b=1", Ok(Line::Command { name: "a".to_owned(), arguments: words("  b=1") })),
            (
                "{\"execute\": \"stop\",\n \"id\": 1}",
                Ok(Line::Request { name: "stop".to_owned(), arguments: Map::new() }),
            ),
            ("{}", Err("expected a request with the member `execute`".to_owned())),
            ("{\"execute\": 1}", Err("expected the name of a command in `execute`, found `1`".to_owned())),
            (
                "{\"execute\": \"a\", \"x\": 1}",
                Err("expected the members `execute`, `arguments` and `id`, found `x`".to_owned()),
            ),
            ("a 'b", Err("expected a closing quote or bracket, found the end of the line".to_owned())),
        ] {
            assert_eq!(Line::parse(line), expected, "{line}");
        }
        assert!(
            is_unfinished("a b={\n") && is_unfinished("{\"execute\"") && !is_unfinished("# '") && !is_unfinished("a")
        );
    }
}
