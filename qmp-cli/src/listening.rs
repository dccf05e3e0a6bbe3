//! Listening at addresses, for commands that serve clients until a signal ends them.

use std::thread;

use clap::Args;
use qmp_types::transport::{Address, ListenOptions, Listener};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::failure::Failure;
use crate::output;
use crate::server::{self, address};

/// The addresses to listen at.
#[derive(Args)]
pub(crate) struct Listening {
    /// Serve clients at this address (see `qmp --help`); repeatable
    #[arg(long = "listen", value_name = "ADDRESS", required = true, value_parser = address())]
    addresses: Vec<Address>,
    /// Allow `tcp:` addresses that other machines can connect to
    #[arg(long)]
    allow_remote: bool,
}

impl Listening {
    /// Listens at all addresses, and says so.
    pub(crate) fn bind(&self) -> Result<Vec<Listener>, Failure> {
        let bound = self.addresses.iter().map(|address| bind(address, self.allow_remote));
        let listeners = bound.collect::<Result<Vec<_>, _>>()?;
        for listener in &listeners {
            output::say(&format!("listening on {}", listener.local_address()));
        }
        Ok(listeners)
    }
}

/// Listens at an address, with the certificates that it needs.
pub(crate) fn bind(address: &Address, allow_remote: bool) -> Result<Listener, Failure> {
    let mut options = ListenOptions::new();
    if allow_remote {
        options = options.allow_remote();
    }
    #[cfg(feature = "tls")]
    if let Address::Tls { .. } = address {
        options = options.tls(server::credentials(address, server::Role::Server)?);
    }
    Listener::bind_with(address, &options).map_err(|error| Failure::new(format!("cannot listen: {error}")))
}

/// Calls the function at SIGTERM and SIGINT.
pub(crate) fn at_end_signals(run: impl Fn() + Send + 'static) -> Result<(), Failure> {
    let mut signals =
        Signals::new([SIGTERM, SIGINT]).map_err(|error| Failure::new(format!("cannot wait for signals: {error}")))?;
    thread::spawn(move || signals.forever().for_each(|_| run()));
    Ok(())
}
