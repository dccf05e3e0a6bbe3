//! The algorithm that limits events to a rate, without IO and without a clock.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::hash::Hash;
use std::time::{Duration, Instant};

/// Limits the messages of each key to one per interval; of those in between, it keeps the newest.
///
/// A key without a running interval is idle: its message goes out at once and starts an interval. During the interval,
/// a message is kept in place of an earlier one. At its end, the kept message goes out and starts another interval, or
/// the key becomes idle again if none was kept.
#[derive(Debug)]
pub(super) struct RateLimiter<K, M> {
    running: HashMap<K, Interval<M>>,
    /// The end of each running interval, the earliest first.
    ends: BinaryHeap<Reverse<(Instant, K)>>,
}

#[derive(Debug)]
struct Interval<M> {
    length: Duration,
    kept: Option<M>,
}

/// The decision about a message.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Offered<M> {
    /// Send it now.
    Send(M),
    /// The message was kept for the end of the interval.
    Kept,
    /// The message was kept in place of an earlier one, which is lost.
    Replaced,
}

impl<K: Ord, M> Default for RateLimiter<K, M> {
    fn default() -> Self {
        Self { running: HashMap::new(), ends: BinaryHeap::new() }
    }
}

impl<K: Clone + Eq + Hash + Ord, M> RateLimiter<K, M> {
    /// Decides about a message. `interval` counts if the message starts one.
    pub(super) fn offer(&mut self, key: &K, interval: Duration, message: M, now: Instant) -> Offered<M> {
        if let Some(running) = self.running.get_mut(key) {
            return match running.kept.replace(message) {
                None => Offered::Kept,
                Some(_) => Offered::Replaced,
            };
        }
        // An interval of zero, or one that never ends, has no timer.
        if let (false, Some(end)) = (interval.is_zero(), now.checked_add(interval)) {
            self.running.insert(key.clone(), Interval { length: interval, kept: None });
            self.ends.push(Reverse((end, key.clone())));
        }
        Offered::Send(message)
    }

    /// Returns when [`on_deadline`](Self::on_deadline) is to be called.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.ends.peek().map(|Reverse((end, _))| *end)
    }

    /// Ends the intervals that are over, and passes the kept messages to `send`.
    pub(super) fn on_deadline(&mut self, now: Instant, mut send: impl FnMut(M)) {
        let mut restarted = Vec::new();
        while self.deadline().is_some_and(|end| end <= now) {
            let Some(Reverse((_, key))) = self.ends.pop() else { break };
            let Some(interval) = self.running.get_mut(&key) else { continue };
            match interval.kept.take() {
                None => _ = self.running.remove(&key),
                Some(message) => {
                    send(message);
                    // The interval was added to a time before, so it does not overflow unless the clock ends.
                    restarted.push(Reverse((now.checked_add(interval.length).unwrap_or(now), key)));
                }
            }
        }
        // Only now, so that a very short interval does not end a second time in this call.
        self.ends.extend(restarted);
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    /// What happens at a millisecond: an event of a source is emitted, or the timer is served.
    #[derive(Debug, Clone)]
    enum Step {
        Emit { source: usize },
        Wait { milliseconds: u64 },
    }

    const INTERVALS: [u64; 3] = [10, 10, 25];

    /// A naive model: a state per source, looked at every millisecond.
    #[derive(Default)]
    struct Model {
        /// For each source, the end of its interval and the kept event.
        sources: [Option<(u64, Option<u32>)>; 3],
        sent: Vec<(u64, u32)>,
    }

    impl Model {
        fn emit(&mut self, now: u64, source: usize, event: u32) {
            match &mut self.sources[source] {
                Some((_, kept)) => *kept = Some(event),
                idle => {
                    *idle = Some((now + INTERVALS[source], None));
                    self.sent.push((now, event));
                }
            }
        }

        fn tick(&mut self, now: u64) {
            let mut due = Vec::new();
            for (source, state) in self.sources.iter_mut().enumerate() {
                match *state {
                    Some((end, None)) if end == now => *state = None,
                    Some((end, Some(event))) if end == now => {
                        due.push(event);
                        *state = Some((now + INTERVALS[source], None));
                    }
                    _ => {}
                }
            }
            due.sort_unstable();
            self.sent.extend(due.into_iter().map(|event| (now, event)));
        }
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            3 => (0..INTERVALS.len()).prop_map(|source| Step::Emit { source }),
            2 => (0..30_u64).prop_map(|milliseconds| Step::Wait { milliseconds }),
        ]
    }

    proptest! {
        #[test]
        fn agrees_with_a_model_that_looks_at_every_millisecond(steps in vec(step(), 0..200)) {
            let start = Instant::now();
            let at = |milliseconds: u64| start + Duration::from_millis(milliseconds);
            let (mut limiter, mut model) = (RateLimiter::default(), Model::default());
            let (mut sent, mut now) = (Vec::new(), 0_u64);
            for (event, step) in steps.into_iter().enumerate() {
                let event = event as u32;
                match step {
                    Step::Emit { source } => {
                        model.emit(now, source, event);
                        let interval = Duration::from_millis(INTERVALS[source]);
                        if let Offered::Send(event) = limiter.offer(&source, interval, event, at(now)) {
                            sent.push((now, event));
                        }
                    }
                    Step::Wait { milliseconds } => {
                        for _ in 0..milliseconds {
                            now += 1;
                            model.tick(now);
                            // A driver that sleeps until the deadline wakes up at this time.
                            if limiter.deadline() == Some(at(now)) {
                                let mut due = Vec::new();
                                limiter.on_deadline(at(now), |event| due.push(event));
                                due.sort_unstable();
                                sent.extend(due.into_iter().map(|event| (now, event)));
                            }
                        }
                    }
                }
                prop_assert!(limiter.deadline().is_none_or(|end| end > at(now)));
            }
            prop_assert_eq!(sent, model.sent);
        }
    }

    #[test]
    fn a_late_timer_sends_once_and_starts_a_whole_interval() {
        let (start, second) = (Instant::now(), Duration::from_secs(1));
        let mut limiter = RateLimiter::default();
        assert_eq!(limiter.offer(&"key", second, 1, start), Offered::Send(1));
        assert_eq!(limiter.offer(&"key", second, 2, start), Offered::Kept);
        assert_eq!(limiter.offer(&"key", second, 3, start + 5 * second), Offered::Replaced, "the timer has not run");
        let mut sent = Vec::new();
        limiter.on_deadline(start + 5 * second, |event| sent.push(event));
        assert_eq!(sent, [3]);
        assert_eq!(limiter.deadline(), Some(start + 6 * second));
        limiter.on_deadline(start + 6 * second, |_| panic!("nothing was kept"));
        assert_eq!((limiter.deadline(), limiter.running.len()), (None, 0), "the key is forgotten");
    }

    #[test]
    fn an_interval_of_zero_limits_nothing() {
        let now = Instant::now();
        let mut limiter = RateLimiter::default();
        for event in 0..3 {
            assert_eq!(limiter.offer(&"key", Duration::ZERO, event, now), Offered::Send(event));
        }
        assert_eq!(limiter.offer(&"key", Duration::MAX, 3, now), Offered::Send(3));
        assert_eq!(limiter.deadline(), None);
    }
}
