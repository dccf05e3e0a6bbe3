//! Queries a running server for its schema.

use std::io;
use std::time::Duration;

use clap::builder::{OsStringValueParser, TypedValueParser};
use qmp_schema::model::Schema;
use qmp_types::blocking::Client;
use qmp_types::transport::{Address, ConnectOptions};
use qmp_types::{ClientOptions, Error, Version};
use serde_json::json;

use crate::failure::Failure;
use crate::progress;

/// The time limit for the greeting. QEMU greets at once, unless another client is connected.
const GREETING_TIMEOUT: Duration = Duration::from_secs(5);
/// The time limit for the reply; generous, because the host may be busy.
const REPLY_TIMEOUT: Duration = Duration::from_secs(30);

/// The environment variable that names the folder with the certificates for TLS.
#[cfg(feature = "tls")]
const TLS_FOLDER: &str = "QMP_TLS_DIR";

pub(crate) const ONE_CLIENT: &str = "QEMU serves one client at a time; another client may be connected";
const GUEST_AGENT: &str = "a guest agent has neither a greeting nor introspection";

/// Parses an address on the command line.
pub(crate) fn address() -> impl TypedValueParser<Value = Address> {
    OsStringValueParser::new().try_map(Address::from_os_str)
}

/// The kind of program that is connected to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Peer {
    Server,
    /// It has neither a greeting nor introspection.
    GuestAgent,
}

/// A server's description of itself.
pub(crate) struct Answer {
    /// The version in the greeting.
    pub(crate) version: Option<Version>,
    /// The return value of `query-qmp-schema`, as JSON.
    pub(crate) schema: String,
}

/// Connects to the server and executes `query-qmp-schema`.
pub(crate) fn query(address: &Address) -> Result<Answer, Failure> {
    let client = connect(address, Peer::Server)?;
    let schema = query_schema(&client, address).map_err(|error| no_answer(address, &error))?;
    Ok(Answer { version: client.greeting().map(|greeting| greeting.version.clone()), schema })
}

/// Connects to a server or a guest agent.
pub(crate) fn connect(address: &Address, peer: Peer) -> Result<Client, Failure> {
    let options = options(address)?;
    match peer {
        Peer::Server => {
            let limit = GREETING_TIMEOUT.as_secs();
            let activity = format!("waiting for the greeting of `{address}` (at most {limit} s)");
            let client = progress::during(&activity, || Client::connect_with(address, &options));
            client.map_err(|error| no_greeting(address, &error))
        }
        Peer::GuestAgent => {
            let options = options.guest_agent();
            let activity = format!("waiting for the guest agent at `{address}`");
            let client = progress::during(&activity, || Client::connect_with(address, &options));
            client.map_err(|error| no_agent(address, &error))
        }
    }
}

/// Returns what a server replies to `query-qmp-schema`, as JSON.
fn query_schema(client: &Client, address: &Address) -> Result<String, Error> {
    let activity = format!("waiting for the schema of `{address}` (at most {} s)", REPLY_TIMEOUT.as_secs());
    let schema = progress::during(&activity, || client.timeout(REPLY_TIMEOUT).call_raw("query-qmp-schema", &json!({})));
    schema.map(|schema| schema.to_string())
}

/// Returns the schema of a connected server, or `None` if it does not support introspection.
pub(crate) fn live_schema(client: &Client, address: &Address) -> Result<Option<Schema>, Failure> {
    match query_schema(client, address) {
        Ok(text) => Ok(Some(qmp_schema::import(&address.to_string(), &text)?.schema)),
        Err(error) if error.class().is_some() => Ok(None),
        Err(error) => Err(no_answer(address, &error)),
    }
}

/// Formats a version on one line: `7.2.22 (Debian 1:7.2)`.
pub(crate) fn version_text(version: &Version) -> String {
    let (major, minor, micro) = version.qemu;
    let package = version.package.replace(char::is_control, " ");
    let package = if package.trim().is_empty() { String::new() } else { format!(" ({})", package.trim()) };
    format!("{major}.{minor}.{micro}{package}")
}

/// Returns the options for connecting to a server that should be listening already.
fn options(address: &Address) -> Result<ClientOptions, Failure> {
    with_certificates(ClientOptions::new().connect_once().connect_timeout(GREETING_TIMEOUT), address)
}

/// Adds the certificates to the options, if the address needs some.
pub(crate) fn with_certificates(options: ClientOptions, address: &Address) -> Result<ClientOptions, Failure> {
    #[cfg(feature = "tls")]
    if let Address::Tls { .. } = address {
        return Ok(options.tls(credentials(address, Role::Client)?));
    }
    Ok(options)
}

/// Returns the options for connecting without speaking QMP.
pub(crate) fn connect_options(address: &Address, timeout: Duration) -> Result<ConnectOptions, Failure> {
    let options = ConnectOptions::new().timeout(timeout);
    #[cfg(feature = "tls")]
    if let Address::Tls { .. } = address {
        return Ok(options.tls(credentials(address, Role::Client)?));
    }
    Ok(options)
}

/// The end of a TLS connection that a certificate is for.
#[cfg(feature = "tls")]
#[derive(Debug, Clone, Copy)]
pub(crate) enum Role {
    Client,
    Server,
}

/// Reads the certificates for TLS, whose names are those that QEMU gives them.
#[cfg(feature = "tls")]
pub(crate) fn credentials(address: &Address, role: Role) -> Result<qmp_types::transport::TlsCredentials, Failure> {
    let (verb, role) = match role {
        Role::Client => ("connect to", "client"),
        Role::Server => ("listen on", "server"),
    };
    let Some(folder) = std::env::var_os(TLS_FOLDER).map(std::path::PathBuf::from) else {
        let help = format!(
            "set the environment variable {TLS_FOLDER} to a folder with `ca-cert.pem`, `{role}-cert.pem` and `{role}-key.pem`"
        );
        return Err(cannot(verb, address, "TLS needs certificates").help(help));
    };
    let names = ["ca-cert.pem".into(), format!("{role}-cert.pem"), format!("{role}-key.pem")];
    let [authority, certificate, key] = names.map(|name| folder.join(name));
    let credentials = qmp_types::transport::TlsCredentials::from_pem_files(certificate, key, authority);
    credentials.map_err(|error| cannot(verb, address, error))
}

fn no_agent(address: &Address, error: &Error) -> Failure {
    let failure = cannot("connect to", address, reason(address, error));
    match error.is_timeout() || error.is_protocol() {
        true => failure.help("expected a guest agent: it may not be running, or be busy with another client"),
        false => failure,
    }
}

fn no_greeting(address: &Address, error: &Error) -> Failure {
    match error.io().map(io::Error::kind) {
        Some(io::ErrorKind::ConnectionRefused) => cannot("connect to", address, "connection refused")
            .help("no server is listening: start it again, or give the address of a running server"),
        Some(io::ErrorKind::WouldBlock) => {
            cannot("connect to", address, "the server is not accepting connections").help(ONE_CLIENT)
        }
        _ if error.is_timeout() => {
            Failure::new(format!("`{address}` sent no greeting within {} s", GREETING_TIMEOUT.as_secs()))
                .help(ONE_CLIENT)
                .help(GUEST_AGENT)
        }
        _ if error.is_closed() => {
            Failure::new(format!("`{address}` closed the connection before the handshake was complete"))
                .help(GUEST_AGENT)
        }
        _ => match reason(address, error).split_once("; help: ") {
            // The help is for programs. This is a guest agent that has answered.
            Some((reason, _)) if error.is_protocol() => cannot("connect to", address, reason).help(GUEST_AGENT),
            _ => cannot("connect to", address, reason(address, error)),
        },
    }
}

fn no_answer(address: &Address, error: &Error) -> Failure {
    let failure = cannot("query", address, reason(address, error));
    match error.is_command_not_found() {
        true => failure.help("the server does not support `query-qmp-schema`"),
        false => failure,
    }
}

/// The text of an error, without the address that it may begin with.
pub(crate) fn reason(address: &Address, error: &Error) -> String {
    let reason = error.to_string();
    let prefix = format!("{address}: ");
    reason.strip_prefix(&prefix).unwrap_or(&reason).to_owned()
}

fn cannot(verb: &str, address: &Address, reason: impl ToString) -> Failure {
    Failure::new(format!("cannot {verb} `{address}`: {}", reason.to_string()))
}
