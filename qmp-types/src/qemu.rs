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
