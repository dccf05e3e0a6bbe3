//! Handlers of every shape, called by a server.
#![deny(warnings)]
#![allow(missing_docs, reason = "a test")]

#[path = "../../../qmp-types/tests/sample/types_only.rs"]
mod qmp;
#[path = "../support/second.rs"]
mod second;

mod compose;
mod composed;
mod escapes;
mod local;
mod locked;
mod machines;
mod many;
mod options;
mod parts;
mod prelude;
mod shapes;
mod wrapper;

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::thread;

use qmp_types::private::{Entry, ServerSchema};
use qmp_types::{Map, Server, Value};

static SCHEMA: ServerSchema = ServerSchema { introspection: "[]", builtins: "" };

/// Has a server of these handlers execute commands, and returns what they come to: `return` or the `desc` of the error.
fn execute<S: Send + Sync + 'static>(
    state: S,
    entries: &'static [Entry<S>],
    commands: &[(&str, Value)],
) -> Vec<Result<Value, String>> {
    execute_on(Server::new(state, entries, &SCHEMA), commands)
}

/// [`execute`] with a server that is already made.
fn execute_on<S: Send + Sync + 'static>(server: Server<S>, commands: &[(&str, Value)]) -> Vec<Result<Value, String>> {
    let (client, stream) = UnixStream::pair().unwrap();
    thread::spawn(move || server.serve_stream(stream));
    let mut lines = BufReader::new(client.try_clone().unwrap()).lines();
    let mut answer = || serde_json::from_str::<Map<String, Value>>(&lines.next().unwrap().unwrap()).unwrap();
    answer();
    (&client).write_all(b"{'execute': 'qmp_capabilities'}").unwrap();
    answer();
    let execute = |(command, arguments): &(&str, Value)| {
        write!(&client, "{{\"execute\": \"{command}\", \"arguments\": {arguments}}}").unwrap();
        let mut reply = answer();
        reply.remove("return").ok_or_else(|| reply["error"]["desc"].as_str().unwrap_or_default().to_owned())
    };
    commands.iter().map(execute).collect()
}
