use std::fs::File;
use std::io::{IoSlice, Read};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;

use examples::qmp::{AddFdArgs, BlockdevOptions, BlockdevOptionsDriver, BlockdevOptionsFile, FdsetInfo, commands};
use rustix::net::{SendAncillaryBuffer, SendAncillaryMessage, SendFlags, sendmsg};
use serde_json::json;

use crate::support::{Raw, Vm, generic};

/// Sends open files with a lone space.
fn send(raw: &Raw, fds: &[BorrowedFd<'_>]) {
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(4))];
    let mut control = SendAncillaryBuffer::new(&mut space);
    assert!(control.push(SendAncillaryMessage::ScmRights(fds)));
    sendmsg(raw.stream(), &[IoSlice::new(b" ")], &mut control, SendFlags::empty()).unwrap();
}

/// Returns whether the other end of this socket is closed.
fn is_closed(mut stream: &UnixStream) -> bool {
    stream.set_read_timeout(Some(crate::support::PATIENCE)).unwrap();
    stream.read(&mut [0]).unwrap() == 0
}

#[test]
fn getfd_takes_the_first_and_closefd_closes_it() {
    let vm = Vm::start();
    let mut raw = vm.raw();
    let (first, first_end) = UnixStream::pair().unwrap();
    let (second, second_end) = UnixStream::pair().unwrap();
    send(&raw, &[first.as_fd(), second.as_fd()]);
    drop((first, second));
    assert_eq!(raw.ask(r#"{"execute":"getfd","arguments":{"fdname":"fd0"}}"#), json!({"return": {}}));
    assert!(is_closed(&second_end), "all but the first are closed");
    assert_eq!(raw.ask(r#"{"execute":"closefd","arguments":{"fdname":"fd0"}}"#), json!({"return": {}}));
    assert!(is_closed(&first_end));
    let error = &raw.ask(r#"{"execute":"closefd","arguments":{"fdname":"fd0"}}"#)["error"];
    assert_eq!(*error, json!({"class": "GenericError", "desc": "File descriptor named 'fd0' not found"}));
}

#[test]
fn the_typed_client_sends_files_too() {
    let vm = Vm::start();
    let (fd, end) = UnixStream::pair().unwrap();
    let error = vm.call::<commands::Getfd>("fd0".into()).unwrap_err();
    assert!(error.to_string().contains("`getfd` takes a file descriptor, found none; help:"), "{error}");
    vm.getfd("fd0", &fd).unwrap();
    drop(fd);
    vm.closefd("fd0").unwrap();
    assert!(is_closed(&end));
}

#[test]
fn getfd_says_what_is_wrong() {
    let vm = Vm::start();
    let mut raw = vm.raw();
    let getfd = |raw: &mut Raw, name: &str| {
        raw.ask(&json!({"execute": "getfd", "arguments": {"fdname": name}}).to_string())["error"]["desc"].clone()
    };
    assert_eq!(getfd(&mut raw, "fd0"), "No file descriptor supplied via SCM_RIGHTS");
    let (fd, end) = UnixStream::pair().unwrap();
    send(&raw, &[fd.as_fd()]);
    drop(fd);
    assert_eq!(getfd(&mut raw, "0fd"), "Parameter 'fdname' expects a name not starting with a digit");
    assert!(is_closed(&end), "the file is closed");
}

#[test]
fn the_same_name_replaces_and_a_tap_takes_over() {
    let vm = Vm::start();
    let mut raw = vm.raw();
    let (old, old_end) = UnixStream::pair().unwrap();
    let new = File::open("/dev/null").unwrap();
    for fd in [old.as_fd(), new.as_fd()] {
        send(&raw, &[fd]);
        assert_eq!(raw.ask(r#"{"execute":"getfd","arguments":{"fdname":"tap0"}}"#), json!({"return": {}}));
    }
    drop(old);
    assert!(is_closed(&old_end));
    let tap = r#"{"execute":"netdev_add","arguments":{"type":"tap","id":"net0","fd":"tap0"}}"#;
    assert_eq!(raw.ask(tap), json!({"return": {}}));
    let error = &raw.ask(r#"{"execute":"closefd","arguments":{"fdname":"tap0"}}"#)["error"]["desc"];
    assert_eq!(error, "File descriptor named 'tap0' not found");
}

#[test]
fn a_disk_is_opened_from_a_set() {
    let vm = Vm::start();
    let file = File::options().create(true).truncate(true).read(true).write(true).open(vm.path("disk")).unwrap();
    file.set_len(1 << 20).unwrap();
    let added = vm.add_fd(AddFdArgs::new().fdset_id(2), &file);
    assert_eq!(added.unwrap().fdset_id, 2);
    let node = |filename: &str, name: &str| BlockdevOptions {
        node_name: Some(name.to_owned()),
        ..BlockdevOptions::new(BlockdevOptionsDriver::File(BlockdevOptionsFile::new(filename)))
    };
    vm.blockdev_add(node("/dev/fdset/2", "disk1")).unwrap();
    let mut nodes = vm.query_block().unwrap().into_iter().filter_map(|block| block.inserted);
    let disk = nodes.find(|node| node.node_name.as_deref() == Some("disk1")).unwrap();
    assert_eq!((disk.image.virtual_size, disk.file.as_str()), (1 << 20, "/dev/fdset/2"));
    assert_eq!(
        generic(vm.blockdev_add(node("/dev/fdset/3", "disk2"))),
        "Could not dup FD for /dev/fdset/3 flags 2: No such file or directory"
    );
    vm.remove_fd(2).unwrap();
    assert_eq!(vm.query_fdsets().unwrap(), [FdsetInfo::new(2, vec![])], "the node is open");
    vm.blockdev_del("disk1").unwrap();
    assert_eq!(vm.query_fdsets().unwrap(), []);
}
