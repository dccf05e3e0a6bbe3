//! Bindings of a small schema, as a crate publishes them: of one side or both, without the schema's text.
//!
//! - feature `client` (default): `blocking::Client`, and `Client` with feature `tokio`
//! - feature `server`: `server`
//! - features `compat`, `serde` and `tokio`: those of [`qmp_types`]

pub use qmp_types;

#[cfg(not(any(feature = "client", feature = "server")))]
compile_error!("enable the feature `client`, `server` or both");

#[cfg(all(feature = "client", feature = "server"))]
include!("generated/both.rs");

#[cfg(all(feature = "client", not(feature = "server")))]
include!("generated/client.rs");

#[cfg(all(feature = "server", not(feature = "client")))]
include!("generated/server.rs");
