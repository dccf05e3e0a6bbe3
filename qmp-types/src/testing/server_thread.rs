//! A server on threads of this process.

use std::fmt;
use std::io;
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use crate::sync::lock;
use crate::transport::{Address, AddressError, Listener, Stream};
use crate::{Result, Server};

/// A server that serves on threads of this process, for tests: any [`Server`], be it of your own handlers or a
/// [`MockServer`](super::MockServer).
///
/// Dropping it stops the server and waits for its threads.
///
/// # Examples
///
#[cfg_attr(feature = "macros", doc = "```")]
#[cfg_attr(not(feature = "macros"), doc = "```ignore")]
/// use qmp_types::testing::{MockServer, ServerThread};
///
/// mod qmp {
///     qmp_types::schema!("schema/quickstart.json");
/// }
///
/// let server = ServerThread::new(MockServer::new(qmp::INTROSPECTION)?.into_server());
/// let one = qmp::blocking::Client::from_stream(server.connect()?)?;
/// let address = server.listen("tcp:127.0.0.1:0")?;
/// let other = qmp::blocking::Client::connect(address)?; // or any program
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct ServerThread<S: Send + Sync + 'static> {
    server: Arc<Server<S>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl<S: Send + Sync + 'static> ServerThread<S> {
    /// Creates it. Threads start with the first client.
    #[must_use]
    pub fn new(server: Server<S>) -> Self {
        Self { server: Arc::new(server), threads: Mutex::default() }
    }

    /// Returns the client's end of a new connection, which a thread serves. Make a client of it with `from_stream`.
    ///
    /// # Errors
    /// If the process has run out of file descriptors.
    pub fn connect(&self) -> io::Result<Stream> {
        let (client, served) = Stream::pair()?;
        self.spawn(move |server| server.serve_stream(served));
        Ok(client)
    }

    /// Listens at an [`Address`], and serves clients there. Returns the address to connect to, which tells a port that the
    /// system has chosen.
    ///
    /// # Errors
    /// As for [`Listener::bind`].
    pub fn listen(&self, address: impl TryInto<Address, Error: Into<AddressError>>) -> Result<Address> {
        let listener = Listener::bind(address)?;
        let address = listener.local_address().clone();
        self.spawn(move |server| server.serve(listener));
        Ok(address)
    }

    /// Returns the server.
    #[must_use]
    pub fn server(&self) -> &Server<S> {
        &self.server
    }

    fn spawn(&self, serve: impl FnOnce(&Server<S>) -> Result<()> + Send + 'static) {
        let server = Arc::clone(&self.server);
        let thread = thread::spawn(move || {
            if let Err(error) = serve(&server) {
                tracing::debug!(%error, "a client's connection has failed");
            }
        });
        lock(&self.threads).push(thread);
    }
}

impl<S: Send + Sync + 'static> Drop for ServerThread<S> {
    fn drop(&mut self) {
        self.server.handle().stop();
        for thread in lock(&self.threads).drain(..) {
            // A panic was reported by the thread itself.
            let _ = thread.join();
        }
    }
}

impl<S: Send + Sync + 'static> fmt::Debug for ServerThread<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerThread").finish_non_exhaustive()
    }
}
