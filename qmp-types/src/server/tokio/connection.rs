//! A connection of the tokio server: a task that drives its session.
//!
//! Short handlers run on the task, asynchronous ones beside it. All others run on the runtime's blocking pool, to which the
//! session moves with all requests that have arrived: one move is enough for many requests.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::spawn_blocking;
use tokio::time::sleep_until;

use super::link::TokioLink;
use crate::server::erased::{BATCH, ConnectionCheck, ErasedServer};
use crate::server::events::RateTimer;
use crate::server::handler::HandlerKind;
use crate::server::session::Session;
use crate::server::shared_session::SharedSession;
use crate::server::watchdog::Activity;
use crate::transport::Stream;

/// How many bytes of each buffer an idle connection keeps.
const KEPT: usize = 512;

/// A short handler that takes this long is logged: it stops other tasks.
const TOO_LONG: Duration = Duration::from_millis(10);

/// An in-band command that runs apart from its session.
type Running = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Serves a connection until the client disconnects or the server is stopped.
///
/// # Errors
/// If the connection fails.
pub(super) async fn serve(server: &ErasedServer, stream: Stream) -> io::Result<()> {
    RateTimer::enable(&server.connections);
    let link = TokioLink::new(stream)?;
    let session = Box::new(server.session(link.clone()));
    let shared = Arc::clone(session.shared());
    let check = ConnectionCheck::new();
    let (running, has_left) = (None, false);
    Connection { server, link: &link, shared, session: Some(session), running, has_left, check }.run().await
}

/// The task of a connection.
struct Connection<'c> {
    server: &'c ErasedServer,
    link: &'c Arc<TokioLink>,
    shared: Arc<SharedSession>,
    /// The session, unless it is on the blocking pool.
    session: Option<Box<Session>>,
    running: Option<Running>,
    /// The client has disconnected, or seems to have.
    has_left: bool,
    check: ConnectionCheck,
}

impl Connection<'_> {
    async fn run(&mut self) -> io::Result<()> {
        loop {
            match self.step().await {
                Ok(true) => return Ok(()),
                Ok(false) => {}
                Err(error) => {
                    // What the client has sent is not executed, but what runs may finish.
                    self.shared.cancel();
                    self.wait_for_running().await;
                    return Err(error);
                }
            }
        }
    }

    /// Executes and waits once. Returns whether the connection has come to its end.
    async fn step(&mut self) -> io::Result<bool> {
        self.execute().await?;
        let Some(session) = &mut self.session else { return Ok(true) };
        let waiting = session.flush()?;
        if session.is_finished() {
            Box::pin(self.drain()).await?;
            return Ok(true);
        }
        if session.can_proceed() {
            return Ok(false);
        }
        session.shrink(KEPT);
        let is_idle = session.wants_input() && waiting == 0 && session.deadline().is_none() && self.running.is_none();
        // What is rarely waited for takes no memory of idle connections.
        match is_idle {
            true => self.wait_for_input().await?,
            false => Box::pin(self.wait(waiting)).await?,
        }
        Ok(false)
    }

    /// Waits until the client or another thread does something.
    async fn wait_for_input(&mut self) -> io::Result<()> {
        let Some(session) = &mut self.session else { return Ok(()) };
        tokio::select! {
            received = self.link.receive(session) => received,
            () = self.link.changed() => Ok(()),
        }
    }

    /// Executes the requests that have arrived, as far as they can be executed now.
    async fn execute(&mut self) -> io::Result<()> {
        self.check = ConnectionCheck::new();
        while let Some(session) = &mut self.session {
            let is_oob = session.is_oob();
            let Some(request) = session.next() else { break };
            let (kind, command) = (request.kind(&self.server.service), request.command());
            match kind {
                HandlerKind::Short => request.run(&*self.server.service),
                // Out of band, no handler may block. They are executed in the order of their requests.
                HandlerKind::Plain if request.is_oob() => request.run(&*self.server.service),
                HandlerKind::Async => {
                    let is_overtaking = request.is_oob();
                    match request.detach(&self.server.service) {
                        None => {}
                        Some(task) if is_overtaking => drop(tokio::spawn(task.run_async())),
                        Some(task) => self.running = Some(Box::pin(task.run_async())),
                    }
                }
                _ if is_oob => {
                    if let Some(task) = request.detach(&self.server.service) {
                        spawn_blocking(|| task.run());
                    }
                }
                _ => Box::pin(self.execute_on_pool()).await?,
            }
            let Some(session) = &mut self.session else { break };
            if session.waiting() >= BATCH {
                session.flush()?;
            }
            let took = self.check.check(self.link.stream())?;
            if took >= TOO_LONG && kind == HandlerKind::Short {
                tracing::warn!(command = command.name, ?took, "a `short` handler took long, and stopped other tasks");
            }
        }
        Ok(())
    }

    /// Executes requests on the blocking pool, and sends meanwhile what waits.
    async fn execute_on_pool(&mut self) -> io::Result<()> {
        let Some(mut session) = self.session.take() else { return Ok(()) };
        let (server, link) = (self.server.clone(), Arc::clone(self.link));
        let mut batch = spawn_blocking(move || {
            let result = execute_batch(&server, link.stream(), &mut session);
            (session, result)
        });
        let mut waiting = 0;
        loop {
            tokio::select! {
                ended = &mut batch => {
                    let (session, result) = ended.map_err(io::Error::other)?;
                    self.session = Some(session);
                    return result;
                }
                // Bytes wait that the socket has not accepted. An error is the session's to find.
                () = self.link.changed() => waiting = self.shared.flush().unwrap_or(0),
                _ = self.link.writable(), if waiting > 0 => waiting = self.shared.flush().unwrap_or(0),
                _ = self.link.left(), if waiting == 0 && !self.has_left => {
                    self.has_left = true;
                    self.shared.cancel();
                }
            }
        }
    }

    /// Waits until there is something to do: input, output, or a command that has ended.
    async fn wait(&mut self, waiting: usize) -> io::Result<()> {
        let Some(session) = &mut self.session else { return Ok(()) };
        let wants_input = session.wants_input();
        let is_watched = !wants_input && waiting == 0 && !self.has_left;
        let deadline = session.deadline();
        tokio::select! {
            () = running(&mut self.running) => self.running = None,
            received = self.link.receive(session), if wants_input => received?,
            ready = self.link.writable(), if waiting > 0 => ready?,
            () = self.link.changed() => {}
            () = reached(deadline), if deadline.is_some() => session.on_deadline(Instant::now()),
            left = self.link.left(), if is_watched => {
                left?;
                self.has_left = true;
                self.shared.cancel();
                if self.link.stream().is_hung_up() {
                    return Err(io::ErrorKind::ConnectionReset.into());
                }
            }
        }
        Ok(())
    }

    /// Waits until the commands have ended that were executing when the connection failed.
    async fn wait_for_running(&mut self) {
        if let Some(running) = self.running.take() {
            running.await;
        }
        while self.shared.any_runs() {
            self.link.changed().await;
        }
    }

    /// Sends all bytes. A client that has not read them at the end of the grace period of a server that is being stopped is
    /// disconnected.
    async fn drain(&mut self) -> io::Result<()> {
        while self.shared.flush()? > 0 {
            tokio::select! {
                ready = self.link.writable() => ready?,
                // Wakes this up when the server is being stopped.
                () = self.link.changed() => {}
                () = reached(self.server.connections.shutdown.deadline()) => {
                    return Err(io::ErrorKind::TimedOut.into());
                }
            }
        }
        Ok(())
    }
}

/// Waits until a time. Never returns if there is none.
pub(super) async fn reached(deadline: Option<Instant>) {
    match deadline {
        Some(deadline) => sleep_until(deadline.into()).await,
        None => std::future::pending().await,
    }
}

/// Waits until the running command has ended. Never returns if none runs.
async fn running(running: &mut Option<Running>) {
    match running {
        Some(running) => running.await,
        None => std::future::pending().await,
    }
}

/// Executes requests on the current thread, up to one whose handler is asynchronous.
fn execute_batch(server: &ErasedServer, stream: &Stream, session: &mut Session) -> io::Result<()> {
    let (mut check, activity) = (ConnectionCheck::new(), Arc::<Activity>::default());
    while !session.is_oob()
        && let Some(request) = session.next()
        && request.kind(&server.service) != HandlerKind::Async
    {
        activity.begin(&server.watchdog, request.session(), request.has_earlier_replies());
        request.run(&*server.service);
        activity.end();
        check.check(stream)?;
        if session.waiting() >= BATCH {
            session.flush()?;
        }
    }
    Ok(())
}
