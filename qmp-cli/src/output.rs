//! The two standard streams. A reader that has gone is no error: `qmp introspect vm.json | head` ends quietly.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;

use qmp_schema::Report;

use crate::failure::Failure;

/// Writes a result to standard output.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::Other(format!("cannot write to standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// Writes a result to the file, or to standard output if none is named.
pub(crate) fn print_to(file: Option<&Path>, text: &str) -> Result<(), Failure> {
    match file {
        Some(path) => std::fs::write(path, text).map_err(|error| Failure::cannot("write", path, error)),
        None => print(text),
    }
}

/// Writes what was found to standard error, in colour on a terminal.
pub(crate) fn report(report: &Report) {
    if !report.is_empty() {
        say(&report.render(is_coloured()));
    }
}

/// Says on standard error why there is no result.
pub(crate) fn complain(failure: &Failure) {
    match failure {
        Failure::Schema(refused) => report(refused),
        Failure::Other(reason) if is_coloured() => say(&format!("\x1b[1;31merror\x1b[0m: {reason}")),
        Failure::Other(reason) => say(&format!("error: {reason}")),
    }
}

/// Nobody is left to tell if this fails.
fn say(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// By <https://no-color.org>: any text in `NO_COLOR` turns colours off.
fn is_coloured() -> bool {
    io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
