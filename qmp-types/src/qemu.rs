//! Helpers for clients that know names of QEMU's schema (feature `qemu`).
//!
//! They work with bindings of any version of QEMU, and without bindings: they call commands by name. Each exists for
//! [blocking] code and for [tokio], with the same names.
//!
//! | to | use |
//! | --- | --- |
//! | give QEMU a descriptor under a name (`getfd`) | [`NamedFd`] |
//! | give QEMU descriptors that it opens as `/dev/fdset/N` (`add-fd`) | [`FdSet`] |
//! | wait until a device is deleted | [`device_deleted`](blocking::device_deleted) |
//! | wait until a job is concluded | [`job_concluded`](blocking::job_concluded) |
//! | wait until a migration has finished | [`migration_finished`](blocking::migration_finished) |
//! | wait until the machine has shut down | [`guest_shut_down`](blocking::guest_shut_down) |
//! | have a monitor of your own beside a shared one | [`open_monitor`](blocking::open_monitor) |
//!
//! A wait is created before the command whose outcome it waits for, so that the outcome cannot be missed. Generated clients
//! dereference to the clients that the functions take:
//!
#![cfg_attr(feature = "macros", doc = "```no_run")]
#![cfg_attr(not(feature = "macros"), doc = "```ignore")]
//! use std::time::Duration;
//!
//! use qmp_types::qemu;
//! # mod qmp { qmp_types::schema!("schema/quickstart.json", side = client); }
//!
//! # fn main() -> qmp_types::Result<()> {
//! let vm = qmp::blocking::Client::connect_unix("/run/vm.sock")?;
//! let down = qemu::blocking::guest_shut_down(&vm);
//! vm.call_raw("system_powerdown", &serde_json::json!({}))?;
//! match down.timeout(Duration::from_secs(60)).wait() {
//!     Ok(shutdown) => println!("{}", shutdown.reason),
//!     Err(error) if error.is_timeout() => vm.stop()?,
//!     Err(error) => return Err(error),
//! }
//! # Ok(())
//! # }
//! ```

mod fds;
mod monitor;
mod wait;

pub use self::fds::{FdSet, NamedFd};
pub use self::wait::{DeviceDeletion, GuestShutdown, JobConclusion, MigrationEnd, Procedure, Shutdown};

/// The helpers for the [blocking client](crate::blocking::Client).
pub mod blocking {
    pub use super::monitor::blocking::{open_monitor, open_monitor_with};
    pub use super::wait::blocking::{Wait, device_deleted, guest_shut_down, job_concluded, migration_finished};
    use crate::blocking::Client;

    /// A descriptor that QEMU keeps under a name.
    pub type NamedFd = super::NamedFd<Client>;
    /// A set of descriptors that QEMU keeps.
    pub type FdSet = super::FdSet<Client>;
}

/// The helpers for the [asynchronous client](crate::tokio::Client).
#[cfg(feature = "tokio")]
pub mod tokio {
    pub use super::monitor::tokio::{open_monitor, open_monitor_with};
    pub use super::wait::tokio::{Wait, device_deleted, guest_shut_down, job_concluded, migration_finished};
    use crate::tokio::Client;

    /// A descriptor that QEMU keeps under a name.
    pub type NamedFd = super::NamedFd<Client>;
    /// A set of descriptors that QEMU keeps.
    pub type FdSet = super::FdSet<Client>;
}
