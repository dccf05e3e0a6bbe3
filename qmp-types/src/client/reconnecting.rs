//! Clients that connect again when the connection is lost.

pub(crate) mod blocking;
mod policy;
#[cfg(feature = "tokio")]
pub(crate) mod tokio;

pub use self::policy::ReconnectPolicy;
