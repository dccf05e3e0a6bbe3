//! Starting a server for a client.

use std::ffi::OsStr;
use std::fmt;
use std::io::{self, Write};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::ClientOptions;
use super::process::{OwnedProcess, Process};
use crate::transport::{Address, AddressError, Stream};
use crate::{Error, Result};

/// A server to start, and to connect to. `Client::spawn` of either twin takes it.
///
/// The program gets one end of a socket pair as its standard input: descriptor 0. QEMU and its storage daemon take the
/// descriptor as a socket's `fd=0`. There is no path, no race and nothing to clean up:
///
/// ```no_run
/// use qmp_types::blocking::Client;
/// use qmp_types::client::Spawn;
///
/// let qemu = Spawn::new("qemu-system-x86_64")
///     .args(["-M", "none", "-nodefaults", "-display", "none"])
///     .args(["-chardev", "socket,id=c,fd=0", "-mon", "chardev=c,mode=control"]);
/// let vm = Client::spawn(qemu)?; // or qmp::blocking::Client, or qmp::Client and .await
/// println!("{}", vm.call_raw("query-status", &serde_json::json!({}))?);
/// # Ok::<(), qmp_types::Error>(())
/// ```
///
/// A program that listens on a socket of its own is waited for:
///
/// ```no_run
/// use qmp_types::ClientOptions;
/// use qmp_types::blocking::Client;
/// use qmp_types::client::Spawn;
///
/// let agent = Spawn::new("qemu-ga")
///     .args(["-m", "unix-listen", "-p", "/run/vm/qga.sock", "-t", "/run/vm", "-f", "/run/vm/qga.pid"])
///     .listening_at("unix:/run/vm/qga.sock")
///     .options(ClientOptions::new().guest_agent());
/// let agent = Client::spawn(agent)?;
/// # Ok::<(), qmp_types::Error>(())
/// ```
///
/// # The end of the process
/// If the program ends, calls fail with its [`exit_status`](Error::exit_status) and its last messages. This is noticed
/// at once while the client connects, too.
///
/// When the last clone of the client is dropped, or when connecting fails, the process receives SIGTERM. If it does not
/// end within the [grace](Self::grace), it receives SIGKILL. The blocking client waits for the end, the asynchronous
/// client leaves that to a thread. [`Process::detach`] lets the process run on. If this program is killed, nothing is
/// dropped: QEMU runs on. If it ends before the thread does, a process that ignores SIGTERM runs on.
///
/// A program that daemonizes, as QEMU does with `-daemonize`, cannot be owned: it ends, and the daemon it has started
/// runs on. With a socket pair it closes the descriptor, and connecting fails; at an address, the client connects to the
/// daemon.
///
/// # Standard error
/// It is read all the time. The last 4 KiB are kept for error messages and [`Process::stderr`], and
/// [`forward_stderr`](Self::forward_stderr) copies it. Standard output is inherited, if a [`Command`] does not say
/// otherwise.
pub struct Spawn {
    command: Command,
    /// Where the program listens, or `None` if it gets an end of a socket pair.
    address: Option<Result<Address, AddressError>>,
    options: ClientOptions,
    grace: Duration,
    stderr: Option<Box<dyn Write + Send>>,
}

impl Spawn {
    /// Starts this program, which is searched in `PATH` if it is only a name.
    ///
    /// For an environment, a folder or standard output of its own, convert a [`Command`]: `Spawn::from(command)`.
    #[must_use]
    pub fn new(program: impl AsRef<OsStr>) -> Self {
        Self::from(Command::new(program))
    }

    /// Adds arguments.
    #[must_use]
    pub fn args(mut self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        self.command.args(arguments);
        self
    }

    /// Makes the client connect to this address, where the program will listen. Default: the program gets an end of a
    /// socket pair as its standard input.
    ///
    /// If another process listens there already, the client connects to that one. So use a path that does not exist.
    #[must_use]
    pub fn listening_at(self, address: impl TryInto<Address, Error: Into<AddressError>>) -> Self {
        Self { address: Some(Address::from_any(address)), ..self }
    }

    /// Sets the options of the client. Their [`connect_timeout`](ClientOptions::connect_timeout) is the time in which the
    /// program has to start, to listen, to greet and to negotiate.
    #[must_use]
    pub fn options(self, options: ClientOptions) -> Self {
        Self { options, ..self }
    }

    /// Sets the time between SIGTERM and SIGKILL when the client is dropped. Default: 5 s.
    #[must_use]
    pub fn grace(self, grace: Duration) -> Self {
        Self { grace, ..self }
    }

    /// Copies the program's standard error, for example to [`std::io::stderr()`] or a file. A thread writes.
    #[must_use]
    pub fn forward_stderr(self, sink: impl Write + Send + 'static) -> Self {
        Self { stderr: Some(Box::new(sink)), ..self }
    }

    /// Starts the program. `drop_waits` says whether dropping the process waits for its end.
    pub(super) fn start(mut self, drop_waits: bool) -> Result<Spawned> {
        let program = self.command.get_program().display().to_string();
        let (endpoint, stdin) = match self.address.transpose()? {
            Some(address) => (Endpoint::Address(address), Stdio::null()),
            None => {
                let (ours, theirs) = UnixStream::pair()?;
                (Endpoint::Stream(ours.into()), OwnedFd::from(theirs).into())
            }
        };
        let spawned = self.command.stdin(stdin).stderr(Stdio::piped()).spawn();
        // It has a copy of the program's end. Without that, the end of the program is the end of the connection.
        drop(self.command);
        let child = spawned.map_err(|error| cannot_start(&program, &error))?;
        let process = Process::watch(child, program, self.stderr)?;
        let options = self.options.of_process(process.clone());
        Ok(Spawned { process: OwnedProcess { process, grace: self.grace, drop_waits }, endpoint, options })
    }
}

fn cannot_start(program: &str, error: &io::Error) -> Error {
    io::Error::new(error.kind(), format!("cannot start `{program}`: {error}")).into()
}

/// Names the likely cause if a program does not greet at its end of the socket pair.
pub(super) fn explain_silence(error: Error, options: &ClientOptions) -> Error {
    // The error of the negotiation has a command.
    if !error.is_timeout() || error.command().is_some() || options.guest_agent {
        return error;
    }
    Error::timed_out(format!(
        "the greeting: none within {:?}; the program may not use its descriptor 0 as a monitor; help: add `-chardev \
         socket,id=c,fd=0 -mon chardev=c,mode=control` to QEMU's options, or set the socket with `Spawn::listening_at`",
        options.connect_timeout
    ))
}

impl From<Command> for Spawn {
    /// Takes a command with its arguments, environment and standard output. Its standard input and error are replaced.
    ///
    /// For a command of tokio, call its `into_std` before.
    fn from(command: Command) -> Self {
        let grace = Duration::from_secs(5);
        Self { command, address: None, options: ClientOptions::new(), grace, stderr: None }
    }
}

impl fmt::Debug for Spawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spawn")
            .field("command", &self.command)
            .field("address", &self.address)
            .field("options", &self.options)
            .field("grace", &self.grace)
            .finish_non_exhaustive()
    }
}

/// A server that was started, and where to connect.
pub(super) struct Spawned {
    pub(super) process: OwnedProcess,
    pub(super) endpoint: Endpoint,
    pub(super) options: ClientOptions,
}

pub(super) enum Endpoint {
    Stream(Stream),
    Address(Address),
}
