//! The line editor: rustyline, with completion, history and continued lines.

use std::env;
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::rc::Rc;

use qmp_schema::model::Schema;
use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::FileHistory;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{CompletionType, Config, Context, ExternalPrinter, Helper};

use super::completion::complete;
use super::line::is_unfinished;
use crate::failure::Failure;

/// The most lines of the history.
const MOST_LINES: usize = 1000;
const PROMPT: &str = "qmp> ";

/// A line editor on the terminal.
pub(super) struct Editor {
    editor: rustyline::Editor<Support, FileHistory>,
    /// The file with the lines of earlier sessions.
    history: Option<PathBuf>,
    /// The editor drops lines that it has not yet printed when the last printer is dropped, so it keeps one.
    _printer: Box<dyn ExternalPrinter>,
}

impl Editor {
    pub(super) fn new(schema: Option<Rc<Schema>>) -> Result<Self, Failure> {
        let config = Config::builder().completion_type(CompletionType::List).history_ignore_space(true);
        let config = config.max_history_size(MOST_LINES).map_err(|error| no_terminal(&error))?.build();
        let mut editor = rustyline::Editor::with_config(config).map_err(|error| no_terminal(&error))?;
        editor.set_helper(Some(Support { schema }));
        let history = history_file();
        if let Some(file) = &history {
            // The first session has none.
            let _ = editor.load_history(file);
        }
        let printer = editor.create_external_printer().map_err(|error| no_terminal(&error))?;
        Ok(Self { editor, history, _printer: Box::new(printer) })
    }

    /// Returns a function that prints lines above the one that is being typed, from any thread.
    pub(super) fn printer(&mut self) -> Result<impl FnMut(String) + Send + 'static, Failure> {
        let mut printer = self.editor.create_external_printer().map_err(|error| no_terminal(&error))?;
        Ok(move |line: String| {
            // Without a terminal there is nothing to print on.
            let _ = printer.print(line + "\n");
        })
    }

    /// Reads a line, which continues while brackets or quotes are open. Ctrl-C discards it. Returns `None` for Ctrl-D.
    pub(super) fn read(&mut self) -> Result<Option<String>, Failure> {
        loop {
            match self.editor.readline(PROMPT) {
                Ok(line) => {
                    self.remember(&line);
                    return Ok(Some(line));
                }
                Err(ReadlineError::Interrupted) => {}
                Err(ReadlineError::Eof) => return Ok(None),
                Err(error) => return Err(no_terminal(&error)),
            }
        }
    }

    /// Adds a line to the history. The shell works without its file, too.
    fn remember(&mut self, line: &str) {
        if let (Ok(true), Some(file)) = (self.editor.add_history_entry(line), &self.history) {
            let _ = self.editor.append_history(file);
        }
    }
}

/// The file with the history, in the folder for the state of programs by the XDG base directory specification.
fn history_file() -> Option<PathBuf> {
    let absolute = |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let state = absolute("XDG_STATE_HOME").or_else(|| Some(absolute("HOME")?.join(".local/state")))?;
    let folder = state.join("qmp");
    DirBuilder::new().recursive(true).mode(0o700).create(&folder).ok()?;
    Some(folder.join("history"))
}

fn no_terminal(error: &ReadlineError) -> Failure {
    Failure::new(format!("cannot use the terminal: {error}"))
}

/// What the editor asks for while a line is typed.
struct Support {
    schema: Option<Rc<Schema>>,
}

impl Helper for Support {}

impl Completer for Support {
    type Candidate = String;

    fn complete(&self, line: &str, cursor: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<String>)> {
        let line = line.get(..cursor).unwrap_or(line);
        Ok(self.schema.as_ref().map_or((cursor, Vec::new()), |schema| complete(schema, line)))
    }
}

impl Validator for Support {
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        Ok(match is_unfinished(context.input()) {
            true => ValidationResult::Incomplete,
            false => ValidationResult::Valid(None),
        })
    }
}

impl Hinter for Support {
    type Hint = String;
}

impl Highlighter for Support {}
