//! The clients, against a peer that follows a script, and against the real QEMU.

mod blocking;
mod script;
mod trouble;

/// Generated code.
#[allow(missing_docs, unreachable_pub, dead_code)]
mod sample {
    include!("../sample/types.rs");
    include!("../sample/client.rs");
}
