//! The asynchronous twins, over tokio: same names, same meaning.

mod client;
mod server;

pub use client::{Call, Client, Events, Expected};
pub use server::Server;
