//! Executes lines.

use std::rc::Rc;

use qmp_schema::model::Schema;
use qmp_types::blocking::Client;
use qmp_types::{Error, Map, Value};

use super::help;
use super::line::Line;
use super::screen::Screen;
use super::words::Word;
use crate::arguments;
use crate::failure::{Failure, NO_ANSWER};
use crate::output::printable;
use crate::pretty::pretty;

/// A connection and the schemas of its server.
pub(super) struct Session {
    pub(super) client: Client,
    /// The schema that types arguments: the server's, or else that of a file.
    pub(super) types: Option<Rc<Schema>>,
    /// The schema of a file, which has documentation.
    pub(super) documentation: Option<Rc<Schema>>,
    pub(super) screen: Screen,
    /// Whether return values are indented.
    pub(super) is_pretty: bool,
    /// Whether a line has failed.
    pub(super) has_failed: bool,
}

/// Whether the shell goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    Line,
    End,
}

/// Why a line failed: a text, and the part of the line to point at.
struct Complaint {
    text: String,
    place: Option<(usize, usize)>,
}

impl Session {
    /// Executes a line and shows the result.
    ///
    /// # Errors
    /// If the connection has ended, or the output cannot be written.
    pub(super) fn execute(&mut self, line: &str) -> Result<Next, Failure> {
        let result = match Line::parse(line) {
            Ok(Line::Nothing) => return Ok(Next::Line),
            Ok(Line::Exit) => return Ok(Next::End),
            Ok(Line::Help(None)) => Ok(help::OVERVIEW.to_owned()),
            Ok(Line::Help(Some(name))) => self.help(&name),
            Ok(Line::Command { name, arguments }) => self.command(line, &name, &arguments)?,
            Ok(Line::Request { name, arguments }) => {
                self.call(&name, arguments)?.map_err(|error| Complaint { text: refusal(&error), place: None })
            }
            Err(text) => Err(Complaint { text, place: None }),
        };
        let text = result.unwrap_or_else(|complaint| {
            self.has_failed = true;
            complaint.render(line)
        });
        Ok(if self.screen.show(&text)? { Next::Line } else { Next::End })
    }

    /// Executes a command whose arguments were typed.
    fn command(&self, line: &str, name: &str, words: &[Word]) -> Result<Result<String, Complaint>, Failure> {
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        let place = |index: usize| words.get(index).map(|word| (word.start, word.end));
        let json = match arguments::to_json(self.types.as_deref(), name, &texts) {
            Ok(json) => json,
            Err(mistake) => return Ok(Err(Complaint { text: mistake.reason, place: place(mistake.argument) })),
        };
        Ok(self.call(name, json)?.map_err(|error| {
            let start = line.len() - line.trim_start().len();
            let place = match error.is_command_not_found() {
                true => Some((start, start + name.len())),
                false => arguments::named_in(error.desc().unwrap_or_default(), &texts).and_then(place),
            };
            Complaint { text: refusal(&error), place }
        }))
    }

    /// Calls a command. Returns what it returns, or the error that the server answered with.
    fn call(&self, name: &str, arguments: Map<String, Value>) -> Result<Result<String, Error>, Failure> {
        match self.client.call_raw(name, &Value::Object(arguments)) {
            Ok(value) if self.is_pretty => Ok(Ok(pretty(&value.to_string()))),
            Ok(value) => Ok(Ok(value.to_string())),
            Err(error) if error.class().is_some() => Ok(Err(error)),
            Err(error) => Err(Failure::new(format!("no reply to `{name}`: {error}")).with_status(NO_ANSWER)),
        }
    }

    fn help(&self, name: &str) -> Result<String, Complaint> {
        let unknown = |text: String| Complaint { text, place: None };
        let Some(types) = self.types.as_deref() else {
            return Err(unknown("no schema is known; start the shell with `--schema FILE`".to_owned()));
        };
        let text = help::command(types, self.documentation.as_deref(), name);
        text.ok_or_else(|| unknown(format!("unknown command `{name}`")))
    }
}

impl Complaint {
    /// Formats the complaint, with the line and a mark below the part that it is about.
    fn render(&self, line: &str) -> String {
        let text = format!("error: {}", printable(&self.text));
        let Some((start, end)) = self.place else { return text };
        let line_start = line[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = line[start..].find('\n').map_or(line.len(), |newline| start + newline);
        let blanks = line[line_start..start].chars().count();
        let marks = line[start..end.min(line_end)].chars().count().max(1);
        let shown = printable(&line[line_start..line_end].replace('\t', " "));
        format!("{text}\n | {shown}\n | {}{}", " ".repeat(blanks), "^".repeat(marks))
    }
}

/// The text of an error that the server answered with.
fn refusal(error: &Error) -> String {
    match error.class().zip(error.desc()) {
        Some((class, desc)) => format!("{class}: {desc}"),
        None => error.to_string(),
    }
}
