//! Connecting to the server, on a thread of its own: connecting may block, and clients are served meanwhile.

use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

use crate::client::ConnectRetry;
use crate::transport::{Address, Backoff, ConnectOptions, Stream};
use crate::{ClientOptions, Error, Result};

/// Connects to the server until it succeeds, or cannot. Dropped, it gives up.
#[derive(Debug)]
pub(super) struct Connector {
    result: Receiver<Result<Stream>>,
    /// Polls as readable once there is a result.
    done: io::PipeReader,
    _alive: Arc<()>,
}

impl Connector {
    /// Connects within the time limit of the options.
    ///
    /// # Errors
    /// If no thread can be started.
    pub(super) fn first(address: &Address, options: &ClientOptions) -> io::Result<Self> {
        let (address, options) = (address.clone(), options.clone());
        Self::spawn(move |alive| {
            let retry = ConnectRetry::new(&address, &options);
            connect(alive, &address, || retry.attempt(), |error| retry.pause_after(error))
        })
    }

    /// Connects as often as it takes, with a pause before each attempt.
    ///
    /// # Errors
    /// If no thread can be started.
    pub(super) fn again(address: &Address, options: &ClientOptions, mut pauses: Backoff) -> io::Result<Self> {
        let (address, options) = (address.clone(), options.connect_options(options.connect_timeout));
        Self::spawn(move |alive| {
            thread::sleep(pauses.pause());
            connect(
                alive,
                &address,
                || options.clone(),
                |error| {
                    tracing::debug!(%address, %error, "cannot connect to the server, trying again");
                    Ok(pauses.pause())
                },
            )
        })
    }

    fn spawn(connect: impl FnOnce(&Weak<()>) -> Result<Stream> + Send + 'static) -> io::Result<Self> {
        let (sender, result) = mpsc::channel();
        let (done, running) = io::pipe()?;
        let alive = Arc::new(());
        let is_wanted = Arc::downgrade(&alive);
        thread::Builder::new().name("qmp-proxy-connect".into()).spawn(move || {
            // Fails only if the connection is no longer wanted.
            let _ = sender.send(connect(&is_wanted));
            drop(running);
        })?;
        Ok(Self { result, done, _alive: alive })
    }

    /// Returns the result, once there is one.
    pub(super) fn result(&self) -> Option<Result<Stream>> {
        match self.result.try_recv() {
            Ok(result) => Some(result),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Err(given_up())),
        }
    }
}

/// Tries to connect until that succeeds, `pause_after` returns an error, or the connection is no longer wanted.
fn connect(
    is_wanted: &Weak<()>,
    address: &Address,
    attempt: impl Fn() -> ConnectOptions,
    mut pause_after: impl FnMut(io::Error) -> Result<Duration>,
) -> Result<Stream> {
    while is_wanted.strong_count() > 0 {
        match Stream::try_connect(address, &attempt()) {
            Ok(stream) => return Ok(stream),
            Err(error) => thread::sleep(pause_after(error)?),
        }
    }
    Err(given_up())
}

fn given_up() -> Error {
    Error::generic("the attempt to connect to the server was given up")
}

impl AsFd for Connector {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.done.as_fd()
    }
}
