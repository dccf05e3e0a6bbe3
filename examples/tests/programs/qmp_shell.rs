//! `qmp-shell`, of the Python package `qemu.qmp`.

use crate::support::{Dialogue, Server, installed};

#[test]
fn a_session_with_completion() {
    let Some(mut shell) = installed("qmp-shell") else { return };
    let server = Server::start();
    // `-v` shows what it sends; on its start it asks for the commands, to complete their names.
    let mut shell = Dialogue::start(shell.arg("-v").arg(server.path()));
    shell.until("Connected");
    shell.say("query-status\n");
    assert!(shell.until("return").contains("running"));
    shell.say("eject id=ide1-cd0\n");
    shell.until("return");
    shell.say("device_del id=nothing\n");
    assert!(shell.until("error").contains("DeviceNotFound"));
    shell.say("query-commands\n");
    assert!(shell.until("return").contains("blockdev-change-medium"));
    shell.say("quit\n");
    shell.until("return");
    shell.finish();
    server.wait();
}
