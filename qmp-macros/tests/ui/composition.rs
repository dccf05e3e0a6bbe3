//! Mistakes in putting a state together from parts, and in traits with handlers.

use std::sync::Mutex;

#[path = "../../../qmp-types/tests/sample/types_only.rs"]
mod qmp;

struct Vm {
    block: Block,
    net: Net,
}

struct Block;

#[qmp_types::handlers(crate::qmp, part_of = Vm.blok)]
impl Block {
    #[qmp_command]
    fn stop(&self) {}

    #[qmp_command]
    fn device_del(&self, _id: String) {}
}

struct Net;

// `Vm` is not behind a lock, and the part neither.
#[qmp_types::handlers(crate::qmp, part_of = Vm.net)]
impl Net {
    #[qmp_command]
    fn query_status(&mut self) -> qmp::StatusInfo {
        unimplemented!()
    }
}

struct Other(Mutex<Net>);

#[qmp_types::handlers(crate::qmp, part_of = Other)]
impl Other {}

#[qmp_types::handlers(crate::qmp, on = Vm)]
impl Other {}

#[qmp_types::handlers(crate::qmp, part = Vm.net)]
impl Other {}

#[qmp_types::handlers(crate::qmp, local, local)]
impl Other {}

#[qmp_types::handlers(crate::qmp, local, crate = ::qmp_types)]
impl Other {}

#[qmp_types::handlers(crate::qmp, otherwise = 1, on = Other)]
trait Refusing {}

#[qmp_types::handlers(crate::qmp)]
trait Machine {
    #[qmp_command]
    fn stop(&self) {}
}

struct Standard;

struct Micro;

#[qmp_types::handlers(crate::qmp, on = [Standard, Micro], otherwise = "unsupported")]
trait Unsupported {
    #[qmp_command]
    fn query_status(&self) -> qmp::StatusInfo;

    #[qmp_command]
    fn device_del(&self, id: u8) -> qmp_types::Result<()>;
}

impl Unsupported for Standard {}

impl Unsupported for Micro {}

struct Small;

#[qmp_types::handlers(crate::qmp, refuse = [stop])]
impl Small {}

#[qmp_types::handlers(crate::qmp, refuse = device_del, otherwise = "unsupported")]
impl Small {
    #[qmp_command]
    fn device_del(&self, _id: String) {}
}

struct Local;

#[qmp_types::handlers(crate::qmp, local)]
impl Local {
    #[qmp_command]
    async fn stop(&self) {}

    #[qmp_command(blocking)]
    fn device_del(&mut self, _id: String) {}
}

fn main() {}
