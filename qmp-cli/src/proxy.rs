//! `qmp proxy`: shares one server among many clients.

mod listen;

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::{OsStringValueParser, TypedValueParser};
use clap::{Args, ValueEnum};
use qmp_types::proxy::{Notice, Proxy as Running, WhenServerEnds};
use qmp_types::server::WireLog;
use qmp_types::transport::Address;
use qmp_types::{ClientOptions, Error};

use self::listen::Listen;
use crate::failure::{Failure, NO_ANSWER};
use crate::listening::{at_end_signals, bind};
use crate::seconds::seconds;
use crate::server::{self, address, version_text};
use crate::{Verdict, output};

/// Share one server among many clients
///
/// QEMU serves one client at a time on a monitor. The proxy is that client, and serves others as the server itself would: each
/// has its own negotiation, ids, replies and out-of-band execution, and all receive the events. Descriptors are passed on with
/// `getfd` and `add-fd`.
#[derive(Args)]
#[command(after_help = "\
LISTEN is an address, and rules for the clients that connect there:
  ADDRESS[,read-only][,allow=PATTERN]...[,deny=PATTERN]...[,uid=UID]...
  read-only      only `query-*`, and what `allow` adds
  allow=PATTERN  only commands of this name, or that match the pattern
                 (`block-*`, `?`), and with `read-only`, queries
  deny=PATTERN   none of these, whatever else is allowed
  uid=UID        only processes of this user
  A comma in the address is doubled. Other users cannot connect to a path
  (mode 0600). `fd:N` is an inherited socket that listens or is connected.

Exit status:
  0  ended by SIGTERM or SIGINT; the server ended, with
     `--when-server-ends end`; the client at `stdio` has left
  2  wrong usage, or an address that cannot be listened on
  3  no connection to the server at the start

Examples:
  qmp proxy /run/vm/monitor.sock --listen /run/vm/shared.sock
  qmp proxy /run/vm/monitor.sock --listen /run/vm/admin.sock \\
      --listen /run/vm/watch.sock,read-only,deny=query-vnc
  qmp proxy tcp:localhost:4444 --listen /tmp/vm.sock,read-only,allow=screendump
  qmp proxy /run/vm/monitor.sock --when-server-ends end --listen fd:3")]
pub(crate) struct Proxy {
    /// The server: the path of its Unix socket, or another address (see `qmp --help`)
    #[arg(value_name = "ADDRESS", value_parser = address())]
    address: Address,
    /// Serve clients at this address, with these rules; repeatable
    #[arg(long = "listen", value_name = "LISTEN", required = true, value_parser = listen())]
    listeners: Vec<Listen>,
    /// The server is a guest agent: no greeting, no negotiation, no events
    #[arg(long)]
    agent: bool,
    /// What to do when the server closes the connection
    #[arg(long, value_name = "ACTION", value_enum, default_value_t)]
    when_server_ends: ServerEnd,
    /// How long to try to connect at the start
    #[arg(long, value_name = "SECONDS", value_parser = seconds, default_value = "5")]
    timeout: Duration,
    /// Allow `tcp:` addresses that other machines can connect to
    #[arg(long)]
    allow_remote: bool,
    /// Log all bytes from and to clients to this file, as lines of JSON
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
}

/// What to do when the server closes the connection.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum ServerEnd {
    /// Disconnect the clients and connect again; further clients wait for the greeting until then
    #[default]
    Disconnect,
    /// Keep the clients and connect again; commands fail until then
    Keep,
    /// Disconnect the clients and end
    End,
}

fn listen() -> impl TypedValueParser<Value = Listen> {
    OsStringValueParser::new().try_map(|text| Listen::parse(&text))
}

impl Proxy {
    pub(crate) fn run(&self) -> Result<Verdict, Failure> {
        let options = ClientOptions::new().connect_timeout(self.timeout);
        let options = if self.agent { options.guest_agent() } else { options };
        let options = server::with_certificates(options, &self.address)?;
        let proxy = Running::new(&self.address).map_err(|error| Failure::new(error.to_string()))?;
        let mut proxy = proxy.client_options(options).when_server_ends(self.when_server_ends.into());
        if let Some(file) = &self.log {
            let log = WireLog::create(file).map_err(|error| Failure::cannot("write", file, error))?;
            proxy = proxy.wire_log(log);
        }
        for listen in &self.listeners {
            let listener = bind(&listen.address, self.allow_remote)?;
            output::say(&format!("listening on {}{}", listener.local_address(), listen.rules));
            proxy = proxy.listen(listener, listen.rules.access());
        }
        let handle = proxy.handle();
        at_end_signals(move || handle.stop())?;
        let (name, action) = (self.address.to_string(), self.when_server_ends);
        proxy = proxy.on_notice(move |notice| report(&name, action, notice));
        match proxy.run() {
            Ok(_) => Ok(Verdict::Fine),
            Err(error) => Err(self.failure(&error)),
        }
    }

    fn failure(&self, error: &Error) -> Failure {
        let reason = server::reason(&self.address, error);
        Failure::new(format!("cannot share `{}`: {reason}", self.address)).with_status(NO_ANSWER)
    }
}

/// Says what has become of the connection to the server.
fn report(address: &str, action: ServerEnd, notice: &Notice<'_>) {
    match notice {
        Notice::Connected { greeting } => {
            let version = greeting.map(|greeting| format!(": version {}", version_text(&greeting.version)));
            output::say(&format!("connected to {address}{}", version.unwrap_or_default()));
        }
        Notice::Disconnected { reason } => {
            let next = match action {
                ServerEnd::Disconnect | ServerEnd::Keep => "connecting again",
                ServerEnd::End => "ending",
            };
            output::say(&format!("disconnected from {address}, {next}: {}", output::printable(&reason.to_string())));
        }
        _ => {}
    }
}

impl From<ServerEnd> for WhenServerEnds {
    fn from(end: ServerEnd) -> Self {
        match end {
            ServerEnd::Disconnect => Self::Disconnect,
            ServerEnd::Keep => Self::Keep,
            ServerEnd::End => Self::End,
        }
    }
}
