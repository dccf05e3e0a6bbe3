//! Real servers: QEMU, its storage daemon and its guest agent, of three generations.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

use tempfile::TempDir;

use crate::{TIME_LIMIT, program, project, within};

/// A generation of QEMU: the one of a Debian suite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generation {
    /// QEMU 7.2.
    Bookworm,
    /// QEMU 10.0.
    Trixie,
    /// The newest release (11.1 when this was written).
    Sid,
}

impl Generation {
    /// All of them, the oldest first.
    pub const ALL: [Self; 3] = [Self::Bookworm, Self::Trixie, Self::Sid];

    /// The name of the Debian suite.
    pub fn suite(self) -> &'static str {
        match self {
            Self::Bookworm => "bookworm",
            Self::Trixie => "trixie",
            Self::Sid => "sid",
        }
    }

    /// The folder with the suite's packages, if they are set up.
    pub fn folder(self) -> PathBuf {
        project().join(".cache/debian").join(self.suite())
    }

    /// Returns a command that starts this generation's program of this name, as [`program`] does.
    pub fn program(self, name: &str) -> Option<Command> {
        match self {
            Self::Bookworm => program(name),
            newer => program(&format!("{name}-{}", newer.suite())),
        }
    }
}

/// A running server in a folder of its own, which listens on a Unix socket there. Dropping it ends it.
#[derive(Debug)]
pub struct Server {
    child: Child,
    folder: TempDir,
}

impl Server {
    /// Starts QEMU with these options and a monitor at the socket.
    ///
    /// This and the other constructors return `None`, after a line that says so, if the program is not set up.
    pub fn emulator(generation: Generation, options: &str) -> Option<Self> {
        let monitor = format!("{options} -qmp unix:@/socket,server=on,wait=off");
        Self::start(generation, "qemu-system-x86_64", &monitor)
    }

    /// Starts QEMU without a machine.
    pub fn bare_emulator(generation: Generation) -> Option<Self> {
        Self::emulator(generation, "-M none -nodefaults -nographic -S")
    }

    /// Starts the storage daemon.
    pub fn storage_daemon(generation: Generation) -> Option<Self> {
        let options = "--chardev socket,id=c,path=@/socket,server=on,wait=off --monitor chardev=c";
        Self::start(generation, "qemu-storage-daemon", options)
    }

    /// Starts the guest agent.
    pub fn guest_agent(generation: Generation) -> Option<Self> {
        Self::start(generation, "qemu-ga", "-m unix-listen -p @/socket -t @ -f @/pid")
    }

    /// Starts a program with these options, in which `@` is the server's folder. Its socket has to be `@/socket`.
    ///
    /// # Panics
    ///
    /// If the program does not listen at the socket in time.
    pub fn start(generation: Generation, name: &str, options: &str) -> Option<Self> {
        let mut command = generation.program(name)?;
        let folder = tempfile::tempdir().expect("a folder");
        let options = options.replace('@', folder.path().to_str().expect("a UTF-8 path"));
        command.args(options.split(' ')).stdin(Stdio::null()).stdout(Stdio::null());
        let server = Self { child: command.spawn().expect("the program starts"), folder };
        let listening = within(TIME_LIMIT, || listens(&server.socket()).then_some(()));
        assert!(listening.is_some(), "{name} {options}: does not listen");
        Some(server)
    }

    /// The path of the socket.
    pub fn socket(&self) -> PathBuf {
        self.folder().join("socket")
    }

    /// The server's folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The number of the server's process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits for the server to end by itself.
    ///
    /// # Panics
    ///
    /// If it does not in time.
    pub fn wait(mut self) -> ExitStatus {
        within(TIME_LIMIT, || self.child.try_wait().expect("its status")).expect("the server ends")
    }
}

/// Whether a server listens at this path, found out without connecting: QEMU serves one client at a time.
fn listens(socket: &Path) -> bool {
    const ACCEPTS_CONNECTIONS: &str = "00010000";
    let sockets = fs::read_to_string("/proc/net/unix").expect("the list of Unix sockets");
    sockets.lines().any(|line| {
        let mut fields = line.split_whitespace().skip(3);
        fields.next() == Some(ACCEPTS_CONNECTIONS) && line.ends_with(socket.to_str().expect("a UTF-8 path"))
    })
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
