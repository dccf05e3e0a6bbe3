//! Waiting until a job is concluded.

use serde_json::{Value, json};

use super::procedure::{Action, Filter, Input, Procedure};
use crate::client::OtherEvent;
use crate::{Error, Result};

const STATUS: &str = "JOB_STATUS_CHANGE";
const BLOCK_JOB_COMPLETED: &str = "BLOCK_JOB_COMPLETED";
const BLOCK_JOB_CANCELLED: &str = "BLOCK_JOB_CANCELLED";

/// Waits until a job is concluded, by `JOB_STATUS_CHANGE`. It fails if the job has failed or was cancelled, with the error
/// that `query-jobs` or, for a job that QEMU has dismissed, `BLOCK_JOB_COMPLETED` reports.
///
/// A job that is `ready` or `pending` is not concluded: it waits for `job-complete` or `job-finalize`.
///
/// ```no_run
/// # fn example(vm: &qmp_types::blocking::Client) -> qmp_types::Result<()> {
/// use qmp_types::qemu;
/// use serde_json::json;
///
/// let streamed = qemu::blocking::job_concluded(vm, "stream0").dismiss();
/// vm.call_raw("block-stream", &json!({ "job-id": "stream0", "device": "disk0", "auto-dismiss": false }))?;
/// streamed.wait()?; // on tokio: `.await?`
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct JobConclusion {
    job: String,
    dismiss: bool,
    /// The last known status.
    status: Option<String>,
    /// The job was aborted: it has failed or was cancelled.
    aborted: bool,
    /// The failure, from an event or from `query-jobs`.
    failure: Option<String>,
    /// The command that is to be answered next.
    called: &'static str,
}

impl JobConclusion {
    pub(super) fn new(job: &str) -> Self {
        Self { job: job.to_owned(), dismiss: false, status: None, aborted: false, failure: None, called: "" }
    }

    pub(super) fn dismiss(&mut self) {
        self.dismiss = true;
    }

    fn call(&mut self, command: &'static str, arguments: Value) -> Action<()> {
        self.called = command;
        Action::Call(command, arguments)
    }

    fn observe(&mut self, event: &OtherEvent) -> Result<Action<()>> {
        match &*event.name {
            STATUS => {
                let status = event.data["status"].as_str().unwrap_or_default();
                self.aborted |= status == "aborting";
                self.status = Some(status.to_owned());
                match status {
                    "concluded" => return Ok(self.call("query-jobs", json!({}))),
                    "null" => return self.finish(),
                    _ => {}
                }
            }
            BLOCK_JOB_CANCELLED => self.failure = Some("it was cancelled".into()),
            _ => self.failure = event.data["error"].as_str().map(str::to_owned),
        }
        Ok(Action::AwaitEvent)
    }

    /// Handles the reply to `query-jobs`.
    fn look_up(&mut self, jobs: &Value) -> Result<Action<()>> {
        let found = jobs.as_array().into_iter().flatten().find(|found| found["id"] == *self.job);
        let Some(found) = found else {
            // Either it does not exist yet, or QEMU has dismissed it.
            return if self.status.as_deref() == Some("concluded") { self.finish() } else { Ok(Action::AwaitEvent) };
        };
        let status = found["status"].as_str().unwrap_or_default();
        self.status = Some(status.to_owned());
        if status != "concluded" {
            return Ok(Action::AwaitEvent);
        }
        if let Some(error) = found["error"].as_str() {
            self.failure = Some(error.to_owned());
        }
        match self.dismiss {
            true => Ok(self.call("job-dismiss", json!({ "id": self.job }))),
            false => self.finish(),
        }
    }

    fn finish(&mut self) -> Result<Action<()>> {
        let unknown = || "it was aborted, and QEMU has dismissed it with its error".to_owned();
        match self.failure.take().or_else(|| self.aborted.then(unknown)) {
            Some(failure) => Err(Error::generic(format!("the job `{}` has failed: {failure}", self.job))),
            None => Ok(Action::Done(())),
        }
    }
}

impl Procedure for JobConclusion {
    type Output = ();

    fn names(&self) -> &'static [&'static str] {
        &[STATUS, BLOCK_JOB_COMPLETED, BLOCK_JOB_CANCELLED]
    }

    fn filter(&self) -> Filter {
        let job = self.job.clone();
        Box::new(move |event| event.data["id"] == *job || event.data["device"] == *job)
    }

    fn next(&mut self, input: Input) -> Result<Action<()>> {
        match input {
            // The job may be concluded already, if the wait was created after it.
            Input::Start => Ok(self.call("query-jobs", json!({}))),
            Input::Event(event) => self.observe(&event),
            Input::Reply(Ok(_)) if self.called == "job-dismiss" => self.finish(),
            Input::Reply(jobs) => self.look_up(&jobs?),
            Input::Resume => Ok(Action::AwaitEvent),
        }
    }

    fn description(&self) -> String {
        format!("the end of the job `{}`", self.job)
    }

    fn hint(&self) -> String {
        match self.status.as_deref() {
            None => "; no such job has been seen".into(),
            Some("ready") => "; it is `ready`; help: complete it with `job-complete`".into(),
            Some("pending") => "; it is `pending`; help: finalize it with `job-finalize`".into(),
            Some(status) => format!("; its status is `{status}`"),
        }
    }
}
