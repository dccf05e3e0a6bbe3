//! Connecting without blocking the runtime.

use std::io;

use crate::transport::{Address, ConnectOptions, Stream};

/// Attempts to connect to an address. Where that may wait, for a name server or for another machine, it is done on a
/// thread for blocking operations.
pub(super) async fn attempt(address: &Address, options: &ConnectOptions) -> io::Result<Stream> {
    match address {
        Address::Tcp { .. } | Address::Tls { .. } | Address::Vsock { .. } => {
            let (address, options) = (address.clone(), options.clone());
            ::tokio::task::spawn_blocking(move || Stream::try_connect(&address, &options)).await?
        }
        _ => Stream::try_connect(address, options),
    }
}
