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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_told_apart_as_qemu_does() {
        let rates = EventRates::qemu();
        let same_key = |event, one: &str, other: &str| {
            let key = |data: &str| rates.key(event, data.as_bytes());
            assert_eq!(rates.interval(event), Some(INTERVAL));
            key(one).is_some() && key(one) == key(other)
        };
        assert!(same_key("BALLOON_CHANGE", r#"{"actual": 1}"#, r#"{"actual": 2}"#));
        assert!(same_key("VSERPORT_CHANGE", r#"{"id": "a", "open": true}"#, r#"{"id": "a", "open": false}"#));
        assert!(!same_key("VSERPORT_CHANGE", r#"{"id": "a", "open": true}"#, r#"{"id": "b", "open": true}"#));
        // QEMU before 9.2 has no path here, and does not limit the event.
        assert!(!same_key("BLOCK_IO_ERROR", r#"{"device": "a"}"#, r#"{"device": "a"}"#));
        assert_eq!(rates.interval("STOP"), None);
    }
}
