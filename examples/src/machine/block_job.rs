//! Block jobs: work that continues after its command has returned.

use std::thread;
use std::time::Duration;

use qmp_types::{Context, Error, EventEmitter, Result};

use super::Machine;
use super::block::Block;
use crate::qmp::{BlockJobInfo, JobType, events};

/// The time between two steps of a job.
const STEPS_PER_SECOND: i64 = 100;
/// The bytes that a job without a speed limit copies in a step.
const STEP_BYTES: i64 = 16 << 20;

/// A job that copies the contents of a backing node into the node above it.
#[derive(Debug)]
pub(super) struct Job {
    node: String,
    len: i64,
    offset: i64,
    /// Bytes per second; 0 means no limit.
    speed: i64,
    cancelled: bool,
}

#[qmp_types::handlers(crate::qmp)]
impl Machine {
    #[qmp_command]
    fn block_stream(&self, job_id: Option<String>, device: String, speed: Option<i64>, cx: &Context) -> Result<()> {
        let id = job_id.unwrap_or_else(|| device.clone());
        self.lock().block.start_job(id.clone(), device, speed.unwrap_or(0))?;
        let (machine, events) = (self.clone(), cx.events());
        thread::spawn(move || machine.run_job(&id, &events));
        Ok(())
    }

    #[qmp_command]
    fn block_job_cancel(&self, device: String) -> Result<()> {
        let mut state = self.lock();
        let job = state.block.jobs.get_mut(&device);
        job.ok_or_else(|| Error::device_not_active(format!("Block job '{device}' not found")))?.cancelled = true;
        Ok(())
    }

    #[qmp_command]
    fn query_block_jobs(&self) -> Vec<BlockJobInfo> {
        let state = self.lock();
        let info = |(id, job): (&String, &Job)| BlockJobInfo::new(JobType::Stream, id, job.len, job.offset, job.speed);
        state.block.jobs.iter().map(info).collect()
    }
}

impl Machine {
    fn run_job(&self, id: &str, events: &EventEmitter) {
        loop {
            thread::sleep(Duration::from_secs(1) / STEPS_PER_SECOND as u32);
            if let Some(completed) = self.lock().block.advance_job(id) {
                events.emit(completed);
                return;
            }
        }
    }
}

impl Block {
    /// Returns whether a job uses this node.
    pub(super) fn is_busy(&self, node: &str) -> bool {
        self.jobs.values().any(|job| job.node == node)
    }

    /// Cancels the job on this node.
    pub(super) fn cancel_job_on(&mut self, node: &str) {
        for job in self.jobs.values_mut().filter(|job| job.node == node) {
            job.cancelled = true;
        }
    }

    fn start_job(&mut self, id: String, node: String, speed: i64) -> Result<()> {
        let Some(backing) = self.graph.get(&node)?.backing.as_deref() else {
            return Err(Error::generic(format!("Node '{node}' has no backing node")));
        };
        let len = self.graph.get(backing)?.size as i64;
        if speed < 0 {
            return Err(Error::generic("Parameter 'speed' expects a non-negative value"));
        }
        if self.jobs.contains_key(&id) || self.is_busy(&node) {
            return Err(Error::generic(format!("Job ID '{id}' already in use")));
        }
        self.jobs.insert(id, Job { node, len, offset: 0, speed, cancelled: false });
        Ok(())
    }

    /// Makes a step, and emits an event when the job is completed.
    fn advance_job(&mut self, id: &str) -> Option<events::BlockJobCompleted> {
        let job = self.jobs.get_mut(id)?;
        if !job.cancelled {
            let bytes = if job.speed == 0 { STEP_BYTES } else { job.speed / STEPS_PER_SECOND };
            job.offset = job.len.min(job.offset.saturating_add(bytes.max(1)));
        }
        if !job.cancelled && job.offset < job.len {
            return None;
        }
        let job = self.jobs.remove(id)?;
        self.finish(&job);
        Some(events::BlockJobCompleted {
            error: job.cancelled.then(|| "The job was cancelled".to_owned()),
            ..events::BlockJobCompleted::new(JobType::Stream, id, job.len, job.offset, job.speed)
        })
    }

    /// Counts the bytes copied. A node that has everything loses its backing node.
    fn finish(&mut self, job: &Job) {
        let Ok(node) = self.graph.get_mut(&job.node) else { return };
        node.stats.wr_operations += 1;
        node.stats.wr_bytes += job.offset;
        if !job.cancelled
            && let Some(backing) = node.backing.take()
        {
            self.graph.release(&backing);
        }
    }
}
