//! The clients' requests between their arrival and their reply: which of them the server executes next, and whose reply
//! has arrived. Without IO.

#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::os::fd::OwnedFd;

/// How many in-band requests are sent before the first of them is answered.
///
/// QEMU reads no further requests once eight wait, not even those to be executed out of band. It executes in-band requests
/// one at a time, so more than a few would only make one client's requests wait longer behind those of others.
const IN_BAND: usize = 4;

/// The largest id, so that ids are short: servers read byte by byte. More requests are never outstanding.
const LARGEST_ID: u64 = 9_999;

/// The requests of all clients.
///
/// A client has at most one in-band request here, because its session returns the next one after the reply. So the order of
/// arrival is fair: a client that sends many requests waits in turn with all others.
#[derive(Debug)]
pub(super) struct Calls<R> {
    /// The in-band requests to be sent, in the order of arrival.
    waiting: VecDeque<Waiting<R>>,
    /// The in-band requests that were sent. The server executes them in this order.
    in_band: VecDeque<Sent<R>>,
    /// The out-of-band requests that were sent.
    out_of_band: Vec<Sent<R>>,
    last_id: u64,
    /// The server may hold a descriptor that no command has taken.
    has_stray_fd: bool,
}

/// A request that was not sent.
#[derive(Debug)]
struct Waiting<R> {
    client: u64,
    request: R,
    fd: Option<OwnedFd>,
}

/// A request that was sent.
#[derive(Debug)]
struct Sent<R> {
    id: u64,
    carries_fd: bool,
    origin: Origin<R>,
}

/// Where a request comes from.
#[derive(Debug)]
enum Origin<R> {
    Client {
        client: u64,
        request: R,
    },
    /// From a client that has left. The reply is dropped.
    DepartedClient,
    /// From the proxy, to find out whether the requests before it have ended without a reply.
    Probe,
}

/// A request of a client.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ClientRequest<R> {
    pub(super) client: u64,
    pub(super) request: R,
}

/// A request to be sent now.
#[derive(Debug)]
pub(super) struct ToSend<'c, R> {
    pub(super) id: u64,
    pub(super) request: &'c R,
    pub(super) fd: Option<OwnedFd>,
}

/// The requests that a reply has ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Ended<R> {
    /// In-band requests that were executed before without a reply.
    pub(super) silent: Vec<ClientRequest<R>>,
    /// The request that the reply is for, unless its client has left.
    pub(super) replied: Option<ClientRequest<R>>,
}

impl<R> Default for Calls<R> {
    fn default() -> Self {
        Self {
            waiting: VecDeque::new(),
            in_band: VecDeque::new(),
            out_of_band: Vec::new(),
            last_id: 0,
            has_stray_fd: false,
        }
    }
}

impl<R> Calls<R> {
    /// Adds an in-band request, with the descriptor for its command.
    pub(super) fn add(&mut self, client: u64, request: R, fd: Option<OwnedFd>) {
        self.waiting.push_back(Waiting { client, request, fd });
    }

    /// Adds a request that is executed out of band, and to be sent now.
    pub(super) fn add_out_of_band(&mut self, client: u64, request: R) -> ToSend<'_, R> {
        let id = self.next_id();
        self.out_of_band.push(Sent { id, carries_fd: false, origin: Origin::Client { client, request } });
        to_send(self.out_of_band.last(), None).expect("it was added")
    }

    /// Returns the next in-band request to be sent, if one may be sent now.
    ///
    /// A request with a descriptor is alone with the server: another command could take the descriptor, or another
    /// descriptor replace it.
    pub(super) fn send_next(&mut self) -> Option<ToSend<'_, R>> {
        let is_exclusive = self.in_band.iter().any(|sent| sent.carries_fd);
        let limit = if self.waiting.front()?.fd.is_some() { 1 } else { IN_BAND };
        if is_exclusive || self.in_band.len() >= limit {
            return None;
        }
        let Waiting { client, request, fd } = self.waiting.pop_front()?;
        let id = self.next_id();
        self.in_band.push_back(Sent { id, carries_fd: fd.is_some(), origin: Origin::Client { client, request } });
        to_send(self.in_band.back(), fd)
    }

    /// Returns the id of a request to be sent by the proxy itself, to find out whether the requests before it have ended
    /// without a reply. There is at most one.
    pub(super) fn add_probe(&mut self) -> Option<u64> {
        let has_probe = matches!(self.in_band.back()?.origin, Origin::Probe);
        if has_probe {
            return None;
        }
        let id = self.next_id();
        self.in_band.push_back(Sent { id, carries_fd: false, origin: Origin::Probe });
        Some(id)
    }

    /// Returns the id of the in-band request that the server executes now.
    pub(super) fn running(&self) -> Option<u64> {
        self.in_band.front().map(|sent| sent.id)
    }

    /// Ends the request to which a reply has arrived, and all that the server must have executed before. Returns `None` if
    /// there is no request with this id.
    pub(super) fn replied(&mut self, id: u64, has_failed: bool) -> Option<Ended<R>> {
        if let Some(at) = self.out_of_band.iter().position(|sent| sent.id == id) {
            let sent = self.out_of_band.swap_remove(at);
            return Some(Ended { silent: Vec::new(), replied: sent.origin.into_request() });
        }
        let at = self.in_band.iter().position(|sent| sent.id == id)?;
        let silent = self.in_band.drain(..at).filter_map(|sent| sent.origin.into_request()).collect();
        let sent = self.in_band.pop_front()?;
        if sent.carries_fd {
            self.has_stray_fd = has_failed;
        }
        Some(Ended { silent, replied: sent.origin.into_request() })
    }

    /// Returns the id of the request that a reply without an id is for. The server answers in-band requests in order.
    pub(super) fn without_id(&self) -> Option<u64> {
        self.running().or_else(|| self.out_of_band.first().map(|sent| sent.id))
    }

    /// Returns whether the server may hold a descriptor that the command it was sent with has not taken.
    pub(super) fn has_stray_fd(&self) -> bool {
        self.has_stray_fd
    }

    /// Forgets a client that has left: its requests that were not sent are dropped, as are the replies to the others.
    pub(super) fn forget(&mut self, client: u64) {
        self.waiting.retain(|waiting| waiting.client != client);
        for sent in self.in_band.iter_mut().chain(&mut self.out_of_band) {
            if matches!(sent.origin, Origin::Client { client: owner, .. } if owner == client) {
                sent.origin = Origin::DepartedClient;
            }
        }
    }

    /// Takes all requests, because the server has ended: those that were sent, and those that were not.
    pub(super) fn take_all(&mut self) -> (Vec<ClientRequest<R>>, Vec<ClientRequest<R>>) {
        let Self { waiting, in_band, out_of_band, .. } = std::mem::take(self);
        let sent = in_band.into_iter().chain(out_of_band).filter_map(|sent| sent.origin.into_request());
        let waiting = waiting.into_iter().map(|Waiting { client, request, .. }| ClientRequest { client, request });
        (sent.collect(), waiting.collect())
    }

    /// Returns an id that no request has.
    fn next_id(&mut self) -> u64 {
        loop {
            self.last_id = self.last_id % LARGEST_ID + 1;
            let id = self.last_id;
            if self.in_band.iter().chain(&self.out_of_band).all(|sent| sent.id != id) {
                return id;
            }
        }
    }
}

impl<R> Origin<R> {
    fn into_request(self) -> Option<ClientRequest<R>> {
        match self {
            Self::Client { client, request } => Some(ClientRequest { client, request }),
            Self::DepartedClient | Self::Probe => None,
        }
    }
}

fn to_send<R>(sent: Option<&Sent<R>>, fd: Option<OwnedFd>) -> Option<ToSend<'_, R>> {
    match sent? {
        Sent { id, origin: Origin::Client { request, .. }, .. } => Some(ToSend { id: *id, request, fd }),
        _ => None,
    }
}
