//! A server without sockets or handlers, for the harnesses of `fuzz` (feature `__harness`).

use super::session::{Action, Ended, Frame, Protocol, RequestDecoder, ServerSchema, Session};
use crate::record::Writer;
use crate::{CommandSpec, Error};

/// The server's side of a dialogue: the client's bytes in, the server's bytes out.
#[derive(Debug)]
pub struct ServerDialogue {
    protocol: Protocol,
    decoder: RequestDecoder,
    session: Session,
}

/// Executes a command with these arguments, and returns its return value, both as JSON. An error refuses the arguments.
type Execute<'a> = &'a mut dyn FnMut(&CommandSpec, &str) -> Result<Vec<u8>, Error>;

impl ServerDialogue {
    /// Creates a server that has these commands and offers out-of-band execution.
    pub fn new(commands: &[&'static CommandSpec]) -> Self {
        let schema = ServerSchema { introspection: "[]", builtins: "" };
        let mut protocol = Protocol::new(commands.iter().copied(), &schema);
        protocol.offers_oob = true;
        let decoder = RequestDecoder::new(protocol.limits.messages);
        Self { protocol, decoder, session: Session::default() }
    }

    /// Returns the greeting.
    pub fn greet(&self) -> Vec<u8> {
        let mut out = Writer::new();
        self.protocol.greet(&mut out);
        out.into_bytes()
    }

    /// Receives bytes, and returns the replies to the requests that they complete.
    pub fn receive(&mut self, mut bytes: &[u8], execute: Execute<'_>) -> Vec<u8> {
        let mut out = Writer::new();
        while !bytes.is_empty() {
            let space = self.decoder.space();
            let (now, later) = bytes.split_at(bytes.len().min(space.len()));
            space[..now.len()].copy_from_slice(now);
            self.decoder.received(now.len());
            while let Some(frame) = self.decoder.next() {
                handle(&mut self.session, &self.protocol, frame, execute, &mut out);
            }
            bytes = later;
        }
        out.into_bytes()
    }

    /// Receives the end of the stream, and returns the reply to the request that it completes.
    pub fn finish(&mut self, execute: Execute<'_>) -> Vec<u8> {
        let mut out = Writer::new();
        if let Some(frame) = self.decoder.finish() {
            handle(&mut self.session, &self.protocol, frame, execute, &mut out);
        }
        out.into_bytes()
    }
}

fn handle(session: &mut Session, protocol: &Protocol, frame: Frame<'_>, execute: Execute<'_>, out: &mut Writer) {
    let Action::Execute(execution) = session.handle_frame(protocol, frame, out) else { return };
    let start = Session::begin(out);
    let ended = match execute(execution.spec, &execution.arguments) {
        Ok(value) => {
            out.bytes_mut().extend_from_slice(&value);
            Ended::Returned
        }
        Err(error) => Ended::Refused(error),
    };
    session.conclude(&execution, start, ended, out);
}
