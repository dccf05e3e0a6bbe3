//! A state of several parts, each with its own handlers.

use std::sync::{Arc, Mutex};

use qmp_types::private::Entry;
use qmp_types::server::HandlerKind;
use qmp_types::{Value, handlers};
use serde_json::json;

use super::composed::qmp;
use super::execute_on;

/// Is behind one lock as a whole.
#[derive(Default)]
struct Locked {
    control: Control,
    label: Label,
}

/// Has a lock for one of its parts.
#[derive(Default)]
struct Shared {
    parts: (Mutex<Control>, Arc<Label>),
}

#[derive(Default)]
struct Control {
    stopped: i64,
}

#[derive(Default)]
struct Label(Mutex<String>);

#[handlers(super::composed::qmp, part_of = [&mut Locked.control, Shared.parts.0])]
impl Control {
    #[qmp_command]
    fn stop(&mut self) {
        self.stopped += 1;
    }

    #[qmp_command]
    fn query_stopped(&self) -> i64 {
        self.stopped
    }

    #[qmp_command(blocking)]
    fn crash(&mut self) -> qmp_types::Result<()> {
        Err(qmp_types::Error::generic(format!("crashed after {}", self.stopped)))
    }

    #[cfg(any())]
    #[qmp_command]
    fn rename(&mut self) {}
}

#[handlers(super::composed::qmp, part_of = [Locked.label, Shared.parts.1])]
impl Label {
    #[qmp_command(short)]
    fn rename(&self, to: String) {
        *self.0.lock().unwrap() = to;
    }

    #[qmp_command]
    async fn query_name(&self) -> String {
        self.0.lock().unwrap().clone()
    }
}

fn commands() -> [(&'static str, Value); 5] {
    [
        ("stop", json!({})),
        ("query-stopped", json!({})),
        ("crash", json!({})),
        ("rename", json!({"to": "web"})),
        ("query-name", json!({})),
    ]
}

fn expected() -> [Result<Value, String>; 5] {
    [Ok(json!({})), Ok(json!(1)), Err("crashed after 1".to_owned()), Ok(json!({})), Ok(json!("web"))]
}

#[test]
fn a_part_of_a_locked_state_is_changed_in_place() {
    assert_eq!(execute_on(qmp::server(Mutex::new(Locked::default())), &commands()), expected());
}

#[test]
fn a_part_has_a_lock_of_its_own() {
    assert_eq!(execute_on(qmp::server(Shared::default()), &commands()), expected());
}

struct Owner(Mutex<Label>);

#[handlers(super::composed::qmp, part_of = Owner.0)]
impl Label {
    #[qmp_command(short)]
    fn stop(&self) {}

    #[qmp_command]
    async fn query_stopped(&self) -> i64 {
        0
    }
}

/// A handler that waits for a lock is not short, and an asynchronous one holds the lock of its part while it runs.
#[test]
fn a_lock_decides_how_the_handlers_of_a_part_run() {
    assert_eq!(Entry::<Label>::of::<qmp::commands::Stop>().kind, HandlerKind::Short);
    assert_eq!(Entry::<Owner>::of::<qmp::commands::Stop>().kind, HandlerKind::Plain);
    assert_eq!(Entry::<Label>::of::<qmp::commands::QueryStopped>().kind, HandlerKind::Async);
    assert_eq!(Entry::<Owner>::of::<qmp::commands::QueryStopped>().kind, HandlerKind::Plain);
    assert_eq!(Entry::<Shared>::of::<qmp::commands::Rename>().kind, HandlerKind::Short);
    assert_eq!(Entry::<Shared>::of::<qmp::commands::Crash>().kind, HandlerKind::Plain);
}
