//! A TLS connection on a socket that reads and writes without waiting.

use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use rustix::net::Shutdown;
use rustls::pki_types::ServerName;
use rustls::{ClientConnection, Connection, ServerConnection};

use super::TlsCredentials;
use crate::sync::lock;
use crate::transport::readiness::{Interest, Readiness};
use crate::transport::socket::Socket;

/// How many bytes are encrypted at a time: those of a record.
const RECORD: usize = 16 << 10;

/// A TLS connection. Threads that wait for the socket do not hold the lock.
#[derive(Debug)]
pub(in crate::transport) struct TlsStream {
    socket: Socket,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    tls: Connection,
    /// How many bytes were encrypted that have not been reported as sent, because the socket has not accepted all of
    /// them. The caller offers them again.
    unreported: usize,
    /// This side has ended reading.
    input_ended: bool,
}

/// The socket, for rustls to read and write without waiting.
struct NonBlocking<'a>(&'a Socket);

impl TlsStream {
    /// Begins a handshake as the server, which the reads that follow continue.
    pub(in crate::transport) fn server(socket: OwnedFd, credentials: &TlsCredentials) -> io::Result<Self> {
        let tls = ServerConnection::new(Arc::clone(&credentials.server)).map_err(io::Error::other)?;
        Ok(Self::new(socket, tls.into()))
    }

    /// Begins a handshake as a client, which the reads that follow continue.
    pub(in crate::transport) fn client(socket: OwnedFd, credentials: &TlsCredentials, host: &str) -> io::Result<Self> {
        let name = ServerName::try_from(host.to_owned())
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
        let tls = ClientConnection::new(Arc::clone(&credentials.client), name).map_err(io::Error::other)?;
        let stream = Self::new(socket, tls.into());
        lock(&stream.state).flush(&stream.socket)?;
        Ok(stream)
    }

    fn new(socket: OwnedFd, tls: Connection) -> Self {
        let state = State { tls, unreported: 0, input_ended: false };
        Self { socket: Socket::new(socket), state: Mutex::new(state) }
    }

    /// Receives decrypted bytes. If they are fewer than the buffer has room for, the socket has no more.
    pub(in crate::transport) fn try_recv(&self, buffer: &mut [u8]) -> io::Result<usize> {
        let state = &mut *lock(&self.state);
        if state.input_ended {
            return Ok(0);
        }
        let mut received = 0;
        loop {
            match state.read(&self.socket, &mut buffer[received..]) {
                Ok(0) => return Ok(received),
                Ok(count) => received += count,
                Err(_) if received > 0 => return Ok(received),
                Err(error) => return Err(error),
            }
            if received == buffer.len() {
                return Ok(received);
            }
        }
    }

    /// Encrypts bytes and sends them. They are reported when the socket has accepted all of them: after `WouldBlock`
    /// the caller offers the same bytes again.
    pub(in crate::transport) fn try_send(&self, bytes: &[u8]) -> io::Result<usize> {
        let state = &mut *lock(&self.state);
        if state.unreported == 0 {
            state.flush(&self.socket)?;
            state.unreported = state.tls.writer().write(&bytes[..bytes.len().min(RECORD)])?;
        }
        state.flush(&self.socket)?;
        match std::mem::take(&mut state.unreported) {
            // The handshake has not ended, and the buffer before it is full.
            0 => Err(io::ErrorKind::WouldBlock.into()),
            count => Ok(count),
        }
    }

    pub(in crate::transport) fn has_buffered(&self) -> bool {
        lock(&self.state).has_buffered()
    }

    pub(in crate::transport) fn wait(&self, interest: Interest, deadline: Option<Instant>) -> io::Result<Readiness> {
        if interest.reads() && self.has_buffered() {
            return Ok(Readiness { read: true, ..Readiness::default() });
        }
        self.socket.wait(interest, deadline)
    }

    pub(in crate::transport) fn shutdown(&self, how: Shutdown) {
        let state = &mut *lock(&self.state);
        state.input_ended |= matches!(how, Shutdown::Read | Shutdown::Both);
        if matches!(how, Shutdown::Write | Shutdown::Both) {
            state.close(&self.socket);
        }
        self.socket.shutdown(how);
    }
}

impl State {
    /// Reads decrypted bytes, and receives from the socket what they need. Returns 0 at the end of the stream.
    fn read(&mut self, socket: &Socket, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.tls.reader().read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                result => return result,
            }
            self.tls.read_tls(&mut NonBlocking(socket))?;
            let processed = self.tls.process_new_packets();
            // Handshakes, and the reason if the peer is refused.
            match self.flush(socket) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                flushed => flushed?,
            }
            processed.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, format!("TLS: {error}")))?;
        }
    }

    /// Sends encrypted bytes. Fails with `WouldBlock` if some remain.
    fn flush(&mut self, socket: &Socket) -> io::Result<()> {
        while self.tls.wants_write() {
            self.tls.write_tls(&mut NonBlocking(socket))?;
        }
        Ok(())
    }

    fn has_buffered(&mut self) -> bool {
        let available = self.tls.process_new_packets().map(|state| state.plaintext_bytes_to_read());
        available.is_ok_and(|count| count > 0)
    }

    /// Says goodbye, if the socket accepts it now.
    fn close(&mut self, socket: &Socket) {
        self.tls.send_close_notify();
        if let Err(error) = self.flush(socket) {
            tracing::trace!(%error, "TLS close_notify");
        }
    }
}

impl Drop for TlsStream {
    fn drop(&mut self) {
        lock(&self.state).close(&self.socket);
    }
}

impl AsFd for TlsStream {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.socket.as_fd()
    }
}

impl Read for NonBlocking<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.try_recv_bytes(buffer)
    }
}

impl Write for NonBlocking<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.try_send(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
