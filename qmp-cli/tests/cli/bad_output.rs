//! Every command and an output that it cannot write: a full disk, a closed pipe, a directory.

use std::fs::File;
use std::io::Read;
use std::process::Stdio;

use expect_test::expect;

use crate::support::{Folder, VM, transcript};

/// Commands that write to standard output.
const COMMANDS: [&str; 11] = [
    "check --format json big.json",
    "introspect big.json",
    "introspect --pretty big.json",
    "generate big.json",
    "schema dump.json",
    "diff vm.json big.json",
    "diff --format json vm.json big.json",
    "completions bash",
    "--help",
    "--version",
    "diff --help",
];

/// A folder with a schema and a dump that do not fit into the buffer of a pipe.
fn folder() -> Folder {
    let commands = (0..3000).map(|number| format!("{{ 'command': 'c{number}', 'data': {{ 'x': 'int' }} }}\n"));
    let folder = Folder::with(&[("vm.json", VM), ("big.json", &commands.collect::<String>())]);
    std::fs::write(folder.path("dump.json"), folder.stdout("introspect big.json")).expect("a file");
    folder
}

#[test]
fn a_full_disk_is_an_error() {
    let folder = folder();
    let full = || File::options().write(true).open("/dev/full").expect("a full device");
    for command in COMMANDS {
        let output = folder.command(command).stdout(full()).output().expect("it runs");
        let expected =
            "stderr: error: cannot write to standard output: No space left on device (os error 28)\nstatus: 2\n";
        assert_eq!(transcript(&output), expected, "{command}");
    }
    for command in ["generate vm.json", "schema dump.json"] {
        let expected = "stderr: error: cannot write `/dev/full`: No space left on device (os error 28)\nstatus: 2\n";
        assert_eq!(folder.transcript(&format!("{command} -o /dev/full")), expected, "{command}");
    }
    // An error that cannot be reported still decides the exit status.
    let output = folder.command("introspect absent").stderr(full()).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let folder = folder();
    for command in COMMANDS {
        let mut child = folder.command(command);
        let mut child = child.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        let mut first = [0];
        child.stdout.take().expect("its output").read_exact(&mut first).expect("it writes");
        let output = child.wait_with_output().expect("it ends");
        let is_fine = output.status.code()
            == Some(if command.starts_with("diff ") && !command.contains("--help") { 1 } else { 0 });
        assert!(is_fine && output.stderr.is_empty(), "{command}: {output:?}");
    }
}

#[test]
fn directories_that_cannot_be_written() {
    let folder = Folder::with(&[("vm.json", VM), ("file", "")]);
    expect![[r#"
        stderr: error: cannot write a manual to `/dev/full`: it is not a directory
        stderr:  = help: name another directory
        status: 2
    "#]]
    .assert_eq(&folder.transcript("doc vm.json -o /dev/full"));
    expect![[r#"
        stderr: error: cannot create the directory `file/manual`: Not a directory (os error 20)
        status: 2
    "#]]
    .assert_eq(&folder.transcript("doc vm.json -o file/manual"));
    expect![[r#"
        stderr: error: cannot create the directory `/proc/manual`: No such file or directory (os error 2)
        status: 2
    "#]]
    .assert_eq(&folder.transcript("doc vm.json -o /proc/manual"));
}
