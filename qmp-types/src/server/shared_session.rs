//! A session as its driver, its handlers and the emitters of events share it.

use std::cmp;
use std::fmt;
use std::io;
use std::ops::{Deref, DerefMut};
use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::Waker;

use super::cancellation::Cancellation;
use super::events::{EventMessage, EventQueueLimits, Pushed};
use super::observe::SessionObserver;
use super::output_buffer::OutputBuffer;
use super::output_style::OutputStyle;
use crate::sync::lock;
use crate::transport::Stream;

/// The way from a session to its driver.
pub(super) trait Link: Send + Sync {
    /// Returns the socket, if any thread may send on it.
    fn stream(&self) -> Option<&Stream> {
        None
    }

    /// Tells the driver about a change that it did not make itself.
    fn notify(&self, session: &Arc<SharedSession>, change: Change);

    /// Begins to watch whether the client disconnects while a command runs.
    fn watch(&self, session: &Arc<SharedSession>);

    /// Sets the waker of a driver that has one.
    fn set_waker(&self, _: &Waker) {}
}

/// A change of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// Bytes wait that the socket does not accept now.
    Output,
    /// A command that was detached has ended.
    CommandEnded,
    /// The server is being stopped.
    Stopped,
}

/// As many bytes of each session do not count for the bound of the server.
pub(super) const UNCOUNTED: usize = 64 << 10;

/// How many bytes may wait to be sent.
pub(super) struct OutputBounds {
    /// To the client of the session.
    pub(super) session: usize,
    /// To all clients of the server together.
    pub(super) server: usize,
    /// How many wait for all clients together.
    pub(super) total: Arc<AtomicUsize>,
    pub(super) events: EventQueueLimits,
}

/// Access to the output of a session. When it ends, the bytes that wait are counted for the server.
struct OutputGuard<'s> {
    output: MutexGuard<'s, OutputBuffer>,
    total: &'s AtomicUsize,
}

/// The output of one session, the file descriptors that the client has sent, and the state of its commands.
///
/// A thread that has a message for the client appends it and sends what the socket accepts. No thread blocks while it
/// holds a lock.
pub(super) struct SharedSession {
    link: Arc<dyn Link>,
    output: Mutex<OutputBuffer>,
    bounds: OutputBounds,
    observer: SessionObserver,
    /// Descriptors that were received and that no command has taken yet.
    fds: Mutex<Vec<OwnedFd>>,
    /// Whether an in-band command was detached and has not been answered.
    in_band_runs: AtomicBool,
    /// The number of commands that were detached and have not been answered.
    detached: AtomicUsize,
    cancellation: Cancellation,
}

impl SharedSession {
    pub(super) fn new(
        link: Arc<dyn Link>,
        bounds: OutputBounds,
        style: OutputStyle,
        observer: SessionObserver,
    ) -> Arc<Self> {
        Arc::new(Self {
            link,
            output: Mutex::new(OutputBuffer::new(style)),
            bounds,
            observer,
            fds: Mutex::default(),
            in_band_runs: AtomicBool::new(false),
            detached: AtomicUsize::new(0),
            cancellation: Cancellation::default(),
        })
    }

    pub(super) fn stream(&self) -> Option<&Stream> {
        self.link.stream()
    }

    pub(super) fn set_pretty(&self, pretty: bool) {
        self.output().set_pretty(pretty);
    }

    pub(super) fn set_waker(&self, waker: &Waker) {
        self.link.set_waker(waker);
    }

    /// Returns the number of the session, and those that it reports to.
    pub(super) fn observer(&self) -> &SessionObserver {
        &self.observer
    }

    /// Returns how many bytes may wait before no more requests are read.
    pub(super) fn output_limit(&self) -> usize {
        self.bounds.session
    }

    /// Returns whether so many bytes wait for all clients together that only the first of each are added.
    pub(super) fn is_server_full(&self) -> bool {
        self.bounds.total.load(Ordering::Relaxed) >= self.bounds.server
    }

    fn output(&self) -> OutputGuard<'_> {
        OutputGuard { output: lock(&self.output), total: &self.bounds.total }
    }

    /// Appends replies, and returns the number of bytes that wait to be sent.
    pub(super) fn push_reply(&self, bytes: &mut Vec<u8>) -> usize {
        let mut output = self.output();
        output.push_reply(bytes);
        self.waiting(&output)
    }

    /// Appends the reply to a successful negotiation, after which the client receives events. Returns the number of
    /// bytes that wait to be sent.
    pub(super) fn push_reply_before_events(&self, bytes: &mut Vec<u8>) -> usize {
        let mut output = self.output();
        output.push_reply(bytes);
        output.wants_events = true;
        self.waiting(&output)
    }

    /// Returns the number of bytes that wait to be sent, all events counted as one byte.
    fn waiting(&self, output: &OutputBuffer) -> usize {
        self.observer.counters.output_peak.raise(output.total());
        output.len()
    }

    /// Takes no more events.
    pub(super) fn end_events(&self) {
        lock(&self.output).wants_events = false;
    }

    /// Sends an event, as far as the socket accepts it now.
    pub(super) fn send_event(self: &Arc<Self>, event: &Arc<EventMessage>) {
        let mut output = self.output();
        if !output.wants_events {
            return;
        }
        let counters = &self.observer.counters;
        match output.push_event(event, &self.bounds.events) {
            Pushed::Full => {
                tracing::warn!(waiting = output.event_count(), "a client does not read its events, disconnecting it");
                counters.events_disconnected.add(1);
                drop(output);
                self.close();
                self.link.notify(self, Change::Output);
                return;
            }
            Pushed::Queued { dropped, coalesced } => {
                counters.events_queued.add(1);
                counters.events_dropped.add(dropped);
                counters.events_coalesced.add(coalesced);
                counters.event_queue_peak.raise(output.event_count());
                self.waiting(&output);
            }
        }
        // Otherwise, the driver was notified, and waits until the socket accepts more.
        let send_now = !output.driver_sends;
        drop(output);
        if send_now {
            self.flush_or_notify();
        }
    }

    /// Sends what the socket accepts, and returns how many bytes remain, of which the driver is notified.
    pub(super) fn flush_or_notify(self: &Arc<Self>) -> usize {
        let mut output = self.output();
        let remaining = match self.link.stream() {
            Some(stream) => output.flush(|bytes| self.observed(bytes, |bytes| stream.try_send(bytes))).unwrap_or(0),
            None => output.len(),
        };
        output.driver_sends = remaining > 0 && self.link.stream().is_some();
        drop(output);
        if remaining > 0 {
            self.link.notify(self, Change::Output);
        }
        remaining
    }

    /// Passes the waiting bytes to `send` until it fails with `WouldBlock`, and returns how many bytes remain.
    ///
    /// # Errors
    /// If sending has failed or the session was closed.
    pub(super) fn flush_with(&self, mut send: impl FnMut(&[u8]) -> io::Result<usize>) -> io::Result<usize> {
        self.output().flush(|bytes| self.observed(bytes, &mut send))
    }

    /// Sends bytes, and takes note of those that were sent.
    fn observed(&self, bytes: &[u8], send: impl FnOnce(&[u8]) -> io::Result<usize>) -> io::Result<usize> {
        let sent = send(bytes)?;
        self.observer.sent(&bytes[..sent]);
        Ok(sent)
    }

    /// Sends what the socket accepts, and returns how many bytes remain.
    ///
    /// # Errors
    /// If the connection has failed or was closed.
    pub(super) fn flush(&self) -> io::Result<usize> {
        match self.link.stream() {
            Some(stream) => self.flush_with(|bytes| stream.try_send(bytes)),
            None => Ok(self.output().len()),
        }
    }

    /// Returns whether a flusher has to be started: none is active yet. It is from now on.
    pub(super) fn start_flusher(&self) -> bool {
        !std::mem::replace(&mut self.output().flusher_active, true)
    }

    /// [`flush`](Self::flush) for the flusher, which has finished when nothing remains or the connection has failed.
    pub(super) fn flush_from_flusher(&self, stream: &Stream) -> io::Result<usize> {
        let mut output = self.output();
        let remaining = output.flush(|bytes| self.observed(bytes, |bytes| stream.try_send(bytes)));
        output.flusher_active = remaining.as_ref().is_ok_and(|remaining| *remaining > 0);
        remaining
    }

    /// Returns whether bytes wait to be sent.
    pub(super) fn has_output(&self) -> bool {
        self.output().len() > 0
    }

    /// Takes all waiting bytes.
    pub(super) fn take_output(&self) -> Vec<u8> {
        let bytes = self.output().take();
        self.observer.sent(&bytes);
        bytes
    }

    /// Frees the memory that is not used, if it has more than `kept` bytes.
    pub(super) fn shrink(&self, kept: usize) {
        self.output().shrink(kept);
    }

    /// Stores received descriptors, in place of those that no command has taken.
    pub(super) fn replace_fds(&self, fds: Vec<OwnedFd>) {
        let replaced = std::mem::replace(&mut *lock(&self.fds), fds);
        drop(replaced);
    }

    pub(super) fn take_fds(&self) -> Vec<OwnedFd> {
        std::mem::take(&mut lock(&self.fds))
    }

    /// Returns whether an in-band command was detached and has not been answered.
    pub(super) fn in_band_runs(&self) -> bool {
        self.in_band_runs.load(Ordering::Acquire)
    }

    /// Returns whether a command was detached and has not been answered.
    pub(super) fn any_runs(&self) -> bool {
        self.detached.load(Ordering::Acquire) > 0
    }

    /// Notes that a command was detached.
    pub(super) fn command_detached(&self, oob: bool) {
        self.detached.fetch_add(1, Ordering::AcqRel);
        if !oob {
            self.in_band_runs.store(true, Ordering::Release);
        }
    }

    /// Appends the reply to a command that was detached, and sends what the socket accepts.
    pub(super) fn command_ended(self: &Arc<Self>, oob: bool, reply: &mut Vec<u8>) {
        self.push_reply(reply);
        if !oob {
            self.in_band_runs.store(false, Ordering::Release);
        }
        self.detached.fetch_sub(1, Ordering::AcqRel);
        self.flush_or_notify();
        self.link.notify(self, Change::CommandEnded);
    }

    /// Returns what tells commands that their results are no longer needed. Whether the client is connected is watched
    /// from now on.
    pub(super) fn cancellation(self: &Arc<Self>) -> &Cancellation {
        if !self.cancellation.is_cancelled() {
            self.link.watch(self);
        }
        &self.cancellation
    }

    /// Tells commands that their results are no longer needed.
    pub(super) fn cancel(&self) {
        self.cancellation.cancel();
    }

    /// Tells the driver and the commands that the server is being stopped.
    pub(super) fn stop(self: &Arc<Self>) {
        self.cancel();
        self.link.notify(self, Change::Stopped);
    }

    /// Ends the connection.
    pub(super) fn close(&self) {
        self.cancel();
        self.output().close();
        if let Some(stream) = self.link.stream() {
            stream.shutdown_both();
        }
        drop(self.take_fds());
    }
}

impl Deref for OutputGuard<'_> {
    type Target = OutputBuffer;

    fn deref(&self) -> &OutputBuffer {
        &self.output
    }
}

impl DerefMut for OutputGuard<'_> {
    fn deref_mut(&mut self) -> &mut OutputBuffer {
        &mut self.output
    }
}

impl Drop for OutputGuard<'_> {
    fn drop(&mut self) {
        let now = self.output.len().saturating_sub(UNCOUNTED);
        let before = std::mem::replace(&mut self.output.counted, now);
        match now.cmp(&before) {
            cmp::Ordering::Less => _ = self.total.fetch_sub(before - now, Ordering::Relaxed),
            cmp::Ordering::Equal => {}
            cmp::Ordering::Greater => _ = self.total.fetch_add(now - before, Ordering::Relaxed),
        }
    }
}

impl fmt::Debug for SharedSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SharedSession").field("stream", &self.stream()).finish_non_exhaustive()
    }
}
