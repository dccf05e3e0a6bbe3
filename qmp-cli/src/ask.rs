//! Asking a running server for its schema.

use std::io;
use std::path::Path;
use std::time::Duration;

use qmp_types::blocking::Client;
use qmp_types::{ClientOptions, Error, Version};
use serde_json::json;

use crate::failure::Failure;
use crate::progress;

/// QEMU greets at once, unless another client is connected.
const GREETING: Duration = Duration::from_secs(5);
/// A machine may be busy.
const REPLY: Duration = Duration::from_secs(30);

const BUSY: &str = "QEMU serves one client at a time, and another one may be connected";
const NO_QMP: &str = "a guest agent sends no greeting, and has no introspection";

/// What a server tells of itself.
pub(crate) struct Answer {
    /// From its greeting.
    pub(crate) version: Option<Version>,
    /// What it answers to `query-qmp-schema`, as JSON.
    pub(crate) schema: String,
}

/// Asks the server behind a socket.
pub(crate) fn ask(socket: &Path) -> Result<Answer, Failure> {
    // Whoever names a socket that is there expects somebody behind it now.
    let options = ClientOptions::new().connect_timeout(Duration::ZERO).greeting_timeout(GREETING);
    let greeting = format!("waiting up to {} s for `{}` to greet", GREETING.as_secs(), socket.display());
    let client = progress::during(&greeting, || Client::connect_unix_with(socket, &options));
    let client = client.map_err(|error| no_greeting(socket, &error))?;
    let reply = format!("waiting up to {} s for the schema of `{}`", REPLY.as_secs(), socket.display());
    let schema = progress::during(&reply, || client.timeout(REPLY).call_raw("query-qmp-schema", &json!({})));
    let schema = schema.map_err(|error| no_answer(socket, &error))?;
    Ok(Answer { version: client.greeting().map(|greeting| greeting.version.clone()), schema: schema.to_string() })
}

/// A version as a line of text: `7.2.22 (Debian 1:7.2)`. Its own words are kept on the line.
pub(crate) fn words(version: &Version) -> String {
    let (major, minor, micro) = version.qemu;
    let package = version.package.replace(char::is_control, " ");
    let package = if package.trim().is_empty() { String::new() } else { format!(" ({})", package.trim()) };
    format!("{major}.{minor}.{micro}{package}")
}

fn no_greeting(socket: &Path, error: &Error) -> Failure {
    let name = socket.display();
    match error.io().map(io::Error::kind) {
        Some(io::ErrorKind::ConnectionRefused) => Failure::new(format!("nobody listens at `{name}`"))
            .help("whoever made the socket has ended: start it again, or name the socket of a server that runs"),
        Some(io::ErrorKind::WouldBlock) => Failure::new(format!("`{name}` takes no more clients now")).help(BUSY),
        _ if error.is_timeout() => {
            let reason = format!("no greeting from `{name}` within {} s", GREETING.as_secs());
            Failure::new(reason).help(format!("{BUSY}; {NO_QMP}"))
        }
        _ if error.is_closed() => {
            Failure::new(format!("`{name}` closed the connection without a greeting")).help(NO_QMP)
        }
        _ => no_answer(socket, error),
    }
}

fn no_answer(socket: &Path, error: &Error) -> Failure {
    let reason = error.to_string();
    let own_name = format!("{}: ", socket.display());
    let failure = Failure::cannot("ask", socket, reason.strip_prefix(&own_name).unwrap_or(&reason));
    match error.is_command_not_found() {
        true => failure.help("the server does not tell its schema"),
        false => failure,
    }
}
