//! A proxy between clients and a server: one that follows a script, and those of QEMU.
#![cfg(feature = "proxy")]

mod client;
mod dialogue;
mod ends;
mod load;
mod real_servers;
mod scripted_server;
mod support;
