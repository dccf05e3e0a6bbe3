//! The report on a terminal: progress and colours.

use std::process::Stdio;

use test_support::program;

use crate::faulty::{FaultyServer, Switch, Variant};

#[test]
fn a_terminal_shows_progress_and_colours() {
    let Some(mut script) = program("script") else { return };
    let server = FaultyServer::start(Variant::Monitor, Some(Switch::VersionIsText));
    let command = format!("{} conform --rule greeting/* {}", env!("CARGO_BIN_EXE_qmp"), server.socket().display());
    script.args(["--quiet", "--return", "--command", &command, "/dev/null"]).stdin(Stdio::null());
    let output = script.env("TERM", "xterm").env_remove("NO_COLOR").output().expect("script runs");
    let seen = String::from_utf8(output.stdout).expect("UTF-8").replace('\x1b', "ESC");
    assert!(seen.contains("\rESC[K1 of 4: greeting/arrives\rESC[K2 of 4: greeting/first"), "{seen}");
    assert!(seen.contains("\nESC[32mpass     ESC[0m  greeting/first"), "{seen}");
    assert!(seen.contains("\nESC[1;31mfail     ESC[0m  greeting/version"), "{seen}");
    assert_eq!(output.status.code(), Some(1));
}
