//! Runs the program.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// Runs `qmp conform` with these options, separated by blanks.
pub(crate) fn qmp(options: &str) -> Output {
    command(options).output().expect("the program runs")
}

/// Runs `qmp conform` with these options against a server.
pub(crate) fn conform(options: &str, server: &Path) -> Output {
    command(options).arg(server).output().expect("the program runs")
}

/// `qmp conform` with these options.
pub(crate) fn command(options: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_qmp"));
    command.arg("conform").args(options.split_whitespace()).stdin(Stdio::null());
    command
}

/// The standard output as JSON.
pub(crate) fn json(output: &Output) -> Value {
    let text = String::from_utf8_lossy(&output.stdout);
    serde_json::from_str(&text).unwrap_or_else(|error| {
        panic!("{error}: {text}{}", String::from_utf8_lossy(&output.stderr));
    })
}
