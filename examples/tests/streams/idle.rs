//! Our server: a machine that idles, as QEMU does with the machine type `none`.

use std::os::unix::net::UnixListener;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use qmp_types::{Context, Error, Result, Value};
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

/// Starts the blocking server.
pub(crate) fn start() -> Running {
    serve(|listener| qmp::server(Idle::default()).serve(listener))
}

/// Starts the tokio server.
pub(crate) fn start_async() -> Running {
    serve(|listener| {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        runtime.block_on(qmp::server(Idle::default()).tokio().serve(listener))
    })
}

fn serve(serve: impl FnOnce(UnixListener) -> Result<()> + Send + 'static) -> Running {
    let running = Running(tempfile::tempdir().unwrap());
    let listener = UnixListener::bind(running.socket()).unwrap();
    thread::spawn(move || serve(listener));
    running
}

#[derive(Default)]
struct Idle {
    runs: AtomicBool,
}

// The commands that are refused are sent with mistakes only.
#[qmp_types::handlers(
    crate::idle::qmp,
    refuse = [
        announce_self, block_dirty_bitmap_add, block_dirty_bitmap_merge, block_latency_histogram_set,
        block_resize, block_set_io_throttle, blockdev_add, chardev_add, expire_password, input_send_event,
        migrate_recover, migrate_set_parameters, nbd_server_start, netdev_add, object_add, qom_list_types,
        qom_set, query_cpu_model_expansion, query_rocker_of_dpa_flows, query_rocker_of_dpa_groups,
        ringbuf_read, ringbuf_write, screendump, send_key, set_action, set_link, set_numa_node, set_password,
        set_vcpu_dirty_limit, snapshot_delete, transaction, x_blockdev_set_iothread,
        x_query_virtio_queue_element, yank
    ],
    otherwise = "{command}: there was no mistake"
)]
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
    fn query_named_block_nodes(&self, _flat: Option<bool>) -> Vec<BlockNodeInfo> {
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
    fn job_cancel(&self, _id: String) -> Result<()> {
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
    fn getfd(&self, _fdname: String) -> Result<()> {
        Err(Error::generic("No file descriptor supplied via SCM_RIGHTS"))
    }

    #[qmp_command]
    fn qom_get(&self, path: String, _property: String) -> Result<Value> {
        Err(Error::device_not_found(path))
    }

    #[qmp_command]
    fn migrate_pause(&self) -> Result<()> {
        Err(Error::generic("migrate-pause is currently only supported during postcopy-active state"))
    }
}
