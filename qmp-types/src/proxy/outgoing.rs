//! The bytes that are still to be sent to the server, and the descriptors that accompany some of them.

use std::collections::VecDeque;
use std::io;
use std::os::fd::{AsFd, OwnedFd};

use crate::transport::Stream;

/// The memory that is kept when everything has been sent.
const KEPT: usize = 64 << 10;

/// The bytes that are still to be sent.
#[derive(Debug, Default)]
pub(super) struct Outgoing {
    bytes: Vec<u8>,
    /// The number of bytes that have been sent.
    sent: usize,
    /// The positions of bytes that a descriptor accompanies, in ascending order.
    fds: VecDeque<(usize, OwnedFd)>,
}

impl Outgoing {
    /// Adds bytes, the first of which the descriptor accompanies.
    pub(super) fn push(&mut self, bytes: &[u8], fd: Option<OwnedFd>) {
        self.fds.extend(fd.map(|fd| (self.bytes.len(), fd)));
        self.bytes.extend_from_slice(bytes);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Sends what the stream accepts.
    ///
    /// # Errors
    /// If the connection has failed.
    pub(super) fn send(&mut self, stream: &Stream) -> io::Result<()> {
        while self.sent < self.bytes.len() {
            let (end, fd) = match self.fds.front() {
                Some((at, fd)) if *at == self.sent => {
                    (self.fds.get(1).map_or(self.bytes.len(), |(at, _)| *at), Some(fd))
                }
                Some((at, _)) => (*at, None),
                None => (self.bytes.len(), None),
            };
            let bytes = &self.bytes[self.sent..end];
            let sent = match fd {
                Some(fd) => stream.try_send_with_fds(bytes, &[fd.as_fd()]),
                None => stream.try_send(bytes),
            };
            match sent {
                Ok(count) => {
                    if fd.is_some() && count > 0 {
                        self.fds.pop_front();
                    }
                    self.sent += count;
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                Err(error) => return Err(error),
            }
        }
        self.bytes.clear();
        self.bytes.shrink_to(KEPT);
        self.sent = 0;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use super::*;

    #[test]
    fn descriptors_accompany_their_bytes() {
        let (stream, peer) = Stream::pair().unwrap();
        let fd = || Some(File::open("/dev/null").unwrap().into());
        let mut outgoing = Outgoing::default();
        for (bytes, fd) in [("ab", None), ("cd", fd()), ("ef", fd()), ("gh", None)] {
            outgoing.push(bytes.as_bytes(), fd);
        }
        outgoing.send(&stream).unwrap();
        assert!(outgoing.is_empty());
        // A receiver reads from one descriptor to the next.
        for (expected, count) in [("abcd", 1), ("efgh", 1)] {
            let (mut buffer, mut fds) = ([0; 8], Vec::new());
            let received = peer.try_recv(&mut buffer, &mut fds).unwrap();
            assert_eq!((&buffer[..received], fds.len()), (expected.as_bytes(), count));
        }
    }

    #[test]
    fn what_does_not_fit_is_sent_later() {
        let (stream, peer) = Stream::pair().unwrap();
        let (large, mut outgoing) = (vec![b'x'; 1 << 20], Outgoing::default());
        outgoing.push(&large, None);
        let mut received = 0;
        while !outgoing.is_empty() {
            outgoing.send(&stream).unwrap();
            received += peer.try_recv(&mut vec![0; 1 << 16], &mut Vec::new()).unwrap();
        }
        let mut rest = vec![0; 1 << 20];
        received += peer.try_recv(&mut rest, &mut Vec::new()).unwrap_or_default();
        assert!(received > large.len() / 2 && outgoing.bytes.capacity() <= KEPT);
    }
}
