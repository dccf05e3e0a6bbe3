//! The loop of a proxy: one thread that waits for all descriptors, and moves requests, replies and events.

use std::os::fd::{AsFd, OwnedFd};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags};

use super::calls::{Calls, ClientRequest};
use super::clients::{Clients, Door};
use super::requests::{admit, not_connected, pass_on, push};
use super::server_link::Request;
use super::server_side::ServerSide;
use super::settings::{Notice, ProxyEnd, Settings, WhenServerEnds};
use crate::server::PendingRequest;
use crate::transport::poll_until;
use crate::{Error, Result, Server};

/// How long an in-band request runs before the proxy asks whether it has ended without a reply.
const PROBE_AFTER: Duration = Duration::from_millis(200);

/// The state of a running proxy.
pub(super) struct EventLoop {
    settings: Settings,
    doors: Vec<Door>,
    /// The clients' side of the protocol, without the access rules of a listener.
    protocol: Server<()>,
    server: ServerSide,
    clients: Clients,
    calls: Calls<PendingRequest>,
    /// Becomes readable when the proxy is being stopped.
    stop: OwnedFd,
    /// When to ask whether the running request has ended without a reply.
    probe_at: Option<Instant>,
    /// When to accept clients again.
    accept_at: Option<Instant>,
    /// Why the proxy ends, once all clients have left.
    end: Option<ProxyEnd>,
}

/// What a descriptor belongs to.
#[derive(Debug, Clone, Copy)]
enum Source {
    Stop,
    Server,
    Door(usize),
    Client(u64),
}

impl EventLoop {
    /// Begins to connect to the server.
    ///
    /// # Errors
    /// If the process has run out of file descriptors or threads.
    pub(super) fn new(settings: Settings, protocol: Server<()>, doors: Vec<Door>) -> Result<Self> {
        Ok(Self {
            server: ServerSide::connect(settings.address.clone(), settings.client_options.clone())?,
            stop: protocol.handle().stop_fd()?,
            settings,
            doors,
            protocol,
            clients: Clients::default(),
            calls: Calls::default(),
            probe_at: None,
            accept_at: None,
            end: None,
        })
    }

    /// Runs until the proxy is stopped, or ends by itself.
    ///
    /// # Errors
    /// If the first connection to the server fails, or the system does not allow to wait or to accept clients.
    pub(super) fn run(mut self) -> Result<ProxyEnd> {
        loop {
            if let Some(end) = self.reason_to_end() {
                return Ok(end);
            }
            for (source, found) in self.wait()? {
                match source {
                    Source::Stop => {}
                    Source::Server => self.on_server()?,
                    Source::Door(index) => self.accept(index)?,
                    Source::Client(number) => self.on_client(number, found),
                }
            }
            self.on_deadlines()?;
            for number in self.clients.remove_finished() {
                self.calls.forget(number);
            }
            self.send_requests()?;
        }
    }

    /// Returns why the proxy ends now, if it does.
    fn reason_to_end(&self) -> Option<ProxyEnd> {
        let is_over = self.protocol.stop_deadline().is_some_and(|deadline| deadline <= Instant::now());
        if self.is_stopped() && (is_over || self.clients.is_empty()) {
            return Some(self.end.unwrap_or(ProxyEnd::Stopped));
        }
        let is_exhausted = self.clients.is_empty() && self.doors.iter().all(|door| door.is_exhausted);
        is_exhausted.then_some(ProxyEnd::NoMoreClients)
    }

    fn is_stopped(&self) -> bool {
        self.protocol.handle().is_stopped()
    }

    /// Returns whether further clients are served: their greeting is known, and so is a server for their commands.
    fn accepts(&self) -> bool {
        let keeps = self.settings.when_server_ends == WhenServerEnds::Keep && self.server.was_ready();
        !self.is_stopped() && self.accept_at.is_none() && (self.server.is_ready() || keeps)
    }

    /// Waits until there is something to do, and returns what.
    fn wait(&mut self) -> Result<Vec<(Source, PollFlags)>> {
        let deadline = self.deadline();
        let (accepts, is_stopped) = (self.accepts(), self.is_stopped());
        let (mut sources, mut fds) = (Vec::new(), Vec::new());
        let mut add = |source, fd, interest| {
            sources.push(source);
            fds.push(PollFd::from_borrowed_fd(fd, interest));
        };
        if !is_stopped {
            add(Source::Stop, self.stop.as_fd(), PollFlags::IN);
        }
        for (fd, interest) in self.server.interests() {
            add(Source::Server, fd, interest);
        }
        for (index, door) in self.doors.iter().enumerate().filter(|_| accepts) {
            if let Some(socket) = door.listener.socket() {
                add(Source::Door(index), socket, PollFlags::IN);
            }
        }
        for (number, client) in self.clients.iter() {
            for (fd, interest) in client.interests() {
                add(Source::Client(number), fd, interest);
            }
        }
        poll_until(&mut fds, deadline)?;
        let ready = sources.into_iter().zip(&fds).map(|(source, fd)| (source, fd.revents()));
        Ok(ready.filter(|(_, found)| !found.is_empty()).collect())
    }

    fn deadline(&mut self) -> Option<Instant> {
        let own = [self.probe_at, self.accept_at, self.server.deadline(), self.protocol.stop_deadline()];
        own.into_iter().flatten().chain(self.clients.deadline()).min()
    }

    fn on_deadlines(&mut self) -> Result<()> {
        let now = Instant::now();
        let is_due = |deadline: Option<Instant>| deadline.is_some_and(|deadline| deadline <= now);
        if is_due(self.accept_at) {
            self.accept_at = None;
        }
        if is_due(self.probe_at) {
            self.probe_at = None;
            self.probe();
        }
        if is_due(self.server.deadline()) {
            self.on_server()?;
        }
        self.clients.iter_mut().for_each(|(_, client)| client.on_deadline(now));
        Ok(())
    }

    /// Accepts a client.
    fn accept(&mut self, index: usize) -> Result<()> {
        let door = &mut self.doors[index];
        match door.accept() {
            Ok(Some(stream)) => self.clients.add(&self.protocol.with_access(door.access.clone()), stream),
            Ok(None) => {}
            Err(error) => {
                let pause = Server::accept_retry_delay(error)?;
                self.accept_at = (!pause.is_zero()).then(|| Instant::now() + pause);
            }
        }
        Ok(())
    }

    /// Receives from a client, takes its requests, and sends to it.
    fn on_client(&mut self, number: u64, found: PollFlags) {
        let Some(client) = self.clients.get_mut(number) else { return };
        client.receive(found.intersects(PollFlags::HUP | PollFlags::ERR));
        self.take_requests(number);
    }

    /// Takes the requests of a client that can be executed now.
    fn take_requests(&mut self, number: u64) {
        let Some(client) = self.clients.get_mut(number) else { return };
        loop {
            while let Some(request) = client.next_request() {
                let is_oob = request.is_oob();
                if !admit(&mut self.calls, &mut self.server, &self.settings, number, request) && is_oob {
                    client.oob_ended();
                }
            }
            client.send();
            if !client.can_proceed() {
                return;
            }
        }
    }

    /// Sends the requests whose turn it is.
    fn send_requests(&mut self) -> Result<()> {
        let Some(link) = self.server.link() else { return Ok(()) };
        while let Some(to_send) = self.calls.send_next() {
            push(link, to_send);
            self.probe_at.get_or_insert_with(|| Instant::now() + PROBE_AFTER);
        }
        let sent = if link.wants_write() { link.send() } else { Ok(()) };
        sent.or_else(|error| self.server_ended(error.into()))
    }

    /// Asks whether the running request has ended without a reply.
    fn probe(&mut self) {
        if let Some(link) = self.server.link()
            && let Some(id) = self.calls.add_probe()
        {
            // Has no effect: a server refuses to negotiate twice.
            link.push(Request { id, name: "qmp_capabilities", arguments: "{}", oob: false }, None);
        }
    }

    /// Sends to and receives from the server.
    fn on_server(&mut self) -> Result<()> {
        let was_ready = self.server.is_ready();
        let mut answered = Vec::new();
        let running = self.calls.running();
        let (calls, protocol) = (&mut self.calls, &self.protocol);
        let result = self.server.on_ready(|message| {
            pass_on(message, calls, protocol, &mut answered);
            Ok(())
        });
        if self.calls.running() != running {
            self.probe_at = self.calls.running().map(|_| Instant::now() + PROBE_AFTER);
        }
        for (number, is_oob) in answered {
            if let Some(client) = self.clients.get_mut(number).filter(|_| is_oob) {
                client.oob_ended();
            }
            self.take_requests(number);
        }
        match result {
            Err(error) => self.server_ended(error),
            Ok(()) if self.server.is_ready() && !was_ready => self.server_ready(),
            Ok(()) => Ok(()),
        }
    }

    /// Begins to serve clients, because the server is ready.
    fn server_ready(&mut self) -> Result<()> {
        if let Some(greeting) = self.server.greeting() {
            self.protocol.set_greeting(&greeting.version_text, greeting.decoded.offers_oob());
        }
        let greeting = self.server.greeting().map(|greeting| &greeting.decoded);
        self.settings.notify(&Notice::Connected { greeting });
        let connections = (0..self.doors.len()).filter(|&index| self.doors[index].listener.socket().is_none());
        connections.collect::<Vec<_>>().into_iter().try_for_each(|index| {
            self.accept(index)?;
            self.doors[index].is_exhausted = true;
            Ok(())
        })
    }

    /// Decides what becomes of the proxy and its clients, because the server has ended.
    fn server_ended(&mut self, error: Error) -> Result<()> {
        if !self.server.was_ready() {
            return Err(error);
        }
        self.probe_at = None;
        let policy = self.settings.when_server_ends;
        let (sent, waiting) = self.calls.take_all();
        self.settings.notify(&Notice::Disconnected { reason: &error });
        for ClientRequest { client, request } in sent {
            let unknown =
                format!("The server ended before it replied to {}, which may have been executed", request.name());
            self.give_up(client, request, &unknown);
        }
        for ClientRequest { client, request } in waiting {
            let reason = not_connected(&request);
            self.give_up(client, request, &reason);
        }
        match policy {
            WhenServerEnds::Keep => self.server.reconnect()?,
            WhenServerEnds::Disconnect => {
                self.clients.iter_mut().for_each(|(_, client)| client.end());
                self.server.reconnect()?;
            }
            WhenServerEnds::End => {
                self.clients.iter_mut().for_each(|(_, client)| client.end());
                self.server.end();
                self.end = Some(ProxyEnd::ServerEnded);
                self.protocol.handle().stop();
            }
        }
        Ok(())
    }

    /// Ends a request that the server will not answer. A client that stays connected receives an error. Any other is
    /// disconnected, and knows from that as much as it would from the server itself.
    fn give_up(&mut self, number: u64, request: PendingRequest, reason: &str) {
        let is_oob = request.is_oob();
        match self.settings.when_server_ends {
            WhenServerEnds::Keep => request.fail(&Error::generic(reason)),
            WhenServerEnds::Disconnect | WhenServerEnds::End => request.end_silently(),
        }
        if let Some(client) = self.clients.get_mut(number).filter(|_| is_oob) {
            client.oob_ended();
        }
    }
}
