//! `qmp-shell`, of the Python package `qemu.qmp`.

use std::process::Stdio;

use test_support::program;

use crate::support::{Dialogue, Server};

#[test]
fn a_session_with_completion() {
    // It completes names only at a terminal, which `script` makes for it.
    let (Some(shell), Some(mut script)) = (program("qmp-shell"), program("script")) else { return };
    let server = Server::start();
    let command = format!("{} {}", shell.get_program().display(), server.path().display());
    // When the server closes the connection, as QEMU does after `quit`, the shell ends with a Python traceback.
    let mut shell = Dialogue::start(script.args(["-qc", &command, "/dev/null"]).stderr(Stdio::null()));
    assert!(shell.until("Connected").contains("QEMU 0.1.0"));

    // What it completes is what `query-commands` has told it.
    shell.say("query-sta\t\n");
    assert!(shell.until("return").contains("running"));
    shell.say("eject id=ide1-cd0\n");
    shell.until("return");
    shell.say("device_del id=nothing\n");
    assert!(shell.until("error").contains("DeviceNotFound"));
    shell.say("blockdev-add driver=raw node-name=part file={\"driver\":\"null-co\",\"size\":4096} size=512\n");
    shell.until("return");
    shell.say("query-block\n");
    assert!(shell.until("return").contains("part"));
    shell.say("quit\n");
    shell.until("return");
    shell.finish();
    server.wait();
}
