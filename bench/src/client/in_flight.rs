//! Sixteen calls in flight on tokio: from one task, and from as many tasks.

use std::future::{Future, poll_fn};
use std::hint::black_box;
use std::path::Path;
use std::pin::{Pin, pin};
use std::task::Poll;

use qapi::futures::QmpStreamTokio;
use qapi::qmp as peer;
use tokio::runtime::{Builder, Runtime};

use super::{per_call, row};
use crate::by_hand::Loop;
use crate::generated::{derived, ours};
use crate::measure::{in_turns, nanoseconds};
use crate::report::{Report, Target};

const IN_FLIGHT: usize = 16;

/// How often each of the tasks calls before all are joined.
const ROUNDS: usize = 64;

/// Prints the rows.
pub fn run(report: &mut Report, path: &Path) {
    let runtime = Builder::new_current_thread().enable_all().build().expect("there is a runtime");
    let vm = runtime.block_on(ours::Client::connect_unix(path)).expect("the server talks");
    let mut by_hand = runtime.block_on(Loop::connect(path)).expect("the server talks");
    let (qapi, _driver) = runtime.block_on(async {
        let stream = QmpStreamTokio::open_uds(path).await.expect("the server listens");
        stream.negotiate().await.expect("the server talks").spawn_tokio()
    });
    let each = |all: f64| all / IN_FLIGHT as f64;

    let mut one_task = || each(per_call(&runtime, async || join((0..IN_FLIGHT).map(|_| vm.query_status())).await));
    let mut tasks = || {
        in_tasks(&runtime, || {
            let vm = vm.clone();
            async move {
                for _ in 0..ROUNDS {
                    black_box(vm.query_status().await.expect("the server answers"));
                }
            }
        })
    };
    let mut floor = || {
        each(per_call(&runtime, async || {
            by_hand.call_all::<derived::StatusInfo>("query-status", IN_FLIGHT).await.expect("the server answers")
        }))
    };
    let (one, all) = ("client, tokio: query-status, 16 in flight", "client, tokio: query-status, 16 tasks");
    let figures = in_turns(&mut one_task, &mut floor);
    row(report, one, "hand-written loop, pipelined, with ids", figures, Target::AtMost(1.5));
    let figures = in_turns(&mut tasks, &mut floor);
    row(report, all, "hand-written loop, pipelined, with ids", figures, Target::AtMost(1.5));
    let figures = in_turns(&mut one_task, || {
        each(per_call(&runtime, async || {
            join((0..IN_FLIGHT).map(|_| Box::pin(qapi.execute(peer::query_status {})))).await
        }))
    });
    row(report, one, "qapi 0.15", figures, Target::None);
}

/// Nanoseconds of CPU time per call, of calls in as many tasks.
fn in_tasks<F: Future<Output = ()> + Send + 'static>(runtime: &Runtime, task: impl Fn() -> F) -> f64 {
    let mut all = || {
        runtime.block_on(async {
            let tasks: Vec<_> = (0..IN_FLIGHT).map(|_| tokio::spawn(task())).collect();
            for task in tasks {
                task.await.expect("no task panics");
            }
        });
    };
    nanoseconds(&mut all) / (IN_FLIGHT * ROUNDS) as f64
}

/// Waits for all, as `futures::join_all` does.
async fn join<F: Future + Unpin>(calls: impl Iterator<Item = F>) {
    let mut calls: Vec<Option<F>> = calls.map(Some).collect();
    let mut waiting = pin!(poll_fn(|cx| {
        for call in &mut calls {
            if let Some(Poll::Ready(result)) = call.as_mut().map(|call| Pin::new(call).poll(cx)) {
                black_box(result);
                *call = None;
            }
        }
        if calls.iter().all(Option::is_none) { Poll::Ready(()) } else { Poll::Pending }
    }));
    waiting.as_mut().await;
}
