//! The server under test, and what the probes have learnt about it.

use std::cell::{Cell, OnceCell, RefCell};
use std::io;
use std::rc::Rc;
use std::thread;
use std::time::{Duration, Instant};

use qmp_types::Error;
use qmp_types::transport::{Address, ConnectOptions, Stream};
use serde_json::Value;

use super::connection::{Connection, Record};
use super::finding::{Finding, Probed};
use super::flavour::Flavour;
use super::introspection::Introspection;
use super::message::Message;
use super::transcript::Transcript;

/// The pause between two attempts to connect.
const PAUSE: Duration = Duration::from_millis(5);

/// The server under test.
#[derive(Debug)]
pub(crate) struct Target {
    address: Address,
    options: ConnectOptions,
    flavour: Flavour,
    timeout: Duration,
    /// The first connection, until a probe uses it.
    first: RefCell<Option<Stream>>,
    /// The server has refused a connection.
    is_gone: Cell<bool>,
    record: Rc<RefCell<Record>>,
    offers_oob: OnceCell<Probed<bool>>,
    introspection: OnceCell<Probed<Introspection>>,
}

impl Target {
    /// Connects to the server for the first time.
    ///
    /// # Errors
    /// If it does not accept the connection.
    pub(crate) fn new(
        address: Address,
        options: ConnectOptions,
        flavour: Flavour,
        timeout: Duration,
    ) -> Result<Self, Error> {
        let (first, is_gone, record, offers_oob, introspection) = Default::default();
        let target = Self { address, options, flavour, timeout, first, is_gone, record, offers_oob, introspection };
        let first = target.stream()?;
        *target.first.borrow_mut() = Some(first);
        Ok(target)
    }

    /// Connects within the time limit. A server that serves one client at a time needs some time to part with the last one.
    ///
    /// # Errors
    /// The system's error. It is `WouldBlock` if the server does not accept the connection in time.
    fn stream(&self) -> Result<Stream, Error> {
        let deadline = Instant::now() + self.timeout;
        let is_full = |error: &Error| error.io().is_some_and(|error| error.kind() == io::ErrorKind::WouldBlock);
        loop {
            match Stream::connect_with(&self.address, &self.options) {
                Err(error) if is_full(&error) && Instant::now() < deadline => thread::sleep(PAUSE),
                result => return result,
            }
        }
    }

    pub(crate) fn flavour(&self) -> Flavour {
        self.flavour
    }

    /// Connects, and neither sends nor reads anything.
    ///
    /// # Errors
    /// If the server refuses the connection. It breaks the first rule to find that out; the others cannot be tried.
    pub(crate) fn connect(&self) -> Probed<Connection> {
        let first = self.first.borrow_mut().take();
        let stream = first.map_or_else(|| self.stream(), Ok);
        let stream = stream.map_err(|error| match self.is_gone.replace(true) {
            false => Finding::broken("a server that accepts the next client", error),
            true => Finding::not_tried("the server no longer accepts connections"),
        })?;
        Ok(Connection::new(stream, self.flavour, self.timeout, self.record.clone()))
    }

    /// Connects and reads the greeting. Guest agents have none.
    pub(crate) fn greeted(&self) -> Probed<Connection> {
        let mut connection = self.connect()?;
        if self.flavour == Flavour::Monitor {
            connection.reply()?;
        }
        Ok(connection)
    }

    /// Connects and does everything that is necessary before commands.
    pub(crate) fn ready(&self) -> Probed<Connection> {
        self.negotiated(r#"{"execute": "qmp_capabilities"}"#)
    }

    /// Connects and enables out-of-band execution.
    pub(crate) fn ready_for_oob(&self) -> Probed<Connection> {
        if !self.offers_oob()? {
            return Err(Finding::not_tried("the server does not offer the capability `oob`"));
        }
        self.negotiated(r#"{"execute": "qmp_capabilities", "arguments": {"enable": ["oob"]}}"#)
    }

    fn negotiated(&self, request: &str) -> Probed<Connection> {
        let mut connection = self.greeted()?;
        match self.flavour {
            Flavour::Monitor => _ = connection.ask(request)?.success()?,
            Flavour::Agent => connection.synchronise()?,
        }
        Ok(connection)
    }

    /// Whether the greeting offers out-of-band execution.
    pub(crate) fn offers_oob(&self) -> Probed<bool> {
        let ask = || {
            let greeting = self.connect()?.reply()?;
            let offered = greeting.value["QMP"]["capabilities"].as_array().cloned().unwrap_or_default();
            Ok(offered.contains(&Value::from("oob")))
        };
        self.offers_oob.get_or_init(ask).clone()
    }

    /// The commands and types of the server.
    pub(crate) fn introspection(&self) -> Probed<&Introspection> {
        let ask = || Introspection::query(&mut self.ready()?);
        self.introspection.get_or_init(ask).as_ref().map_err(Clone::clone)
    }

    /// The events that have arrived so far.
    pub(crate) fn events(&self) -> Vec<Message> {
        self.record.borrow().events.clone()
    }

    /// Takes the bytes that were sent and received since the last call.
    pub(crate) fn take_transcript(&self) -> Transcript {
        std::mem::take(&mut self.record.borrow_mut().transcript)
    }
}
