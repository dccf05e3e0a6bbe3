//! Waiting until a device is deleted.

use serde_json::Value;

use super::procedure::{Action, Filter, Input, Procedure};
use crate::client::OtherEvent;
use crate::{Error, Result};

/// Waits until a device is deleted: `DEVICE_DELETED`. It fails if the guest refuses to release the device
/// (`DEVICE_UNPLUG_GUEST_ERROR`, `MEM_UNPLUG_ERROR`).
///
/// ```no_run
/// # fn example(vm: &qmp_types::blocking::Client) -> qmp_types::Result<()> {
/// use std::time::Duration;
///
/// use qmp_types::qemu;
/// use serde_json::json;
///
/// let gone = qemu::blocking::device_deleted(vm, "net0");
/// vm.call_raw("device_del", &json!({ "id": "net0" }))?;
/// gone.timeout(Duration::from_secs(30)).wait()?; // on tokio: `.await?`
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct DeviceDeletion {
    device: String,
}

impl DeviceDeletion {
    pub(super) fn new(device: &str) -> Self {
        Self { device: device.to_owned() }
    }
}

impl Procedure for DeviceDeletion {
    type Output = ();

    fn names(&self) -> &'static [&'static str] {
        &["DEVICE_DELETED", "DEVICE_UNPLUG_GUEST_ERROR", "MEM_UNPLUG_ERROR"]
    }

    fn filter(&self) -> Filter {
        let device = self.device.clone();
        Box::new(move |event: &OtherEvent| event.data["device"] == *device || event.data["path"] == *device)
    }

    fn next(&mut self, input: Input) -> Result<Action<()>> {
        let Input::Event(event) = input else { return Ok(Action::AwaitEvent) };
        let device = &self.device;
        match (&*event.name, &event.data["msg"]) {
            ("DEVICE_DELETED", _) => Ok(Action::Done(())),
            (_, Value::String(reason)) => {
                Err(Error::generic(format!("the device `{device}` is not deleted: {reason}")))
            }
            _ => Err(Error::generic(format!("the device `{device}` is not deleted: the guest refuses to release it"))),
        }
    }

    fn description(&self) -> String {
        format!("the deletion of the device `{}`", self.device)
    }

    fn hint(&self) -> String {
        "; the guest may ignore the request to release the device".into()
    }
}
