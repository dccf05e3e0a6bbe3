//! Finding programs.

use std::process::Command;
use std::{env, fs};

use crate::project;

/// Returns a command that starts the program of this name in `.cache/bin`, or, if that has none, on the `PATH`.
///
/// Prints the version; returns `None`, and prints what is missing, if there is no such program.
pub fn program(name: &str) -> Option<Command> {
    let set_up = project().join(".cache/bin").join(name);
    if let Ok(starter) = fs::read_to_string(&set_up) {
        println!("ran against: {}", version(&starter));
        return Some(Command::new(set_up));
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file());
    match &found {
        Some(file) => println!("ran against: {name} of this system, {}", file.display()),
        None => println!("skipped: tests with {name}: it is not set up (./run-tests sets it up)"),
    }
    found.map(Command::new)
}

/// The package and its version, which the second line of a starter in `.cache/bin` says.
fn version(starter: &str) -> &str {
    starter.lines().nth(1).and_then(|line| line.strip_prefix("# ")).unwrap_or("an unknown version")
}
