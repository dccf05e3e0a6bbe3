//! A connection of the blocking server: its thread waits in system calls.

use std::io;
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use crate::Error;
use crate::server::block_on::block_on;
use crate::server::connections::RegisteredConnection;
use crate::server::driver::{Io, SessionDriver};
use crate::server::erased::ErasedServer;
use crate::server::shared_connection::SharedConnection;
use crate::transport::{Interest, Readiness, Stream};

/// Serves a connection until the client disconnects or the server is stopped.
///
/// # Errors
/// If the connection fails.
pub(super) fn serve(server: &ErasedServer, stream: Stream) -> io::Result<()> {
    let connection = SharedConnection::new(stream, server.protocol.limits.output, start_flusher);
    let io = BlockingIo { registered: server.connections.register(connection) };
    block_on(async {
        let mut driver = SessionDriver::new(server, &io);
        driver.run().await?;
        driver.finish().await
    })
}

struct BlockingIo {
    registered: Arc<RegisteredConnection>,
}

impl Io for BlockingIo {
    fn registered(&self) -> &Arc<RegisteredConnection> {
        &self.registered
    }

    async fn receive(&self, buffer: &mut [u8], fds: &mut Vec<OwnedFd>) -> io::Result<usize> {
        self.connection().stream().recv(buffer, fds)
    }

    async fn wait(&self, interest: Interest, deadline: Option<Instant>) -> io::Result<Readiness> {
        self.connection().stream().wait(interest, deadline)
    }

    fn run_blocking(&self, run: Box<dyn FnOnce() -> Result<Vec<u8>, Error> + Send + '_>) -> Result<Vec<u8>, Error> {
        run()
    }
}

/// Starts a thread that sends the waiting bytes: the connection's own thread may be waiting for requests or running a
/// handler.
fn start_flusher(connection: &Arc<SharedConnection>) {
    let flushed = Arc::clone(connection);
    let started = thread::Builder::new().name("qmp-flush".into()).spawn(move || {
        while flushed.flush_from_flusher().is_ok_and(|remaining| remaining > 0) {
            if flushed.stream().wait(Interest::Write, None).is_err() {
                return;
            }
        }
    });
    if let Err(error) = started {
        tracing::error!(%error, "cannot start a thread to send events, disconnecting the client");
        connection.close();
    }
}
