//! The helpers on the asynchronous client.

use std::time::Duration;

use qmp_types::Value;
use qmp_types::qemu::tokio::{device_deleted, guest_shut_down, job_concluded, migration_finished, open_monitor};
use qmp_types::tokio::Client;
use serde_json::json;
use test_support::{Generation, Server, TIME_LIMIT};

use crate::migration::incoming;

async fn connect(qemu: &Server) -> Client {
    Client::connect_unix(qemu.socket()).await.unwrap().timeout(TIME_LIMIT)
}

async fn call(vm: &Client, name: &str, arguments: Value) -> Value {
    vm.call_raw(name, &arguments).await.unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn machines(options: &str) -> impl Iterator<Item = Server> {
    let options = format!("-M pc -nodefaults -nographic -S -m 32{options}");
    Generation::ALL.into_iter().filter_map(move |generation| Server::emulator(generation, &options))
}

#[tokio::test]
async fn devices_jobs_and_shutdown() {
    for qemu in machines(" -device qemu-xhci") {
        let vm = connect(&qemu).await;
        call(&vm, "device_add", json!({ "driver": "usb-tablet", "id": "tablet" })).await;
        let gone = device_deleted(&vm, "tablet");
        let other = device_deleted(&vm, "other").timeout(Duration::from_millis(50));
        call(&vm, "device_del", json!({ "id": "tablet" })).await;
        gone.await.unwrap();
        let error = other.await.unwrap_err();
        assert!(error.is_timeout() && error.to_string().contains("`other`: not within 50ms"), "{error}");

        let path = qemu.folder().join("disk");
        std::fs::File::create(&path).unwrap();
        call(&vm, "blockdev-add", json!({ "driver": "file", "node-name": "file", "filename": path })).await;
        for (cluster_size, succeeds) in [(65_536, true), (3, false)] {
            let options = json!({ "driver": "qcow2", "file": "file", "size": 4 << 20, "cluster-size": cluster_size });
            let created = job_concluded(&vm, "create").dismiss();
            call(&vm, "blockdev-create", json!({ "job-id": "create", "options": options })).await;
            let result = created.await;
            assert_eq!(result.is_ok(), succeeds, "{result:?}");
            assert_eq!(call(&vm, "query-jobs", json!({})).await, json!([]));
        }
        let down = guest_shut_down(&vm);
        call(&vm, "quit", json!({})).await;
        assert_eq!(down.await.unwrap().reason, "host-qmp-quit");
    }
}

#[tokio::test]
async fn migration() {
    let pairs = machines("").zip(machines(" -incoming unix:@/incoming"));
    for (source, target) in pairs {
        let (vm, other) = (connect(&source).await, connect(&target).await);
        let events = json!({ "capability": "events", "state": true });
        call(&vm, "migrate-set-capabilities", json!({ "capabilities": [events] })).await;
        let (sent, received) = (migration_finished(&vm), migration_finished(&other));
        call(&vm, "migrate", json!({ "uri": incoming(&target) })).await;
        let (sent, received) = tokio::join!(sent.into_future(), received.into_future());
        sent.unwrap();
        received.unwrap();
    }
}

#[tokio::test]
async fn a_monitor_of_ones_own() {
    for qemu in machines("") {
        let vm = connect(&qemu).await;
        match open_monitor(&vm).await {
            Ok(own) => {
                drop(vm);
                call(&own, "query-status", json!({})).await;
            }
            Err(error) => assert!(error.to_string().contains("QEMU 11.1 or newer, found "), "{error}"),
        }
    }
}
