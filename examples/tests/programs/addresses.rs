//! The example server at addresses of every kind, with the clients that speak them: telnet, socat and qmp-shell. Both
//! servers, the blocking one and that on tokio.

use std::io::{BufRead, BufReader};
use std::os::fd::OwnedFd;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;
use test_support::{Authority, TIME_LIMIT, program, within};

use crate::by_hand::talk_and_quit;
use crate::support::{Dialogue, example};

/// The flags of both servers.
pub(crate) const SERVERS: [&[&str]; 2] = [&[], &["--tokio"]];

/// The example server at an address of its own. Dropped, it is killed.
pub(crate) struct Server {
    process: Child,
    addresses: Vec<String>,
}

impl Server {
    /// Starts it with these flags and an address.
    pub(crate) fn start(flags: &[&str], address: &str) -> Self {
        Self::start_by(example("server").args(flags).arg(address), 1)
    }

    /// Starts it by a command, and waits until it listens on so many addresses.
    fn start_by(command: &mut Command, count: usize) -> Self {
        let mut process = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(process.stderr.take().unwrap()).lines().map_while(Result::ok);
        let address = |line: String| line.strip_prefix("listening on ").map(str::to_owned);
        let addresses: Vec<String> = said.by_ref().filter_map(address).take(count).collect();
        assert_eq!(addresses.len(), count, "it does not listen");
        Self { process, addresses }
    }

    /// The last part of the first address: a port, a name.
    pub(crate) fn last_part(&self) -> &str {
        self.addresses[0].rsplit(':').next().unwrap()
    }

    /// Waits for the server to end by itself, with success.
    pub(crate) fn wait(mut self) {
        let status = within(TIME_LIMIT, || self.process.try_wait().unwrap());
        assert!(status.is_some_and(|status| status.success()), "{status:?}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Talks by socat to both servers at an address. `target` makes socat's address of the server's last part.
fn by_socat(address: &str, target: impl Fn(&str, &Path) -> String) {
    let Some(socat) = program("socat") else { return };
    for flags in SERVERS {
        let folder = tempfile::tempdir().unwrap();
        Authority::new("an authority").write_folder(folder.path());
        let mut command = example("server");
        let server = Server::start_by(command.args(flags).arg(address).env("QMP_TLS_DIR", folder.path()), 1);
        let target = target(server.last_part(), folder.path());
        talk_and_quit(Dialogue::start(Command::new(socat.get_program()).args(["-", &target])));
        server.wait();
    }
}

#[test]
fn an_abstract_name() {
    let name = format!("qmp-example {}", std::process::id());
    by_socat(&format!("unix-abstract:{name}"), |name, _| format!("ABSTRACT-CONNECT:{name}"));
}

#[test]
fn tcp_by_socat() {
    by_socat("tcp:127.0.0.1:0", |port, _| format!("TCP:127.0.0.1:{port}"));
}

#[test]
fn tcp_over_ipv6_by_socat() {
    match std::net::TcpListener::bind("[::1]:0") {
        Ok(_) => by_socat("tcp:[::1]:0", |port, _| format!("TCP6:[::1]:{port}")),
        Err(error) => println!("exempt: IPv6: {error}"),
    }
}

#[test]
fn tls_by_socat() {
    by_socat("tls:localhost:0", |port, folder| {
        let file = |name| folder.join(name).display().to_string();
        let (ca, certificate, key) = (file("ca-cert.pem"), file("client-cert.pem"), file("client-key.pem"));
        format!("OPENSSL:localhost:{port},cafile={ca},certificate={certificate},key={key},verify=1")
    });
}

#[test]
fn vsock_by_socat() {
    // The id of this machine works where the kernel has the loopback transport.
    match qmp_types::transport::Listener::bind("vsock:1:4444") {
        Ok(_) => by_socat("vsock:1:4444", |port, _| format!("VSOCK-CONNECT:1:{port}")),
        Err(_) => println!("exempt: vsock: this kernel has no vsock loopback (CONFIG_VSOCKETS_LOOPBACK)"),
    }
}

#[test]
fn tcp_by_telnet() {
    let Some(telnet) = program("telnet") else { return };
    for flags in SERVERS {
        let server = Server::start(flags, "tcp:127.0.0.1:0");
        let mut telnet = Command::new(telnet.get_program());
        talk_and_quit(Dialogue::start(telnet.args(["127.0.0.1", server.last_part()]).stderr(Stdio::null())));
        server.wait();
    }
}

#[test]
fn tcp_by_qmp_shell() {
    let (Some(shell), Some(script)) = (program("qmp-shell"), program("script")) else { return };
    for flags in SERVERS {
        let server = Server::start(flags, "tcp:127.0.0.1:0");
        let command = format!("{} 127.0.0.1:{}", shell.get_program().display(), server.last_part());
        let mut script = Command::new(script.get_program());
        let mut shell = Dialogue::start(script.args(["-qc", &command, "/dev/null"]).stderr(Stdio::null()));
        shell.until("Connected");
        shell.say("query-status\n");
        assert!(shell.until("return").contains("running"));
        shell.say("quit\n");
        shell.until("return");
        shell.finish();
        server.wait();
    }
}

/// The command line of the example server, for socat's `EXEC`.
fn server_command(arguments: &str) -> String {
    format!("{} {arguments}", example("server").get_program().display())
}

#[test]
fn standard_input_and_output_as_pipes() {
    for flags in SERVERS {
        talk_and_quit(Dialogue::start(example("server").args(flags).arg("stdio").stderr(Stdio::null())));
    }
}

#[test]
fn the_end_of_standard_input_ends_the_session() {
    for flags in SERVERS {
        let mut hand = Dialogue::start(example("server").args(flags).arg("stdio").stderr(Stdio::null()));
        hand.say("{ 'execute': 'qmp_capabilities' } { 'execute': 'query-name' }");
        hand.until(r#""capabilities""#);
        // Everything that was sent is answered.
        assert_eq!(hand.finish().lines().count(), 2);
    }
}

#[test]
fn standard_input_and_output_as_a_socket_and_as_a_terminal() {
    let Some(socat) = program("socat") else { return };
    for kind in ["", ",pipes", ",pty,raw,echo=0"] {
        for flags in SERVERS {
            let target = format!("EXEC:{}{kind}", server_command(&[flags, &["stdio"]].concat().join(" ")));
            let mut socat = Command::new(socat.get_program());
            talk_and_quit(Dialogue::start(socat.args(["-t0.2", "-", &target]).stderr(Stdio::null())));
        }
    }
}

/// A listening socket in a folder, and a command by which socat connects to it.
fn listening_socket(socat: &Command) -> (TempDir, UnixListener, Command) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vm.sock");
    let listener = UnixListener::bind(&path).unwrap();
    let mut socat = Command::new(socat.get_program());
    socat.args(["-", &format!("UNIX-CONNECT:{}", path.display())]);
    (folder, listener, socat)
}

/// A shell that starts the example server with other descriptors than its own.
fn shell(redirections: &str, environment: &str, arguments: &str) -> Command {
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", &format!("exec env {environment} {} {redirections}", server_command(arguments))]);
    shell
}

#[test]
fn an_inherited_listening_socket() {
    let Some(socat) = program("socat") else { return };
    for flags in SERVERS {
        let (_folder, listener, mut socat) = listening_socket(&socat);
        let mut shell = shell("5<&0 </dev/null", "", &[flags, &["fd:5"]].concat().join(" "));
        let server = Server::start_by(shell.stdin(OwnedFd::from(listener)), 1);
        assert_eq!(server.addresses, ["fd:5"]);
        talk_and_quit(Dialogue::start(&mut socat));
        server.wait();
    }
}

#[test]
fn an_inherited_connection() {
    for flags in SERVERS {
        let (ours, theirs) = UnixStream::pair().unwrap();
        let mut shell = shell("7<&0 </dev/null", "", &[flags, &["fd:7"]].concat().join(" "));
        let server = Server::start_by(shell.stdin(OwnedFd::from(theirs)), 1);
        let mut lines = BufReader::new(ours).lines();
        assert!(lines.next().unwrap().unwrap().contains("QMP"));
        // The client leaves, and the program ends, as it has nothing else to serve.
        drop(lines);
        server.wait();
    }
}

#[test]
fn sockets_of_a_service_manager() {
    let Some(socat) = program("socat") else { return };
    for flags in SERVERS {
        let (_one, first, mut by_first) = listening_socket(&socat);
        let (_other, second, mut by_second) = listening_socket(&socat);
        let variables = "LISTEN_FDS=2 LISTEN_FDNAMES=one:other LISTEN_PID=$$";
        let mut shell = shell("3<&0 4<&1 </dev/null >/dev/null", variables, &flags.join(" "));
        let shell = shell.stdin(OwnedFd::from(first)).stdout(OwnedFd::from(second));
        let server = Server::start_by(shell, 2);
        assert_eq!(server.addresses, ["fd:3", "fd:4"]);
        let mut hand = Dialogue::start(&mut by_first);
        hand.until("QMP");
        hand.finish();
        talk_and_quit(Dialogue::start(&mut by_second));
        server.wait();
    }
}

#[test]
fn sockets_for_another_process_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut shell = shell("3</dev/null", "LISTEN_FDS=1 LISTEN_PID=1", "");
    let server = Server::start_by(shell.env("TMPDIR", folder.path()), 1);
    assert_eq!(server.addresses, [folder.path().join("qmp-example.sock").display().to_string()]);
}

#[test]
fn a_client_that_listens() {
    let Some(socat) = program("socat") else { return };
    for flags in SERVERS {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("manager.sock").display().to_string();
        let mut server = example("server").args(flags).args(["--connect", &path]).spawn().unwrap();
        let mut socat = Command::new(socat.get_program());
        talk_and_quit(Dialogue::start(socat.args(["-", &format!("UNIX-LISTEN:{path}")])));
        let status = within(TIME_LIMIT, || server.try_wait().unwrap());
        assert!(status.is_some_and(|status| status.success()), "{status:?}");
    }
}

#[test]
fn two_addresses_and_one_client_at_a_time() {
    let Some(socat) = program("socat") else { return };
    for flags in SERVERS {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vm.sock").display().to_string();
        let arguments = [flags, &["--one", &path, "tcp:127.0.0.1:0"]].concat();
        let server = Server::start_by(example("server").args(&arguments), 2);
        let connect = |target: &str| Dialogue::start(Command::new(socat.get_program()).args(["-", target]));
        let mut first = connect(&format!("UNIX-CONNECT:{path}"));
        first.until("QMP");
        let second = connect(&server.addresses[1].replace("tcp:", "TCP:"));
        first.finish();
        talk_and_quit(second);
        server.wait();
    }
}
