//! A network interface that exists as long as its descriptor is open.

use std::io::IoSliceMut;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::{Command, Stdio};

use rustix::net::{RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, recvmsg};

/// Makes an interface and passes its descriptor to standard input. Rust would need `unsafe` for the `ioctl`.
const SCRIPT: &str = "
import fcntl, os, socket, struct
tun = os.open('/dev/net/tun', os.O_RDWR)
TUNSETIFF, IFF_TAP, IFF_NO_PI, IFF_VNET_HDR = 0x400454ca, 2, 0x1000, 0x4000
fcntl.ioctl(tun, TUNSETIFF, struct.pack('16sH22x', b'qmp%d', IFF_TAP | IFF_NO_PI | IFF_VNET_HDR))
socket.send_fds(socket.socket(fileno=0), [b'.'], [tun])
";

/// Opens an interface, or says why there is none.
pub(crate) fn open() -> Option<OwnedFd> {
    let (ours, theirs) = UnixStream::pair().unwrap();
    let mut python = Command::new("python3");
    python.args(["-c", SCRIPT]).stdin(Stdio::from(OwnedFd::from(theirs))).stderr(Stdio::null());
    if !python.status().is_ok_and(|status| status.success()) {
        println!("exempt: a network card behind an open interface: this user cannot open /dev/net/tun");
        return None;
    }
    let mut space = [std::mem::MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
    let mut messages = RecvAncillaryBuffer::new(&mut space);
    recvmsg(ours, &mut [IoSliceMut::new(&mut [0])], &mut messages, RecvFlags::empty()).unwrap();
    messages.drain().find_map(|message| match message {
        RecvAncillaryMessage::ScmRights(mut fds) => fds.next(),
        _ => None,
    })
}
