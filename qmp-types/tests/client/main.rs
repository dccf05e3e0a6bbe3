//! The clients, connected to a peer that follows a script, to real servers of QEMU, and to our own servers.

#[cfg(feature = "tokio")]
mod asynchronous;
#[cfg(feature = "tokio")]
mod asynchronous_events;
mod blocked_emulator;
mod blocking;
mod closing;
mod codec;
mod connecting;
mod event_streams;
mod failures;
mod guest_agents;
mod introspection;
mod killed;
mod older_server;
mod own_server;
mod queue;
mod real_servers;
mod reconnecting;
mod scripted_peer;
mod special_commands;
#[cfg(feature = "tokio")]
mod wake_ups;

/// Generated code.
#[allow(missing_docs, unreachable_pub, dead_code, unused_imports)]
mod sample {
    include!("../sample/types.rs");
    include!("../sample/server.rs");
    include!("../sample/client.rs");
}

/// The peers that follow a script execute `stop` out of band.
impl qmp_types::OobCommand for sample::commands::Stop {}
