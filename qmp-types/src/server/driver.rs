//! A connection: reads, executes, answers.
//!
//! A read takes in as many requests as are there; their replies go out together. So an undisturbed exchange costs one
//! receive and one send, however many requests are in flight. Written once, as a future; over a blocking socket it waits
//! inside the system calls and is never pending but for a handler.

use std::io;
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::erased::{ErasedServer, SHUTDOWN_GRACE};
use super::shared_connection::SharedConnection;
use crate::codec::{Decoder, Frame};
use crate::record::Writer;
use crate::server::handler::Running;
use crate::server::session::{Action, Execution, Session, reply};
use crate::transport::{Interest, Ready};
use crate::{Context, Error};

/// So many bytes are sent without waiting for the end of the batch.
const BATCH: usize = 64 << 10;

/// When the commands of a batch take longer than this, the next one runs only if the client is still there.
const RECHECK_AFTER: Duration = Duration::from_millis(1);

/// How a connection waits.
pub(crate) trait Io: Send + Sync {
    fn link(&self) -> &Arc<SharedConnection>;

    /// Waits for bytes and takes what is there; 0 is the end.
    fn receive(&self, buffer: &mut [u8], fds: &mut Vec<OwnedFd>) -> impl Future<Output = io::Result<usize>> + Send;

    /// Waits until one of the wanted things is possible, or the deadline has passed.
    fn wait(&self, interest: Interest, deadline: Option<Instant>) -> impl Future<Output = io::Result<Ready>> + Send;

    /// Runs what takes long.
    fn run_blocking(&self, run: Box<dyn FnOnce() -> Result<Vec<u8>, Error> + Send + '_>) -> Result<Vec<u8>, Error>;
}

/// A connection, from the greeting to the end.
pub(crate) struct SessionDriver<'c, I> {
    pub(crate) server: &'c ErasedServer,
    pub(crate) io: &'c I,
    pub(crate) decoder: Decoder,
    pub(crate) lane: Lane,
    /// When the client was last known to be there.
    checked: Instant,
}

/// What executes requests, one at a time.
#[derive(Default)]
pub(crate) struct Lane {
    pub(crate) session: Session,
    out: Writer,
}

/// Why [`SessionDriver::run`] came back.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// The client leaves, or the server is being stopped.
    Closing,
    /// The client has switched on execution out of band.
    OobEnabled,
}

impl<'c, I: Io> SessionDriver<'c, I> {
    pub(crate) fn new(server: &'c ErasedServer, io: &'c I) -> Self {
        let decoder = Decoder::new(server.protocol.limits);
        Self { server, io, decoder, lane: Lane::default(), checked: Instant::now() }
    }

    /// Greets, and serves one request after the other. An error means that the client is gone.
    pub(crate) async fn run(&mut self) -> io::Result<Exit> {
        let mut greeting = Writer::new();
        self.server.protocol.greet(&mut greeting);
        self.io.link().reply(greeting.bytes_mut());
        loop {
            self.answer_all().await?;
            if self.lane.session.is_oob() {
                return Ok(Exit::OobEnabled);
            }
            if self.server.connections.is_stopped() || !self.receive().await? {
                return Ok(Exit::Closing);
            }
        }
    }

    /// Answers what is left when nothing more will come.
    pub(crate) async fn leave(&mut self) -> io::Result<()> {
        if let (Some(rest), false) = (self.decoder.finish(), self.server.connections.is_stopped()) {
            self.lane.answer(self.server, self.io, rest).await;
        }
        drain(self.io, 0).await
    }

    /// Executes what was received, unless that has to be done otherwise from here on.
    async fn answer_all(&mut self) -> io::Result<()> {
        while let Some(frame) = self.decoder.next() {
            let waiting = self.lane.answer(self.server, self.io, frame).await;
            if self.server.connections.is_stopped() || self.lane.session.is_oob() {
                break;
            }
            if waiting >= BATCH && self.io.link().flush()? >= self.io.link().limit() {
                drain(self.io, self.io.link().limit() / 2).await?;
            }
            check_connected(self.io.link(), &mut self.checked)?;
        }
        Ok(())
    }

    /// Sends what is ready and waits for more; `false` at the end of the stream.
    async fn receive(&mut self) -> io::Result<bool> {
        let link = self.io.link();
        loop {
            let waiting = link.flush()?;
            if waiting >= link.limit() {
                drain(self.io, link.limit() / 2).await?;
            } else if waiting == 0 || self.io.wait(Interest::Both, None).await?.read {
                // The client may write before it reads, as long as it does not let too much pile up.
                break;
            }
        }
        let mut fds = Vec::new();
        let count = self.io.receive(self.decoder.space(), &mut fds).await?;
        if !fds.is_empty() {
            link.replace_fds(fds);
        }
        self.decoder.received(count);
        self.checked = Instant::now();
        Ok(count > 0)
    }
}

impl Lane {
    /// A lane beside this one, in the same state.
    #[cfg(feature = "tokio")]
    pub(crate) fn beside(&self) -> Self {
        Self { session: self.session.beside(), out: Writer::new() }
    }

    /// Executes one request; how many bytes wait to be sent.
    pub(crate) async fn answer(&mut self, server: &ErasedServer, io: &impl Io, frame: Frame<'_>) -> usize {
        let negotiated = self.session.is_negotiated();
        self.out.bytes_mut().clear();
        match self.session.step(&server.protocol, frame, &mut self.out) {
            Action::Send if self.session.is_negotiated() != negotiated => {
                return io.link().admit(self.out.bytes_mut());
            }
            Action::Send => {}
            Action::Execute(request) => {
                let start = reply::begin(&mut self.out);
                let context = Context::new(io.link(), request.spec, request.oob);
                let outcome = execute(server, io, &request, &context, &mut self.out).await;
                reply::conclude(&mut self.out, start, request.spec, request.id, outcome);
            }
        }
        io.link().reply(self.out.bytes_mut())
    }
}

/// Runs a command to its end.
async fn execute(
    server: &ErasedServer,
    io: &impl Io,
    request: &Execution<'_>,
    context: &Context,
    out: &mut Writer,
) -> Result<(), Error> {
    let running = server.service.start(request, server.protocol.limits.depth, context, out);
    if !matches!(running, Running::Done(_)) {
        // This may take long: earlier replies need not wait for it.
        io.link().flush_or_request();
    }
    let value = match running {
        Running::Done(outcome) => return outcome,
        Running::Pending(future) => future.await?,
        Running::Blocking(run) => io.run_blocking(run)?,
    };
    out.bytes_mut().extend(value);
    Ok(())
}

/// Sends until no more than `rest` bytes wait. Once the server is being stopped, a client that takes nothing for a while
/// is given up.
pub(crate) async fn drain(io: &impl Io, rest: usize) -> io::Result<()> {
    while io.link().flush()? > rest {
        let ready = io.wait(Interest::Write, Some(Instant::now() + SHUTDOWN_GRACE)).await?;
        if !ready.write && io.link().connections().is_stopped() {
            return Err(io::ErrorKind::TimedOut.into());
        }
    }
    Ok(())
}

/// Fails if the client has hung up while a command took its time: then later ones never run.
pub(crate) fn check_connected(link: &SharedConnection, checked: &mut Instant) -> io::Result<()> {
    if checked.elapsed() < RECHECK_AFTER {
        return Ok(());
    }
    *checked = Instant::now();
    if link.stream().is_hung_up() { Err(io::ErrorKind::ConnectionReset.into()) } else { Ok(()) }
}
