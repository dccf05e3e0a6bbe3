//! The rate of a session's commands, without a clock.

use std::time::{Duration, Instant};

/// How many commands a session may execute per interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CommandRate {
    interval: Duration,
    /// The part of the interval that a command takes.
    cost: Duration,
}

/// What a session has used of its rate.
///
/// Each command takes its part of the interval, one after the other. The session may be ahead of the clock, by the parts
/// that are not over yet, as long as another part fits into one interval from now.
#[derive(Debug)]
pub(in crate::server) struct CommandBudget {
    rate: CommandRate,
    /// When the parts of all commands so far are over.
    used_until: Option<Instant>,
    /// When the next command may be executed, if not at once.
    ready_at: Option<Instant>,
}

impl CommandRate {
    /// Creates a rate; `count` is at least 1.
    pub(super) fn new(interval: Duration, count: u32) -> Self {
        let count = count.max(1);
        // A time that is a year ahead can be computed with any clock.
        let interval = interval.min(Duration::from_secs(365 * 86_400));
        // The interval that the parts add up to, so that rounding does not cost a command.
        let cost = interval / count;
        Self { interval: cost * count, cost }
    }
}

impl CommandBudget {
    pub(super) fn new(rate: CommandRate) -> Self {
        Self { rate, used_until: None, ready_at: None }
    }

    /// Takes a command from the budget. Returns whether the next one has to wait.
    pub(in crate::server) fn take(&mut self, now: Instant) -> bool {
        let CommandRate { interval, cost } = self.rate;
        let used_until = self.used_until.filter(|&until| until > now).unwrap_or(now) + cost;
        self.used_until = Some(used_until);
        self.ready_at = (used_until + cost > now + interval).then(|| used_until + cost - interval);
        self.ready_at.is_some()
    }

    /// Returns when the next command may be executed, if it has to wait.
    pub(in crate::server) fn ready_at(&self, now: impl FnOnce() -> Instant) -> Option<Instant> {
        self.ready_at.filter(|&at| at > now())
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    /// Takes as many commands as it may at this time.
    fn burst(budget: &mut CommandBudget, now: Instant) -> usize {
        let mut count = 0;
        while budget.ready_at(|| now).is_none() {
            budget.take(now);
            count += 1;
        }
        count
    }

    #[test]
    fn a_burst_then_one_at_a_time() {
        let start = Instant::now();
        let at = |milliseconds| start + Duration::from_millis(milliseconds);
        let mut budget = CommandBudget::new(CommandRate::new(Duration::from_secs(1), 4));
        assert_eq!(burst(&mut budget, start), 4);
        assert_eq!(budget.ready_at(|| start), Some(at(250)));
        assert_eq!(burst(&mut budget, at(249)), 0);
        assert_eq!(burst(&mut budget, at(250)), 1);
        assert_eq!(budget.ready_at(|| at(250)), Some(at(500)));
        assert_eq!(burst(&mut budget, at(9000)), 4, "after a pause, a whole burst, and not more");
    }

    proptest! {
        #[test]
        fn no_window_has_more_than_its_share(
            pauses in vec(0..40_u64, 1..200),
            (count, interval) in (1..20_u32, 1..100_u64),
        ) {
            let start = Instant::now();
            let mut budget = CommandBudget::new(CommandRate::new(Duration::from_millis(interval), count));
            let (mut now, mut taken) = (start, Vec::new());
            for pause in pauses {
                now += Duration::from_millis(pause);
                now = budget.ready_at(|| now).unwrap_or(now);
                prop_assert_eq!(budget.ready_at(|| now), None, "a session that waits as long as it is told");
                budget.take(now);
                taken.push(now);
            }
            for (first, &from) in taken.iter().enumerate() {
                for (last, &to) in taken.iter().enumerate().skip(first) {
                    let share = f64::from(count) * (1.0 + (to - from).as_secs_f64() * 1e3 / interval as f64);
                    // Rounding the parts down to nanoseconds may give one more.
                    prop_assert!((last - first) as f64 <= share, "{} in {:?}", last - first + 1, to - from);
                }
            }
        }
    }
}
