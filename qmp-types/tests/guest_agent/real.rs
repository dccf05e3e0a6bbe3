//! A real guest agent.

use std::fs::File;
use std::os::unix::net::UnixStream;

use tempfile::TempDir;
use test_support::{Generation, Server};

use crate::transcript::{ALLOWED, BLOCKED, Mode, Peer};

pub(crate) struct Agent {
    server: Server,
    _state: TempDir,
}

impl Agent {
    pub(crate) fn start(generation: Generation, mode: Mode) -> Option<Self> {
        let state = tempfile::tempdir().expect("a folder");
        if mode == Mode::Frozen {
            // The agent keeps there that it has frozen file systems. It is only told so: nothing is frozen.
            File::create(state.path().join("qga.state.isfrozen")).expect("a file");
        }
        let mut options = format!("-m unix-listen -p @/socket -t {} -f @/pid", state.path().display());
        if matches!(mode, Mode::Blocked | Mode::Both) {
            options += &format!(" --block-rpcs={}", BLOCKED.join(","));
        }
        if matches!(mode, Mode::Allowed | Mode::Both) {
            options += &format!(" --allow-rpcs={}", ALLOWED.join(","));
        }
        Some(Self { server: Server::start(generation, "qemu-ga", &options)?, _state: state })
    }
}

impl Peer for Agent {
    fn connect(&self) -> UnixStream {
        UnixStream::connect(self.server.socket()).expect("the agent listens")
    }

    /// The agent's parser outlives a connection, and after 0xFF it waits for a bracket.
    fn reset(&self) {
        crate::transcript::exchange(self.connect(), b"\xff{}");
    }
}
