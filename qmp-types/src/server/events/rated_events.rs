//! The events of a server between their emission and its clients: formatted, and limited to their rates.

use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Instant;

use super::EventRates;
use super::event_message::{EventKey, EventMessage};
use super::rate_limiter::{Offered, RateLimiter};
use crate::Timestamp;
use crate::sync::lock;

/// The rates of a server's events, and the events that are kept until they may be sent.
#[derive(Debug, Default)]
pub(in crate::server) struct RatedEvents {
    rates: RwLock<EventRates>,
    limiter: Mutex<RateLimiter<EventKey, Arc<EventMessage>>>,
}

/// The fate of an emitted event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum Emitted {
    /// It was sent.
    Sent,
    /// It was sent, and an interval has started: the deadline may have changed.
    SentAndLimited,
    /// It was kept.
    Kept,
    /// It was kept, in place of an older one.
    Replaced,
}

impl RatedEvents {
    /// Changes the rates. Intervals that run are not affected.
    pub(in crate::server) fn change_rates(&self, change: impl FnOnce(EventRates) -> EventRates) {
        let mut rates = self.rates.write().unwrap_or_else(PoisonError::into_inner);
        *rates = change(std::mem::take(&mut rates));
    }

    /// Passes the event to `send` if it is to be sent now. `data` is an object as JSON text.
    ///
    /// Events of the same key are sent in their order, so an event with a key is sent under a lock.
    pub(in crate::server) fn emit(
        &self,
        name: &'static str,
        data: &[u8],
        send: impl FnOnce(&Arc<EventMessage>),
    ) -> Emitted {
        let rates = self.rates.read().unwrap_or_else(PoisonError::into_inner);
        let message = Arc::new(EventMessage::new(name, data, Timestamp::now(), rates.key(name, data)));
        let interval = rates.interval(name);
        drop(rates);
        let (Some(key), Some(interval)) = (&message.key, interval) else {
            send(&message);
            return Emitted::Sent;
        };
        let mut limiter = lock(&self.limiter);
        match limiter.offer(key, interval, Arc::clone(&message), Instant::now()) {
            Offered::Send(message) => {
                send(&message);
                if interval.is_zero() { Emitted::Sent } else { Emitted::SentAndLimited }
            }
            Offered::Kept => Emitted::Kept,
            Offered::Replaced => Emitted::Replaced,
        }
    }

    /// Returns when [`on_deadline`](Self::on_deadline) is to be called.
    pub(in crate::server) fn deadline(&self) -> Option<Instant> {
        lock(&self.limiter).deadline()
    }

    /// Passes the events to `send` whose intervals are over.
    pub(in crate::server) fn on_deadline(&self, now: Instant, send: impl Fn(&Arc<EventMessage>)) {
        lock(&self.limiter).on_deadline(now, |message| send(&message));
    }
}
