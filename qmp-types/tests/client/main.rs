//! The clients: against a peer that follows a script, against the real QEMU, against our own servers.

#[cfg(feature = "tokio")]
mod asynchronous;
mod blocking;
mod real;
mod script;
mod special;
mod together;
mod trouble;

/// Generated code.
#[allow(missing_docs, unreachable_pub, dead_code, unused_imports)]
mod sample {
    include!("../sample/types.rs");
    include!("../sample/server.rs");
    include!("../sample/client.rs");
}
