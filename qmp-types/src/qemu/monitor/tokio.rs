//! Opening a monitor in asynchronous code.

use super::{
    CHARDEV_ADD, CHARDEV_REMOVE, CLOSEFD, GETFD, LIST_TYPES, NewMonitor, OBJECT_ADD, check_supported, monitor_types,
};
use crate::tokio::Client;
use crate::transport::Stream;
use crate::{ClientOptions, Result};

/// Opens a monitor of the program's own, on QEMU from 11.1 on, and connects to it: with its own greeting, negotiation,
/// events and out-of-band execution, beside the clients that share `vm`'s monitor.
///
/// QEMU deletes the monitor when the returned client is [closed](Client::close) or dropped, or when the program ends. The
/// monitor remains if `vm`'s connection ends. It has no path: it is a pair of sockets, one of which QEMU receives on `vm`,
/// so `vm` must be connected to a Unix socket. The client has `vm`'s time limit.
///
/// ```no_run
/// # async fn example(vm: &qmp_types::tokio::Client) -> qmp_types::Result<()> {
/// use qmp_types::qemu;
///
/// let own = qemu::tokio::open_monitor(vm).await?; // with generated code: `qmp::Client::from(..)`
/// let events = own.events_of::<qmp_types::OtherEvent>();
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// If QEMU is older, `vm` is not connected to a Unix socket, or the process has run out of file descriptors.
pub async fn open_monitor(vm: &Client) -> Result<Client> {
    open_monitor_with(vm, &ClientOptions::new()).await
}

/// Opens a monitor as [`open_monitor`] does, with options for the connection, such as
/// [`enable_oob`](ClientOptions::enable_oob).
///
/// # Errors
/// As for `open_monitor`, or if QEMU does not offer what an option enables.
pub async fn open_monitor_with(vm: &Client, options: &ClientOptions) -> Result<Client> {
    check_supported(&vm.call_raw(LIST_TYPES, &monitor_types()).await?, vm.greeting())?;
    let (ours, theirs) = Stream::pair()?;
    let monitor = NewMonitor::new();
    vm.call_raw_with_fd(GETFD, &monitor.fd(), theirs).await?;
    if let Err(error) = vm.call_raw(CHARDEV_ADD, &monitor.chardev()).await {
        vm.post_raw(CLOSEFD, &monitor.fd())?;
        return Err(error);
    }
    if let Err(error) = vm.call_raw(OBJECT_ADD, &monitor.object()).await {
        vm.post_raw(CHARDEV_REMOVE, &monitor.removed_chardev())?;
        return Err(error);
    }
    let client = Client::from_stream_with(ours, options).await?;
    Ok(client.with_limit_of(vm))
}
