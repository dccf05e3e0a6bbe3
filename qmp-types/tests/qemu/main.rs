//! The helpers that know QEMU's names, on real QEMUs of three generations.

#![cfg(feature = "qemu")]

#[cfg(feature = "tokio")]
mod asynchronous_waits;
mod fds;
mod migration;
mod monitors;
#[allow(dead_code)]
#[path = "../client/scripted_peer.rs"]
mod scripted_peer;
mod waits;
