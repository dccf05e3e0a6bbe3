//! A server of the schema.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};
use std::thread::{self, JoinHandle};

use qmp_types::transport::Stream;
use qmp_types::{ClientOptions, Context, Error, Result, handlers};

use crate::qmp::{HumanReadableText, StatusInfo, YankInstance, blocking, events, server};

/// A machine that only remembers whether it runs.
#[derive(Debug, Default)]
pub(crate) struct Machine {
    running: AtomicBool,
    /// How many calls of `cont` fail before one succeeds.
    pub(crate) failures: AtomicU32,
}

#[handlers(crate::qmp)]
impl Machine {
    #[qmp_command]
    fn query_status(&self) -> StatusInfo {
        let running = self.running.load(Relaxed);
        StatusInfo::new(running, if running { "running" } else { "paused" })
    }

    #[qmp_command]
    fn stop(&self, cx: &Context) {
        self.running.store(false, Relaxed);
        cx.emit(events::Stop {});
    }

    #[qmp_command]
    async fn cont(&self) -> Result<()> {
        let fails = self.failures.fetch_update(Relaxed, Relaxed, |left| left.checked_sub(1)).is_ok();
        if fails {
            return Err(Error::device_not_active("the machine is not ready"));
        }
        self.running.store(true, Relaxed);
        Ok(())
    }

    #[qmp_command]
    async fn device_del(&self, id: String) -> Result<()> {
        if id == "never" {
            std::future::pending::<()>().await;
        }
        Err(Error::device_not_found(id))
    }

    #[qmp_command]
    fn query_yank(&self, cx: &Context) -> Result<Vec<YankInstance>> {
        if cx.is_oob() { Ok(Vec::new()) } else { Err(Error::generic("not out of band")) }
    }

    #[qmp_command]
    fn x_query_irq(&self, cx: &Context) -> HumanReadableText {
        HumanReadableText::new(if cx.take_fd().is_some() { "a descriptor" } else { "no interrupts" })
    }
}

/// Serves a machine to one client, until that disconnects.
pub(crate) fn serve(machine: Machine) -> (blocking::Client, JoinHandle<()>) {
    let (ours, theirs) = Stream::pair().unwrap();
    let serving = thread::spawn(move || server(machine).serve_stream(theirs).unwrap());
    (blocking::Client::from_stream_with(ours, &ClientOptions::new().enable_oob()).unwrap(), serving)
}
