//! The stream of bytes below a connection.

use std::fmt;
use std::io;
use std::os::fd::BorrowedFd;
use std::time::Instant;

use super::interrupt::Interrupt;
use crate::transport::{Interest, Readiness, Stream};

/// A stream of bytes: a [`Stream`], and a simulated one in the tests of races.
pub(super) trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Interrupts a thread that waits for bytes.
    type Interrupt: fmt::Debug + Send + Sync;

    fn new_interrupt() -> io::Result<Self::Interrupt>;

    /// Makes the current or the next [`wait_or_interrupt`](Self::wait_or_interrupt) return.
    fn interrupt(&self, interrupt: &Self::Interrupt);

    /// Waits until there is something to receive. Returns `false` at the deadline, after an interrupt, or if the
    /// connection accepts the `unsent` bytes.
    fn wait_or_interrupt(
        &self,
        interrupt: &Self::Interrupt,
        unsent: bool,
        deadline: Option<Instant>,
    ) -> io::Result<bool>;

    /// Waits until the connection is ready for one of the interests, or until the deadline.
    fn wait(&self, interest: Interest, deadline: Option<Instant>) -> io::Result<Readiness>;

    /// Waits for bytes and receives those that have arrived. Returns 0 at the end of the stream.
    fn recv_bytes(&self, buffer: &mut [u8]) -> io::Result<usize>;

    /// Sends what the connection accepts without waiting, and fails with `WouldBlock` if that is nothing.
    fn try_send(&self, bytes: &[u8]) -> io::Result<usize>;

    /// [`try_send`](Self::try_send) with descriptors, all of which accompany the first byte.
    fn try_send_with_fds(&self, bytes: &[u8], fds: &[BorrowedFd<'_>]) -> io::Result<usize>;

    /// Fails if the connection cannot carry file descriptors.
    fn check_carries_fds(&self) -> io::Result<()>;

    /// Returns whether the peer seems to be gone.
    fn has_left(&self) -> bool;

    /// Ends the connection. Both sides read the end of the stream, after the bytes that have arrived.
    fn shutdown_both(&self);
}

impl Transport for Stream {
    type Interrupt = Interrupt;

    fn new_interrupt() -> io::Result<Interrupt> {
        Interrupt::new()
    }

    fn interrupt(&self, interrupt: &Interrupt) {
        interrupt.interrupt();
    }

    fn wait_or_interrupt(&self, interrupt: &Interrupt, unsent: bool, deadline: Option<Instant>) -> io::Result<bool> {
        interrupt.wait(self, unsent, deadline)
    }

    fn wait(&self, interest: Interest, deadline: Option<Instant>) -> io::Result<Readiness> {
        Stream::wait(self, interest, deadline)
    }

    fn recv_bytes(&self, buffer: &mut [u8]) -> io::Result<usize> {
        Stream::recv_bytes(self, buffer)
    }

    fn try_send(&self, bytes: &[u8]) -> io::Result<usize> {
        Stream::try_send(self, bytes)
    }

    fn try_send_with_fds(&self, bytes: &[u8], fds: &[BorrowedFd<'_>]) -> io::Result<usize> {
        Stream::try_send_with_fds(self, bytes, fds)
    }

    fn check_carries_fds(&self) -> io::Result<()> {
        Stream::check_carries_fds(self)
    }

    fn has_left(&self) -> bool {
        Stream::has_left(self)
    }

    fn shutdown_both(&self) {
        Stream::shutdown_both(self);
    }
}
