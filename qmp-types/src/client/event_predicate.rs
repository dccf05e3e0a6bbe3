//! Predicates on decoded events.

use super::core::{EventNames, Predicate};
use super::{AnyEvent, Timestamped};

/// Returns the names of the events of a type.
pub(super) fn names_of<E: AnyEvent>() -> EventNames {
    EventNames { only: E::TYPE_NAME, patterns: Vec::new() }
}

/// Makes a predicate on decoded events one on received events. It accepts an event that cannot be decoded, whose
/// subscriber receives the error.
pub(super) fn decoding<E: AnyEvent>(mut wanted: impl FnMut(&E) -> bool + Send + 'static) -> Predicate {
    Box::new(move |event| Timestamped::decode(event).map_or(true, |event: Timestamped<E>| wanted(&event)))
}
