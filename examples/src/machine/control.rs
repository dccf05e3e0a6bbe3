//! Queries about the machine as a whole, and `quit`.

use std::path::Path;

use qmp_types::{Context, qmp_command};

use super::Machine;
use crate::qmp::{KvmInfo, NameInfo, ShutdownCause, UuidInfo, events};

#[qmp_types::handlers(crate::qmp)]
impl Machine {
    #[qmp_command]
    fn query_name(&self) -> NameInfo {
        NameInfo { name: self.config().name.clone() }
    }

    #[qmp_command]
    fn query_uuid(&self) -> UuidInfo {
        UuidInfo::new(&self.config().uuid)
    }
}

/// A free function can be a handler, too. This one asks the host, not the machine.
#[qmp_command(crate::qmp)]
fn query_kvm(_vm: &Machine) -> KvmInfo {
    KvmInfo::new(false, Path::new("/dev/kvm").exists())
}

#[qmp_command(crate::qmp)]
fn quit(_vm: &Machine, cx: &Context) {
    cx.emit(events::Shutdown::new(false, ShutdownCause::HostQmpQuit));
    cx.shutdown();
}
