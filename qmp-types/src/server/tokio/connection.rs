//! A connection of the tokio server: a task that drives its session.
//!
//! Short handlers run on the task, asynchronous ones beside it. All others run on the runtime's blocking pool, to which the
//! session moves with all requests that have arrived: one move is enough for many requests.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::sleep;

use super::link::TokioLink;
use crate::server::erased::{BATCH, ConnectionCheck, ErasedServer, SHUTDOWN_GRACE};
use crate::server::handler::HandlerKind;
use crate::server::session::Session;
use crate::server::shared_session::SharedSession;
use crate::transport::Stream;

/// Replies that are ready wait this long for those of the requests after them.
const FLUSH_AFTER: Duration = Duration::from_millis(2);

/// An in-band command that runs apart from its session.
type Running = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Serves a connection until the client disconnects or the server is stopped.
///
/// # Errors
/// If the connection fails.
pub(super) async fn serve(server: &ErasedServer, stream: Stream) -> io::Result<()> {
    let link = TokioLink::new(stream)?;
    let session = Box::new(server.session(link.clone()));
    let shared = Arc::clone(session.shared());
    let mut connection =
        Connection { server, link: &link, shared, running: None, is_gone: false, check: ConnectionCheck::new() };
    connection.run(session).await
}

/// The task of a connection.
struct Connection<'c> {
    server: &'c ErasedServer,
    link: &'c Arc<TokioLink>,
    shared: Arc<SharedSession>,
    running: Option<Running>,
    /// The client has disconnected.
    is_gone: bool,
    check: ConnectionCheck,
}

impl Connection<'_> {
    async fn run(&mut self, mut session: Box<Session>) -> io::Result<()> {
        loop {
            if !self.is_gone {
                session = self.execute(session).await?;
            } else if !self.shared.any_runs() {
                return Err(io::ErrorKind::ConnectionReset.into());
            }
            let waiting = session.flush()?;
            if session.is_finished() {
                return self.drain(&mut session).await;
            }
            self.wait(&mut session, waiting).await?;
        }
    }

    /// Executes the requests that have arrived, as far as they can be executed now.
    async fn execute(&mut self, mut session: Box<Session>) -> io::Result<Box<Session>> {
        loop {
            let is_oob = session.is_oob();
            let Some(request) = session.next() else { return Ok(session) };
            match request.kind(&self.server.service) {
                HandlerKind::Short => request.run(&*self.server.service),
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
                _ => session = self.execute_on_pool(session).await?,
            }
            if session.waiting() >= BATCH && session.flush()? >= self.shared.output_limit() {
                return Ok(session);
            }
            self.check.check(self.link.stream())?;
        }
    }

    /// Executes requests on the blocking pool, and sends replies that are ready meanwhile.
    async fn execute_on_pool(&mut self, session: Box<Session>) -> io::Result<Box<Session>> {
        let server = self.server.clone();
        let link = Arc::clone(self.link);
        let mut batch: JoinHandle<io::Result<Box<Session>>> =
            spawn_blocking(move || execute_batch(&server, link.stream(), session));
        let mut is_due = false;
        loop {
            let waiting = if is_due { self.shared.flush()? } else { 0 };
            tokio::select! {
                ended = &mut batch => return ended.map_err(io::Error::other)?,
                () = self.link.changed() => is_due = true,
                () = sleep(FLUSH_AFTER), if !is_due => is_due = true,
                ready = self.link.writable(), if waiting > 0 => ready?,
                gone = self.link.hung_up(), if waiting == 0 && !self.is_gone => {
                    gone?;
                    self.gone();
                }
            }
        }
    }

    /// Waits until there is something to do: input, output, or a command that has ended.
    async fn wait(&mut self, session: &mut Session, waiting: usize) -> io::Result<()> {
        let wants_input = session.wants_input();
        let is_watched = !wants_input && waiting == 0 && !self.is_gone;
        let running = async {
            match &mut self.running {
                Some(running) => running.await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = running => self.running = None,
            received = self.link.receive(session), if wants_input => {
                self.check = ConnectionCheck::new();
                return received;
            }
            ready = self.link.writable(), if waiting > 0 => ready?,
            () = self.link.changed() => {}
            gone = self.link.hung_up(), if is_watched => {
                gone?;
                self.gone();
            }
        }
        Ok(())
    }

    /// Notes that the client has disconnected: what it has sent is not executed.
    fn gone(&mut self) {
        self.is_gone = true;
        self.shared.cancel();
    }

    /// Sends all bytes. Once the server is being stopped, a client that reads nothing during the grace period is
    /// disconnected.
    async fn drain(&mut self, session: &mut Session) -> io::Result<()> {
        while session.flush()? > 0 {
            tokio::select! {
                ready = self.link.writable() => ready?,
                () = sleep(SHUTDOWN_GRACE), if self.server.connections.is_stopped() => {
                    return Err(io::ErrorKind::TimedOut.into());
                }
            }
        }
        Ok(())
    }
}

/// Executes requests on the current thread, up to one whose handler is asynchronous.
fn execute_batch(server: &ErasedServer, stream: &Stream, mut session: Box<Session>) -> io::Result<Box<Session>> {
    let mut check = ConnectionCheck::new();
    while !session.is_oob()
        && let Some(request) = session.next()
        && request.kind(&server.service) != HandlerKind::Async
    {
        request.run(&*server.service);
        check.check(stream)?;
        if session.waiting() >= BATCH && session.flush()? >= session.shared().output_limit() {
            break;
        }
    }
    Ok(session)
}
