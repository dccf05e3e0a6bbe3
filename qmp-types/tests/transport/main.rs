//! Addresses, listeners and streams of every kind.

mod address;
#[cfg(target_os = "linux")]
mod descriptors;
mod echo;
mod listeners;
#[cfg(feature = "tls")]
mod real_servers;
mod serving;
#[cfg(feature = "tls")]
mod tls;

/// The schema of the server that the tests talk to.
mod qmp {
    qmp_types::schema!("tests/transport/schema.json");
}
