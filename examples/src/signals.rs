//! Ending a server by a signal.

use std::io;
use std::thread;

use qmp_types::ServerHandle;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::qmp::{ShutdownCause, events};

/// Stops the server when the process receives SIGTERM or SIGINT: clients receive the event, running commands are still
/// answered, and `serve` returns. At a second signal the process ends at once.
///
/// # Errors
///
/// If the system does not allow it.
pub fn stop_on_signal(server: ServerHandle) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGINT])?;
    thread::spawn(move || {
        let mut signals = signals.forever();
        if signals.next().is_some() {
            server.events().emit(events::Shutdown::new(false, ShutdownCause::HostSignal));
            server.stop();
        }
        if let Some(signal) = signals.next() {
            // The exit status that a shell reports for a signal.
            std::process::exit(128 + signal);
        }
    });
    Ok(())
}
