//! Our server: a machine that idles, as QEMU does with the machine type `none`.

use std::os::unix::net::UnixListener;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use qmp_types::{Command, Context, Error, Handle, Outcome, Result, Value};
use tempfile::TempDir;

use crate::idle::qmp::{BlockNodeInfo, FdsetInfo, IoThreadInfo, JobInfo, NameInfo, UuidInfo, events};

mod qmp {
    qmp_types::schema!("tests/streams/schema.json", side = server);
}

/// A server that runs as long as the test does.
pub(crate) struct Running(TempDir);

impl Running {
    pub(crate) fn socket(&self) -> PathBuf {
        self.0.path().join("socket")
    }
}

/// Starts the server.
pub(crate) fn start() -> Running {
    let running = Running(tempfile::tempdir().unwrap());
    let listener = UnixListener::bind(running.socket()).unwrap();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        runtime.block_on(qmp::server(Idle::default()).tokio().serve(listener))
    });
    running
}

#[derive(Default)]
struct Idle {
    runs: AtomicBool,
}

#[qmp_types::handlers(crate::idle::qmp)]
impl Idle {
    #[qmp_command]
    fn query_name(&self) -> NameInfo {
        NameInfo { name: None }
    }

    #[qmp_command]
    fn query_uuid(&self) -> UuidInfo {
        UuidInfo::new("00000000-0000-0000-0000-000000000000")
    }

    #[qmp_command]
    fn query_iothreads(&self) -> Vec<IoThreadInfo> {
        Vec::new()
    }

    #[qmp_command]
    fn query_jobs(&self) -> Vec<JobInfo> {
        Vec::new()
    }

    #[qmp_command]
    fn query_fdsets(&self) -> Vec<FdsetInfo> {
        Vec::new()
    }

    #[qmp_command]
    fn query_named_block_nodes(&self, flat: Option<bool>) -> Vec<BlockNodeInfo> {
        let _ = flat;
        Vec::new()
    }

    #[qmp_command]
    fn stop(&self, cx: &Context) {
        if self.runs.swap(false, Ordering::Relaxed) {
            cx.emit(events::Stop {});
        }
    }

    #[qmp_command]
    fn cont(&self, cx: &Context) {
        if !self.runs.swap(true, Ordering::Relaxed) {
            cx.emit(events::Resume {});
        }
    }

    #[qmp_command]
    fn device_del(&self, id: String) -> Result<()> {
        Err(Error::device_not_found(id))
    }

    #[qmp_command]
    fn job_cancel(&self, id: String) -> Result<()> {
        let _ = id;
        Err(Error::generic("Job not found"))
    }

    #[qmp_command]
    fn object_del(&self, id: String) -> Result<()> {
        Err(Error::generic(format!("object '{id}' not found")))
    }

    #[qmp_command]
    fn chardev_remove(&self, id: String) -> Result<()> {
        Err(Error::generic(format!("Chardev '{id}' not found")))
    }

    #[qmp_command]
    fn closefd(&self, fdname: String) -> Result<()> {
        Err(Error::generic(format!("File descriptor named '{fdname}' not found")))
    }

    #[qmp_command]
    fn getfd(&self, fdname: String) -> Result<()> {
        let _ = fdname;
        Err(Error::generic("No file descriptor supplied via SCM_RIGHTS"))
    }

    #[qmp_command]
    fn qom_get(&self, path: String, property: String) -> Result<Value> {
        let _ = property;
        Err(Error::device_not_found(path))
    }

    #[qmp_command]
    fn migrate_pause(&self) -> Result<()> {
        Err(Error::generic("migrate-pause is currently only supported during postcopy-active state"))
    }
}

/// The commands that are sent with mistakes only, and so never get here.
macro_rules! mistaken {
    ($($command:ident)*) => {$(
        impl Handle<qmp::commands::$command> for Idle {
            fn handle<'a>(
                &'a self,
                _: <qmp::commands::$command as Command>::Arguments,
                cx: &'a Context,
            ) -> Outcome<'a, qmp::commands::$command> {
                Outcome::ready(Err(Error::generic(format!("{}: there was no mistake", cx.command().name))))
            }
        }
    )*};
}

mistaken! {
    AnnounceSelf BlockDirtyBitmapAdd BlockDirtyBitmapMerge BlockLatencyHistogramSet BlockResize BlockSetIoThrottle BlockdevAdd
    ChardevAdd ExpirePassword InputSendEvent MigrateRecover MigrateSetParameters NbdServerStart NetdevAdd ObjectAdd
    QomListTypes QomSet QueryCpuModelExpansion QueryRockerOfDpaFlows QueryRockerOfDpaGroups RingbufRead RingbufWrite
    Screendump SendKey SetAction SetLink SetNumaNode SetPassword SetVcpuDirtyLimit SnapshotDelete Transaction
    XBlockdevSetIothread XQueryVirtioQueueElement Yank
}
