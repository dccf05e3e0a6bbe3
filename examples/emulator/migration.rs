//! Migration, which is never under way. Its commands can be executed out of band: they wait for no lock.

use std::sync::atomic::{AtomicBool, Ordering};

use qmp_types::{Error, Result};

use crate::qmp::{MigrationCapability, MigrationCapabilityStatus};

/// The capabilities.
#[derive(Default)]
pub(crate) struct Migration {
    events: AtomicBool,
}

#[qmp_types::handlers(crate::qmp, part_of = crate::Emulator.migration)]
impl Migration {
    #[qmp_command]
    fn query_migrate_capabilities(&self) -> Vec<MigrationCapabilityStatus> {
        vec![MigrationCapabilityStatus::new(MigrationCapability::Events, self.events.load(Ordering::Relaxed))]
    }

    #[qmp_command]
    fn migrate_set_capabilities(&self, capabilities: Vec<MigrationCapabilityStatus>) {
        for status in capabilities.iter().filter(|status| status.capability == MigrationCapability::Events) {
            self.events.store(status.state, Ordering::Relaxed);
        }
    }

    #[qmp_command]
    fn migrate_pause(&self) -> Result<()> {
        Err(Error::generic("migrate-pause is currently only supported during postcopy-active state"))
    }
}
