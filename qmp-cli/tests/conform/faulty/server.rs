//! The sockets.

use std::io;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::thread;

use tempfile::TempDir;

use super::parser::Parser;
use super::session::Session;
use super::switch::{Switch, Variant};

/// A server in a folder of its own. Its threads end with the tests.
#[derive(Debug)]
pub(crate) struct FaultyServer(TempDir);

/// What a broken server keeps from one connection for the next.
#[derive(Debug, Default)]
pub(super) struct Remains {
    pub(super) partial: Option<Parser>,
    pub(super) is_negotiated: bool,
    pub(super) is_mute: bool,
    pub(super) replies: Vec<u8>,
}

impl FaultyServer {
    /// Starts a server with this switch on.
    pub(crate) fn start(variant: Variant, switch: Option<Switch>) -> Self {
        let server = Self(tempfile::tempdir().expect("a folder"));
        let listener = UnixListener::bind(server.socket()).expect("a socket");
        serve(variant, switch, move || listener.accept().map(|(stream, _)| stream));
        server
    }

    pub(crate) fn socket(&self) -> PathBuf {
        self.0.path().join("socket")
    }
}

/// Serves the clients that `accept` returns: one at a time, as QEMU does.
pub(crate) fn serve(
    variant: Variant,
    switch: Option<Switch>,
    accept: impl Fn() -> io::Result<UnixStream> + Send + 'static,
) {
    let remains = Arc::new(Mutex::new(Remains::default()));
    thread::spawn(move || {
        while let Ok(stream) = accept() {
            // A client that leaves early makes writing fail, which ends the session.
            let _ = Session::new(variant, switch, stream, remains.clone()).run();
        }
    });
}
