//! Random events of a mock, at an interval.

use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use crate::EventEmitter;
use crate::record::{Field, Writer};
use crate::testing::introspection::{Generator, Introspection};
use crate::testing::random::Random;

/// The source of a mock's events.
pub(super) struct RandomEvents {
    introspection: Arc<Introspection>,
    /// The names of all events, which emitters need for ever.
    names: Vec<&'static str>,
    seed: u64,
    integers: RangeInclusive<i64>,
}

impl RandomEvents {
    pub(super) fn new(
        introspection: &Arc<Introspection>,
        names: Vec<&'static str>,
        seed: u64,
        integers: RangeInclusive<i64>,
    ) -> Self {
        Self { introspection: Arc::clone(introspection), names, seed, integers }
    }

    /// Emits an event at each interval, on a thread, until the server is gone: then the channel is closed.
    pub(super) fn start(self, interval: Duration, emitter: EventEmitter, server_gone: Receiver<()>) {
        thread::spawn(move || {
            let mut count = 0;
            while server_gone.recv_timeout(interval) == Err(RecvTimeoutError::Timeout) {
                self.emit(count, &emitter);
                count += 1;
            }
        });
    }

    /// Emits the `count`th event. An event without a finite value is omitted.
    fn emit(&self, count: u64, emitter: &EventEmitter) {
        let mut random = Random::derived(self.seed, "", count);
        let Some(name) = random.pick(&self.names) else { return };
        let Some(ty) = self.introspection.event(name) else { return };
        let data = Generator::new(&self.introspection, random, self.integers.clone()).value(ty);
        if let Some(data) = data {
            let mut text = Writer::new();
            data.write(&mut text);
            emitter.emit_text(name, &text.into_bytes());
        }
    }
}
