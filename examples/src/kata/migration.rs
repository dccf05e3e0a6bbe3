//! Migration.

use super::qmp::{MigrateArgs, MigrateIncomingArgs, MigrationCapability, MigrationCapabilityStatus, MigrationInfo};
use super::{Monitor, Result};

impl Monitor {
    /// Leaves memory out of migrations that both machines share.
    ///
    /// # Errors
    /// As for any call.
    pub fn set_ignore_shared_memory_capability(&self) -> Result<()> {
        let shared = MigrationCapabilityStatus::new(MigrationCapability::XIgnoreShared, true);
        Ok(self.vm.migrate_set_capabilities([shared])?)
    }

    /// Begins to send the machine to this address, such as `unix:/run/migration.sock`.
    ///
    /// # Errors
    /// As for any call.
    pub fn migrate(&self, uri: &str) -> Result<()> {
        Ok(self.vm.migrate(MigrateArgs::new().uri(uri))?)
    }

    /// Waits for a machine at this address.
    ///
    /// # Errors
    /// If QEMU was not started with `-incoming defer`.
    pub fn migrate_incoming(&self, uri: &str) -> Result<()> {
        Ok(self.vm.migrate_incoming(MigrateIncomingArgs::new().uri(uri))?)
    }

    /// Returns how far the migration is.
    ///
    /// # Errors
    /// As for any call.
    pub fn query_migrate(&self) -> Result<MigrationInfo> {
        Ok(self.vm.query_migrate()?)
    }
}
