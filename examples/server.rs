//! Serves the example machine to any number of clients, until one of them sends `quit`, the guest shuts the machine down
//! (`system_powerdown`), or the process receives SIGTERM or SIGINT. In each case clients receive the event SHUTDOWN and all
//! replies, the socket is removed, and the exit status is 0.
//!
//!     cargo run --example server [--tokio] [--one] [ADDRESS..]
//!     cargo run --example server [--tokio] --connect ADDRESS
//!
//! An address is a path, or one of `unix:PATH`, `unix-abstract:NAME`, `tcp:HOST:PORT`, `tls:HOST:PORT`, `vsock:CID:PORT`,
//! `fd:N` and `stdio`. Without one, it serves the sockets that a service manager has passed, or else a path that the
//! examples share. With `--one`, further clients wait until the current one has disconnected, as QEMU's do. With
//! `--connect`, the client listens and the server connects to it, again and again.

use std::time::Duration;

use examples::{Config, Machine, credentials, qmp, signals};
use qmp_types::Result;
use qmp_types::server::WhenFull;
use qmp_types::transport::{ConnectOptions, ListenOptions, Listener};

fn main() -> Result<()> {
    let (flags, addresses): (Vec<_>, Vec<_>) =
        std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let has = |name: &str| flags.iter().any(|flag| flag == name);
    let server = qmp::server(Machine::new(Config { stop_after_shutdown: true, ..Config::default() }));
    let server = if has("--one") { server.max_clients(1, WhenFull::Wait) } else { server };
    signals::stop_on_signal(server.handle())?;

    if has("--connect") {
        let mut options = ConnectOptions::new().reconnect(Duration::from_millis(100), Duration::from_secs(10));
        if let Some(credentials) = credentials("server")? {
            options = options.tls(credentials);
        }
        let address = addresses.first().map_or(Ok(examples::address()), |address| address.parse())?;
        return match has("--tokio") {
            true => runtime()?.block_on(server.tokio().connect_and_serve(address, &options)),
            false => server.connect_and_serve(address, &options),
        };
    }

    let listeners = listeners(&addresses)?;
    // Not on standard output, which a client may be talking to.
    eprintln!("Talk to the machine by `cargo run --example client ADDRESS`, `qmp-shell`, `socat` or `telnet`.");
    eprintln!(r#"By hand, begin with {{"execute": "qmp_capabilities"}}; {{"execute": "quit"}} ends it all."#);
    for listener in &listeners {
        eprintln!("listening on {}", listener.local_address());
    }
    match has("--tokio") {
        true => runtime()?.block_on(server.tokio().serve_all(listeners)),
        false => server.serve_all(listeners),
    }
}

/// Listens on the addresses, or takes the sockets of a service manager.
fn listeners(addresses: &[String]) -> Result<Vec<Listener>> {
    if addresses.is_empty() {
        let inherited = Listener::inherited()?;
        return if inherited.is_empty() { Ok(vec![Listener::bind(examples::address())?]) } else { Ok(inherited) };
    }
    let mut options = ListenOptions::new();
    if let Some(credentials) = credentials("server")? {
        options = options.tls(credentials);
    }
    addresses.iter().map(|address| Listener::bind_with(address, &options)).collect()
}

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()
}
