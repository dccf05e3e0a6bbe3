//! The two standard streams. A reader that has gone is no error: `qmp introspect vm.json | head` ends quietly.

use std::fs::{self, Metadata};
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use qmp_schema::Report;

use crate::failure::Failure;

/// Writes a result to standard output.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("cannot write to standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// Writes a result to the file, or to standard output if none is named. The files that the result was made of stay as they
/// are.
pub(crate) fn print_to<'a>(
    file: Option<&Path>,
    text: &str,
    made_of: impl IntoIterator<Item = &'a Path>,
) -> Result<(), Failure> {
    let Some(path) = file else { return print(text) };
    if let Some(input) = made_of.into_iter().find(|input| is_same_file(path, input)) {
        let reason = format!("the result is made of `{}`", input.display());
        return Err(Failure::cannot("overwrite", path, reason).help("name another file to write to"));
    }
    fs::write(path, text).map_err(|error| Failure::cannot("write", path, error))
}

/// Whether two paths lead to one file. A terminal or a pipe may well be both ends.
fn is_same_file(a: &Path, b: &Path) -> bool {
    let identity = |metadata: Metadata| (metadata.dev(), metadata.ino());
    let file = |path: &Path| fs::metadata(path).ok().filter(Metadata::is_file).map(identity);
    file(a).is_some_and(|a| Some(a) == file(b))
}

/// Writes what was found to standard error, in colour on a terminal.
pub(crate) fn report(report: &Report) {
    if !report.is_empty() {
        say(&report.render(is_coloured(&io::stderr())));
    }
}

/// Says on standard error why there is no result.
pub(crate) fn complain(failure: &Failure) {
    match failure {
        Failure::Schema(refused) => report(refused),
        Failure::Other { reason, help } => {
            say(&format!("{}: {reason}", painted("error", "1;31", &io::stderr())));
            if !help.is_empty() {
                say(&format!(" = help: {help}"));
            }
        }
    }
}

/// Says on standard error what the user may not have meant.
pub(crate) fn warn(text: &str) {
    say(&format!("{}: {text}", painted("warning", "1;33", &io::stderr())));
}

/// Tells somebody who sits before a terminal what was done.
pub(crate) fn tell(text: &str) {
    if io::stderr().is_terminal() {
        say(text);
    }
}

/// Writes a line to standard error. Nobody is left to tell if this fails.
pub(crate) fn say(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// A word in a colour of the terminal, if the stream is one.
pub(crate) fn painted(word: &str, colour: &str, stream: &impl IsTerminal) -> String {
    if is_coloured(stream) { format!("\x1b[{colour}m{word}\x1b[0m") } else { word.to_owned() }
}

/// By <https://no-color.org>: any text in `NO_COLOR` turns colours off.
fn is_coloured(stream: &impl IsTerminal) -> bool {
    is_capable(stream) && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Whether the stream is a terminal that understands more than text.
pub(crate) fn is_capable(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}
