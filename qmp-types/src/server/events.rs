//! Events on their way to the clients: how often each is sent, and how many may wait.
//!
//! An event is formatted once (`event_message`). The `rate_limiter` decides whether it is sent now, later or never, by
//! the author's table of `event_rates`. What a client does not read at once waits in its `event_queue`.

mod event_message;
mod event_queue;
mod event_queue_limits;
mod event_rates;
mod qemu_rates;
mod rate_limiter;
mod rate_timer;
mod rated_events;

pub(super) use self::event_message::EventMessage;
pub(super) use self::event_queue::{EventQueue, Pushed};
pub use self::event_queue_limits::{EventOverflow, EventQueueLimits};
pub use self::event_rates::EventRates;
pub(super) use self::rate_timer::{RateTimer, Timed};
pub(super) use self::rated_events::{Emitted, RatedEvents};
