//! Clocks, and the order of measuring: in turns, of each the least disturbed turn.

use std::hint::black_box;
use std::thread;
use std::time::Duration;

use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
use rustix::time::{ClockId, clock_gettime};

/// How often each of two things is measured.
const TURNS: usize = 9;

/// How long one turn takes at least.
const TURN: Duration = Duration::from_millis(60);

/// CPU time that this process used so far, all threads.
pub fn process_cpu() -> Duration {
    let now = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(now.tv_sec.unsigned_abs(), now.tv_nsec.unsigned_abs() as u32)
}

/// Two measurements in turns; of each the smallest. Other programs on the machine only ever add to a CPU time.
pub fn in_turns(mut ours: impl FnMut() -> f64, mut theirs: impl FnMut() -> f64) -> (f64, f64) {
    let least = |(a, b): (f64, f64), _| (a.min(ours()), b.min(theirs()));
    (0..TURNS).fold((f64::INFINITY, f64::INFINITY), least)
}

/// The least of as many turns.
pub fn least(measure: impl FnMut() -> f64) -> f64 {
    std::iter::repeat_with(measure).take(TURNS).fold(f64::INFINITY, f64::min)
}

/// Nanoseconds of CPU time that one call takes.
pub fn nanoseconds<T>(mut operation: impl FnMut() -> T) -> f64 {
    let mut count = 1;
    loop {
        let start = process_cpu();
        for _ in 0..count {
            black_box(operation());
        }
        let spent = process_cpu() - start;
        if spent >= TURN {
            return spent.as_nanos() as f64 / f64::from(count);
        }
        count *= if spent < TURN / 10 { 10 } else { 2 };
    }
}

/// Runs `work`, and the threads that it starts, on one CPU: else it is the scheduler that is measured.
pub fn on_one_cpu(work: impl FnOnce() + Send) {
    thread::scope(|scope| {
        scope.spawn(|| {
            pin();
            work();
        });
    });
}

fn pin() {
    let allowed = sched_getaffinity(None).expect("Linux tells the CPUs");
    let cpu = (0..CpuSet::MAX_CPU).rev().find(|cpu| allowed.is_set(*cpu)).expect("this runs on some CPU");
    let mut one = CpuSet::new();
    one.set(cpu);
    sched_setaffinity(None, &one).expect("Linux takes a CPU that it told");
}
