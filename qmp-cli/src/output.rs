//! Standard output and standard error. A closed pipe is not an error: `qmp introspect vm.json | head` ends quietly.

use std::fs::{self, Metadata};
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use qmp_schema::Report;

use crate::failure::Failure;

/// Writes a result to standard output.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    print_part(text).map(|_| ())
}

/// Writes a part of a result to standard output. Returns whether anyone reads it.
pub(crate) fn print_part(text: &str) -> Result<bool, Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(Failure::new(format!("cannot write to standard output: {error}"))),
    }
}

/// Writes help or the version to standard output, in the styles of a terminal if it is one.
pub(crate) fn print_help(help: &clap::Error) -> Result<(), Failure> {
    let text = help.render();
    print(&if is_coloured(&io::stdout()) { text.ansi().to_string() } else { text.to_string() })
}

/// Writes a result to the file, or to standard output if there is none. Refuses to overwrite the inputs of the result.
pub(crate) fn print_to<'a>(
    file: Option<&Path>,
    text: &str,
    inputs: impl IntoIterator<Item = &'a Path>,
) -> Result<(), Failure> {
    let Some(path) = file else { return print(text) };
    if let Some(input) = inputs.into_iter().find(|input| is_same_file(path, input)) {
        let reason = format!("it is the input `{}`", input.display());
        return Err(Failure::cannot("write", path, reason).help("name another output file"));
    }
    fs::write(path, text).map_err(|error| Failure::cannot("write", path, error))
}

/// Whether two paths lead to the same regular file. A terminal or a pipe may be both input and output.
fn is_same_file(a: &Path, b: &Path) -> bool {
    let identity = |metadata: Metadata| (metadata.dev(), metadata.ino());
    let file = |path: &Path| fs::metadata(path).ok().filter(Metadata::is_file).map(identity);
    file(a).is_some_and(|a| Some(a) == file(b))
}

/// Writes diagnostics to standard error, in colour on a terminal.
pub(crate) fn report(report: &Report) {
    if !report.is_empty() {
        say(&report.render(is_coloured(&io::stderr())));
    }
}

/// Writes the reason of a failure to standard error.
pub(crate) fn fail(failure: &Failure) {
    match failure {
        Failure::Schema(diagnostics) => report(diagnostics),
        Failure::Other { reason, help, .. } => {
            say(&format!("{}: {}", painted("error", "1;31", &io::stderr()), printable(reason)));
            help.iter().for_each(|help| say(&format!(" = help: {}", printable(help))));
        }
    }
}

/// Writes a warning to standard error.
pub(crate) fn warn(text: &str) {
    say(&format!("{}: {}", painted("warning", "1;33", &io::stderr()), printable(text)));
}

/// Writes a line to standard error if that is a terminal.
pub(crate) fn inform(text: &str) {
    if io::stderr().is_terminal() {
        say(text);
    }
}

/// Writes a line to standard error. A failure to write is ignored, because there is no other place to report it.
pub(crate) fn say(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Escapes control characters, which names of files, messages of servers and documentation may contain.
pub(crate) fn printable(text: &str) -> String {
    let escape = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.to_string() };
    text.chars().map(escape).collect()
}

/// Paints a word in a colour if the stream is a terminal.
pub(crate) fn painted(word: &str, colour: &str, stream: &impl IsTerminal) -> String {
    if is_coloured(stream) { format!("\x1b[{colour}m{word}\x1b[0m") } else { word.to_owned() }
}

/// Whether to use colours. By <https://no-color.org>, a non-empty `NO_COLOR` turns them off.
fn is_coloured(stream: &impl IsTerminal) -> bool {
    is_capable(stream) && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Whether the stream is a terminal that interprets escape sequences.
pub(crate) fn is_capable(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}
