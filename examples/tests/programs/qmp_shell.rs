//! `qmp-shell`, of the Python package `qemu.qmp`.

use std::fs;
use std::process::Stdio;

use crate::support::{Dialogue, Server, installed};

#[test]
fn a_session_with_completion() {
    let Some(mut shell) = installed("qmp-shell") else { return };
    let server = Server::start();
    let log = server.path().with_file_name("log");
    // When the server closes the connection, as QEMU does after `quit`, the shell ends with a Python traceback.
    let mut shell = Dialogue::start(shell.arg("-l").arg(&log).arg(server.path()).stderr(Stdio::null()));
    assert!(shell.until("Connected").contains("QEMU 0.1.0"));

    shell.say("query-status\n");
    assert!(shell.until("return").contains("running"));
    let log = fs::read_to_string(log).unwrap();
    assert!(log.contains("blockdev-change-medium"), "for its completion it asks for the commands on its own: {log}");

    shell.say("eject id=ide1-cd0\n");
    shell.until("return");
    shell.say("device_del id=nothing\n");
    assert!(shell.until("error").contains("DeviceNotFound"));
    shell.say(r#"blockdev-add driver=raw node-name=part file={"driver":"null-co","size":4096} size=512"#);
    shell.say("\nquery-block\n");
    shell.until("return");
    assert!(shell.until("return").contains("part"));
    shell.say("quit\n");
    shell.until("return");
    shell.finish();
    server.wait();
}
