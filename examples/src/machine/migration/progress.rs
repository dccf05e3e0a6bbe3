//! The progress of the newest migration, shared by handlers and the sending thread.

use std::io;
use std::time::{Duration, Instant};

use qmp_types::EventEmitter;
use tokio::sync::watch;

use crate::qmp::{MigrateSetParameters, MigrationInfo, MigrationStats, MigrationStatus, StrOrNull, events};

const PAGE_SIZE: i64 = 4096;

/// The newest migration, and the migration parameters.
#[derive(Debug)]
pub(in super::super) struct Progress(watch::Sender<Migration>);

#[derive(Debug)]
struct Migration {
    status: MigrationStatus,
    parameters: Parameters,
    started: Instant,
    took: Option<Duration>,
    transferred: usize,
    error: Option<String>,
}

/// The migration parameters.
#[derive(Debug, Clone)]
pub(super) struct Parameters {
    /// Bytes per second; 0 means no limit.
    pub(super) max_bandwidth: u64,
    pub(super) downtime_limit: u64,
    pub(super) tls_hostname: String,
    pub(super) chunk_size: u32,
}

impl Default for Progress {
    fn default() -> Self {
        let tls_hostname = String::new();
        let parameters =
            Parameters { max_bandwidth: 128 << 20, downtime_limit: 300, tls_hostname, chunk_size: 1 << 18 };
        let (status, started) = (MigrationStatus::None, Instant::now());
        Self(watch::Sender::new(Migration { status, parameters, started, took: None, transferred: 0, error: None }))
    }
}

impl Progress {
    /// Begins a migration. Returns `false` if one is running.
    pub(super) fn begin(&self, events: &EventEmitter) -> bool {
        self.advance(events, |migration| {
            use MigrationStatus::{Active, Cancelling, Setup};
            if matches!(migration.status, Setup | Active | Cancelling) {
                return None;
            }
            (migration.started, migration.took) = (Instant::now(), None);
            (migration.transferred, migration.error) = (0, None);
            Some(Setup)
        })
    }

    /// Notes that the target has accepted the connection, unless the migration was cancelled meanwhile.
    pub(super) fn activate(&self, events: &EventEmitter) {
        self.advance(events, |migration| {
            (migration.status == MigrationStatus::Setup).then_some(MigrationStatus::Active)
        });
    }

    /// Cancels the migration, if one is running, and waits for its end.
    pub(super) async fn cancel(&self, events: &EventEmitter) {
        self.advance(events, |migration| {
            use MigrationStatus::{Active, Cancelling, Setup};
            matches!(migration.status, Setup | Active).then_some(Cancelling)
        });
        let mut progress = self.0.subscribe();
        // `wait_for` fails only if the sender is dropped, and `self` holds it.
        let _ = progress.wait_for(|migration| migration.status != MigrationStatus::Cancelling).await;
    }

    /// Ends the migration. Calls `before` with the final status before others can see it.
    pub(super) fn end(&self, outcome: io::Result<()>, events: &EventEmitter, before: impl FnOnce(&MigrationStatus)) {
        self.advance(events, |migration| {
            let status = match outcome {
                _ if migration.status == MigrationStatus::Cancelling => MigrationStatus::Cancelled,
                Ok(()) => MigrationStatus::Completed,
                Err(error) => {
                    migration.error = Some(error.to_string());
                    MigrationStatus::Failed
                }
            };
            migration.took = Some(migration.started.elapsed());
            before(&status);
            Some(status)
        });
    }

    pub(super) fn is_active(&self) -> bool {
        self.0.borrow().status == MigrationStatus::Active
    }

    pub(super) fn set_transferred(&self, bytes: usize) {
        self.0.send_modify(|migration| migration.transferred = bytes);
    }

    pub(super) fn parameters(&self) -> Parameters {
        self.0.borrow().parameters.clone()
    }

    /// Replaces the parameters that are given.
    pub(super) fn set_parameters(&self, given: MigrateSetParameters) {
        self.0.send_modify(|Migration { parameters, .. }| {
            parameters.max_bandwidth = given.max_bandwidth.unwrap_or(parameters.max_bandwidth);
            parameters.downtime_limit = given.downtime_limit.unwrap_or(parameters.downtime_limit);
            parameters.chunk_size = given.x_chunk_size.unwrap_or(parameters.chunk_size);
            match given.tls_hostname {
                Some(StrOrNull::S(name)) => parameters.tls_hostname = name,
                Some(_) => parameters.tls_hostname.clear(),
                None => {}
            }
        });
    }

    /// Describes the migration for `query-migrate`; `total` is the size of the memory in bytes.
    pub(super) fn info(&self, total: usize) -> MigrationInfo {
        let migration = self.0.borrow();
        if migration.status == MigrationStatus::None {
            return MigrationInfo::default();
        }
        let time = migration.took.unwrap_or_else(|| migration.started.elapsed());
        let sent = migration.transferred;
        let mbps = sent as f64 * 8e-6 / time.as_secs_f64().max(1e-3);
        MigrationInfo {
            status: Some(migration.status.clone()),
            ram: Some(MigrationStats::new(sent as i64, (total - sent) as i64, total as i64, mbps, PAGE_SIZE)),
            total_time: Some(time.as_millis() as i64),
            error_desc: migration.error.clone(),
        }
    }

    /// Changes to the status that `next` returns, if any, and emits the event, under one lock: both become visible together.
    fn advance(&self, events: &EventEmitter, next: impl FnOnce(&mut Migration) -> Option<MigrationStatus>) -> bool {
        self.0.send_if_modified(|migration| {
            let Some(status) = next(migration) else { return false };
            migration.status = status.clone();
            events.emit(events::Migration::new(status));
            true
        })
    }
}
