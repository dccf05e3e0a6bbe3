//! Opening a monitor in blocking code.

use super::{
    CHARDEV_ADD, CHARDEV_REMOVE, CLOSEFD, GETFD, LIST_TYPES, NewMonitor, OBJECT_ADD, check_supported, monitor_types,
};
use crate::blocking::Client;
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
/// # fn example(vm: &qmp_types::blocking::Client) -> qmp_types::Result<()> {
/// use qmp_types::qemu;
///
/// let own = qemu::blocking::open_monitor(vm)?; // with generated code: `qmp::blocking::Client::from(..)`
/// let events = own.events_of::<qmp_types::OtherEvent>();
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// If QEMU is older, `vm` is not connected to a Unix socket, or the process has run out of file descriptors.
pub fn open_monitor(vm: &Client) -> Result<Client> {
    open_monitor_with(vm, &ClientOptions::new())
}

/// Opens a monitor as [`open_monitor`] does, with options for the connection, such as
/// [`enable_oob`](ClientOptions::enable_oob).
///
/// # Errors
/// As for `open_monitor`, or if QEMU does not offer what an option enables.
pub fn open_monitor_with(vm: &Client, options: &ClientOptions) -> Result<Client> {
    check_supported(&vm.call_raw(LIST_TYPES, &monitor_types())?, vm.greeting())?;
    let (ours, theirs) = Stream::pair()?;
    let monitor = NewMonitor::new();
    vm.call_raw_with_fd(GETFD, &monitor.fd(), theirs)?;
    if let Err(error) = vm.call_raw(CHARDEV_ADD, &monitor.chardev()) {
        vm.post_raw(CLOSEFD, &monitor.fd())?;
        return Err(error);
    }
    if let Err(error) = vm.call_raw(OBJECT_ADD, &monitor.object()) {
        vm.post_raw(CHARDEV_REMOVE, &monitor.removed_chardev())?;
        return Err(error);
    }
    let client = Client::from_stream_with(ours, options)?;
    Ok(client.with_limit_of(vm))
}
