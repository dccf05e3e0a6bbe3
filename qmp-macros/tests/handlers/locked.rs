//! Handlers that change the state in place, behind the server's lock.

use std::sync::{Arc, Mutex};

use qmp_types::{Context, Error, Handle, Result, handlers, qmp_command};
use serde_json::json;

use super::composed::qmp::{self, commands};
use super::execute_on;

#[derive(Default)]
struct Vm {
    stopped: i64,
    name: String,
}

#[handlers(super::composed::qmp)]
impl Vm {
    #[qmp_command]
    fn stop(&mut self) {
        self.stopped += 1;
    }

    /// An asynchronous handler keeps the lock while it waits.
    #[qmp_command]
    async fn rename(&mut self, to: String, cx: &Context) -> Result<()> {
        let old = std::mem::replace(&mut self.name, to);
        std::future::ready(()).await;
        Err(Error::generic(format!("{}: it was '{old}'", cx.command().name)))
    }

    #[qmp_command(blocking)]
    fn crash(&mut self) {
        self.stopped += 10;
        panic!("a panic of the test");
    }
}

/// Handlers that only read need no `mut`, in whichever block they are.
#[handlers(super::composed::qmp)]
impl Vm {
    #[qmp_command]
    async fn query_stopped(&self) -> i64 {
        self.stopped
    }
}

#[qmp_command(super::composed::qmp)]
fn query_name(vm: &mut Vm) -> String {
    vm.name.push('!');
    vm.name.clone()
}

#[test]
fn commands_change_the_state_in_place() {
    let commands = [
        ("stop", json!({})),
        ("stop", json!({})),
        ("query-stopped", json!({})),
        ("rename", json!({"to": "web"})),
        ("query-name", json!({})),
    ];
    let expected = [Ok(json!({})), Ok(json!({})), Ok(json!(2)), Err("rename: it was ''".to_owned()), Ok(json!("web!"))];
    assert_eq!(execute_on(qmp::server(Mutex::new(Vm::default())), &commands), expected);

    let shared = Arc::new(Mutex::new(Vm::default()));
    assert_eq!(execute_on(qmp::server(Arc::clone(&shared)), &commands), expected);
    assert_eq!(shared.lock().unwrap().name, "web!");
}

#[test]
fn a_panic_does_not_poison_the_lock() {
    let commands = [("crash", json!({})), ("query-stopped", json!({}))];
    let expected = [Err("The command crash failed: its handler panicked".to_owned()), Ok(json!(10))];
    assert_eq!(execute_on(qmp::server(Mutex::new(Vm::default())), &commands), expected);
}

/// What does not change the state in place is a handler without the lock, too.
#[test]
fn handlers_by_shared_reference_need_no_lock() {
    fn check<S: Handle<commands::QueryStopped>>(_: &S) {}
    check(&Vm::default());
}
