//! The server of a proxy: connecting, the greeting, the negotiation, and connecting again.

use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::time::{Duration, Instant};

use rustix::event::PollFlags;

use super::connector::Connector;
use super::server_link::{Request, ServerLink};
use crate::client::{Id, RawGreeting, RawMessage, random};
use crate::transport::{Address, Backoff, Stream};
use crate::{ClientOptions, Error, Greeting, Result};

/// The id of the negotiation.
const NEGOTIATION: u64 = 0;

/// The command that synchronises with a guest agent. A byte 0xFF precedes its reply.
pub(super) const GUEST_SYNC: &str = "guest-sync-delimited";

/// The pauses before the attempts to connect again.
const FIRST_PAUSE: Duration = Duration::from_millis(10);
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

/// The server of a proxy.
#[derive(Debug)]
pub(super) struct ServerSide {
    address: Address,
    options: ClientOptions,
    state: State,
    /// The greeting that was received last. A guest agent sends none.
    greeting: Option<ServerGreeting>,
    was_ready: bool,
    /// The pauses before the attempts to connect again, until the server is ready.
    pauses: Backoff,
    /// When the first connection has to be ready.
    first_deadline: Option<Instant>,
}

/// A server's greeting.
#[derive(Debug, Clone)]
pub(super) struct ServerGreeting {
    pub(super) decoded: Greeting,
    /// The version, as the server wrote it.
    pub(super) version_text: Vec<u8>,
}

#[derive(Debug)]
enum State {
    Connecting(Connector),
    /// Waits for the greeting and the reply to the negotiation, or that to the synchronisation with a guest agent.
    Handshake {
        link: ServerLink,
        /// The return value of the synchronisation, if the server is a guest agent.
        token: Option<String>,
        /// `None` if the time limit is too long for the clock.
        deadline: Option<Instant>,
        has_greeted: bool,
    },
    Ready(ServerLink),
    Ended,
}

impl ServerSide {
    /// Begins to connect.
    ///
    /// # Errors
    /// If the system does not allow it.
    pub(super) fn connect(address: Address, options: ClientOptions) -> io::Result<Self> {
        let connector = Connector::first(&address, &options)?;
        let first_deadline = Instant::now().checked_add(options.connect_timeout);
        let pauses = Backoff::new(FIRST_PAUSE, LONGEST_PAUSE);
        let state = State::Connecting(connector);
        Ok(Self { address, options, state, greeting: None, was_ready: false, pauses, first_deadline })
    }

    /// Begins to connect again.
    ///
    /// # Errors
    /// If the system does not allow it.
    pub(super) fn reconnect(&mut self) -> io::Result<()> {
        self.state = State::Connecting(Connector::again(&self.address, &self.options, self.pauses)?);
        // A server that ends during the handshake is not asked more and more often.
        self.pauses.pause();
        Ok(())
    }

    /// Ends the connection.
    pub(super) fn end(&mut self) {
        self.state = State::Ended;
    }

    /// Returns the connection, if requests can be sent.
    pub(super) fn link(&mut self) -> Option<&mut ServerLink> {
        match &mut self.state {
            State::Ready(link) => Some(link),
            _ => None,
        }
    }

    pub(super) fn is_ready(&self) -> bool {
        matches!(self.state, State::Ready(_))
    }

    /// Returns whether the server was ready at any time.
    pub(super) fn was_ready(&self) -> bool {
        self.was_ready
    }

    /// Returns whether the server executes commands out of band.
    pub(super) fn offers_oob(&self) -> bool {
        self.greeting.as_ref().is_some_and(|greeting| greeting.decoded.offers_oob())
    }

    /// Returns the greeting that was received last, also after the connection has ended.
    pub(super) fn greeting(&self) -> Option<&ServerGreeting> {
        self.greeting.as_ref()
    }

    /// Returns when to call [`on_ready`](Self::on_ready) at the latest.
    pub(super) fn deadline(&self) -> Option<Instant> {
        match &self.state {
            State::Handshake { deadline, .. } => *deadline,
            _ => None,
        }
    }

    /// Returns the descriptors to poll, and for what.
    pub(super) fn interests(&self) -> Vec<(BorrowedFd<'_>, PollFlags)> {
        match &self.state {
            State::Connecting(connector) => vec![(connector.as_fd(), PollFlags::IN)],
            State::Handshake { link, .. } | State::Ready(link) => {
                let output = link.wants_write().then(|| (link.output_fd(), PollFlags::OUT));
                [(link.as_fd(), PollFlags::IN)].into_iter().chain(output).collect()
            }
            State::Ended => Vec::new(),
        }
    }

    /// Sends and receives what is possible now. Replies and events are passed on once the handshake is complete.
    ///
    /// # Errors
    /// If the connection has ended or failed, or the handshake has failed.
    pub(super) fn on_ready(&mut self, mut pass_on: impl FnMut(RawMessage<'_>) -> Result<()>) -> Result<()> {
        match &mut self.state {
            State::Connecting(connector) => {
                if let Some(result) = connector.result() {
                    self.begin_handshake(result?);
                }
                Ok(())
            }
            State::Handshake { .. } => self.shake_hands(pass_on),
            State::Ready(link) => {
                link.send()?;
                link.receive(&mut pass_on)
            }
            State::Ended => Ok(()),
        }
    }

    fn begin_handshake(&mut self, stream: Stream) {
        let deadline = self.first_deadline.take().or_else(|| Instant::now().checked_add(self.options.connect_timeout));
        let mut link = ServerLink::new(stream);
        let token = self.options.guest_agent.then(|| random().to_string());
        if let Some(token) = &token {
            // An earlier client may have left a part of a request, and replies.
            link.resync();
            link.push_bytes(&[0xFF]);
            let arguments = format!("{{\"id\":{token}}}");
            link.push(Request { id: NEGOTIATION, name: GUEST_SYNC, arguments: &arguments, oob: false }, None);
        }
        self.state = State::Handshake { link, token, deadline, has_greeted: false };
    }

    /// Receives the greeting, negotiates, and receives the reply.
    fn shake_hands(&mut self, mut pass_on: impl FnMut(RawMessage<'_>) -> Result<()>) -> Result<()> {
        let State::Handshake { link, token, deadline, has_greeted } = &mut self.state else { return Ok(()) };
        let (mut greeting, mut is_negotiated) = (None, false);
        let is_token = |value: &[u8]| token.as_ref().is_some_and(|token| token.as_bytes() == value);
        link.receive(|message| match message {
            RawMessage::Greeting(raw) => {
                greeting = Some(ServerGreeting::of(&raw)?);
                Ok(())
            }
            RawMessage::Return(Id::Call(NEGOTIATION), value) if token.is_none() || is_token(value) => {
                is_negotiated = true;
                Ok(())
            }
            RawMessage::Return(Id::Missing, value) if is_token(value) => {
                Err(Error::protocol("expected a guest agent that echoes ids, as those since QEMU 4.0 do"))
            }
            // Replies to an earlier client of the agent.
            RawMessage::Return(..) | RawMessage::Error(..) if token.is_some() => Ok(()),
            // Events may precede the reply, and replies follow it.
            message @ RawMessage::Event(_) => pass_on(message),
            RawMessage::Error(_, error) => Err(error.decode()),
            message @ RawMessage::Return(..) => {
                Err(Error::protocol(format!("expected the greeting, found {message:?}")))
            }
        })?;
        if let Some(greeting) = greeting {
            let arguments = if greeting.decoded.offers_oob() { r#"{"enable":["oob"]}"# } else { "{}" };
            link.push(Request { id: NEGOTIATION, name: "qmp_capabilities", arguments, oob: false }, None);
            self.greeting = Some(greeting);
            *has_greeted = true;
        }
        link.send()?;
        self.was_ready |= is_negotiated;
        if is_negotiated {
            if let State::Handshake { link, .. } = std::mem::replace(&mut self.state, State::Ended) {
                self.state = State::Ready(link);
                self.pauses.reset();
            }
        } else if deadline.is_some_and(|deadline| deadline <= Instant::now()) {
            let limit = self.options.connect_timeout;
            let awaited = match (token, has_greeted) {
                (Some(_), _) => "the reply to `guest-sync-delimited`",
                (None, true) => "the reply to `qmp_capabilities`",
                (None, false) => "the greeting",
            };
            let hint = "another client may be connected to the server";
            return Err(Error::timed_out(format!("{awaited} of {}: none within {limit:?}; {hint}", self.address)));
        }
        Ok(())
    }
}

impl ServerGreeting {
    fn of(greeting: &RawGreeting<'_>) -> Result<Self> {
        Ok(Self { decoded: greeting.decode()?, version_text: greeting.version.to_vec() })
    }
}
