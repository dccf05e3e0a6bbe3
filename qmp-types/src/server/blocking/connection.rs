//! Connections of the blocking server: the thread waits in the system.

use std::io;
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use super::block_on::block_on;
use crate::Error;
use crate::server::driver::{Io, SessionDriver};
use crate::server::erased::ErasedServer;
use crate::server::shared_connection::SharedConnection;
use crate::transport::{Interest, Ready, Stream};

/// Serves a connection until either end has enough. An error means that the client is gone.
pub(super) fn serve(server: &ErasedServer, stream: Stream) -> io::Result<()> {
    let link = SharedConnection::new(stream, Arc::clone(&server.connections), server.protocol.limits.output, attend);
    let guard = server.connections.join(link);
    let io = Blocking { link: &guard.link };
    block_on(async {
        let mut connection = SessionDriver::new(server, &io);
        connection.run().await?;
        connection.leave().await
    })
}

struct Blocking<'l> {
    link: &'l Arc<SharedConnection>,
}

impl Io for Blocking<'_> {
    fn link(&self) -> &Arc<SharedConnection> {
        self.link
    }

    async fn receive(&self, buffer: &mut [u8], fds: &mut Vec<OwnedFd>) -> io::Result<usize> {
        self.link.stream().recv(buffer, fds)
    }

    async fn wait(&self, interest: Interest, deadline: Option<Instant>) -> io::Result<Ready> {
        self.link.stream().wait(interest, deadline)
    }

    fn run_blocking(&self, run: Box<dyn FnOnce() -> Result<Vec<u8>, Error> + Send + '_>) -> Result<Vec<u8>, Error> {
        run()
    }
}

/// Starts a thread that sends the rest when the client reads on: the connection's own may be waiting for requests, or in
/// a handler.
fn attend(link: &Arc<SharedConnection>) {
    let flusher = Arc::clone(link);
    let started = thread::Builder::new().name("qmp-flush".into()).spawn(move || {
        while flusher.flush_remaining().is_ok_and(|left| left > 0) {
            if flusher.stream().wait(Interest::Write, None).is_err() {
                return;
            }
        }
    });
    if let Err(error) = started {
        tracing::error!(%error, "cannot start a thread to send events, disconnecting the client");
        link.close();
    }
}
