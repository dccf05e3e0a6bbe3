//! A client that uses something deprecated is warned; a handler of a deprecated command is not.
#![deny(deprecated)]

#[path = "../../../qmp-schema/tests/codegen/docs.rs"]
#[allow(dead_code, unused_imports)]
mod qmp;

use qmp::{EjectArgs, Event, Mode, ModeInfo, events};

struct Vm;

#[qmp_types::handlers(crate::qmp)]
impl Vm {
    #[qmp_command]
    fn blockdev_backup(&self, _arguments: ModeInfo) -> Vec<ModeInfo> {
        Vec::new()
    }

    #[qmp_command]
    fn eject(&self, _device: Option<String>, _id: String, _force: Option<bool>, _mode: Option<Mode>) {}
}

fn main() {
    let vm = qmp::blocking::Client::connect_unix("/run/vm.sock").unwrap();
    vm.blockdev_backup(ModeInfo::new(Mode::Slow)).unwrap();
    vm.eject(EjectArgs { device: Some("cd0".to_owned()), ..EjectArgs::new("cd1") }).unwrap();
    vm.expect::<events::TrayMoved>(|_| true).wait().unwrap();
    if let Event::TrayMoved(_) = vm.next_event().unwrap().event {}
}
