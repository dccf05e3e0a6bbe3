//! Bytes on a connection, for programs that do not speak QMP as a client or a server does: proxies, recorders, tests.

use std::io;
use std::time::Instant;

use rustix::net::Shutdown;

use super::Stream;
use super::readiness::Interest;

impl Stream {
    /// Waits for bytes until the deadline, and receives those that have arrived, at most `buffer`. Returns 0 at the end of
    /// the stream. File descriptors that accompany them are closed.
    ///
    /// ```
    /// use std::time::{Duration, Instant};
    /// use qmp_types::transport::Stream;
    ///
    /// let (client, server) = Stream::pair()?;
    /// let deadline = Some(Instant::now() + Duration::from_secs(5));
    /// client.send(br#"{"execute": "quit"}"#, deadline)?;
    /// client.end_sending();
    ///
    /// let mut buffer = [0; 100];
    /// let count = server.receive(&mut buffer, deadline)?;
    /// assert_eq!(&buffer[..count], br#"{"execute": "quit"}"#);
    /// assert_eq!(server.receive(&mut buffer, deadline)?, 0);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    /// `TimedOut` at the deadline, or the system's error.
    pub fn receive(&self, buffer: &mut [u8], deadline: Option<Instant>) -> io::Result<usize> {
        self.retry(Interest::Read, deadline, || self.try_recv_bytes(buffer))
    }

    /// Sends all bytes, and waits until the peer has room for them, but not beyond the deadline.
    ///
    /// # Errors
    /// `TimedOut` at the deadline, when some of the bytes may have been sent, or the system's error.
    pub fn send(&self, bytes: &[u8], deadline: Option<Instant>) -> io::Result<()> {
        let mut rest = bytes;
        while !rest.is_empty() {
            rest = &rest[self.retry(Interest::Write, deadline, || self.try_send(rest))?..];
        }
        Ok(())
    }

    /// Makes the peer read the end of the stream, after the bytes that were sent. Receiving goes on.
    pub fn end_sending(&self) {
        self.shutdown(Shutdown::Write);
    }

    /// Repeats an operation that does not wait until it succeeds, or the deadline has passed.
    fn retry(
        &self,
        interest: Interest,
        deadline: Option<Instant>,
        mut operation: impl FnMut() -> io::Result<usize>,
    ) -> io::Result<usize> {
        loop {
            match operation() {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                result => return result,
            }
            if deadline.is_some_and(|deadline| deadline <= Instant::now()) {
                return Err(io::ErrorKind::TimedOut.into());
            }
            self.wait(interest, deadline)?;
        }
    }
}
