//! `qmp shell`: in a terminal, and with commands on standard input.

use std::{fs, thread};

use expect_test::expect;
use test_support::{Generation, Server, TIME_LIMIT, Terminal, within};

use crate::support::Folder;

/// Starts the shell in a terminal, with its files in this folder. Returns `None` if there is no terminal.
fn shell(folder: &Folder, arguments: &str) -> Option<Terminal> {
    let (qmp, state) = (env!("CARGO_BIN_EXE_qmp"), folder.path("state"));
    let command = format!("XDG_STATE_HOME={} {qmp} shell {arguments}; echo status: $?; sleep 60", state.display());
    let terminal = Terminal::start(&command)?;
    terminal.until("qmp>");
    Some(terminal)
}

/// Types a line.
fn enter(terminal: &Terminal, line: &str) {
    terminal.keys(&["-l", line]);
    terminal.keys(&["Enter"]);
}

#[test]
fn at_a_prompt_of_qemu() {
    for suite in Generation::ALL {
        let options = "-M none -nodefaults -nographic -S -qmp unix:@/other,server=on,wait=off";
        let Some(server) = Server::emulator(suite, options) else { continue };
        let (folder, log) = (Folder::with(&[]), server.folder().join("log"));
        let arguments = format!("{} --log {}", server.socket().display(), log.display());
        let Some(terminal) = shell(&folder, &arguments) else { return };
        terminal.until("`help` explains the syntax");

        // Completion: a command, an argument, a value.
        terminal.keys(&["-l", "blockdev-a"]);
        terminal.keys(&["Tab"]);
        terminal.until("qmp> blockdev-add");
        terminal.keys(&["-l", "driver=null-c"]);
        terminal.keys(&["Tab"]);
        terminal.until("driver=null-co");
        terminal.keys(&["-l", "node-n"]);
        terminal.keys(&["Tab"]);
        terminal.until("node-name=");
        enter(&terminal, "d5 read-only=true");
        terminal.until("{}");

        // An event does not break the line that is being typed.
        terminal.keys(&["-l", "blockdev-del node-name"]);
        terminal.until("qmp> blockdev-del node-name");
        folder.stdout(&format!("call {} system_reset", server.folder().join("other").display()));
        terminal.until("RESET {\"guest\":false");
        let text = terminal.text();
        assert_eq!(text.trim_end().lines().last(), Some("qmp> blockdev-del node-name"), "{text}");
        enter(&terminal, "=6");
        terminal.until(" | blockdev-del node-name=6\n |              ^^^^^^^^^^^\n");

        // JSON over several lines.
        enter(&terminal, "{\"execute\": \"query-named-block-nodes\",");
        enter(&terminal, "\"arguments\": {\"flat\": true}}");
        terminal.until("\"node-name\": \"d5\"");

        // The history, here and in the next session. The last entry has two lines.
        terminal.keys(&["C-l"]);
        terminal.keys(&["Up", "Up", "Up"]);
        terminal.until("qmp> blockdev-del node-name=6");
        terminal.keys(&["C-u"]);
        terminal.keys(&["C-d"]);
        terminal.until("status: 0");
        drop(terminal);
        let terminal = shell(&folder, &arguments).expect("a terminal");
        terminal.keys(&["Up", "Up", "Up"]);
        terminal.until("qmp> blockdev-del node-name=6");
        let transcript = fs::read_to_string(&log).expect("the transcript");
        for expected in
            ["qmp> blockdev-add driver=null-co node-name=d5 read-only=true\n{}\n", " RESET {", "error: GenericError"]
        {
            assert!(transcript.contains(expected), "{transcript}");
        }

        // The end of the server.
        terminal.keys(&["C-u"]);
        drop(server);
        terminal.until("no more events: ");
        enter(&terminal, "query-status");
        terminal.until("status: 3");
    }
}

#[test]
fn commands_of_standard_input() {
    let input = b"# a comment\n\nquery-kvm\nqom-get path=/ property=5\nquery-kvm x=1\nobject-del id='a b'\n\
        {\"execute\":\n\"query-name\"}\nset_link a\nhelp query-name\nhelp x\nobject-add qom-type=x 'id=\n";
    for server in Generation::ALL.into_iter().filter_map(Server::bare_emulator) {
        let folder = Folder::with(&[]);
        let text = folder.transcript_of(&format!("shell {} --log log", server.socket().display()), input);
        expect![[r#"
            {"enabled":false,"present":true}
            error: GenericError: Property 'container.5' not found
            error: GenericError: Parameter 'x' is unexpected
             | query-kvm x=1
             |           ^^^
            error: GenericError: object 'a b' not found
             | object-del id='a b'
             |            ^^^^^^^^
            {}
            error: expected `KEY=VALUE`, `KEY:=JSON` or a JSON object, found `a`
             | set_link a
             |          ^
            query-name
            returns: NameInfo
            error: unknown command `x`
            error: expected a closing quote or bracket, found the end of the line
            status: 1
        "#]]
        .assert_eq(&text);
        assert!(
            folder.read("log").starts_with("qmp> # a comment\nqmp> \nqmp> query-kvm\n{\"enabled\""),
            "{}",
            folder.read("log")
        );
    }
}

#[test]
fn guest_agents_and_storage_daemons() {
    let schema = "
{ 'pragma': { 'command-returns-exceptions': [ 'guest-sync' ] } }
##
# @guest-sync:
#
# Synchronises.
#
# @id: a number
#
# Since: 1.0
##
{ 'command': 'guest-sync', 'data': { 'id': 'int' }, 'returns': 'int' }
";
    for agent in Generation::ALL.into_iter().filter_map(Server::guest_agent) {
        let folder = Folder::with(&[("ga.json", schema)]);
        let arguments = format!("shell --agent {} --schema ga.json", agent.socket().display());
        let input =
            b"guest-sync id=0x10\nguest-sync id=x\nguest-ping\nhelp guest-sync\nhelp guest-ping\nexit\nguest-ping\n";
        expect![[r#"
            16
            error: `id`: expected an integer from -9223372036854775808 to 9223372036854775807, found `x`
             | guest-sync id=x
             |            ^^^^
            {}
            guest-sync
              Synchronises.
            arguments:
              id: int - a number
            returns: int
            error: unknown command `guest-ping`
            status: 1
        "#]]
        .assert_eq(&folder.transcript_of(&arguments, input));
    }
    for daemon in Generation::ALL.into_iter().filter_map(Server::storage_daemon) {
        let arguments = format!("shell {}", daemon.socket().display());
        expect![[r#"
            []
            error: GenericError: Failed to find node with node-name='1'
             | blockdev-del node-name=1
             |              ^^^^^^^^^^^
            status: 1
        "#]]
        .assert_eq(&Folder::with(&[]).transcript_of(&arguments, b"query-jobs\nblockdev-del node-name=1"));
    }
}

#[test]
fn the_end_of_the_server() {
    let Some(server) = Server::bare_emulator(Generation::Bookworm) else { return };
    let text =
        Folder::with(&[]).transcript_of(&format!("shell {}", server.socket().display()), b"quit\nquery-status\n");
    assert!(text.contains("stderr: error: no reply to `query-status`: ") && text.ends_with("status: 3\n"), "{text}");
    assert!(within(TIME_LIMIT, || (!server.socket().exists()).then_some(())).is_some());
}

#[test]
fn our_own_server() {
    let folder = Folder::with(&[]);
    let socket = folder.path("vm.sock");
    thread::spawn(move || examples::qmp::server(examples::Machine::default()).serve_unix(socket));
    assert!(within(TIME_LIMIT, || folder.path("vm.sock").exists().then_some(())).is_some());
    assert_eq!(
        folder.transcript("call vm.sock query-status"),
        "{\"running\":true,\"status\":\"running\"}\nstatus: 0\n"
    );
    let stopped = folder.transcript("call vm.sock stop --wait STOP --timeout 20");
    assert!(stopped.starts_with("{}\n{\"event\":\"STOP\",") && stopped.ends_with("status: 0\n"), "{stopped}");
    let text = folder.transcript_of("shell vm.sock", b"query-status\ndevice_del id=nothing\n");
    expect![[r#"
        {"running":false,"status":"paused"}
        error: DeviceNotFound: Device 'nothing' not found
         | device_del id=nothing
         |            ^^^^^^^^^^
        status: 1
    "#]]
    .assert_eq(&text);
}
