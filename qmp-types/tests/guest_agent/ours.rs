//! Our server as a guest agent.

use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::thread;

use qmp_types::{Error, Result, Server};

use crate::transcript::{ALLOWED, BLOCKED, Mode, Peer};

mod qga {
    qmp_types::schema!("tests/guest_agent/schema.json", side = server);
}

/// The commands that a frozen agent executes.
const SAFE_WHEN_FROZEN: &[&str] =
    &["guest-sync", "guest-sync-delimited", "guest-ping", "guest-info", "guest-fsfreeze-status", "guest-fsfreeze-thaw"];

pub(crate) struct State {
    frozen: bool,
}

qmp_types::guest_agent_handlers!(crate::ours::qga, State);

#[qmp_types::handlers(crate::ours::qga)]
impl State {
    #[qmp_command]
    fn guest_get_time(&self) -> i64 {
        0
    }

    #[qmp_command]
    fn guest_file_close(&self, handle: i64) -> Result<()> {
        Err(Error::generic(format!("handle '{handle}' has not been found")))
    }

    #[qmp_command]
    fn guest_fsfreeze_status(&self) -> qga::GuestFsfreezeStatus {
        if self.frozen { qga::GuestFsfreezeStatus::Frozen } else { qga::GuestFsfreezeStatus::Thawed }
    }

    #[qmp_command]
    fn guest_fsfreeze_thaw(&self) -> i64 {
        0
    }

    #[qmp_command]
    fn guest_suspend_disk(&self) {}
}

pub(crate) struct Agent(Arc<Server<State>>);

/// The asynchronous server.
#[cfg(feature = "tokio")]
pub(crate) struct TokioAgent(pub(crate) Mode);

impl Agent {
    pub(crate) fn new(mode: Mode) -> Self {
        Self(Arc::new(server(mode)))
    }
}

pub(crate) fn server(mode: Mode) -> Server<State> {
    let server = qga::server(State { frozen: mode == Mode::Frozen }).guest_agent();
    match mode {
        Mode::Normal => server,
        Mode::Blocked => server.block_commands(BLOCKED),
        Mode::Allowed => server.allow_commands(ALLOWED),
        Mode::Both => server.allow_commands(ALLOWED).block_commands(BLOCKED),
        Mode::Frozen => server.allow_commands(SAFE_WHEN_FROZEN),
    }
}

impl Peer for Agent {
    fn connect(&self) -> UnixStream {
        let (ours, theirs) = UnixStream::pair().expect("a pair");
        let server = Arc::clone(&self.0);
        thread::spawn(move || server.serve_stream(theirs));
        ours
    }

    fn reset(&self) {}
}

#[cfg(feature = "tokio")]
impl Peer for TokioAgent {
    fn connect(&self) -> UnixStream {
        let (ours, theirs) = UnixStream::pair().expect("a pair");
        let server = server(self.0).tokio();
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(server.serve_stream(theirs))
        });
        ours
    }

    fn reset(&self) {}
}
