//! The address that a socket is bound to.

use std::ffi::{OsStr, OsString};
use std::net::SocketAddr;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;

use rustix::net::{AddressFamily, SocketAddrUnix};

use super::Address;

/// Returns the address that a socket is bound to, if it has one.
pub(super) fn local_address(socket: &OwnedFd) -> Option<Address> {
    let found = rustix::net::getsockname(socket).ok()?;
    if found.address_family() != AddressFamily::UNIX {
        let found = SocketAddr::try_from(found).ok()?;
        return Some(Address::Tcp { host: found.ip().to_string(), port: found.port() });
    }
    let found = SocketAddrUnix::try_from(found).ok()?;
    match found.path() {
        Some(path) => Some(Address::Unix(OsStr::from_bytes(path.to_bytes()).into())),
        None => abstract_name(&found).map(Address::UnixAbstract),
    }
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn abstract_name(address: &SocketAddrUnix) -> Option<OsString> {
    address.abstract_name().map(|name| OsStr::from_bytes(name).to_owned())
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn abstract_name(_: &SocketAddrUnix) -> Option<OsString> {
    None
}
