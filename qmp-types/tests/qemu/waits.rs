//! Waiting for devices, jobs and shutdown.

use std::fs::File;
use std::time::Duration;

use qmp_types::blocking::Client;
use qmp_types::client::Spawn;
use qmp_types::qemu::blocking::{device_deleted, guest_shut_down, job_concluded};
use qmp_types::{ErrorClass, Value};
use serde_json::json;
use test_support::{Generation, Server, TIME_LIMIT, within};

use crate::scripted_peer::Peer;

const SHORT: Duration = Duration::from_millis(300);

/// Each generation of QEMU, with a machine that has a USB controller.
pub(crate) fn machines() -> impl Iterator<Item = (Server, Client)> {
    let start = |generation| Server::emulator(generation, "-M pc -nodefaults -nographic -S -device qemu-xhci");
    Generation::ALL.into_iter().filter_map(start).map(|qemu| {
        let vm = connect(&qemu);
        (qemu, vm)
    })
}

pub(crate) fn connect(qemu: &Server) -> Client {
    Client::connect_unix(qemu.socket()).unwrap().timeout(TIME_LIMIT)
}

pub(crate) fn call(vm: &Client, name: &str, arguments: Value) -> Value {
    vm.call_raw(name, &arguments).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Adds an empty file in the server's folder as a node.
fn add_file(vm: &Client, qemu: &Server, name: &str) {
    let path = qemu.folder().join(name);
    File::create(&path).unwrap();
    call(vm, "blockdev-add", json!({ "driver": "file", "node-name": format!("{name}-file"), "filename": path }));
}

fn merged(mut one: Value, other: Value) -> Value {
    one.as_object_mut().unwrap().extend(other.as_object().unwrap().clone());
    one
}

/// Makes a qcow2 image of the file.
fn create_qcow2(vm: &Client, name: &str, more: Value) -> qmp_types::Result<()> {
    let options = merged(json!({ "driver": "qcow2", "file": format!("{name}-file"), "size": 4 << 20 }), more);
    let created = job_concluded(vm, &format!("create-{name}")).dismiss();
    call(vm, "blockdev-create", json!({ "job-id": format!("create-{name}"), "options": options }));
    created.wait()
}

#[test]
fn a_device_is_plugged_and_unplugged() {
    for (_qemu, vm) in machines() {
        for path in ["tablet", "/machine/peripheral/tablet"] {
            call(&vm, "device_add", json!({ "driver": "usb-tablet", "id": "tablet" }));
            let gone = device_deleted(&vm, path);
            call(&vm, "device_del", json!({ "id": path }));
            gone.wait().unwrap();
            let devices = call(&vm, "qom-list", json!({ "path": "/machine/peripheral" })).to_string();
            assert!(!devices.contains("tablet"), "{devices}");
        }
    }
}

#[test]
fn a_device_that_the_guest_does_not_release() {
    for (_qemu, vm) in machines() {
        call(&vm, "device_add", json!({ "driver": "virtio-rng-pci", "id": "rng" }));
        let gone = device_deleted(&vm, "rng").timeout(SHORT);
        call(&vm, "device_del", json!({ "id": "rng" }));
        let error = gone.wait().unwrap_err();
        let expected = "timed out waiting for the deletion of the device `rng`: not within 300ms; the guest may ignore the \
                        request to release the device";
        assert_eq!(error.to_string(), expected);
        assert!(error.is_timeout());
    }
}

#[test]
fn a_guest_that_refuses_to_release_a_device() {
    let (stream, _peer) = Peer::negotiated(|peer| {
        peer.line();
        for event in ["DEVICE_DELETED", "DEVICE_UNPLUG_GUEST_ERROR"] {
            let device = if event == "DEVICE_DELETED" { "other" } else { "dimm0" };
            let data = json!({ "device": device, "path": format!("/machine/peripheral/{device}") });
            peer.send(&json!({ "event": event, "data": data }).to_string());
        }
        let data = json!({ "device": "dimm1", "msg": "memory is in use" });
        peer.send(&json!({ "event": "MEM_UNPLUG_ERROR", "data": data }).to_string());
        peer.send(r#"{"return": {}, "id": 2}"#);
        peer.line();
    });
    let vm = Client::from_stream(stream).unwrap();
    let waits = ["dimm0", "dimm1", "dimm2"].map(|device| device_deleted(&vm, device));
    call(&vm, "device_del", json!({ "id": "dimm0" }));
    drop(vm);
    let errors = waits.map(|wait| wait.wait().unwrap_err());
    let expected = [
        "the device `dimm0` is not deleted: the guest refuses to release it",
        "the device `dimm1` is not deleted: memory is in use",
        "the client closed the connection before the deletion of the device `dimm2`",
    ];
    assert_eq!(errors.each_ref().map(ToString::to_string), expected);
    assert_eq!(errors[1].class(), Some(&ErrorClass::GenericError));
    assert!(errors[2].is_closed());
}

#[test]
fn an_image_is_created_snapshotted_and_committed() {
    for (qemu, vm) in machines() {
        for name in ["base", "overlay"] {
            add_file(&vm, &qemu, name);
            create_qcow2(&vm, name, json!({})).unwrap();
            let file = format!("{name}-file");
            call(&vm, "blockdev-add", json!({ "driver": "qcow2", "node-name": name, "file": file, "backing": null }));
        }
        assert_eq!(call(&vm, "query-jobs", json!({})), json!([]), "all jobs are dismissed");
        call(&vm, "blockdev-snapshot", json!({ "node": "base", "overlay": "overlay" }));

        // QEMU dismisses the first job itself, and the second one keeps its result.
        let streamed = job_concluded(&vm, "stream");
        call(&vm, "block-stream", json!({ "job-id": "stream", "device": "overlay" }));
        streamed.wait().unwrap();
        let kept = json!({ "job-id": "kept", "device": "overlay", "auto-dismiss": false });
        let streamed = job_concluded(&vm, "kept");
        call(&vm, "block-stream", kept);
        streamed.wait().unwrap();
        assert_eq!(call(&vm, "query-jobs", json!({}))[0]["status"], "concluded");
        // The wait may begin late, while the job is known.
        job_concluded(&vm, "kept").dismiss().wait().unwrap();
        assert_eq!(call(&vm, "query-jobs", json!({})), json!([]));
    }
}

#[test]
fn a_job_that_fails() {
    for (qemu, vm) in machines() {
        add_file(&vm, &qemu, "disk");
        let error = create_qcow2(&vm, "disk", json!({ "cluster-size": 3 })).unwrap_err();
        assert!(error.to_string().starts_with("the job `create-disk` has failed: Cluster size must be"), "{error}");
        assert_eq!(call(&vm, "query-jobs", json!({})), json!([]), "it is dismissed, too");
    }
}

#[test]
fn a_block_job_that_is_cancelled_or_needs_to_be_completed() {
    for (qemu, vm) in machines() {
        for name in ["source", "target"] {
            add_file(&vm, &qemu, name);
            File::options().write(true).open(qemu.folder().join(name)).unwrap().set_len(4 << 20).unwrap();
            let format = json!({ "driver": "raw", "node-name": name, "file": format!("{name}-file") });
            call(&vm, "blockdev-add", format);
        }
        let mirror = |job: &str| {
            let concluded = job_concluded(&vm, job);
            let device = json!({ "job-id": job, "device": "source", "target": "target", "sync": "full" });
            call(&vm, "blockdev-mirror", device);
            concluded
        };
        let waits = |status: &str| {
            let jobs = || call(&vm, "query-jobs", json!({}));
            within(TIME_LIMIT, || (jobs()[0]["status"] == status).then_some(())).expect("it is not concluded");
        };
        let concluded = mirror("mirror");
        waits("ready");
        let error = concluded.timeout(SHORT).wait().unwrap_err();
        let expected = "timed out waiting for the end of the job `mirror`: not within 300ms; it is `ready`; help: complete it \
                        with `job-complete`";
        assert_eq!(error.to_string(), expected);
        let concluded = job_concluded(&vm, "mirror");
        call(&vm, "job-complete", json!({ "id": "mirror" }));
        concluded.wait().unwrap();

        let backup = json!({ "job-id": "backup", "device": "source", "target": "target", "sync": "full" });
        let concluded = job_concluded(&vm, "backup");
        call(&vm, "blockdev-backup", merged(backup, json!({ "auto-finalize": false })));
        waits("pending");
        let error = job_concluded(&vm, "backup").timeout(SHORT).wait().unwrap_err().to_string();
        assert!(error.ends_with("it is `pending`; help: finalize it with `job-finalize`"), "{error}");
        call(&vm, "job-cancel", json!({ "id": "backup" }));
        assert_eq!(concluded.wait().unwrap_err().to_string(), "the job `backup` has failed: it was cancelled");
    }
}

#[test]
fn the_guest_shuts_down_or_qemu_is_killed() {
    for (qemu, vm) in machines() {
        let down = guest_shut_down(&vm);
        call(&vm, "quit", json!({}));
        let shutdown = down.wait().unwrap();
        assert_eq!((shutdown.guest, &*shutdown.reason), (false, "host-qmp-quit"));
        qemu.wait();
    }
    for (qemu, vm) in machines() {
        let down = guest_shut_down(&vm);
        drop(qemu);
        let error = down.wait().unwrap_err();
        assert!(error.is_closed());
        assert_eq!(error.to_string(), "the peer closed the connection before the event SHUTDOWN");
    }
}

#[test]
fn a_wait_with_the_limit_of_its_client() {
    for (_qemu, vm) in machines() {
        let vm = vm.timeout(SHORT);
        let error = job_concluded(&vm, "other").wait().unwrap_err().to_string();
        let expected = "timed out waiting for the end of the job `other`: not within 300ms; no such job has been seen; help: \
                        this is the client's limit, set one with `timeout` of the wait";
        assert_eq!(error, expected);
        let error = job_concluded(&vm, "other").timeout(SHORT).wait().unwrap_err().to_string();
        assert!(error.ends_with("no such job has been seen"), "{error}");
    }
}

#[test]
fn qemu_that_was_spawned_is_killed() {
    for generation in Generation::ALL {
        let Some(program) = generation.program("qemu-system-x86_64") else { continue };
        let options = ["-M", "none", "-nodefaults", "-display", "none", "-S", "-chardev", "socket,id=c,fd=0"];
        let qemu = Spawn::from(program).args(options).args(["-mon", "chardev=c,mode=control"]);
        let vm = Client::spawn(qemu).unwrap();
        let concluded = job_concluded(&vm, "backup").timeout(TIME_LIMIT);
        vm.process().unwrap().kill().unwrap();
        let error = concluded.wait().unwrap_err();
        assert!(error.is_closed());
        let expected = "has ended before the end of the job `backup`: signal: 9 (SIGKILL)";
        assert!(error.to_string().contains(expected), "{error}");
    }
}
