//! Waiting until a migration has finished.

use std::time::Duration;

use serde_json::{Value, json};

use super::procedure::{Action, Filter, Input, Procedure};
use crate::{Error, Result};

const CAPABILITIES: &str = "query-migrate-capabilities";
const STATUS: &str = "query-migrate";

/// How often the status is queried where QEMU sends no events.
const PAUSE: Duration = Duration::from_millis(100);

/// Waits until a migration is completed, at its source or its destination. It fails if the migration has failed, with the
/// reason from `query-migrate`, or was cancelled.
///
/// QEMU sends the events if the migration capability `events` is set (`migrate-set-capabilities`). Without it, the status
/// is queried ten times per second.
#[derive(Debug)]
pub struct MigrationEnd {
    events: bool,
    status: Option<String>,
    /// The command that is to be answered next.
    called: &'static str,
}

impl MigrationEnd {
    pub(super) fn new() -> Self {
        Self { events: false, status: None, called: "" }
    }

    fn call(&mut self, command: &'static str) -> Action<()> {
        self.called = command;
        Action::Call(command, json!({}))
    }

    /// Handles the status in an event or in a reply to `query-migrate`.
    fn observe(&mut self, data: &Value, reason_known: bool) -> Result<Action<()>> {
        let status = data["status"].as_str().unwrap_or_default();
        self.status = Some(status.to_owned());
        match status {
            "completed" => Ok(Action::Done(())),
            "failed" if !reason_known => Ok(self.call(STATUS)),
            "failed" => {
                let reason = data["error-desc"].as_str().unwrap_or("QEMU gives no reason");
                Err(Error::generic(format!("the migration has failed: {reason}")))
            }
            "cancelled" => Err(Error::generic("the migration was cancelled")),
            _ if self.events => Ok(Action::AwaitEvent),
            _ => Ok(Action::Pause(PAUSE)),
        }
    }
}

impl Procedure for MigrationEnd {
    type Output = ();

    fn names(&self) -> &'static [&'static str] {
        &["MIGRATION"]
    }

    fn filter(&self) -> Filter {
        Box::new(|_| true)
    }

    fn next(&mut self, input: Input) -> Result<Action<()>> {
        match input {
            Input::Start => Ok(self.call(CAPABILITIES)),
            Input::Reply(reply) if self.called == CAPABILITIES => {
                let has_events =
                    |capability: &Value| capability["capability"] == "events" && capability["state"] == true;
                self.events = reply?.as_array().is_some_and(|all| all.iter().any(has_events));
                Ok(if self.events { Action::AwaitEvent } else { self.call(STATUS) })
            }
            Input::Reply(reply) => self.observe(&reply?, true),
            Input::Event(event) => self.observe(&event.data, false),
            Input::Resume => Ok(self.call(STATUS)),
        }
    }

    fn description(&self) -> String {
        "the end of the migration".into()
    }

    fn hint(&self) -> String {
        let status = self.status.as_deref().filter(|status| !status.is_empty());
        status.map_or_else(|| "; it has not begun".into(), |status| format!("; its status is `{status}`"))
    }
}
