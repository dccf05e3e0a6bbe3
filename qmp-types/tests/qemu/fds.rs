//! Descriptors that QEMU keeps under a name, and in sets.

use std::fs::File;
use std::io::{Read, Write};
use std::os::unix::net::UnixStream;

use qmp_types::blocking::Client;
use qmp_types::qemu::blocking::{FdSet, NamedFd};
use qmp_types::{ClientOptions, Value};
use serde_json::json;
use test_support::{Generation, Server, TIME_LIMIT};

fn emulators() -> impl Iterator<Item = Server> {
    Generation::ALL.into_iter().filter_map(Server::bare_emulator)
}

/// Connects, and lets the machine run: a stopped QEMU closes no descriptor of a set.
fn connect(qemu: &Server) -> Client {
    let vm = Client::connect_unix(qemu.socket()).unwrap().timeout(TIME_LIMIT);
    call(&vm, "cont", json!({}));
    vm
}

fn call(vm: &Client, name: &str, arguments: Value) -> Value {
    vm.call_raw(name, &arguments).unwrap()
}

#[test]
fn a_command_takes_the_descriptor_that_it_names() {
    for qemu in emulators() {
        let vm = connect(&qemu);
        let (ours, theirs) = UnixStream::pair().unwrap();
        let fd = NamedFd::pass(&vm, "one", theirs).unwrap().close_on_drop();
        let address = json!({ "type": "fd", "data": { "str": fd.name() } });
        let backend = json!({ "type": "socket", "data": { "addr": address, "server": false } });
        call(&vm, "chardev-add", json!({ "id": "device", "backend": backend }));
        // The character device has taken it: there is nothing to close.
        let error = vm.call_raw("closefd", &json!({ "fdname": fd.name() })).unwrap_err();
        assert_eq!(error.desc(), Some("File descriptor named 'one' not found"));
        drop(fd);
        call(&vm, "chardev-remove", json!({ "id": "device" }));
        assert_is_closed(ours);
    }
}

/// Asserts that no other process has the other end.
fn assert_is_closed(mut ours: UnixStream) {
    ours.set_read_timeout(Some(TIME_LIMIT)).unwrap();
    assert_eq!(ours.read(&mut [0]).unwrap(), 0);
}

#[test]
fn a_name_is_taken_back_on_drop_where_asked() {
    for qemu in emulators() {
        let vm = connect(&qemu);
        let pass = |name: &str| {
            let (ours, theirs) = UnixStream::pair().unwrap();
            (ours, NamedFd::pass(&vm, name, theirs).unwrap())
        };
        let (kept_end, kept) = pass("kept");
        drop(kept);
        let (closed_end, closed) = pass("closed");
        closed.close().unwrap();
        assert_is_closed(closed_end);
        let (dropped_end, dropped) = pass("dropped");
        drop(dropped.close_on_drop());
        assert_is_closed(dropped_end);

        let error = vm.call_raw("closefd", &json!({ "fdname": "dropped" })).unwrap_err();
        assert_eq!(error.desc(), Some("File descriptor named 'dropped' not found"));
        call(&vm, "closefd", json!({ "fdname": "kept" }));
        assert_is_closed(kept_end);
        let error = NamedFd::pass(&vm, "1", File::open("/dev/null").unwrap()).unwrap_err();
        assert!(error.to_string().contains("not starting with a digit"), "{error}");
    }
}

#[test]
fn qemu_opens_a_set_as_a_file() {
    for qemu in emulators() {
        let vm = connect(&qemu);
        let path = qemu.folder().join("image");
        File::create(&path).unwrap().write_all(&[7; 1 << 16]).unwrap();
        let image = FdSet::pass(&vm, File::open(&path).unwrap()).unwrap();
        image.add(File::options().read(true).write(true).open(&path).unwrap()).unwrap();
        assert_eq!(image.path(), format!("/dev/fdset/{}", image.id()));
        for (node, read_only) in [("read", true), ("write", false)] {
            let file = json!({
                "driver": "file", "node-name": node, "filename": image.path(), "read-only": read_only, "locking": "off"
            });
            call(&vm, "blockdev-add", file);
        }
        image.remove().unwrap();
        for node in ["read", "write"] {
            call(&vm, "blockdev-del", json!({ "node-name": node }));
        }
        assert_eq!(call(&vm, "query-fdsets", json!({})), json!([]));
    }
}

#[test]
fn a_set_is_taken_back_on_drop_where_asked() {
    for qemu in emulators() {
        let vm = connect(&qemu);
        let null = || File::open("/dev/null").unwrap();
        let kept = FdSet::pass(&vm, null()).unwrap();
        let kept_id = kept.id();
        drop(kept);
        drop(FdSet::pass(&vm, null()).unwrap().remove_on_drop());
        let sets = call(&vm, "query-fdsets", json!({}));
        assert_eq!(sets.as_array().unwrap().len(), 1, "{sets}");
        assert_eq!(sets[0]["fdset-id"], kept_id);
        let gone = FdSet::pass(&vm, null()).unwrap();
        call(&vm, "remove-fd", json!({ "fdset-id": gone.id() }));
        assert!(gone.remove().unwrap_err().desc().unwrap().contains("not found"));
    }
}

#[test]
fn only_unix_sockets_carry_descriptors() {
    let options = "-M none -nodefaults -nographic -S -qmp unix:@/socket,server=on,wait=off -qmp tcp:127.0.0.1:0,server=on,wait=off";
    let Some(qemu) = Server::start(Generation::ALL[0], "qemu-system-x86_64", options) else { return };
    let vm = connect(&qemu);
    let devices = call(&vm, "query-chardev", json!({}));
    let names = devices.as_array().unwrap().iter().filter_map(|device| device["filename"].as_str());
    let address = names.filter_map(|name| name.strip_prefix("disconnected:tcp:")).next().expect("the TCP monitor");
    let address = format!("tcp:{}", address.split(',').next().unwrap());
    let over_tcp = Client::connect_with(address.as_str(), &ClientOptions::new()).unwrap().timeout(TIME_LIMIT);
    let error = NamedFd::pass(&over_tcp, "null", File::open("/dev/null").unwrap()).unwrap_err();
    assert!(error.to_string().contains("expected a Unix socket to send a file descriptor"), "{error}");
    // The connection is as before.
    call(&over_tcp, "query-status", json!({}));
}

#[cfg(feature = "tokio")]
#[tokio::test]
async fn the_asynchronous_helpers_do_the_same() {
    use qmp_types::qemu::tokio::{FdSet, NamedFd};
    for qemu in emulators() {
        let vm = qmp_types::tokio::Client::connect_unix(qemu.socket()).await.unwrap().timeout(TIME_LIMIT);
        vm.call_raw("cont", &json!({})).await.unwrap();
        let (ours, theirs) = UnixStream::pair().unwrap();
        drop(NamedFd::pass(&vm, "one", theirs).await.unwrap().close_on_drop());
        tokio::task::spawn_blocking(|| assert_is_closed(ours)).await.unwrap();
        let null = || File::open("/dev/null").unwrap();
        NamedFd::pass(&vm, "two", null()).await.unwrap().close().await.unwrap();
        let set = FdSet::pass(&vm, null()).await.unwrap();
        set.add(null()).await.unwrap();
        let sets = vm.call_raw("query-fdsets", &json!({})).await.unwrap();
        assert_eq!(sets[0]["fds"].as_array().unwrap().len(), 2);
        set.remove().await.unwrap();
        drop(FdSet::pass(&vm, null()).await.unwrap().remove_on_drop());
        assert_eq!(vm.call_raw("query-fdsets", &json!({})).await.unwrap(), json!([]));
    }
}
