//! The asynchronous twins, over tokio: same names, same meaning.

mod server;

pub use server::Server;
