//! What only the drivers of this crate use: they receive into the session's own buffer, and free its memory when it is idle.

use std::io;
use std::os::fd::OwnedFd;
use std::sync::Arc;

use super::{Input, Session};
use crate::record::Writer;
use crate::server::shared_session::{SharedSession, UNCOUNTED};

impl Session {
    /// Takes descriptors that arrive with the next byte.
    pub(in crate::server) fn receive_fds(&mut self, fds: Vec<OwnedFd>) {
        if !fds.is_empty() {
            self.shared().observer().received(&[], fds.len());
            self.arrived_fds.push_back((self.decoder.received_bytes(), fds));
        }
    }

    /// Returns the space to receive into, which is never empty.
    pub(in crate::server) fn space(&mut self) -> &mut [u8] {
        self.decoder.space()
    }

    /// Takes the first `count` bytes of the [space](Self::space).
    pub(in crate::server) fn received(&mut self, count: usize) {
        self.decoder.received(count);
        self.registered.shared.observer().received(self.decoder.last_received(count), 0);
        self.deadlines.received();
    }

    /// Sends what the socket accepts, and returns how many bytes are left.
    ///
    /// # Errors
    /// If the connection has failed or was closed.
    pub(in crate::server) fn flush(&mut self) -> io::Result<usize> {
        self.end_events();
        self.waiting = self.registered.shared.flush()?;
        Ok(self.waiting)
    }

    /// Takes no more events once the client has left: a flood of them would keep the connection open.
    pub(super) fn end_events(&self) {
        if self.input == Input::Exhausted && self.is_finished() {
            self.registered.shared.end_events();
        }
    }

    /// Returns how many bytes waited to be sent when a reply was added last.
    pub(in crate::server) fn waiting(&self) -> usize {
        self.waiting
    }

    /// Returns whether so many bytes wait to be sent that no request is executed.
    pub(in crate::server) fn is_output_full(&self) -> bool {
        let shared = &self.registered.shared;
        self.waiting >= shared.output_limit() || self.waiting >= UNCOUNTED && shared.is_server_full()
    }

    /// Returns how few bytes have to wait before requests are executed again, if too many do.
    pub(in crate::server) fn output_target(&self) -> usize {
        let limit = self.registered.shared.output_limit();
        if self.waiting >= limit { limit / 2 } else { UNCOUNTED / 2 }
    }

    /// Returns whether the last requests or replies have left a buffer of more than `kept` bytes.
    pub(in crate::server) fn is_larger_than(&mut self, kept: usize) -> bool {
        self.decoder.memory() > kept || self.reply.bytes_mut().capacity() > kept
    }

    /// Frees the memory that an idle session does not need, if it has more than `kept` bytes of a kind.
    pub(in crate::server) fn shrink(&mut self, kept: usize) {
        if self.found.is_some() {
            return;
        }
        self.decoder.shrink(kept);
        self.dialogue.shrink();
        if self.reply.bytes_mut().capacity() > kept {
            self.reply = Writer::append_to(Vec::new());
        }
        self.arrived_fds.shrink_to_fit();
        self.queue.shrink_to_fit();
        self.registered.shared.shrink(kept);
    }

    pub(in crate::server) fn shared(&self) -> &Arc<SharedSession> {
        &self.registered.shared
    }
}
