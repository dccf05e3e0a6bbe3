//! A connection of the blocking server: one thread reads, executes and answers.
//!
//! A read takes in as many requests as are there; their replies go out together. So an undisturbed exchange costs one
//! receive and one send, however many requests are in flight.

use std::io;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::block_on::block_on;
use super::service::Outcome;
use super::{Core, GRACE, Link};
use crate::Context;
use crate::codec::{Decoder, Frame};
use crate::handle::Running;
use crate::record::Writer;
use crate::session::{Request, Session, Step, reply};
use crate::transport::{Interest, Stream};

/// So many bytes are sent without waiting for the end of the batch.
const BATCH: usize = 64 << 10;

/// When the commands of a batch take longer than this, the next one runs only if the client is still there.
const STALE: Duration = Duration::from_millis(1);

/// Serves a connection until either end has enough. An error means that the client is gone.
pub(super) fn serve(core: &Core, stream: Stream) -> io::Result<()> {
    let link = Link::new(stream, Arc::clone(&core.hub), core.protocol.limits.output, attend);
    let member = core.hub.join(link);
    let limits = core.protocol.limits;
    let mut connection = Connection {
        core,
        link: &member.link,
        decoder: Decoder::new(limits),
        lane: Lane { session: Session::default(), out: Writer::new() },
        checked: Instant::now(),
    };
    connection.greet();
    connection.run()
}

/// Starts a thread that sends the rest when the client reads on.
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
        link.stream().shutdown_both();
    }
}

struct Connection<'c> {
    core: &'c Core,
    link: &'c Arc<Link>,
    decoder: Decoder,
    lane: Lane,
    /// When the client was last known to be there.
    checked: Instant,
}

/// What executes requests, one at a time.
struct Lane {
    session: Session,
    out: Writer,
}

impl Connection<'_> {
    fn greet(&mut self) {
        let mut greeting = Writer::new();
        self.core.protocol.greet(&mut greeting);
        self.link.reply(&greeting.into_bytes());
    }

    fn run(&mut self) -> io::Result<()> {
        while self.answer_all()? && self.receive()? {}
        if let (Some(rest), false) = (self.decoder.finish(), self.core.hub.is_stopped()) {
            self.lane.answer(self.core, self.link, rest);
        }
        let deadline = self.core.hub.is_stopped().then(|| Instant::now() + GRACE);
        self.link.drain(0, deadline)
    }

    /// Executes what was received; `false` if the server is being stopped.
    fn answer_all(&mut self) -> io::Result<bool> {
        let mut first = true;
        while let Some(frame) = self.decoder.next() {
            if !first {
                check_presence(self.link, &mut self.checked)?;
            }
            first = false;
            let waiting = self.lane.answer(self.core, self.link, frame);
            if self.core.hub.is_stopped() {
                return Ok(false);
            }
            if waiting >= BATCH && self.link.flush()? >= self.link.limit() {
                self.link.drain(self.link.limit() / 2, None)?;
            }
        }
        Ok(true)
    }

    /// Sends what is ready and waits for more; `false` at the end of the stream.
    fn receive(&mut self) -> io::Result<bool> {
        loop {
            let waiting = self.link.flush()?;
            if waiting == 0 {
                break;
            }
            // The client is given the chance to read while it writes, as long as it does not let too much pile up.
            let interest = if waiting < self.link.limit() { Interest::Both } else { Interest::Write };
            let ready = self.link.stream().wait(interest, None)?;
            if interest == Interest::Both && ready.read {
                break;
            }
        }
        let mut fds = Vec::new();
        let count = self.link.stream().recv(self.decoder.space(), &mut fds)?;
        if !fds.is_empty() {
            self.link.replace_fds(fds);
        }
        self.decoder.received(count);
        self.checked = Instant::now();
        Ok(count > 0)
    }
}

/// Fails if the client has hung up while earlier commands took their time: then the later ones never run.
fn check_presence(link: &Link, checked: &mut Instant) -> io::Result<()> {
    if checked.elapsed() < STALE {
        return Ok(());
    }
    *checked = Instant::now();
    if link.stream().is_hung_up() { Err(io::ErrorKind::ConnectionReset.into()) } else { Ok(()) }
}

impl Lane {
    /// Executes one request; how many bytes wait to be sent.
    fn answer(&mut self, core: &Core, link: &Arc<Link>, frame: Frame<'_>) -> usize {
        let negotiated = self.session.is_negotiated();
        self.out.bytes_mut().clear();
        match self.session.step(&core.protocol, frame, &mut self.out) {
            Step::Answered if self.session.is_negotiated() != negotiated => return link.admit(self.out.bytes_mut()),
            Step::Answered => {}
            Step::Run(request) => {
                let start = reply::begin(&mut self.out);
                let context = Context::new(link, request.spec, request.oob);
                let outcome = execute(core, &request, &context, &mut self.out);
                reply::conclude(&mut self.out, start, request.spec, request.id, outcome);
            }
        }
        link.reply(self.out.bytes_mut())
    }
}

/// Runs a command to its end.
fn execute(core: &Core, request: &Request<'_>, context: &Context, out: &mut Writer) -> Outcome {
    let value = match core.service.start(request, core.protocol.limits.depth, context, out) {
        Running::Done(outcome) => return outcome,
        Running::Pending(future) => block_on(future)?,
        Running::Blocking(run) => run()?,
    };
    out.bytes_mut().extend(value);
    Ok(())
}
