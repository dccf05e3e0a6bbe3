//! Receiving from a socket without waiting, into a session that stays small.

use std::cell::RefCell;
use std::io;

use super::session::Session;
use crate::transport::Stream;

/// The size of a read.
const READ: usize = 64 << 10;

thread_local! {
    /// The memory for a read. A session keeps only what it cannot use at once, so that idle ones are small.
    static SPACE: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Receives the bytes that have arrived, or the end of the stream.
///
/// # Errors
/// `WouldBlock` if there are none, or the connection's error.
pub(super) fn receive(stream: &Stream, session: &mut Session) -> io::Result<()> {
    SPACE.with_borrow_mut(|space| {
        space.resize(READ, 0);
        let mut fds = Vec::new();
        match stream.try_recv(space, &mut fds)? {
            0 => session.finish(),
            count => session.receive(&space[..count], fds),
        }
        Ok(())
    })
}
