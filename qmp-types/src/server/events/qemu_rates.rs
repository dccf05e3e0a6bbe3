//! The rates of QEMU's events: facts about one server, which apply only where its author asks for them.

use std::time::Duration;

use super::EventRates;

/// The events that QEMU 11.1 limits, and their key members.
const LIMITED: &[(&str, &[&str])] = &[
    ("RTC_CHANGE", &[]),
    ("WATCHDOG", &[]),
    ("BALLOON_CHANGE", &[]),
    ("BLOCK_IO_ERROR", &["qom-path"]),
    ("QUORUM_REPORT_BAD", &["node-name"]),
    ("QUORUM_FAILURE", &[]),
    ("VSERPORT_CHANGE", &["id"]),
    ("MEMORY_DEVICE_SIZE_CHANGE", &["qom-path"]),
    ("HV_BALLOON_STATUS_REPORT", &[]),
];

/// QEMU's interval.
const INTERVAL: Duration = Duration::from_secs(1);

impl EventRates {
    /// Creates the table of QEMU: nine events such as `BALLOON_CHANGE`, each at most once a second.
    #[must_use]
    pub fn qemu() -> Self {
        LIMITED.iter().fold(Self::new(), |rates, (event, key_members)| rates.limit(event, INTERVAL, key_members))
    }
}
