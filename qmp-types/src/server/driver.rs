//! Drives a session over a connection: receives requests, executes commands, sends replies.
//!
//! One read takes all requests that have arrived, and their replies are sent together. An exchange without contention
//! thus costs one receive and one send, however many requests are in flight. The driver is a future. Over a blocking
//! socket it waits inside system calls, and is pending only while an asynchronous handler is.

use std::io;
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::Context;
use super::connections::RegisteredConnection;
use super::erased::{ErasedServer, SHUTDOWN_GRACE};
use super::handler::StartedCommand;
use super::session::{Action, Ended, Execution, Frame, RequestDecoder, Session};
use super::shared_connection::SharedConnection;
use crate::Error;
use crate::record::Writer;
use crate::transport::{Interest, Readiness};

/// Replies of this many bytes are sent before the rest of the batch is executed.
const BATCH: usize = 64 << 10;

/// After commands that took this long, the next command is executed only if the client is still connected.
const RECHECK_AFTER: Duration = Duration::from_millis(1);

/// How a driver waits: in system calls, or as a task of a runtime.
pub(super) trait Io: Send + Sync {
    fn registered(&self) -> &Arc<RegisteredConnection>;

    fn connection(&self) -> &Arc<SharedConnection> {
        &self.registered().connection
    }

    /// Waits for bytes and receives those that have arrived, with their descriptors. Returns 0 at the end of the
    /// stream.
    fn receive(&self, buffer: &mut [u8], fds: &mut Vec<OwnedFd>) -> impl Future<Output = io::Result<usize>> + Send;

    /// Waits until the socket is ready for one of the interests, or until the deadline.
    fn wait(&self, interest: Interest, deadline: Option<Instant>)
    -> impl Future<Output = io::Result<Readiness>> + Send;

    /// Runs a handler that may take long.
    fn run_blocking(&self, run: Box<dyn FnOnce() -> Result<Vec<u8>, Error> + Send + '_>) -> Result<Vec<u8>, Error>;
}

/// The driver of one connection, from the greeting to the end.
pub(super) struct SessionDriver<'c, I> {
    pub(super) server: &'c ErasedServer,
    pub(super) io: &'c I,
    pub(super) decoder: RequestDecoder,
    pub(super) lane: Lane,
    /// When the client was last known to be connected.
    checked: Instant,
}

/// Executes requests one at a time. With out-of-band execution, a connection has a second lane.
#[derive(Default)]
pub(super) struct Lane {
    pub(super) session: Session,
    out: Writer,
}

/// Why [`SessionDriver::run`] has returned.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// The client has closed its end, or the server is being stopped.
    Closing,
    /// The client has enabled out-of-band execution.
    OobEnabled,
}

impl<'c, I: Io> SessionDriver<'c, I> {
    pub(super) fn new(server: &'c ErasedServer, io: &'c I) -> Self {
        let decoder = RequestDecoder::new(server.protocol.limits.messages);
        Self { server, io, decoder, lane: Lane::default(), checked: Instant::now() }
    }

    /// Sends the greeting, then executes one request after the other.
    ///
    /// # Errors
    /// If the connection has failed.
    pub(super) async fn run(&mut self) -> io::Result<Exit> {
        let mut greeting = Writer::new();
        self.server.protocol.greet(&mut greeting);
        self.io.connection().push_reply(greeting.bytes_mut());
        loop {
            self.execute_received().await?;
            if self.lane.session.is_oob() {
                return Ok(Exit::OobEnabled);
            }
            if self.server.connections.is_stopped() || !self.receive().await? {
                return Ok(Exit::Closing);
            }
        }
    }

    /// Executes the last request, which only the end of the stream has completed, and sends all replies.
    pub(super) async fn finish(&mut self) -> io::Result<()> {
        if let (Some(last), false) = (self.decoder.finish(), self.server.connections.is_stopped()) {
            self.lane.execute(self.server, self.io, last).await;
        }
        drain(self.io, 0).await
    }

    /// Executes the requests in the decoder, until one enables out-of-band execution or stops the server.
    async fn execute_received(&mut self) -> io::Result<()> {
        while let Some(frame) = self.decoder.next() {
            let waiting = self.lane.execute(self.server, self.io, frame).await;
            if self.server.connections.is_stopped() || self.lane.session.is_oob() {
                break;
            }
            let connection = self.io.connection();
            if waiting >= BATCH && connection.flush()? >= connection.output_limit() {
                drain(self.io, connection.output_limit() / 2).await?;
            }
            check_connected(connection, &mut self.checked)?;
        }
        Ok(())
    }

    /// Sends replies and receives requests. Returns `false` at the end of the stream.
    async fn receive(&mut self) -> io::Result<bool> {
        let connection = self.io.connection();
        loop {
            let waiting = connection.flush()?;
            if waiting >= connection.output_limit() {
                drain(self.io, connection.output_limit() / 2).await?;
            } else if waiting == 0 || self.io.wait(Interest::Both, None).await?.read {
                // A client may send more requests before it reads replies, as long as few bytes wait.
                break;
            }
        }
        let mut fds = Vec::new();
        let count = self.io.receive(self.decoder.space(), &mut fds).await?;
        if !fds.is_empty() {
            connection.replace_fds(fds);
        }
        self.decoder.received(count);
        self.checked = Instant::now();
        Ok(count > 0)
    }
}

impl Lane {
    /// Creates a second lane, whose session is in the same state.
    #[cfg(feature = "tokio")]
    pub(super) fn fork(&self) -> Self {
        Self { session: self.session.fork(), out: Writer::new() }
    }

    /// Executes one request, and returns the number of bytes that wait to be sent.
    pub(super) async fn execute(&mut self, server: &ErasedServer, io: &impl Io, frame: Frame<'_>) -> usize {
        let negotiated = self.session.is_negotiated();
        self.out.bytes_mut().clear();
        match self.session.handle_frame(&server.protocol, frame, &mut self.out) {
            Action::Send if self.session.is_negotiated() != negotiated => {
                return io.connection().push_reply_before_events(self.out.bytes_mut());
            }
            Action::Send => {}
            Action::Execute(execution) => {
                let start = Session::begin(&mut self.out);
                let context = Context::new(io.registered(), execution.spec, execution.oob);
                let ended = run_handler(server, io, &execution, &context, &mut self.out).await;
                self.session.conclude(&execution, start, ended, &mut self.out);
            }
        }
        io.connection().push_reply(self.out.bytes_mut())
    }
}

/// Runs a command's handler to completion, and appends the return value.
async fn run_handler(
    server: &ErasedServer,
    io: &impl Io,
    execution: &Execution<'_>,
    context: &Context,
    out: &mut Writer,
) -> Ended {
    let started = server.service.execute(execution, server.protocol.limits.messages.depth, context, out);
    if let StartedCommand::Future(_) | StartedCommand::Blocking(_) = started {
        // The command may take long: send the replies of the batch so far.
        io.connection().flush_or_start_flusher();
    }
    let value = match started {
        StartedCommand::Refused(error) => return Ended::Refused(error),
        StartedCommand::Done(Ok(())) => return Ended::Returned,
        StartedCommand::Done(Err(error)) => return Ended::Failed(error),
        StartedCommand::Future(future) => future.await,
        StartedCommand::Blocking(run) => io.run_blocking(run),
    };
    match value {
        Ok(value) => {
            out.bytes_mut().extend_from_slice(&value);
            Ended::Returned
        }
        Err(error) => Ended::Failed(error),
    }
}

/// Sends until at most `remaining` bytes wait. Once the server is being stopped, a client that reads nothing during the
/// grace period is disconnected.
pub(super) async fn drain(io: &impl Io, remaining: usize) -> io::Result<()> {
    while io.connection().flush()? > remaining {
        let ready = io.wait(Interest::Write, Some(Instant::now() + SHUTDOWN_GRACE)).await?;
        if !ready.write && io.registered().server.is_stopped() {
            return Err(io::ErrorKind::TimedOut.into());
        }
    }
    Ok(())
}

/// Fails if the client has disconnected during a long-running command, so that its further commands are not executed.
pub(super) fn check_connected(connection: &SharedConnection, checked: &mut Instant) -> io::Result<()> {
    if checked.elapsed() < RECHECK_AFTER {
        return Ok(());
    }
    *checked = Instant::now();
    if connection.stream().is_hung_up() { Err(io::ErrorKind::ConnectionReset.into()) } else { Ok(()) }
}
