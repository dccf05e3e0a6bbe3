//! The options of `#[qmp_command(..)]`.

use qmp_types::private::Entry;
use qmp_types::server::HandlerKind;
use qmp_types::{handlers, qmp_command};
use serde_json::json;

use super::execute;
use crate::qmp::{BlockResizeArgs, BlockdevOptions, RunState, StatusInfo, commands};

struct Vm;

#[handlers(crate::qmp)]
impl Vm {
    #[qmp_command(whole)]
    fn block_resize(&self, arguments: BlockResizeArgs) -> qmp_types::Result<()> {
        Err(qmp_types::Error::generic(format!("{arguments:?}")))
    }

    #[qmp_command(blocking)]
    fn device_del(&self, id: String) -> qmp_types::Result<()> {
        Err(qmp_types::Error::device_not_found(id))
    }

    #[qmp_command(name = blockdev_add, whole)]
    fn add(&self, _options: BlockdevOptions) {}

    #[qmp_command(short)]
    fn query_status(&self) -> StatusInfo {
        StatusInfo::new(true, RunState::Running)
    }

    #[qmp_command]
    async fn device_add(&self, _driver: String, _id: Option<String>, _extra: qmp_types::Map<String, qmp_types::Value>) {
    }
}

#[qmp_command(crate::qmp, crate = ::qmp_types, name = stop, blocking)]
fn pause(_: &Vm) -> qmp_types::Result<()> {
    Err(qmp_types::Error::generic("paused"))
}

static ENTRIES: &[Entry<Vm>] = &[
    Entry::of::<commands::BlockResize>(),
    Entry::of::<commands::BlockdevAdd>(),
    Entry::of::<commands::DeviceDel>(),
    Entry::of::<commands::Stop>(),
];

#[test]
fn every_option_counts() {
    let answers = execute(
        Vm,
        ENTRIES,
        &[
            ("block_resize", json!({"size": 1})),
            ("device_del", json!({"id": "nic0"})),
            ("blockdev-add", json!({"driver": "null-co"})),
            ("stop", json!({})),
        ],
    );
    let expected = [
        Err("BlockResizeArgs { device: None, node_name: None, size: 1 }".to_owned()),
        Err("Device 'nic0' not found".to_owned()),
        Ok(json!({})),
        Err("paused".to_owned()),
    ];
    assert_eq!(answers, expected);
}

#[test]
fn the_table_says_how_a_handler_runs() {
    let kinds = [
        Entry::<Vm>::of::<commands::QueryStatus>(),
        Entry::<Vm>::of::<commands::BlockResize>(),
        Entry::<Vm>::of::<commands::Stop>(),
        Entry::<Vm>::of::<commands::DeviceAdd>(),
    ];
    let expected = [HandlerKind::Short, HandlerKind::Plain, HandlerKind::Blocking, HandlerKind::Async];
    assert_eq!(kinds.map(|entry| entry.kind), expected);
}
