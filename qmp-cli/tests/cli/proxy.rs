//! `qmp proxy` with real servers, and the programs that share them.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};

use examples::qmp::RunState;
use examples::qmp::blocking::Client;
use expect_test::expect;
use rustix::fs::{CWD, FileType, Mode, mknodat};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
#[cfg(feature = "tls")]
use test_support::Authority;
use test_support::{Generation, Server, TIME_LIMIT, program, within};

use crate::support::Folder;

/// A proxy that runs in a folder. Dropped, it is killed.
struct Proxy<'f> {
    folder: &'f Folder,
    child: Child,
}

impl<'f> Proxy<'f> {
    /// Starts the program, and waits until it has connected.
    fn start(folder: &'f Folder, arguments: &str) -> Self {
        Self::of(folder, folder.command(&format!("proxy {arguments}")))
    }

    fn of(folder: &'f Folder, mut command: Command) -> Self {
        let log = File::create(folder.path("log")).expect("a log");
        let proxy = Self { folder, child: command.stderr(log).spawn().expect("it starts") };
        proxy.says("\nconnected to ", 1);
        proxy
    }

    /// Waits until this many clients have negotiated, as the log of their bytes says.
    fn has_served(&self, count: usize) {
        let negotiations = || self.folder.read("wire.jsonl").matches("qmp_capabilities").count();
        let served = within(TIME_LIMIT, || (negotiations() >= count).then_some(()));
        assert!(served.is_some(), "{count} clients");
    }

    /// Waits until the proxy has said this as many times.
    fn says(&self, text: &str, times: usize) {
        let said = within(TIME_LIMIT, || (self.folder.read("log").matches(text).count() >= times).then_some(()));
        assert!(said.is_some(), "expected {text:?} {times} times, found {}", self.folder.read("log"));
    }

    /// Sends a signal, and waits for the end. Returns what the proxy has said.
    fn end_by(self, signal: Signal) -> String {
        kill_process(Pid::from_child(&self.child), signal).expect("it runs");
        let folder = self.folder;
        assert_eq!(self.wait().code(), Some(0));
        folder.read("log")
    }

    fn wait(mut self) -> ExitStatus {
        within(TIME_LIMIT, || self.child.try_wait().expect("its status")).expect("it ends")
    }
}

impl Drop for Proxy<'_> {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn emulator(options: &str) -> Option<Server> {
    Server::emulator(Generation::Trixie, &format!("-M none -nodefaults -nographic -S {options}"))
}

#[test]
fn qmp_shell_a_typed_client_and_events_share_qemu_while_a_call_is_killed() {
    let Some(shell) = program("qmp-shell") else { return };
    for generation in Generation::ALL {
        let Some(qemu) = Server::bare_emulator(generation) else { continue };
        let folder = Folder::with(&[]);
        let proxy = Proxy::start(&folder, &format!("{} --listen vm.sock --log wire.jsonl", qemu.socket().display()));
        let vm = Client::connect_unix(folder.path("vm.sock")).expect("a monitor").timeout(TIME_LIMIT);
        let mut watching = folder.command("events vm.sock --json").stdout(Stdio::piped()).spawn().expect("it starts");
        let mut events = BufReader::new(watching.stdout.take().expect("its output")).lines().map_while(Result::ok);
        let mut shell = Command::new(shell.get_program());
        let shell = shell.arg(folder.path("vm.sock")).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut shell = shell.stderr(Stdio::null()).spawn().expect("it starts");
        let mut shown = BufReader::new(shell.stdout.take().expect("its output")).lines().map_while(Result::ok);
        let mut say = |line: &str| writeln!(shell.stdin.as_mut().expect("its input"), "{line}").expect("it reads");

        // The call blocks, because it reads a fifo.
        mknodat(CWD, folder.path("fifo"), FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).expect("a fifo");
        let node = format!("driver=blkdebug node-name=n config={} image.driver=null-co", folder.path("fifo").display());
        let mut killed = folder.command(&format!("call vm.sock blockdev-add {node}")).spawn().expect("it starts");
        let fifo = within(TIME_LIMIT, || {
            let nonblocking = rustix::fs::OFlags::WRONLY | rustix::fs::OFlags::NONBLOCK;
            rustix::fs::open(folder.path("fifo"), nonblocking, Mode::empty()).ok()
        });
        proxy.has_served(4);
        say("query-status");
        killed.kill().and_then(|()| killed.wait()).expect("it is killed");
        drop(fifo.expect("QEMU reads the fifo"));

        assert!(shown.any(|line| line.contains("return") && line.contains("prelaunch")), "{generation:?}");
        assert_eq!(vm.query_status().expect("an answer").status, RunState::Prelaunch);
        say("cont");
        assert!(shown.any(|line| line.contains("return")));
        let resumed: Value = serde_json::from_str(&events.next().expect("an event")).expect("JSON");
        assert_eq!(resumed["event"], "RESUME");
        assert_eq!(vm.query_status().expect("an answer").status, RunState::Running);
        // What the killed program has asked for was done.
        let nodes = folder.stdout("call vm.sock query-named-block-nodes");
        assert!(nodes.contains("\"n\""), "{nodes}");
        drop(vm);
        proxy.end_by(Signal::TERM);
        assert!(events.next().is_none());
        assert_eq!(watching.wait().expect("its status").code(), Some(0));
        let _ = shell.kill().and_then(|()| shell.wait());
    }
}

/// The result of each rule of `qmp conform`.
fn conform(folder: &Folder, address: &str, options: &str) -> BTreeMap<String, String> {
    let output = folder.run(&format!("conform {address} {options} --timeout 30 --format json"));
    let report: Value = serde_json::from_slice(&output.stdout).expect("a report");
    let text = |rule: &Value, name: &str| rule[name].as_str().expect("a text").to_owned();
    let rules = report["rules"].as_array().expect("rules").iter();
    rules.map(|rule| (text(rule, "rule"), text(rule, "result"))).collect()
}

#[test]
fn a_proxy_keeps_the_rules_that_qemu_keeps() {
    keeps_the_rules(Server::bare_emulator, "", "--invasive", 100);
}

#[test]
fn a_proxy_keeps_the_rules_that_a_guest_agent_keeps() {
    keeps_the_rules(Server::guest_agent, "--agent", "--agent", 60);
}

fn keeps_the_rules(start: fn(Generation) -> Option<Server>, proxy_options: &str, options: &str, at_least: usize) {
    std::thread::scope(|scope| {
        for generation in Generation::ALL {
            scope.spawn(move || {
                let Some(server) = start(generation) else { return };
                let folder = Folder::with(&[]);
                let address = server.socket().display().to_string();
                let direct = conform(&folder, &address, options);
                let proxy = Proxy::start(&folder, &format!("{address} {proxy_options} --listen vm.sock"));
                let proxied = conform(&folder, "vm.sock", options);
                assert!(direct.len() > at_least && direct.keys().eq(proxied.keys()));
                for (rule, result) in &direct {
                    assert!(proxied[rule] == *result || proxied[rule] == "pass", "{rule}: {result}, {}", proxied[rule]);
                }
                proxy.end_by(Signal::TERM);
            });
        }
    });
}

#[test]
fn rules_of_listeners() {
    let Some(qemu) = emulator("") else { return };
    let folder = Folder::with(&[]);
    let listen =
        "--listen all.sock --listen ro.sock,read-only,allow=st* --listen unix:a,,b.sock,deny=query-*,uid=12345";
    let proxy = Proxy::start(&folder, &format!("{} {listen}", qemu.socket().display()));
    assert_eq!(folder.stdout("call all.sock stop"), "{}\n");
    assert_eq!(folder.stdout("call ro.sock stop"), "{}\n");
    assert!(folder.stdout("call ro.sock query-status").contains("prelaunch"));
    let refused = folder.transcript("call ro.sock system_reset");
    let expected = "The command system_reset is not allowed: this session is read-only";
    assert!(refused.contains(&format!("GenericError: {expected}")) && refused.ends_with("status: 1\n"), "{refused}");
    let stranger = folder.transcript("call a,b.sock stop");
    assert!(stranger.contains("is not allowed to use this monitor"), "{stranger}");

    let log = proxy.end_by(Signal::INT);
    expect![[r#"
        listening on all.sock
        listening on ro.sock (read-only, allow=st*)
        listening on a,b.sock (deny=query-*, uid=12345)
        connected to SERVER: version 10.0.N
    "#]]
    .assert_eq(&without_version(&log.replace(&qemu.socket().display().to_string(), "SERVER")));
    let left: Vec<_> =
        fs::read_dir(folder.path("")).expect("a folder").flatten().map(|file| file.file_name()).collect();
    assert_eq!(left, ["log"], "no sockets are left");
}

/// The text without the last part of the version, and without the package.
fn without_version(text: &str) -> String {
    let line = |line: &str| match line.split_once("version 10.0.") {
        Some((before, _)) => format!("{before}version 10.0.N\n"),
        None => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

#[test]
fn what_follows_the_end_of_the_server() {
    for (action, said) in [("disconnect", "connecting again"), ("keep", "connecting again"), ("end", "ending")] {
        let (Some(qemu), Some(next)) = (emulator(""), emulator("")) else { return };
        let folder = Folder::with(&[]);
        std::os::unix::fs::symlink(qemu.socket(), folder.path("current")).expect("a link");
        let proxy =
            Proxy::start(&folder, &format!("current --listen vm.sock --log wire.jsonl --when-server-ends {action}"));
        let mut events = folder.command("events vm.sock --count 1").stdout(Stdio::piped()).spawn().expect("it starts");
        proxy.has_served(1);
        fs::remove_file(folder.path("current")).expect("a link");
        std::os::unix::fs::symlink(next.socket(), folder.path("current")).expect("a link");
        drop(qemu);
        proxy.says(&format!("disconnected from current, {said}: "), 1);
        match action {
            "end" => {
                assert_eq!(proxy.wait().code(), Some(0));
                assert_eq!(events.wait().expect("its status").code(), Some(3));
                continue;
            }
            _ => proxy.says("connected to ", 2),
        }
        folder.stdout("call vm.sock cont");
        let output = events.wait_with_output().expect("it ends");
        let seen = String::from_utf8_lossy(&output.stdout).contains("RESUME");
        assert_eq!(seen, action == "keep", "{action}");
        proxy.end_by(Signal::TERM);
    }
}

#[test]
fn listeners_of_all_kinds() {
    let Some(qemu) = emulator("") else { return };
    let (folder, server) = (Folder::with(&[]), qemu.socket().display().to_string());
    let proxy = Proxy::start(&folder, &format!("{server} --listen tcp:127.0.0.1:0,read-only --log wire.jsonl"));
    let log = folder.read("log");
    let address = log.split_whitespace().find_map(|word| word.strip_prefix("tcp:")).expect("the port");
    assert!(TcpStream::connect(address).is_ok());
    assert!(folder.stdout(&format!("call tcp:{address} query-version")).contains("\"major\":10"));
    let remote = folder.transcript(&format!("proxy {server} --listen tcp:0.0.0.0:0"));
    assert!(remote.contains("cannot listen") && remote.ends_with("status: 2\n"), "{remote}");
    proxy.end_by(Signal::TERM);
    assert!(folder.read("wire.jsonl").contains("query-version"));

    // Standard input and output: one client, and then the end.
    let requests = b"{\"execute\": \"qmp_capabilities\"}{\"execute\": \"query-version\", \"id\": 7}";
    let output = folder.transcript_of(&format!("proxy {server} --listen stdio"), requests);
    assert!(output.contains("\"id\": 7}") && output.ends_with("status: 0\n"), "{output}");

    // A listening socket that was inherited, as from libvirt.
    let listener = UnixListener::bind(folder.path("inherited")).expect("a socket");
    let mut command = Command::new("sh");
    command.args(["-c", "exec \"$0\" proxy \"$1\" --listen fd:0", env!("CARGO_BIN_EXE_qmp"), &server]);
    command.stdin(std::os::fd::OwnedFd::from(listener)).current_dir(folder.path(""));
    let proxy = Proxy::of(&folder, command);
    assert_eq!(folder.stdout("call inherited stop"), "{}\n");
    proxy.end_by(Signal::TERM);
}

#[cfg(feature = "tls")]
#[test]
fn a_listener_with_certificates() {
    let Some(qemu) = emulator("") else { return };
    let authority = Authority::new("the authority");
    let (server, client) = (authority.sign(&["localhost"]), authority.sign(&["a client"]));
    let folder = Folder::with(&[
        ("ca-cert.pem", authority.certificate()),
        ("server-cert.pem", &server.certificate),
        ("server-key.pem", &server.key),
        ("client-cert.pem", &client.certificate),
        ("client-key.pem", &client.key),
    ]);
    let arguments = format!("proxy {} --listen tls:localhost:0,read-only", qemu.socket().display());
    let mut command = folder.command(&arguments);
    command.env("QMP_TLS_DIR", folder.path(""));
    let proxy = Proxy::of(&folder, command);
    let log = folder.read("log");
    let address = log.split_whitespace().find(|word| word.starts_with("tls:")).expect("the port");
    let mut call = folder.command(&format!("call {address} query-qmp-schema"));
    let output = call.env("QMP_TLS_DIR", folder.path("")).output().expect("it runs");
    assert!(output.status.success() && output.stdout.len() > 100_000, "{}", String::from_utf8_lossy(&output.stderr));
    proxy.end_by(Signal::TERM);

    let without = folder.command(&arguments).env_remove("QMP_TLS_DIR").output().expect("it runs");
    let error = String::from_utf8_lossy(&without.stderr).into_owned();
    assert!(error.contains("cannot listen on `tls:localhost:0`") && error.contains("`server-key.pem`"), "{error}");
}

#[test]
fn failures() {
    let folder = Folder::with(&[]);
    expect![[r#"
        stderr: listening on vm.sock
        stderr: error: cannot share `absent.sock`: timed out waiting for a server that listens on absent.sock: none within 100ms (No such file or directory (os error 2))
        status: 3
    "#]]
    .assert_eq(&folder.transcript("proxy absent.sock --listen vm.sock --timeout 0.1"));
    expect![[r#"
        stderr: error: invalid value 'vm.sock,ro' for '--listen <LISTEN>': expected `read-only`, `allow=PATTERN`, `deny=PATTERN` or `uid=UID`, found `ro`; help: double a comma that belongs to the address
        stderr:
        stderr: For more information, try '--help'.
        status: 2
    "#]]
    .assert_eq(&folder.transcript("proxy absent.sock --listen vm.sock,ro"));
    let silent = UnixListener::bind(folder.path("silent")).expect("a socket");
    expect![[r#"
        stderr: listening on vm.sock
        stderr: error: cannot share `silent`: timed out waiting for the greeting of silent: none within 100ms; another client may be connected to the server
        status: 3
    "#]]
    .assert_eq(&folder.transcript("proxy silent --listen vm.sock --timeout 0.1"));
    drop(silent);
    let busy = UnixListener::bind(folder.path("busy")).expect("a socket");
    let listening = folder.transcript("proxy absent.sock --listen busy");
    assert!(listening.contains("cannot listen: busy: ") && listening.ends_with("status: 2\n"), "{listening}");
    drop(busy);
}

/// Help has spaces at the ends of some lines, which do not survive in this file.
fn without_trailing_space(text: &str) -> String {
    text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

#[test]
fn help() {
    expect![[r#"
        Share one server among many clients

        QEMU serves one client at a time on a monitor. The proxy is that client, and serves others as the
        server itself would: each has its own negotiation, ids, replies and out-of-band execution, and all
        receive the events. Descriptors are passed on with `getfd` and `add-fd`.

        Usage: qmp proxy [OPTIONS] --listen <LISTEN> <ADDRESS>

        Arguments:
          <ADDRESS>
                  The server: the path of its Unix socket, or another address (see `qmp --help`)

        Options:
              --listen <LISTEN>
                  Serve clients at this address, with these rules; repeatable

              --agent
                  The server is a guest agent: no greeting, no negotiation, no events

              --when-server-ends <ACTION>
                  What to do when the server closes the connection

                  Possible values:
                  - disconnect: Disconnect the clients and connect again; further clients wait for the
                    greeting until then
                  - keep:       Keep the clients and connect again; commands fail until then
                  - end:        Disconnect the clients and end

                  [default: disconnect]

              --timeout <SECONDS>
                  How long to try to connect at the start

                  [default: 5]

              --allow-remote
                  Allow `tcp:` addresses that other machines can connect to

              --log <FILE>
                  Log all bytes from and to clients to this file, as lines of JSON

          -h, --help
                  Print help (see a summary with '-h')

        LISTEN is an address, and rules for the clients that connect there:
          ADDRESS[,read-only][,allow=PATTERN]...[,deny=PATTERN]...[,uid=UID]...
          read-only      only `query-*`, and what `allow` adds
          allow=PATTERN  only commands of this name, or that match the pattern
                         (`block-*`, `?`), and with `read-only`, queries
          deny=PATTERN   none of these, whatever else is allowed
          uid=UID        only processes of this user
          A comma in the address is doubled. Other users cannot connect to a path
          (mode 0600). `fd:N` is an inherited socket that listens or is connected.

        Exit status:
          0  ended by SIGTERM or SIGINT; the server ended, with
             `--when-server-ends end`; the client at `stdio` has left
          2  wrong usage, or an address that cannot be listened on
          3  no connection to the server at the start

        Examples:
          qmp proxy /run/vm/monitor.sock --listen /run/vm/shared.sock
          qmp proxy /run/vm/monitor.sock --listen /run/vm/admin.sock \
              --listen /run/vm/watch.sock,read-only,deny=query-vnc
          qmp proxy tcp:localhost:4444 --listen /tmp/vm.sock,read-only,allow=screendump
          qmp proxy /run/vm/monitor.sock --when-server-ends end --listen fd:3
    "#]]
    .assert_eq(&without_trailing_space(&Folder::with(&[]).stdout("proxy --help")));
}

#[test]
fn arguments_and_ids_of_a_storage_daemon() {
    for daemon in Generation::ALL.into_iter().filter_map(Server::storage_daemon) {
        let folder = Folder::with(&[]);
        let proxy = Proxy::start(&folder, &format!("{} --listen vm.sock", daemon.socket().display()));
        assert_eq!(folder.stdout("call vm.sock blockdev-add driver=null-co node-name=n"), "{}\n");
        let nodes: Value = serde_json::from_str(&folder.stdout("call vm.sock query-named-block-nodes")).unwrap();
        assert_eq!(nodes[0]["node-name"], json!("n"));
        assert!(Path::new(&folder.path("vm.sock")).exists());
        proxy.end_by(Signal::TERM);
    }
}
