//! Proxies in a folder of their own.

use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::thread::{self, JoinHandle};

use qmp_types::proxy::{Proxy, ProxyEnd};
use qmp_types::server::{AccessControl, ReadOnly};
use qmp_types::transport::Listener;
use qmp_types::{Result, ServerHandle};
use tempfile::TempDir;

use crate::client::Client;
use crate::scripted_server::ScriptedServer;

/// A proxy that runs, with two sockets: one for everything, one that is read-only.
pub(crate) struct RunningProxy {
    folder: TempDir,
    pub(crate) handle: ServerHandle,
    thread: JoinHandle<Result<ProxyEnd>>,
}

impl RunningProxy {
    /// Starts a proxy for the server at this path.
    pub(crate) fn start(server: &Path) -> Self {
        Self::start_with(server, |proxy| proxy)
    }

    pub(crate) fn start_with(server: &Path, configure: impl FnOnce(Proxy) -> Proxy) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listen = |name: &str| Listener::bind(folder.path().join(name)).unwrap();
        let read_only = AccessControl::new().read_only(ReadOnly::queries());
        let proxy = Proxy::new(server).unwrap();
        let proxy = proxy.listen(listen("all"), AccessControl::new()).listen(listen("read-only"), read_only);
        let proxy = configure(proxy);
        let handle = proxy.handle();
        Self { folder, handle, thread: thread::spawn(|| proxy.run()) }
    }

    /// Starts a server that follows a script, and a proxy for it.
    pub(crate) fn scripted(configure: impl FnOnce(Proxy) -> Proxy) -> (Self, ScriptedServer, ServerSocket) {
        let socket = ServerSocket::new();
        let proxy = Self::start_with(&socket.path(), configure);
        let server = ScriptedServer::accept(&socket.listener);
        (proxy, server, socket)
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("all")
    }

    pub(crate) fn connect(&self) -> Client {
        Client::connect(&self.path())
    }

    /// Returns a client that has negotiated.
    pub(crate) fn client(&self) -> Client {
        let mut client = self.connect();
        client.negotiate("{}");
        client
    }

    /// Returns a client that has enabled out-of-band execution.
    pub(crate) fn oob_client(&self) -> Client {
        let mut client = self.connect();
        client.negotiate(r#"{"enable": ["oob"]}"#);
        client
    }

    /// Returns a client that may only look.
    pub(crate) fn read_only_client(&self) -> Client {
        let mut client = Client::connect(&self.folder.path().join("read-only"));
        client.negotiate("{}");
        client
    }

    /// Waits until the proxy has ended by itself.
    pub(crate) fn wait(self) -> Result<ProxyEnd> {
        self.thread.join().unwrap()
    }

    /// Stops the proxy, and waits until it has ended.
    pub(crate) fn stop(self) {
        self.handle.stop();
        assert_eq!(self.wait().unwrap(), ProxyEnd::Stopped);
    }
}

/// The listening socket of a scripted server.
pub(crate) struct ServerSocket {
    folder: TempDir,
    pub(crate) listener: UnixListener,
}

impl ServerSocket {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listener = UnixListener::bind(folder.path().join("server")).unwrap();
        Self { folder, listener }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("server")
    }
}
