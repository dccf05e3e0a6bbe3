//! Handlers of every shape.

use std::io;
use std::sync::Mutex;

use qmp_types::private::Entry;
use qmp_types::{Context, Error, Map, Result, Value, handlers};
use serde_json::json;

use super::execute;
use crate::qmp::{BlockdevOptions, RunState, StatusInfo, commands};

#[derive(Default)]
struct Vm {
    log: Mutex<Vec<String>>,
}

#[handlers(crate::qmp)]
impl Vm {
    /// A value, at once.
    #[qmp_command]
    fn query_status(&self) -> StatusInfo {
        StatusInfo::new(self.log.lock().unwrap().is_empty(), RunState::Paused)
    }

    /// Nothing, later, with the context.
    #[qmp_command]
    async fn stop(&self, cx: &Context) {
        std::future::ready(()).await;
        self.note(cx.command().name);
    }

    /// A result, with its arguments in an order of its own, the context among them.
    #[qmp_command]
    fn block_resize(
        &self,
        size: i64,
        _cx: &qmp_types::Context,
        node_name: Option<String>,
        _device: Option<String>,
    ) -> Result<()> {
        let node = node_name.ok_or_else(|| Error::generic("which node?"))?;
        self.note(format!("{node} {size}"));
        Ok(())
    }

    /// The one inline argument, and an error of another type, later.
    #[qmp_command]
    async fn device_del(&self, mut id: String) -> Result<(), io::Error> {
        id.push('!');
        Err(io::Error::other(id))
    }

    /// The arguments that the schema does not name.
    #[qmp_command]
    fn device_add(&self, driver: String, id: Option<String>, extra: Map<String, Value>) {
        self.note(format!("{driver} {id:?} {extra:?}"));
    }

    /// The value of a named type.
    #[qmp_command]
    fn blockdev_add(&self, options: BlockdevOptions) -> Result<()> {
        Err(Error::device_not_found(options.node_name.unwrap_or_default()))
    }

    fn note(&self, what: impl Into<String>) {
        self.log.lock().unwrap().push(what.into());
    }
}

static ENTRIES: &[Entry<Vm>] = &[
    Entry::of::<commands::BlockResize>(),
    Entry::of::<commands::BlockdevAdd>(),
    Entry::of::<commands::DeviceAdd>(),
    Entry::of::<commands::DeviceDel>(),
    Entry::of::<commands::QueryStatus>(),
    Entry::of::<commands::Stop>(),
];

#[test]
fn every_shape_is_called() {
    let answers = execute(
        Vm::default(),
        ENTRIES,
        &[
            ("query-status", json!({})),
            ("stop", json!({})),
            ("query-status", json!({})),
            ("block_resize", json!({"size": 1, "node-name": "disk0"})),
            ("block_resize", json!({"size": 1})),
            ("device_del", json!({"id": "nic0"})),
            ("device_add", json!({"driver": "e1000", "mac": "52:54"})),
            ("blockdev-add", json!({"driver": "null-co", "node-name": "n"})),
        ],
    );
    let expected = [
        Ok(json!({"running": true, "status": "paused"})),
        Ok(json!({})),
        Ok(json!({"running": false, "status": "paused"})),
        Ok(json!({})),
        Err("which node?".to_owned()),
        Err("nic0!".to_owned()),
        Ok(json!({})),
        Err("Device 'n' not found".to_owned()),
    ];
    assert_eq!(answers, expected);
}

#[test]
fn handlers_are_methods_still() {
    let vm = Vm::default();
    vm.device_add("e1000".to_owned(), None, Map::new());
    assert_eq!(*vm.log.lock().unwrap(), ["e1000 None {}"]);
}
