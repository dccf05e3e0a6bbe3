//! Output that only a terminal gets: colours and progress.

use std::os::unix::net::UnixListener;
use std::process::{Command, Stdio};

use expect_test::expect;
use test_support::program;

use crate::support::{Folder, VM};

/// The output on a terminal, with these environment variables.
fn seen(folder: &Folder, arguments: &str, environment: &[(&str, &str)]) -> String {
    let output = on_a_terminal(folder, arguments, environment).output().expect("script runs");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The program behind a terminal that `script` (of util-linux) makes.
fn on_a_terminal(folder: &Folder, arguments: &str, environment: &[(&str, &str)]) -> Command {
    let mut command = program("script").expect("a terminal");
    let qmp = format!("{} {arguments}", env!("CARGO_BIN_EXE_qmp"));
    command.args(["--quiet", "--return", "--command", &qmp, "/dev/null"]);
    command.current_dir(folder.path("")).env("TERM", "xterm").env_remove("NO_COLOR").envs(environment.iter().copied());
    command.stdin(Stdio::null());
    command
}

#[test]
fn colours_can_be_turned_off() {
    if program("script").is_none() {
        return;
    }
    let newer = "{ 'command': 'query-status' } { 'event': 'STOPPED', 'data': { 'at': 'int', '*why': 'str' } } { 'event': 'NEW' }";
    let folder = Folder::with(&[("old.json", VM), ("new.json", newer), ("bad.json", "{ 'event': 'e' }")]);
    let coloured = seen(&folder, "diff old.json new.json", &[]);
    expect![[r#"
        ESC[1mquery-statusESC[0m
          ESC[1;31mbreakingESC[0m  return: required member `status` removed
          ESC[33mnoteESC[0m      return: optional member `size` removed
        ESC[1mstopESC[0m
          ESC[1;31mbreakingESC[0m  command removed, was deprecated
        ESC[1mSTOPPEDESC[0m
          ESC[32mfineESC[0m      data: optional member `why` added
        ESC[1mNEWESC[0m
          ESC[32mfineESC[0m      event added
        2 breaking, 1 note, 2 fine
    "#]]
    .assert_eq(&coloured.replace('\x1b', "ESC").replace('\r', ""));
    assert!(seen(&folder, "check bad.json", &[]).contains('\x1b'));
    assert!(seen(&folder, "check absent.sock", &[]).contains('\x1b'));
    for environment in [("NO_COLOR", "1"), ("TERM", "dumb")] {
        for arguments in ["diff old.json new.json", "check bad.json", "check absent.sock", "introspect absent.json"] {
            let plain = seen(&folder, arguments, &[environment]);
            assert!(!plain.contains('\x1b') && (plain.contains("breaking") || plain.contains("error: ")), "{plain}");
        }
    }
}

#[test]
fn a_long_wait_is_explained() {
    if program("script").is_none() {
        return;
    }
    let folder = Folder::with(&[]);
    let _silent = UnixListener::bind(folder.path("vm.sock")).expect("a socket");
    let mut waiting = on_a_terminal(&folder, "introspect vm.sock", &[]);
    let waiting = waiting.stdout(Stdio::piped()).spawn().expect("script runs");
    // Without a terminal there is only the error.
    expect![[r#"
        stderr: error: `vm.sock` sent no greeting within 5 s
        stderr:  = help: QEMU serves one client at a time; another client may be connected
        stderr:  = help: a guest agent has neither a greeting nor introspection
        status: 2
    "#]]
    .assert_eq(&folder.transcript("introspect vm.sock"));
    let seen = String::from_utf8(waiting.wait_with_output().expect("it ends").stdout).expect("UTF-8");
    expect![[r#"
        waiting for the greeting of `vm.sock` (at most 5 s)CRESC[KESC[1;31merrorESC[0m: `vm.sock` sent no greeting within 5 sCR
         = help: QEMU serves one client at a time; another client may be connectedCR
         = help: a guest agent has neither a greeting nor introspectionCR
    "#]].assert_eq(&seen.replace('\x1b', "ESC").replace('\r', "CR"));
}

#[test]
fn the_start_page_of_a_manual_is_named() {
    if program("script").is_none() {
        return;
    }
    let folder = Folder::with(&[("vm.json", VM)]);
    assert_eq!(seen(&folder, "doc vm.json -o manual", &[]), "wrote manual/index.html\r\n");
    assert_eq!(folder.transcript("doc vm.json -o manual"), "status: 0\n");
}
