//! The races of threads that wait on one connection, explored by `shuttle`: it runs each scenario in many orders of the
//! threads, and reports an order in which none of them can continue. `.ci/steps/races` runs it.

mod server;
mod simulated_stream;

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use shuttle::scheduler::{PctScheduler, RandomScheduler};
use shuttle::sync::{Condvar, Mutex};
use shuttle::thread::{self, JoinHandle};
use shuttle::{Config, Runner};

use self::server::Behaviour;
use self::simulated_stream::SimulatedStream;
use super::connection::BlockingConnection;
use crate::client::ClientOptions;
use crate::client::core::{EndWaiter, EventNames, EventWaiter, RawEvent, ReplyWaiter, Request, SentCall};
use crate::client::deadline::Deadline;
use crate::client::shared_connection::{Share, SharedConnection, Subscribed};
use crate::{Error, Result};

type Connection = Share<BlockingConnection<SimulatedStream>>;

/// Each scenario runs in this number of random orders, and in as many that delay threads at a few places only.
const ORDERS: usize = 2000;

/// Every run explores the same orders. With a number in the environment variable `SHUTTLE_RANDOM_SEED`, a run explores
/// others.
const SEED: u64 = 1;

/// A server that sends events.
const TICKS: Behaviour = Behaviour { ticks: true, replies: None };

/// The number of places at which [`PctScheduler`] delays a thread.
const DELAYS: usize = 3;

/// The memory of a thread's stack, in bytes.
const STACK: usize = 512 << 10;

#[test]
fn each_call_receives_its_own_reply() {
    explore(Behaviour::default(), |connection| {
        [10, 20, 30].map(|first| {
            spawn(connection, move |connection| {
                for n in [first, first + 1] {
                    assert_eq!(call(connection, n).unwrap(), n);
                }
            })
        })
    });
}

#[test]
fn calls_begun_together_are_waited_for_on_other_threads() {
    explore(Behaviour::default(), |connection| {
        [1, 2, 3].map(|n| {
            let begun = begin(connection, n);
            spawn(connection, move |connection| assert_eq!(wait(connection, begun).unwrap(), n))
        })
    });
}

#[test]
fn calls_that_are_given_up_leave_the_others_alone() {
    explore(Behaviour::default(), |connection| {
        [
            spawn(connection, |connection| assert_eq!(call(connection, 1).unwrap(), 1)),
            spawn(connection, |connection| assert_eq!(call(connection, 2).unwrap(), 2)),
            spawn(connection, |connection| {
                let begun = begin(connection, 3);
                thread::yield_now();
                connection.abandon(begun);
            }),
            spawn(connection, |connection| {
                let result = call_within(connection, 4, Some(Duration::ZERO));
                assert!(result.as_ref().map_or_else(Error::is_timeout, |n| *n == 4), "{result:?}");
            }),
        ]
    });
}

#[test]
fn events_are_received_beside_calls() {
    explore(TICKS, |connection| {
        let all = ticks(connection);
        let second = connection.subscribe_first(tick(), Box::new(|event| number_of(event) == 2));
        [
            // The second event does not come before the first call has returned.
            spawn(connection, |connection| assert_eq!([1, 2].map(|n| call(connection, n).unwrap()), [1, 2])),
            spawn(connection, move |_| assert_eq!([1, 2].map(|_| next_tick(&all).unwrap()), [1, 2])),
            spawn(connection, move |_| assert_eq!(next_tick(&second).unwrap(), 2)),
        ]
    });
}

#[test]
fn predicates_of_other_threads_are_run_by_any_thread() {
    explore(TICKS, |connection| {
        let (any, second) = (ticks(connection), ticks(connection));
        second.set_predicate(Box::new(|event| {
            thread::yield_now();
            number_of(event) == 2
        }));
        [
            spawn(connection, |connection| assert_eq!([1, 2].map(|n| call(connection, n).unwrap()), [1, 2])),
            // Does not wait for an event, but runs the predicates on those that have arrived.
            spawn(connection, move |_| {
                for _ in 0..3 {
                    any.set_predicate(Box::new(|_| true));
                }
            }),
            spawn(connection, move |_| assert_eq!(next_tick(&second).unwrap(), 2)),
        ]
    });
}

#[test]
fn other_threads_read_while_a_predicate_takes_long() {
    explore(TICKS, |connection| {
        let finished = Arc::new((Mutex::new(0), Condvar::new()));
        let until_one_has_finished = {
            let finished = Arc::clone(&finished);
            move |_: &RawEvent| {
                let (count, changed) = &*finished;
                drop(changed.wait_while(count.lock().unwrap(), |count| *count == 0).unwrap());
                true
            }
        };
        let slow = connection.subscribe_first(tick(), Box::new(until_one_has_finished));
        let [one, other] = [1, 2].map(|n| {
            let (begun, finished) = (begin(connection, n), Arc::clone(&finished));
            spawn(connection, move |connection| {
                assert_eq!(wait(connection, begun).unwrap(), n);
                *finished.0.lock().unwrap() += 1;
                finished.1.notify_all();
            })
        });
        let reader = spawn(connection, |connection| connection.wait(&mut EndWaiter, None).unwrap());
        join([one, other, spawn(connection, move |_| assert_eq!(next_tick(&slow).unwrap(), 1))]);
        connection.close();
        [reader]
    });
}

#[test]
fn a_stopped_stream_ends_beside_calls() {
    explore(Behaviour::default(), |connection| {
        let events = ticks(connection);
        let handle = events.handle().unwrap();
        [
            spawn(connection, move |_| assert!(next_tick(&events).unwrap_err().is_closed())),
            spawn(connection, |connection| assert_eq!(call(connection, 1).unwrap(), 1)),
            spawn(connection, move |_| handle.stop()),
        ]
    });
}

#[test]
fn closing_ends_all_waits() {
    explore(Behaviour::default(), |connection| {
        let events = ticks(connection);
        [
            spawn(connection, |connection| assert_answered_or_closed(connection, 1)),
            spawn(connection, |connection| assert_answered_or_closed(connection, 2)),
            spawn(connection, move |_| assert!(next_tick(&events).unwrap_err().is_closed())),
            spawn(connection, |connection| connection.wait(&mut EndWaiter, None).unwrap()),
            spawn(connection, |connection| connection.close()),
        ]
    });
}

#[test]
fn the_end_of_the_connection_ends_all_waits() {
    explore(Behaviour { replies: Some(1), ..Behaviour::default() }, |connection| {
        let events = ticks(connection);
        [
            spawn(connection, |connection| assert_answered_or_closed(connection, 1)),
            spawn(connection, |connection| assert_answered_or_closed(connection, 2)),
            spawn(connection, |connection| assert_answered_or_closed(connection, 3)),
            spawn(connection, move |_| assert!(next_tick(&events).unwrap_err().is_closed())),
            spawn(connection, |connection| connection.wait(&mut EndWaiter, None).unwrap()),
        ]
    });
}

/// Connects to a server, starts the callers, and waits for their ends, in many orders of the threads.
fn explore<const N: usize>(behaviour: Behaviour, callers: fn(&Connection) -> [JoinHandle<()>; N]) {
    let scenario = move || {
        let stream = SimulatedStream::default();
        let server = server::start(stream.clone(), behaviour);
        let deadline = Deadline::after(Duration::MAX);
        let connection = Share::new(BlockingConnection::open(stream, &ClientOptions::new(), deadline).unwrap());
        join(callers(&connection));
        drop(connection);
        server.join().unwrap();
    };
    let mut config = Config::new();
    config.stack_size = STACK;
    Runner::new(RandomScheduler::new_from_seed(SEED, ORDERS), config.clone()).run(scenario);
    Runner::new(PctScheduler::new_from_seed(SEED, DELAYS, ORDERS), config).run(scenario);
}

fn spawn(connection: &Connection, body: impl FnOnce(&Connection) + Send + 'static) -> JoinHandle<()> {
    let connection = connection.clone();
    thread::spawn(move || body(&connection))
}

fn join<const N: usize>(threads: [JoinHandle<()>; N]) {
    threads.into_iter().for_each(|thread| thread.join().unwrap());
}

/// Calls a command that returns `n`.
fn call(connection: &Connection, n: u64) -> Result<u64> {
    call_within(connection, n, None)
}

fn call_within(connection: &Connection, n: u64, limit: Option<Duration>) -> Result<u64> {
    let mut value = Value::Null;
    connection.call(Request::named("echo"), &json!({ "n": n }), None, &mut value, limit)?;
    Ok(value.as_u64().unwrap())
}

fn begin(connection: &Connection, n: u64) -> SentCall {
    connection.begin(Request::named("echo"), &json!({ "n": n }), None).unwrap()
}

/// Waits for the reply to a call that was begun, as `PendingCall` does.
fn wait(connection: &Connection, call: SentCall) -> Result<u64> {
    let mut value = Value::Null;
    connection.wait_since(&mut ReplyWaiter::new(call, "echo", &mut value), None, Instant::now())?;
    Ok(value.as_u64().unwrap())
}

fn assert_answered_or_closed(connection: &Connection, n: u64) {
    let result = call(connection, n);
    assert!(result.as_ref().map_or_else(Error::is_closed, |found| *found == n), "{result:?}");
}

fn ticks(connection: &Connection) -> Subscribed<BlockingConnection<SimulatedStream>> {
    connection.subscribe(tick())
}

fn tick() -> EventNames {
    EventNames { only: Some("TICK"), patterns: Vec::new() }
}

fn next_tick(events: &Subscribed<BlockingConnection<SimulatedStream>>) -> Result<u64> {
    let mut waiter = EventWaiter::of(events.id(), Some("TICK"));
    events.connection().wait(&mut waiter, None)?;
    Ok(number_of(&*waiter.into_event()?))
}

/// Returns the number in the data of a tick.
fn number_of(tick: &RawEvent) -> u64 {
    serde_json::from_str::<Value>(tick.data.as_deref().unwrap()).unwrap()["n"].as_u64().unwrap()
}
