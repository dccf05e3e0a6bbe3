//! Ending a server by a signal.

use std::io;
use std::thread;
use std::time::Duration;

use qmp_types::ServerHandle;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::qmp::{ShutdownCause, events};

/// How long running commands may take when the server is being stopped.
const GRACE: Duration = Duration::from_secs(5);

/// Stops the server when the process receives SIGTERM or SIGINT: clients receive the event, running commands may finish and
/// are answered, and `serve` returns. A second signal ends the wait for commands, and a third the process.
///
/// # Errors
///
/// If the system does not allow it.
pub fn stop_on_signal(server: ServerHandle) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGINT])?;
    thread::spawn(move || {
        for (earlier, signal) in signals.forever().enumerate() {
            match earlier {
                0 => {
                    server.events().emit(events::Shutdown::new(false, ShutdownCause::HostSignal));
                    server.stop_within(GRACE);
                }
                1 => server.stop_within(Duration::ZERO),
                // The exit status that a shell reports for a signal.
                _ => std::process::exit(128 + signal),
            }
        }
    });
    Ok(())
}
