//! Helpers for clients that know names of QEMU's schema (feature `qemu`).
//!
//! They work with bindings of any version of QEMU, and without bindings: they call commands by name. Each exists for
//! [blocking] code and for [tokio], with the same names.
//!
//! | to | use |
//! | --- | --- |
//! | give QEMU a descriptor under a name (`getfd`) | [`NamedFd`] |
//! | give QEMU descriptors that it opens as `/dev/fdset/N` (`add-fd`) | [`FdSet`] |

mod fds;

pub use self::fds::{FdSet, NamedFd};

/// The helpers for the [blocking client](crate::blocking::Client).
pub mod blocking {
    use crate::blocking::Client;

    /// A descriptor that QEMU keeps under a name.
    pub type NamedFd = super::NamedFd<Client>;
    /// A set of descriptors that QEMU keeps.
    pub type FdSet = super::FdSet<Client>;
}

/// The helpers for the [asynchronous client](crate::tokio::Client).
#[cfg(feature = "tokio")]
pub mod tokio {
    use crate::tokio::Client;

    /// A descriptor that QEMU keeps under a name.
    pub type NamedFd = super::NamedFd<Client>;
    /// A set of descriptors that QEMU keeps.
    pub type FdSet = super::FdSet<Client>;
}
