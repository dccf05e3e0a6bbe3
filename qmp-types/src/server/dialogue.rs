//! A server without sockets or handlers, for the harnesses of `fuzz` (feature `__harness`).

use std::sync::Arc;

use super::connections::Connections;
use super::service::{Call, Ended, Executor};
use super::session::{Protocol, ServerSchema, Session};
use super::waker_link::WakerLink;
use crate::record::Writer;
use crate::{CommandSpec, Error};

/// The server's side of a dialogue: the client's bytes in, the server's bytes out.
#[derive(Debug)]
pub struct ServerDialogue(Session);

/// Executes a command with these arguments, and returns its return value, both as JSON. An error refuses the arguments.
type Execute<'a> = &'a mut dyn FnMut(&CommandSpec, &str) -> Result<Vec<u8>, Error>;

impl ServerDialogue {
    /// Creates a server that has these commands and offers out-of-band execution.
    pub fn new(commands: &[&'static CommandSpec]) -> Self {
        let mut protocol = Protocol::new(commands.iter().copied(), &ServerSchema { introspection: "[]", builtins: "" });
        protocol.offers_oob = true;
        let connections = Arc::new(Connections::default());
        Self(Session::new(&Arc::new(protocol), &connections, Arc::new(WakerLink::default())))
    }

    /// Returns the greeting.
    pub fn greet(&mut self) -> Vec<u8> {
        self.0.take_output()
    }

    /// Receives bytes, and returns the replies to the requests that they complete.
    pub fn receive(&mut self, bytes: &[u8], execute: Execute<'_>) -> Vec<u8> {
        self.0.receive(bytes, Vec::new());
        self.run(execute)
    }

    /// Receives the end of the stream, and returns the reply to the request that it completes.
    pub fn finish(&mut self, execute: Execute<'_>) -> Vec<u8> {
        self.0.finish();
        self.run(execute)
    }

    fn run(&mut self, execute: Execute<'_>) -> Vec<u8> {
        while let Some(request) = self.0.next() {
            request.run(Executing(execute));
        }
        self.0.take_output()
    }
}

struct Executing<'a>(Execute<'a>);

impl Executor for Executing<'_> {
    fn execute(&mut self, call: &Call<'_>, out: &mut Writer) -> Ended {
        match (self.0)(call.context.command(), call.arguments) {
            Ok(value) => {
                out.bytes_mut().extend_from_slice(&value);
                Ended::Returned
            }
            Err(error) => Ended::Refused(error),
        }
    }
}
