//! An event before it is decoded.

use crate::Timestamp;
use crate::record::MissingMembers;

/// An event as it was received. Its data is decoded by the subscriber, outside of all locks.
#[derive(Debug)]
pub(crate) struct RawEvent {
    pub(crate) name: String,
    pub(crate) timestamp: Timestamp,
    /// The text of `data`, if the event has any.
    pub(crate) data: Option<String>,
    /// How the data is decoded.
    pub(crate) missing_members: MissingMembers,
}

/// Identifies a subscription of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SubscriptionId(pub(super) u64);
