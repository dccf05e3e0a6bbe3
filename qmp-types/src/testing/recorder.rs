//! Records what passes between clients and a server.

use std::fmt;
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Instant;

use super::message_splitter::{MessageSplitter, Piece};
use super::recording::Line;
use crate::server::Direction;
use crate::sync::lock;
use crate::transport::{Interest, Stream};

/// Stands between clients and a server, passes on all that they send, file descriptors included, and writes a
/// [`Recording`](super::Recording) of it.
///
/// ```no_run
/// use qmp_types::testing::Recorder;
/// use qmp_types::transport::{Listener, Stream};
///
/// let recorder = Recorder::create("session.jsonl")?;
/// let listener = Listener::bind("/tmp/recorded.sock")?;
/// while let Some(client) = listener.accept()? {
///     recorder.pass(client, Stream::connect("/run/vm.sock")?)?;
/// }
/// # Ok::<(), qmp_types::Error>(())
/// ```
pub struct Recorder {
    /// `None` after an error.
    out: Mutex<Option<Box<dyn Write + Send>>>,
    start: Option<Instant>,
    sessions: AtomicU64,
}

impl Recorder {
    /// Creates a recorder that writes to `out`, a line at a time. Each line is flushed.
    pub fn new(out: impl Write + Send + 'static) -> Self {
        Self { out: Mutex::new(Some(Box::new(out))), start: Some(Instant::now()), sessions: AtomicU64::new(0) }
    }

    /// Creates a recorder that writes a file, which replaces an existing one. Only the current user may read it (mode 0600).
    ///
    /// # Errors
    /// If the file cannot be created.
    pub fn create(path: impl AsRef<Path>) -> io::Result<Self> {
        use std::os::unix::fs::OpenOptionsExt;
        let file = File::options().write(true).create(true).truncate(true).mode(0o600).open(path)?;
        Ok(Self::new(file))
    }

    /// Leaves out the times, so that recordings of the same dialogue can be compared.
    #[must_use]
    pub fn without_times(mut self) -> Self {
        self.start = None;
        self
    }

    /// Passes on what a client and a server send, until one of them has closed its connection. Any number of threads may
    /// call this at the same time.
    ///
    /// # Errors
    /// If the recording cannot be written. A connection that fails has ended, which is no error.
    pub fn pass(&self, client: impl Into<Stream>, server: impl Into<Stream>) -> io::Result<()> {
        let (client, server) = (client.into(), server.into());
        let session = self.sessions.fetch_add(1, Ordering::Relaxed) + 1;
        let from_client = Way { recorder: self, session, direction: Direction::FromClient };
        let from_server = Way { recorder: self, session, direction: Direction::FromServer };
        thread::scope(|scope| {
            let requests = scope.spawn(|| {
                let passed = from_client.pass(&client, &server);
                // A client that only stops sending still gets its replies.
                if client.has_left() {
                    server.shutdown_both()
                } else {
                    server.shutdown_write()
                }
                passed
            });
            let passed = from_server.pass(&server, &client);
            client.shutdown_both();
            server.shutdown_both();
            let requests = requests.join().unwrap_or_else(|_| Err(io::Error::other("a thread has failed")));
            passed.and(requests)
        })
    }

    fn write(&self, line: &Line) -> io::Result<()> {
        let mut out = lock(&self.out);
        let Some(file) = out.as_mut() else { return Err(io::Error::other("the recording has failed before")) };
        let written = file.write_all(line.text().as_bytes()).and_then(|()| file.flush());
        if written.is_err() {
            *out = None;
        }
        written
    }
}

/// One direction of a connection.
struct Way<'r> {
    recorder: &'r Recorder,
    session: u64,
    direction: Direction,
}

impl Way<'_> {
    /// Passes on all that arrives, until the end of the stream.
    fn pass(&self, from: &Stream, to: &Stream) -> io::Result<()> {
        let mut splitter = MessageSplitter::new();
        let mut bytes = vec![0; 64 << 10];
        // Descriptors that came with a message that is not complete.
        let mut pending = 0;
        loop {
            let mut fds = Vec::new();
            // An error is the end of the connection.
            let count = from.recv(&mut bytes, &mut fds).unwrap_or(0);
            if count == 0 {
                break;
            }
            pending += fds.len();
            splitter.push(&bytes[..count]);
            // Recorded first, so that a request is recorded before its reply.
            while let Some(piece) = splitter.next() {
                self.write(std::mem::take(&mut pending), piece)?;
            }
            if send(to, &bytes[..count], &fds).is_err() {
                break;
            }
        }
        if let Some(piece) = splitter.finish() {
            self.write(pending, piece)?;
        }
        let time = self.recorder.start.map(|start| start.elapsed());
        self.recorder.write(&Line::end(self.session, self.direction, time))
    }

    fn write(&self, fds: usize, piece: Piece) -> io::Result<()> {
        let time = self.recorder.start.map(|start| start.elapsed());
        self.recorder.write(&Line::new(self.session, self.direction, time, fds, piece))
    }
}

/// Sends all bytes, with descriptors that accompany the first of them.
fn send(to: &Stream, mut bytes: &[u8], fds: &[OwnedFd]) -> io::Result<()> {
    let mut fds: Vec<_> = fds.iter().map(AsFd::as_fd).collect();
    while !bytes.is_empty() {
        let sent = if fds.is_empty() { to.try_send(bytes) } else { to.try_send_with_fds(bytes, &fds) };
        match sent {
            Ok(count) => {
                fds.clear();
                bytes = &bytes[count..];
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => _ = to.wait(Interest::Write, None)?,
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder").field("sessions", &self.sessions).finish_non_exhaustive()
    }
}
