//! Every command and every kind of input that it cannot use: the message names the input and the cause.

use std::fs;
use std::io::{Read, Write};
use std::os::unix::net::{UnixDatagram, UnixListener, UnixStream};
use std::thread;

use expect_test::{Expect, expect};

use crate::support::{Folder, VM, transcript};

/// The commands that read a schema, without its name. The output goes to a new directory or to standard output.
const COMMANDS: [&str; 10] = [
    "check",
    "check --format json",
    "fmt --check",
    "introspect",
    "introspect --pretty --cfg A",
    "generate",
    "doc -o manual",
    "schema",
    "diff vm.json",
    "diff --format json vm.json",
];

const GREETING: &str =
    r#"{"QMP": {"version": {"qemu": {"major": 1, "minor": 0, "micro": 0}, "package": ""}, "capabilities": []}}"#;

/// Runs every command on the input. Each must fail, and name the input and the cause.
fn every_command_fails(folder: &Folder, input: &str, cause: &str) {
    for command in COMMANDS {
        let output = folder.run(&format!("{command} {input}"));
        let said = transcript(&output);
        let expected = if command.starts_with("check") && !said.contains("help: `qmp") { 1 } else { 2 };
        assert_eq!(output.status.code(), Some(expected), "{command} {input}: {said}");
        assert!(said.contains(input) && said.contains(cause), "{command} {input}: {said}");
        assert!(!folder.path("manual").exists(), "{command} {input}");
        if command == "check --format json" && expected == 1 {
            serde_json::from_slice::<serde_json::Value>(&output.stdout).expect("JSON");
        } else {
            assert!(output.stdout.is_empty(), "{command} {input}: {said}");
        }
    }
}

#[test]
fn files_that_are_no_text() {
    let folder = Folder::with(&[("vm.json", VM)]);
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path(name), bytes).expect("a file");
    let dump = folder.stdout("introspect vm.json");
    let utf_16 = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    fs::create_dir(folder.path("directory")).expect("a directory");
    std::os::unix::fs::symlink("loop", folder.path("loop")).expect("a link");
    write("binary", b"\x7fELF\x02\x01\x01\0\0\0\xff\xfe");
    write("utf-16.json", &[b"\xff\xfe".to_vec(), utf_16(&dump)].concat());
    every_command_fails(&folder, "absent", "No such file or directory");
    every_command_fails(&folder, "directory", "Is a directory");
    every_command_fails(&folder, "loop", "Too many levels of symbolic links");
    every_command_fails(&folder, "binary", "expected UTF-8 text, found binary data");
    every_command_fails(&folder, "utf-16.json", "expected UTF-8 text, found UTF-16");
    write("latin-1.json", b"# caf\xe9\n");
    every_command_fails(&folder, "latin-1.json", "the file is not UTF-8");
    write("part.json", b"{ 'include': 'binary' }");
    expect![[r#"
        stderr: part.json:1:14: error: cannot read `binary`: expected UTF-8 text, found binary data
        stderr:   |
        stderr: 1 | { 'include': 'binary' }
        stderr:   |              ^^^^^^^^
        status: 1
    "#]]
    .assert_eq(&folder.transcript("check part.json"));
}

#[test]
fn text_that_is_no_schema() {
    let folder = Folder::with(&[("vm.json", VM)]);
    for (name, text) in [
        ("prose.txt", "Dear reader,\n"),
        ("object.json", "{ \"a\": 1 }"),
        ("number.json", "12"),
        ("nul.txt", "a\0b"),
        ("cut.json", "[{\"name\": \"x\", \"meta-type\": \"command\""),
        ("error.json", "{\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"unknown\"}}"),
        ("greeting.json", GREETING),
    ] {
        fs::write(folder.path(name), text).expect("a file");
        every_command_fails(&folder, name, "error");
    }
}

#[test]
fn an_empty_file_defines_nothing() {
    let folder = Folder::with(&[("vm.json", VM), ("empty.json", ""), ("blank.json", "\n\n"), ("list.json", "[]")]);
    let warning = |name: &str| format!("stderr: warning: `{name}` defines no command, event or type\n");
    for name in ["empty.json", "blank.json", "list.json", "/dev/null"] {
        for command in ["doc -o manual", "diff vm.json", "diff --format json --breaking vm.json"] {
            let said = folder.transcript(&format!("{command} {name}"));
            assert!(said.contains(&warning(name)), "{command}: {said}");
        }
    }
    assert_eq!(folder.transcript("introspect empty.json"), format!("[]\n{}status: 0\n", warning("empty.json")));
    assert_eq!(folder.transcript("check empty.json"), "status: 0\n");
    expect![[r#"
        stderr: error: expected a reply to `query-qmp-schema`, found nothing in `blank.json`
        status: 2
    "#]]
    .assert_eq(&folder.transcript("schema blank.json"));
    // The reply of a server without commands is complete.
    assert_eq!(folder.transcript("introspect list.json"), "[]\nstatus: 0\n");
}

/// PowerShell writes a byte order mark in front of redirected output.
#[test]
fn a_dump_may_begin_with_a_byte_order_mark() {
    let folder = Folder::with(&[("vm.json", VM)]);
    let dump = folder.stdout("introspect vm.json");
    fs::write(folder.path("dump.json"), &dump).expect("a file");
    fs::write(folder.path("marked.json"), format!("\u{feff}{dump}")).expect("a file");
    for command in ["introspect", "schema", "generate", "diff vm.json"] {
        assert_eq!(
            folder.transcript(&format!("{command} marked.json")).replace("marked", "dump"),
            folder.transcript(&format!("{command} dump.json")),
        );
    }
    fs::write(folder.path("marked.json"), "\u{feff}[{ \"name\": }]").expect("a file");
    expect![[r#"
        stderr: marked.json:1:13: error: invalid introspection data: no JSON list: expected value
        stderr:   |
        stderr: 1 | ﻿[{ "name": }]
        stderr:   |            ^
        status: 2
    "#]]
    .assert_eq(&folder.transcript("introspect marked.json"));
    fs::write(folder.path("marked.json"), format!("\u{feff}{VM}")).expect("a file");
    every_command_fails(&folder, "marked.json", "error");
    assert!(folder.transcript("check marked.json").contains("save the file without a byte order mark"));
}

#[test]
fn an_address_without_its_kind() {
    let folder = Folder::with(&[("vm.json", VM), ("file:1", VM), ("tcp:file:1", VM)]);
    expect![[r#"
        stderr: error: cannot read `localhost:4444`: no such file
        stderr:  = help: `tcp:localhost:4444` for a TCP port, or `unix:localhost:4444` for the path of a Unix socket
        status: 2
    "#]]
    .assert_eq(&folder.transcript("introspect localhost:4444"));
    let said = folder.transcript("introspect localhost:4444");
    for command in ["generate", "schema", "doc -o manual", "diff vm.json"] {
        assert_eq!(folder.transcript(&format!("{command} localhost:4444")), said);
    }
    for file in ["file:1", "tcp:file:1"] {
        assert_eq!(folder.stdout(&format!("introspect {file}")), folder.stdout("introspect vm.json"));
    }
}

#[test]
fn addresses_of_no_server() {
    let folder = Folder::with(&[]);
    let addresses =
        ["unix:vm.sock", "tcp:localhost", "tcp:localhost:1", "tls:localhost:1", "vsock:x:1", "fd:99", "stdio"];
    let said: String = addresses.map(|address| folder.transcript(&format!("schema {address}"))).concat();
    expect![[r#"
        stderr: error: cannot connect to `vm.sock`: No such file or directory (os error 2)
        status: 2
        stderr: error: invalid address `tcp:localhost`: expected `tcp:HOST:PORT`, found no port
        stderr:  = help: for example `tcp:localhost:4444`
        status: 2
        stderr: error: cannot connect to `tcp:localhost:1`: connection refused
        stderr:  = help: no server is listening: start it again, or give the address of a running server
        status: 2
        stderr: error: cannot connect to `tls:localhost:1`: TLS needs certificates
        stderr:  = help: set the environment variable QMP_TLS_DIR to a folder with `ca-cert.pem`, `client-cert.pem` and `client-key.pem`
        status: 2
        stderr: error: invalid address `vsock:x:1`: expected a context id, which is a number or `any`, found `x`
        stderr:  = help: write the number in decimal digits
        status: 2
        stderr: error: cannot connect to `fd:99`: expected an open descriptor 99, which the process inherited: Bad file descriptor (os error 9)
        status: 2
        stderr: error: cannot read `stdio`: No such file or directory (os error 2)
        status: 2
    "#]].assert_eq(&said);
}

#[test]
fn control_characters_are_escaped() {
    let doc = "##\n# @stop:\n#\n# Features:\n#\n# @deprecated: \u{1b}[31mred\n##\n";
    let command = "{ 'command': 'stop', 'features': [ 'deprecated' ] }";
    let folder = Folder::with(&[("old.json", "{ 'command': 'stop' }"), ("new.json", &format!("{doc}{command}"))]);
    expect![[r#"
        stop
          note      now deprecated
                      \u{1b}[31mred
        0 breaking, 1 note, 0 fine
        status: 0
    "#]]
    .assert_eq(&folder.transcript("diff old.json new.json"));
    let output = folder.command("introspect").arg("a\n\u{1b}[31mb").output().expect("it runs");
    expect![[r#"
        stderr: error: cannot read `a\n\u{1b}[31mb`: No such file or directory (os error 2)
        status: 2
    "#]]
    .assert_eq(&transcript(&output));
}

/// Listens on a socket in the folder, and talks to the only client.
fn serve(folder: &Folder, socket: &str, talk: impl FnOnce(&UnixStream) + Send + 'static) {
    let listener = UnixListener::bind(folder.path(socket)).expect("a socket");
    thread::spawn(move || {
        let (stream, _) = listener.accept().expect("a client");
        talk(&stream);
    });
}

/// Reads a request, and answers it.
fn answer(mut stream: &UnixStream, text: &str) {
    let _ = stream.read(&mut [0; 1000]);
    let _ = writeln!(stream, "{text}");
}

/// The message about a server that talks like this.
#[track_caller]
fn refused(folder: &Folder, socket: &str, talk: impl FnOnce(&UnixStream) + Send + 'static, expected: Expect) {
    serve(folder, socket, talk);
    expected.assert_eq(&folder.transcript(&format!("introspect {socket}")));
}

#[test]
fn servers_that_do_not_answer() {
    let folder = Folder::with(&[]);
    let greet = |mut stream: &UnixStream| writeln!(stream, "{GREETING}").expect("a client that reads");
    refused(
        &folder,
        "close.sock",
        |_| {},
        expect![[r#"
            stderr: error: `close.sock` closed the connection before the handshake was complete
            stderr:  = help: a guest agent has neither a greeting nor introspection
            status: 2
        "#]],
    );
    refused(
        &folder,
        "greet.sock",
        move |stream| greet(stream),
        expect![[r#"
            stderr: error: `greet.sock` closed the connection before the handshake was complete
            stderr:  = help: a guest agent has neither a greeting nor introspection
            status: 2
        "#]],
    );
    refused(
        &folder,
        "other.sock",
        |mut stream| stream.write_all(b"SSH-2.0-OpenSSH\r\n").expect("a client that reads"),
        expect![[r#"
            stderr: error: cannot connect to `other.sock`: the peer does not speak QMP; received `SSH-2.0-OpenSSH\r\n`
            status: 2
        "#]],
    );
    refused(
        &folder,
        "unknown.sock",
        move |stream| {
            greet(stream);
            answer(stream, r#"{"return": {}, "id": 1}"#);
            let error = r#"{"class": "CommandNotFound", "desc": "The command is\nunknown"}"#;
            answer(stream, &format!(r#"{{"error": {error}, "id": 2}}"#));
        },
        expect![[r#"
            stderr: error: cannot query `unknown.sock`: `query-qmp-schema`: CommandNotFound: The command is\nunknown
            stderr:  = help: the server does not support `query-qmp-schema`
            status: 2
        "#]],
    );
    refused(
        &folder,
        "cut.sock",
        move |stream| {
            greet(stream);
            answer(stream, r#"{"return": {}, "id": 1}"#);
            answer(stream, r#"{"return": [{"name": "x""#);
        },
        expect![[r#"
            stderr: error: cannot query `cut.sock`: the peer closed the connection before the reply to `query-qmp-schema`
            status: 2
        "#]],
    );
    let _datagrams = UnixDatagram::bind(folder.path("datagram.sock")).expect("a socket");
    expect![[r#"
        stderr: error: cannot connect to `datagram.sock`: Protocol wrong type for socket (os error 91)
        status: 2
    "#]]
    .assert_eq(&folder.transcript("introspect datagram.sock"));
}
