//! Migration: a thread sends the memory step by step while the machine runs on.

mod progress;
mod target;

use std::io::{self, Write};
use std::thread;
use std::time::Duration;

use qmp_types::{Context, Error, EventEmitter, Result};

use self::progress::Parameters;
pub(super) use self::progress::Progress;
use self::target::Target;
use super::Machine;
use crate::qmp::{MigrateSetParameters, MigrationInfo, MigrationParameters, MigrationStatus, RunState, events};

#[qmp_types::handlers(crate::qmp)]
impl Machine {
    #[qmp_command]
    fn migrate(&self, uri: String, cx: &Context) -> Result<()> {
        let target = Target::parse(&uri)?;
        let events = cx.events();
        if !self.0.migration.begin(&events) {
            return Err(Error::generic("There's a migration process in progress"));
        }
        let machine = self.clone();
        thread::spawn(move || {
            let outcome = machine.send_memory(&target, &events);
            machine.end_migration(outcome, &events);
        });
        Ok(())
    }

    /// Asynchronous: returns when the migration has ended.
    #[qmp_command]
    async fn migrate_cancel(&self, cx: &Context) {
        self.0.migration.cancel(&cx.events()).await;
    }

    #[qmp_command]
    fn query_migrate(&self) -> MigrationInfo {
        let total = self.lock().memory.size();
        self.0.migration.info(total)
    }

    #[qmp_command]
    fn migrate_set_parameters(&self, parameters: MigrateSetParameters) -> Result<()> {
        if parameters.downtime_limit.is_some_and(|limit| limit > 2_000_000) {
            return Err(Error::generic("Parameter 'downtime-limit' expects at most 2000000"));
        }
        if parameters.x_chunk_size == Some(0) {
            return Err(Error::generic("Parameter 'x-chunk-size' expects a positive number"));
        }
        self.0.migration.set_parameters(parameters);
        Ok(())
    }

    #[qmp_command]
    fn query_migrate_parameters(&self) -> MigrationParameters {
        let Parameters { max_bandwidth, downtime_limit, tls_hostname, chunk_size } = self.0.migration.parameters();
        MigrationParameters {
            max_bandwidth: Some(max_bandwidth),
            downtime_limit: Some(downtime_limit),
            tls_hostname: Some(tls_hostname),
            x_chunk_size: Some(chunk_size),
        }
    }
}

impl Machine {
    /// Sends all memory, or stops when the migration is cancelled. Runs on a thread of its own.
    fn send_memory(&self, target: &Target, events: &EventEmitter) -> io::Result<()> {
        let mut stream = target.open()?;
        self.0.migration.activate(events);
        let total = self.lock().memory.size();
        let mut sent = 0;
        while sent < total && self.0.migration.is_active() {
            let Parameters { chunk_size, max_bandwidth, .. } = self.0.migration.parameters();
            // About 10 ms of data: cancelling takes no longer than one step.
            let limit = if max_bandwidth == 0 { u64::MAX } else { max_bandwidth.div_ceil(100) };
            let chunk = limit.min(chunk_size.into()).min((total - sent) as u64) as usize;
            let bytes = self.lock().memory.slice(sent as u64, chunk as u64).map(<[u8]>::to_vec);
            stream.write_all(&bytes.map_err(io::Error::other)?)?;
            sent += chunk;
            self.0.migration.set_transferred(sent);
            if max_bandwidth > 0 {
                thread::sleep(Duration::from_secs_f64(chunk as f64 / max_bandwidth as f64));
            }
        }
        stream.flush()
    }

    /// After a completed migration the machine runs at the target.
    fn end_migration(&self, outcome: io::Result<()>, events: &EventEmitter) {
        self.0.migration.end(outcome, events, |status| {
            if *status == MigrationStatus::Completed && self.lock().leave_running(RunState::Postmigrate) {
                events.emit(events::Stop {});
            }
        });
    }
}
