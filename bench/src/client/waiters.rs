//! A call beside many tasks that wait for events on the same connection.

use std::path::Path;

use tokio::runtime::Builder;

use super::{per_call, row};
use crate::generated::ours;
use crate::measure::in_turns;
use crate::report::{Report, Target};

/// Prints the rows.
pub fn run(report: &mut Report, path: &Path) {
    let runtime = Builder::new_current_thread().enable_all().build().expect("there is a runtime");
    let connect = |waiters: usize| {
        runtime.block_on(async {
            let vm = ours::Client::connect_unix(path).await.expect("the server talks");
            for _ in 0..waiters {
                let mut events = vm.events();
                tokio::spawn(async move { events.next().await });
            }
            tokio::task::yield_now().await;
            vm
        })
    };
    let alone = connect(0);
    for waiters in [1, 100, 1000] {
        let vm = connect(waiters);
        let call = |vm: &ours::Client| per_call(&runtime, async || vm.query_status().await.expect("it answers"));
        let what = format!("client, tokio: query-status, {waiters} other tasks wait");
        let figures = in_turns(|| call(&vm), || call(&alone));
        row(report, &what, "no other task waits", figures, Target::AtMost(1.2));
    }
}
