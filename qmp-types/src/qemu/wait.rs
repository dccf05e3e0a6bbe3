//! Waits for the outcome of a command that QEMU finishes later, and reports by events.

pub(super) mod blocking;
mod device;
mod job;
mod migration;
mod procedure;
mod shutdown;
#[cfg(feature = "tokio")]
pub(super) mod tokio;
mod twin;

pub use self::device::DeviceDeletion;
pub use self::job::JobConclusion;
pub use self::migration::MigrationEnd;
pub use self::procedure::Procedure;
pub use self::shutdown::{GuestShutdown, Shutdown};
