//! A stream of bytes between two threads of `shuttle`.

use std::collections::VecDeque;
use std::io;
use std::os::fd::BorrowedFd;
use std::sync::Arc;
use std::time::Instant;

use serde_json::Value;
use shuttle::rand::{Rng, thread_rng};
use shuttle::sync::{Condvar, Mutex, MutexGuard};
use shuttle::thread;

use crate::client::blocking::transport::Transport;
use crate::transport::{Interest, Readiness};

/// Both ends of a stream of bytes: the client's is its [`Transport`], the server's are the other methods.
///
/// It splits the bytes at random places. Its waits are those of `shuttle`, so a thread that nothing wakes is a deadlock.
#[derive(Debug, Clone, Default)]
pub(super) struct SimulatedStream(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    to_server: VecDeque<u8>,
    to_client: VecDeque<u8>,
    ended: bool,
    interrupted: bool,
}

/// How many bytes the server's side holds, fewer than a request has.
const CAPACITY: usize = 40;

impl SimulatedStream {
    /// Adds a message to the bytes for the client.
    pub(super) fn send(&self, message: &Value) {
        let mut state = self.lock();
        if !state.ended {
            state.to_client.extend(format!("{message}\r\n").into_bytes());
            self.0.changed.notify_all();
        }
    }

    /// Waits for bytes from the client, and adds them to the buffer. Returns `false` at the end of the stream.
    pub(super) fn receive(&self, buffer: &mut Vec<u8>) -> bool {
        let mut state = self.wait_until(|state| state.ended || !state.to_server.is_empty());
        self.take_sent(&mut state, buffer)
    }

    /// Adds the bytes from the client that have arrived to the buffer. Returns `false` at the end of the stream.
    pub(super) fn try_receive(&self, buffer: &mut Vec<u8>) -> bool {
        let mut state = self.lock();
        self.take_sent(&mut state, buffer) || !state.ended
    }

    fn take_sent(&self, state: &mut State, buffer: &mut Vec<u8>) -> bool {
        let any = !state.to_server.is_empty();
        buffer.extend(state.to_server.drain(..));
        self.0.changed.notify_all();
        any
    }

    fn wait_until(&self, condition: impl Fn(&State) -> bool) -> MutexGuard<'_, State> {
        self.0.changed.wait_while(self.lock(), |state| !condition(state)).unwrap()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap()
    }
}

impl State {
    fn is_readable(&self) -> bool {
        self.ended || !self.to_client.is_empty()
    }

    fn is_writable(&self) -> bool {
        self.ended || self.to_server.len() < CAPACITY
    }
}

impl Transport for SimulatedStream {
    /// An interrupt is noted in the stream.
    type Interrupt = ();

    fn new_interrupt() -> io::Result<()> {
        Ok(())
    }

    fn interrupt(&self, (): &()) {
        self.lock().interrupted = true;
        self.0.changed.notify_all();
    }

    fn wait_or_interrupt(&self, (): &(), unsent: bool, _deadline: Option<Instant>) -> io::Result<bool> {
        let mut state =
            self.wait_until(|state| state.is_readable() || state.interrupted || unsent && state.is_writable());
        state.interrupted = false;
        Ok(state.is_readable())
    }

    /// No time passes while a thread waits for bytes, so it never reaches its deadline. A thread that waits only to send
    /// reaches it at once.
    fn wait(&self, interest: Interest, _deadline: Option<Instant>) -> io::Result<Readiness> {
        let (reads, writes) = match interest {
            Interest::Read => (true, false),
            Interest::Both => (true, true),
            Interest::Write | Interest::HangUp => {
                thread::yield_now();
                return Ok(Readiness::default());
            }
        };
        let state = self.wait_until(|state| reads && state.is_readable() || writes && state.is_writable());
        Ok(Readiness { read: state.is_readable(), write: state.is_writable(), hang_up: state.ended })
    }

    fn recv_bytes(&self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut state = self.wait_until(State::is_readable);
        let available = state.to_client.len().min(buffer.len());
        let count = if available == 0 { 0 } else { thread_rng().gen_range(1..=available) };
        state.to_client.drain(..count).zip(buffer).for_each(|(byte, place)| *place = byte);
        Ok(count)
    }

    fn try_send(&self, bytes: &[u8]) -> io::Result<usize> {
        let mut state = self.lock();
        if state.ended {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        let count = bytes.len().min(CAPACITY - state.to_server.len());
        if count == 0 {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        state.to_server.extend(&bytes[..count]);
        self.0.changed.notify_all();
        Ok(count)
    }

    fn try_send_with_fds(&self, _bytes: &[u8], _fds: &[BorrowedFd<'_>]) -> io::Result<usize> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn check_carries_fds(&self) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn has_left(&self) -> bool {
        self.lock().ended
    }

    fn shutdown_both(&self) {
        self.lock().ended = true;
        self.0.changed.notify_all();
    }
}
