//! A wrapper has a handler for every command of the state in it.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};

use qmp_types::private::Entry;
use qmp_types::server::HandlerKind;
use qmp_types::{Command, Context, Error, Handle, Outcome, handlers};
use serde_json::json;

use super::composed::qmp;
use super::execute_on;

/// Counts the commands, and refuses one after the other.
struct Every<S> {
    second: AtomicU32,
    state: S,
}

impl<C: Command, S: Handle<C>> Handle<C> for Every<S> {
    const KIND: HandlerKind = S::KIND;

    fn handle<'a>(&'a self, arguments: C::Arguments, context: &'a Context) -> Outcome<'a, C> {
        match self.second.fetch_add(1, SeqCst) % 2 {
            0 => self.state.handle(arguments, context),
            _ => Outcome::ready(Err(Error::new("Second", format!("no {} now", C::SPEC.name)))),
        }
    }
}

#[derive(Default)]
struct Vm {
    name: String,
}

#[handlers(super::composed::qmp)]
impl Vm {
    #[qmp_command]
    fn stop(&mut self) {}

    #[qmp_command]
    fn query_stopped(&self) -> i64 {
        0
    }

    #[qmp_command]
    fn rename(&mut self, to: String) {
        self.name = to;
    }

    #[qmp_command]
    async fn query_name(&self) -> String {
        self.name.clone()
    }

    #[qmp_command(blocking)]
    fn crash(&self) {}
}

#[test]
fn a_wrapper_handles_every_command() {
    let server = qmp::server(Every { second: AtomicU32::new(0), state: Mutex::new(Vm::default()) });
    let commands =
        [("rename", json!({"to": "web"})), ("stop", json!({})), ("query-name", json!({})), ("query-name", json!({}))];
    let expected =
        [Ok(json!({})), Err("no stop now".to_owned()), Ok(json!("web")), Err("no query-name now".to_owned())];
    assert_eq!(execute_on(server, &commands), expected);
}

#[test]
fn a_wrapper_has_handlers_of_the_same_kind() {
    assert_eq!(Entry::<Every<Vm>>::of::<qmp::commands::QueryName>().kind, HandlerKind::Async);
    assert_eq!(Entry::<Every<Vm>>::of::<qmp::commands::Crash>().kind, HandlerKind::Blocking);
}
