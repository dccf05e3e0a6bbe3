//! Our server, with commands that use descriptors.

use std::collections::BTreeMap;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Mutex};
use std::thread;

use qmp_types::server::{Access, FdStore, OpenFile};
use qmp_types::{Context, Error, Result, Value};
use test_support::within;

mod qmp {
    qmp_types::schema!("tests/fds/schema.json", side = server);
}

#[derive(Default)]
struct Vm {
    fds: FdStore,
    nodes: Mutex<BTreeMap<String, OpenFile>>,
    chardevs: Mutex<BTreeMap<String, OwnedFd>>,
}

qmp_types::fd_handlers!(crate::ours::qmp, Vm, |vm| &vm.fds);

#[qmp_types::handlers(crate::ours::qmp)]
impl Vm {
    #[qmp_command]
    fn blockdev_add(
        &self,
        _driver: String,
        node_name: String,
        filename: String,
        read_only: Option<bool>,
    ) -> Result<()> {
        let access = if read_only == Some(true) { Access::ReadOnly } else { Access::ReadWrite };
        self.nodes.lock().unwrap().insert(node_name, self.fds.open(filename, access)?);
        Ok(())
    }

    #[qmp_command]
    fn blockdev_del(&self, node_name: String) {
        self.nodes.lock().unwrap().remove(&node_name);
    }

    #[qmp_command]
    fn chardev_add(&self, id: String, backend: Value, cx: &Context) -> Result<qmp::ChardevReturn> {
        let name = backend["data"]["addr"]["data"]["str"].as_str().unwrap_or_default();
        let fd = self.fds.take(cx, name);
        let fd = fd.map_err(|error| Error::generic(format!("Failed to add chardev '{id}': {error}")))?;
        self.chardevs.lock().unwrap().insert(id, fd);
        Ok(qmp::ChardevReturn::default())
    }

    #[qmp_command]
    fn chardev_remove(&self, id: String) {
        self.chardevs.lock().unwrap().remove(&id);
    }
}

/// A server, and how many of its sessions have begun and not ended.
pub(crate) struct Peer {
    server: Arc<qmp_types::Server<Vm>>,
    sessions: Mutex<Vec<thread::JoinHandle<()>>>,
}

impl Peer {
    pub(crate) fn start() -> Self {
        Self { server: Arc::new(qmp::server(Vm::default())), sessions: Mutex::default() }
    }

    /// Opens a set without a client, as the machine itself may.
    pub(crate) fn open(&self, path: &str) -> Result<OpenFile> {
        self.server.state().fds.open(path, Access::ReadWrite)
    }

    /// Begins a session without IO, and executes `getfd` with a descriptor in it.
    pub(crate) fn session_with_named_fd(&self, fd: OwnedFd) -> qmp_types::server::Session {
        let mut session = self.server.session();
        session.receive(br#"{"execute": "qmp_capabilities"}"#, vec![]);
        session.receive(br#"{"execute": "getfd", "arguments": {"fdname": "x"}}"#, vec![fd]);
        session.next().expect("the request").run(&*self.server);
        session
    }

    /// Serves a client that has sent everything.
    pub(crate) fn serve(&self, stream: UnixStream) {
        self.server.serve_stream(stream).expect("the client only leaves");
    }
}

impl crate::peer::Peer for Peer {
    fn connect(&self, _: usize) -> UnixStream {
        let (ours, theirs) = UnixStream::pair().expect("a pair");
        let server = Arc::clone(&self.server);
        let session = thread::spawn(move || server.serve_stream(theirs).expect("the client only leaves"));
        self.sessions.lock().unwrap().push(session);
        ours
    }

    fn settle(&self) {
        let ended = within(test_support::TIME_LIMIT, || {
            let mut sessions = self.sessions.lock().unwrap();
            let ended = sessions.iter().position(thread::JoinHandle::is_finished)?;
            Some(sessions.swap_remove(ended))
        });
        ended.expect("the session ends").join().expect("no panic");
    }
}
