//! Handlers of one state: in several blocks, in generic ones, as free functions, of two schemas.

use qmp_types::private::Entry;
use qmp_types::{Context, Error, Result, handlers, qmp_command};
use serde_json::json;

use super::execute;
use crate::qmp::{RunState, StatusInfo, commands};
use crate::second;

trait Board: Send + Sync + 'static {
    const NAME: &'static str;
}

struct Pc;

impl Board for Pc {
    const NAME: &'static str = "pc";
}

struct Virt;

impl Board for Virt {
    const NAME: &'static str = "virt";
}

struct Machine<B>(B);

#[handlers(crate::qmp)]
impl<B: Board> Machine<B> {
    #[qmp_command]
    fn stop(&self) -> Result<()> {
        Err(Error::generic(B::NAME))
    }

    #[cfg(any())]
    #[qmp_command]
    fn query_status(&self) -> OfAnotherPlatform {}
}

#[handlers(crate::qmp)]
impl<B> Machine<B>
where
    B: Board,
{
    #[qmp_command]
    async fn query_status(&self) -> StatusInfo {
        StatusInfo::new(true, RunState::Running)
    }
}

/// Only one of the boards has it.
#[handlers(crate::qmp)]
impl Machine<Pc> {
    #[qmp_command]
    fn device_del(&self, _id: String) {}
}

#[qmp_command(crate::qmp)]
fn block_resize<B: Board>(
    machine: &Machine<B>,
    _device: Option<String>,
    _node_name: Option<String>,
    size: i64,
    cx: &Context,
) -> Result<()> {
    let _ = &machine.0;
    Err(Error::generic(format!("{} {size} {}", B::NAME, cx.command().name)))
}

/// Types come in invisible brackets where a macro writes the handler.
macro_rules! device_del {
    ($state:ty, $id:ty, $context:ty) => {
        #[qmp_command(crate::qmp)]
        fn device_del(_: $state, id: $id, _cx: $context) -> Result<()> {
            Err(Error::device_not_found(id))
        }
    };
}

device_del!(&Machine<Virt>, String, &Context);

/// Deprecated in its schema: that is for callers to know.
#[qmp_command(crate::second)]
async fn change(_: &Machine<Pc>) {}

static PC: &[Entry<Machine<Pc>>] = &[
    Entry::of::<commands::BlockResize>(),
    #[allow(deprecated)]
    Entry::of::<second::commands::Change>(),
    Entry::of::<commands::DeviceDel>(),
    Entry::of::<commands::QueryStatus>(),
    Entry::of::<commands::Stop>(),
];

static VIRT: &[Entry<Machine<Virt>>] =
    &[Entry::of::<commands::BlockResize>(), Entry::of::<commands::DeviceDel>(), Entry::of::<commands::Stop>()];

#[test]
fn handlers_compose() {
    let commands = [
        ("stop", json!({})),
        ("block_resize", json!({"size": 1})),
        ("device_del", json!({"id": "nic0"})),
        ("query-status", json!({})),
        ("change", json!({})),
    ];
    let expected = [
        Err("pc".to_owned()),
        Err("pc 1 block_resize".to_owned()),
        Ok(json!({})),
        Ok(json!({"running": true, "status": "running"})),
        Ok(json!({})),
    ];
    assert_eq!(execute(Machine(Pc), PC, &commands), expected);
    let expected = ["virt", "virt 1 block_resize", "Device 'nic0' not found"].map(|error| Err(error.to_owned()));
    assert_eq!(execute(Machine(Virt), VIRT, &commands[..3]), expected);
}
