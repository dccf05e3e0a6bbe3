//! The clients of a proxy.

use std::collections::BTreeMap;
use std::io;
use std::os::fd::BorrowedFd;
use std::time::{Duration, Instant};

use rustix::event::PollFlags;

use crate::Server;
use crate::server::{AccessControl, Connection, PendingRequest};
use crate::transport::{Listener, Stream};

/// How long a client that is being disconnected may take to read the replies that wait for it.
const DRAIN: Duration = Duration::from_secs(1);

/// A listener, and what its clients may do.
#[derive(Debug)]
pub(super) struct Door {
    pub(super) listener: Listener,
    pub(super) access: AccessControl,
    /// There will be no more clients: the listener was a single connection.
    pub(super) is_exhausted: bool,
}

/// The clients that are connected.
#[derive(Debug, Default)]
pub(super) struct Clients {
    clients: BTreeMap<u64, Client>,
    last: u64,
}

/// A client.
#[derive(Debug)]
pub(super) struct Client {
    connection: Connection,
    /// Whether a request of the client is being executed out of band. No further ones are taken meanwhile, so that a client
    /// cannot make the proxy keep any number.
    is_oob_running: bool,
    /// When the client is disconnected at the latest, if it is to be disconnected once it has read what waits for it.
    ends_at: Option<Instant>,
}

impl Clients {
    /// Adds a client, which receives the greeting.
    pub(super) fn add(&mut self, server: &Server<()>, stream: Stream) {
        self.last += 1;
        let mut client = Client { connection: server.connection(stream), is_oob_running: false, ends_at: None };
        client.send();
        self.clients.insert(self.last, client);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.clients.is_empty()
    }

    pub(super) fn get_mut(&mut self, number: u64) -> Option<&mut Client> {
        self.clients.get_mut(&number)
    }

    /// Returns all clients with their numbers.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = (u64, &mut Client)> {
        self.clients.iter_mut().map(|(number, client)| (*number, client))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (u64, &Client)> {
        self.clients.iter().map(|(number, client)| (*number, client))
    }

    /// Returns when something is to be done for one of the clients.
    pub(super) fn deadline(&mut self) -> Option<Instant> {
        self.clients.values_mut().filter_map(Client::deadline).min()
    }

    /// Removes the clients that have left, and returns their numbers.
    pub(super) fn remove_finished(&mut self) -> Vec<u64> {
        let is_finished = |(number, client): (&u64, &Client)| client.is_finished().then_some(*number);
        let finished: Vec<_> = self.clients.iter().filter_map(is_finished).collect();
        finished.iter().for_each(|number| _ = self.clients.remove(number));
        finished
    }
}

impl Client {
    /// Receives what has arrived, as far as the client's requests can be taken now.
    pub(super) fn receive(&mut self, is_hung_up: bool) {
        if self.ends_at.is_some() || self.is_oob_running && !is_hung_up {
            return;
        }
        loop {
            if let Err(error) = self.connection.receive() {
                tracing::warn!(%error, "a client's connection has failed");
            }
            if !(self.connection.wants_read() && self.connection.stream().has_buffered()) {
                return;
            }
        }
    }

    /// Takes the next request that another program is to execute. Mistakes and the negotiation are answered here.
    pub(super) fn next_request(&mut self) -> Option<PendingRequest> {
        while self.ends_at.is_none() && !self.is_oob_running {
            if let Some(request) = self.connection.next()?.take() {
                self.is_oob_running = request.is_oob();
                return Some(request);
            }
        }
        None
    }

    /// Returns whether [`next_request`](Self::next_request) may return a request that was received before, because the
    /// client has read.
    pub(super) fn can_proceed(&self) -> bool {
        self.ends_at.is_none() && !self.is_oob_running && self.connection.can_proceed()
    }

    /// Takes note of the end of a request that was executed out of band.
    pub(super) fn oob_ended(&mut self) {
        self.is_oob_running = false;
    }

    /// Sends what the client's socket accepts.
    pub(super) fn send(&mut self) {
        if let Err(error) = self.connection.send() {
            tracing::warn!(%error, "a client's connection has failed");
        }
    }

    /// Disconnects the client once it has read what waits for it.
    pub(super) fn end(&mut self) {
        self.ends_at.get_or_insert_with(|| Instant::now() + DRAIN);
    }

    /// Does what is due.
    pub(super) fn on_deadline(&mut self, now: Instant) {
        if self.deadline().is_some_and(|deadline| deadline <= now) {
            self.connection.on_deadline(now);
            self.send();
        }
    }

    fn deadline(&mut self) -> Option<Instant> {
        self.ends_at.into_iter().chain(self.connection.deadline()).min()
    }

    fn is_finished(&self) -> bool {
        let is_drained = |at| !self.connection.wants_write() || at <= Instant::now();
        self.connection.is_finished() || self.ends_at.is_some_and(is_drained)
    }

    /// Returns the descriptors to poll, and for what.
    pub(super) fn interests(&self) -> impl Iterator<Item = (BorrowedFd<'_>, PollFlags)> {
        let stream = self.connection.stream();
        let mut input = PollFlags::empty();
        input.set(PollFlags::IN, self.ends_at.is_none() && !self.is_oob_running && self.connection.wants_read());
        let output = if self.connection.wants_write() { PollFlags::OUT } else { PollFlags::empty() };
        fds(stream, input, output)
    }
}

/// Returns what to poll of a connection: one descriptor, or two if it reads from one and writes to another.
fn fds(stream: &Stream, input: PollFlags, output: PollFlags) -> impl Iterator<Item = (BorrowedFd<'_>, PollFlags)> {
    use std::os::fd::{AsFd, AsRawFd};
    let is_one = stream.as_fd().as_raw_fd() == stream.output_fd().as_raw_fd();
    let input = if is_one { input | output } else { input };
    let output = (!is_one && !output.is_empty()).then(|| (stream.output_fd(), output));
    [(stream.as_fd(), input)].into_iter().chain(output)
}

impl Door {
    /// Accepts a client that has arrived, if there is one.
    ///
    /// # Errors
    /// If the listener does not accept connections now, or at all.
    pub(super) fn accept(&mut self) -> io::Result<Option<Stream>> {
        match self.listener.try_accept() {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(None),
            Ok(None) => {
                self.is_exhausted = true;
                Ok(None)
            }
            accepted => accepted,
        }
    }
}
