//! A raw connection to a real server: what it says about itself, and what it rejects.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;

use serde_json::{Value, json};
use test_support::Server;

/// A connection after capabilities negotiation.
pub(crate) struct Connection {
    stream: BufReader<UnixStream>,
    commands: HashSet<String>,
}

impl Connection {
    /// Connects to a server.
    pub(crate) fn to(server: &Server) -> Self {
        let stream = UnixStream::connect(server.socket()).expect("the server listens");
        let mut connection = Self { stream: BufReader::new(stream), commands: HashSet::new() };
        connection.message();
        connection.execute("qmp_capabilities", &json!({}));
        let commands = connection.execute("query-commands", &json!({}));
        let commands = commands["return"].as_array().expect("a list");
        connection.commands =
            commands.iter().filter_map(|command| Some(command["name"].as_str()?.to_owned())).collect();
        connection
    }

    /// Whether this build has the command.
    pub(crate) fn has(&self, command: &str) -> bool {
        self.commands.contains(command)
    }

    /// Returns what `query-qmp-schema` answers.
    pub(crate) fn introspection(&mut self) -> Value {
        self.execute("query-qmp-schema", &json!({}))["return"].take()
    }

    /// Returns the error text for these arguments; `None` if it is about something compiled out of this build.
    pub(crate) fn rejection(&mut self, command: &str, arguments: &Value) -> Option<String> {
        let reply = self.execute(command, arguments);
        let desc = reply["error"]["desc"].as_str().unwrap_or_else(|| panic!("{command} {arguments}: {reply}"));
        let argument_check = desc.starts_with("Parameter '") || desc.starts_with("Invalid parameter type for");
        argument_check.then(|| desc.to_owned())
    }

    fn execute(&mut self, command: &str, arguments: &Value) -> Value {
        let request = json!({ "execute": command, "arguments": arguments });
        self.stream.get_mut().write_all(request.to_string().as_bytes()).expect("QEMU reads");
        loop {
            let message = self.message();
            if message.get("event").is_none() {
                return message;
            }
        }
    }

    fn message(&mut self) -> Value {
        let mut line = String::new();
        self.stream.read_line(&mut line).expect("QEMU answers");
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"))
    }
}
