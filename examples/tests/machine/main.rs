//! The example machine, driven over a Unix socket: by the typed client, and by raw bytes.

mod block;
mod block_job;
mod character;
mod control;
mod device;
mod fd;
mod introspection;
mod memory;
mod migration;
mod net;
mod raw;
mod run_state;
mod screen;
mod support;
