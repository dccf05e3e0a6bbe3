//! The clients, against a peer that follows a script, and against the real QEMU.

#[cfg(feature = "tokio")]
mod asynchronous;
mod blocking;
mod real;
mod script;
mod trouble;

/// Generated code.
#[allow(missing_docs, unreachable_pub, dead_code, unused_imports)]
mod sample {
    include!("../sample/types.rs");
    include!("../sample/client.rs");
}
