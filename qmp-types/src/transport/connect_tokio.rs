//! Connecting without blocking the runtime.

use std::io;

use super::{Address, ConnectOptions, Stream};

impl Stream {
    /// [`connect_with`](Self::connect_with) that does not block the runtime.
    pub(crate) async fn connect_async(address: &Address, options: &ConnectOptions) -> crate::Result<Self> {
        Ok(Self::try_connect_async(address, options).await.map_err(|error| address.name_in(&error))?)
    }

    /// [`try_connect`](Self::try_connect) that does not block the runtime. Where connecting may wait, for a name server
    /// or for another machine, it is done on a thread for blocking operations.
    pub(crate) async fn try_connect_async(address: &Address, options: &ConnectOptions) -> io::Result<Self> {
        match address {
            Address::Tcp { .. } | Address::Tls { .. } | Address::Vsock { .. } => {
                let (address, options) = (address.clone(), options.clone());
                ::tokio::task::spawn_blocking(move || Self::try_connect(&address, &options)).await?
            }
            _ => Self::try_connect(address, options),
        }
    }
}
