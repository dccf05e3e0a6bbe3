//! The table of events that are limited to a rate.

use std::collections::HashMap;
use std::time::Duration;

use super::event_message::EventKey;
use crate::Event;
use crate::record::{Mode, Reader, Writer};

/// The events that a server limits to a rate, and by which members it tells their sources apart.
///
/// An event of the table is sent at once, and then not again for its interval. Of the events that are emitted in the
/// meantime, the newest is sent when the interval is over, with its own timestamp. The others are lost, so a rate suits
/// events that report a state, such as the size of a balloon, and not those that report a change.
///
/// Key members tell sources apart: each combination of their values has an interval of its own. An event that lacks one
/// of them is not limited, because its source is unknown.
///
/// An interval of zero limits nothing. Such an entry only tells [`EventOverflow::Coalesce`] which events supersede each
/// other.
///
/// [`EventOverflow::Coalesce`]: super::EventOverflow::Coalesce
///
/// ```
/// use std::time::Duration;
///
/// use qmp_types::server::EventRates;
///
/// // As QEMU does, and an event of one's own.
/// let rates = EventRates::qemu().limit("FAN_SPEED_CHANGE", Duration::from_millis(200), &["fan"]);
/// // qmp::server(vm).event_rates(rates)
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventRates {
    rates: HashMap<String, Rate>,
}

/// How often an event is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rate {
    interval: Duration,
    key_members: Vec<String>,
}

impl EventRates {
    /// Creates an empty table, which limits nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the event of this name, in place of an earlier entry. Names that the schema does not define have no effect.
    #[must_use]
    pub fn limit(mut self, event: &str, interval: Duration, key_members: &[&str]) -> Self {
        let key_members = key_members.iter().map(|&member| member.to_owned()).collect();
        self.rates.insert(event.to_owned(), Rate { interval, key_members });
        self
    }

    /// Adds an event by its generated type: `.limit_event::<qmp::events::BalloonChange>(..)`.
    #[must_use]
    pub fn limit_event<E: Event>(self, interval: Duration, key_members: &[&str]) -> Self {
        self.limit(E::NAME, interval, key_members)
    }

    /// Returns the interval of an event, if it is in the table.
    pub(super) fn interval(&self, event: &str) -> Option<Duration> {
        self.rates.get(event).map(|rate| rate.interval)
    }

    /// Returns the key of an event with this data, if the event is in the table and has all key members.
    pub(super) fn key(&self, event: &'static str, data: &[u8]) -> Option<EventKey> {
        let rate = self.rates.get(event)?;
        let mut members = Writer::append_to(Vec::new());
        if !rate.key_members.is_empty() {
            let data = Reader::new(str::from_utf8(data).ok()?, Mode::Lenient).any().ok()?;
            for member in &rate.key_members {
                members.any(data.get(member)?);
                members.separate();
            }
        }
        Some(EventKey { name: event, members: String::from_utf8_lossy(&members.into_bytes()).into() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(rates: &EventRates, data: &str) -> String {
        rates.key("E", data.as_bytes()).map_or_else(|| "none".into(), |key| key.members.to_string())
    }

    #[test]
    fn a_key_consists_of_the_values_of_its_members() {
        let second = Duration::from_secs(1);
        let by_name = EventRates::new().limit("E", second, &[]);
        assert_eq!(key(&by_name, r#"{"id": "a"}"#), key(&by_name, r#"{"id": "b"}"#));

        let by_id = by_name.limit("E", second, &["id", "port"]);
        assert_eq!(key(&by_id, r#"{"x": 1, "id": "a", "port": 2}"#), r#""a", 2, "#);
        assert_ne!(key(&by_id, r#"{"id": "a", "port": 2}"#), key(&by_id, r#"{"id": "a", "port": 3}"#));
        // A value cannot be mistaken for two, and a number not for a string.
        assert_ne!(key(&by_id, r#"{"id": "a\", \"b"}"#), key(&by_id, r#"{"id": "a", "port": "b"}"#));
        assert_eq!(key(&by_id, r#"{"id": "a"}"#), "none");
        assert_eq!(key(&EventRates::new(), "{}"), "none");
    }
}
