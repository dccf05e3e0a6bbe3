//! Connections of the blocking server: the thread waits in the system.

use std::io;
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use super::block_on::block_on;
use super::connection::{Connection, Io};
use super::{Core, Link};
use crate::Error;
use crate::transport::{Interest, Ready, Stream};

/// Serves a connection until either end has enough. An error means that the client is gone.
pub(super) fn serve(core: &Core, stream: Stream) -> io::Result<()> {
    let link = Link::new(stream, Arc::clone(&core.hub), core.protocol.limits.output, attend);
    let member = core.hub.join(link);
    let io = Blocking { link: &member.link };
    block_on(async {
        let mut connection = Connection::new(core, &io);
        connection.run().await?;
        connection.leave().await
    })
}

struct Blocking<'l> {
    link: &'l Arc<Link>,
}

impl Io for Blocking<'_> {
    fn link(&self) -> &Arc<Link> {
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
fn attend(link: &Arc<Link>) {
    let flusher = Arc::clone(link);
    let started = thread::Builder::new().name("qmp-flush".into()).spawn(move || {
        while flusher.send_rest().is_ok_and(|left| left > 0) {
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
