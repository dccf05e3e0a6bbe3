//! Queries a running server for its schema.

use std::io;
use std::path::Path;
use std::time::Duration;

use qmp_types::blocking::Client;
use qmp_types::{ClientOptions, Error, Version};
use serde_json::json;

use crate::failure::Failure;
use crate::progress;

/// The time limit for the greeting. QEMU greets at once, unless another client is connected.
const GREETING_TIMEOUT: Duration = Duration::from_secs(5);
/// The time limit for the reply; generous, because the host may be busy.
const REPLY_TIMEOUT: Duration = Duration::from_secs(30);

const ONE_CLIENT: &str = "QEMU serves one client at a time; another client may be connected";
const GUEST_AGENT: &str = "a guest agent has neither a greeting nor introspection";

/// A server's description of itself.
pub(crate) struct Answer {
    /// The version in the greeting.
    pub(crate) version: Option<Version>,
    /// The return value of `query-qmp-schema`, as JSON.
    pub(crate) schema: String,
}

/// Connects to the socket and executes `query-qmp-schema`.
pub(crate) fn query(socket: &Path) -> Result<Answer, Failure> {
    // The socket exists, so the server should be listening already.
    let options = ClientOptions::new().connect_timeout(Duration::ZERO).greeting_timeout(GREETING_TIMEOUT);
    let activity =
        format!("waiting for the greeting of `{}` (at most {} s)", socket.display(), GREETING_TIMEOUT.as_secs());
    let client = progress::during(&activity, || Client::connect_unix_with(socket, &options));
    let client = client.map_err(|error| no_greeting(socket, &error))?;
    let activity = format!("waiting for the schema of `{}` (at most {} s)", socket.display(), REPLY_TIMEOUT.as_secs());
    let schema = progress::during(&activity, || client.timeout(REPLY_TIMEOUT).call_raw("query-qmp-schema", &json!({})));
    let schema = schema.map_err(|error| no_answer(socket, &error))?;
    Ok(Answer { version: client.greeting().map(|greeting| greeting.version.clone()), schema: schema.to_string() })
}

/// Formats a version on one line: `7.2.22 (Debian 1:7.2)`.
pub(crate) fn version_text(version: &Version) -> String {
    let (major, minor, micro) = version.qemu;
    let package = version.package.replace(char::is_control, " ");
    let package = if package.trim().is_empty() { String::new() } else { format!(" ({})", package.trim()) };
    format!("{major}.{minor}.{micro}{package}")
}

fn no_greeting(socket: &Path, error: &Error) -> Failure {
    let name = socket.display();
    match error.io().map(io::Error::kind) {
        Some(io::ErrorKind::ConnectionRefused) => Failure::cannot("connect to", socket, "connection refused")
            .help("no server is listening: start it again, or name the socket of a running server"),
        Some(io::ErrorKind::WouldBlock) => {
            Failure::cannot("connect to", socket, "the server is not accepting connections").help(ONE_CLIENT)
        }
        _ if error.is_timeout() => {
            Failure::new(format!("`{name}` sent no greeting within {} s", GREETING_TIMEOUT.as_secs()))
                .help(ONE_CLIENT)
                .help(GUEST_AGENT)
        }
        _ if error.is_closed() => {
            Failure::new(format!("`{name}` closed the connection before the handshake was complete")).help(GUEST_AGENT)
        }
        _ => Failure::cannot("connect to", socket, reason(socket, error)),
    }
}

fn no_answer(socket: &Path, error: &Error) -> Failure {
    let failure = Failure::cannot("query", socket, reason(socket, error));
    match error.is_command_not_found() {
        true => failure.help("the server does not support `query-qmp-schema`"),
        false => failure,
    }
}

/// The text of an error, without the name of the socket that it may begin with.
fn reason(socket: &Path, error: &Error) -> String {
    let reason = error.to_string();
    let prefix = format!("{}: ", socket.display());
    reason.strip_prefix(&prefix).unwrap_or(&reason).to_owned()
}
