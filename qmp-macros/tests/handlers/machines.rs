//! Two types of machine that share handlers, and refuse the commands they do not have.

use std::sync::{Arc, Mutex, MutexGuard};

use qmp_types::{Context, Error, Result, Value, handlers};
use serde_json::json;

use super::composed::qmp;
use super::execute_on;

#[handlers(super::composed::qmp, on = [Standard, Micro], otherwise = "{command}: not on this machine")]
trait Machine {
    fn name(&self) -> MutexGuard<'_, String>;

    /// Each machine has its own.
    #[qmp_command]
    fn query_stopped(&self) -> Result<i64>;

    /// Both machines have this one.
    #[qmp_command]
    fn rename(&self, to: String) {
        *self.name() = to;
    }

    /// Also of both, one of which has a better one.
    #[qmp_command]
    async fn query_name(&self) -> String {
        std::future::ready(()).await;
        self.name().clone()
    }

    /// One has it.
    #[qmp_command]
    async fn stop(&self, cx: &Context) -> Result<()>;

    /// None has it.
    #[qmp_command(name = crash, blocking)]
    fn panic(&self) -> Result<(), Failure>;
}

/// An error that a handler's error converts into.
struct Failure(Error);

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl From<Failure> for Error {
    fn from(Failure(error): Failure) -> Self {
        error
    }
}

#[derive(Default)]
struct Standard(Mutex<String>);

#[derive(Default)]
struct Micro(Mutex<String>);

impl Machine for Standard {
    fn name(&self) -> MutexGuard<'_, String> {
        self.0.lock().unwrap()
    }

    fn query_stopped(&self) -> Result<i64> {
        Ok(7)
    }

    async fn stop(&self, cx: &Context) -> Result<()> {
        Err(Error::generic(format!("{} stops", cx.command().name)))
    }
}

impl Machine for Micro {
    fn name(&self) -> MutexGuard<'_, String> {
        self.0.lock().unwrap()
    }

    async fn query_name(&self) -> String {
        format!("micro {}", self.name())
    }
}

fn commands() -> [(&'static str, Value); 5] {
    [
        ("query-stopped", json!({})),
        ("rename", json!({"to": "web"})),
        ("query-name", json!({})),
        ("stop", json!({})),
        ("crash", json!({})),
    ]
}

fn refused(command: &str) -> Result<Value, String> {
    Err(format!("{command}: not on this machine"))
}

#[test]
fn machines_share_handlers() {
    let expected = [Ok(json!(7)), Ok(json!({})), Ok(json!("web")), Err("stop stops".to_owned()), refused("crash")];
    assert_eq!(execute_on(qmp::server(Standard::default()), &commands()), expected);
    let expected = [refused("query-stopped"), Ok(json!({})), Ok(json!("micro web")), refused("stop"), refused("crash")];
    assert_eq!(execute_on(qmp::server(Micro::default()), &commands()), expected);
}

/// A machine whose refusals are errors of its own class, and whose handlers change it in place.
#[handlers(super::composed::qmp, on = Tiny, otherwise = not_supported)]
trait InPlace {
    #[qmp_command]
    fn stop(&mut self) -> Done;
    #[qmp_command]
    fn query_stopped(&self) -> Result<i64>;
    #[qmp_command]
    fn rename(&mut self, to: String) {
        self.set_name(to);
    }
    #[qmp_command]
    fn query_name(&self) -> Result<String>;
    #[qmp_command]
    fn crash(&mut self) -> Result<()>;

    fn set_name(&mut self, name: String);
}

type Done = Result<()>;

fn not_supported(command: &str) -> Error {
    Error::command_not_found(format!("{command} is not supported"))
}

#[derive(Default)]
struct Tiny(String);

impl InPlace for Tiny {
    fn set_name(&mut self, name: String) {
        self.0 = name;
    }

    fn query_name(&self) -> Result<String> {
        Ok(self.0.clone())
    }
}

#[test]
fn a_machine_may_be_behind_a_lock() {
    let refused = |command| Err(format!("{command} is not supported"));
    let expected = [refused("query-stopped"), Ok(json!({})), Ok(json!("web")), refused("stop"), refused("crash")];
    assert_eq!(execute_on(qmp::server(Mutex::new(Tiny::default())), &commands()), expected);
}

/// A machine with few commands. A part of another state, it refuses the others for that, too.
#[handlers(super::composed::qmp, part_of = Cabinet.0, refuse = [rename, query_name, crash], otherwise = not_supported)]
impl Small {
    #[qmp_command]
    fn stop(&self) {}

    #[qmp_command]
    fn query_stopped(&self) -> i64 {
        1
    }
}

struct Small;

struct Cabinet(Small);

#[test]
fn commands_without_a_handler_are_refused() {
    let refused = |command| Err(format!("{command} is not supported"));
    let expected = [Ok(json!(1)), refused("rename"), refused("query-name"), Ok(json!({})), refused("crash")];
    assert_eq!(execute_on(qmp::server(Small), &commands()), expected);
    assert_eq!(execute_on(qmp::server(Cabinet(Small)), &commands()), expected);
}

/// A machine whose type is chosen at run time.
#[handlers(super::composed::qmp, on = dyn Chosen, refuse = [query_stopped, stop], otherwise = not_supported)]
trait Chosen: Send + Sync {
    #[qmp_command]
    fn rename(&mut self, to: String);

    #[qmp_command]
    fn query_name(&self) -> Result<String> {
        Ok("no name".to_owned())
    }

    #[qmp_command]
    fn crash(&self) -> Result<()>;
}

impl Chosen for Tiny {
    fn rename(&mut self, to: String) {
        self.0 = to;
    }

    fn query_name(&self) -> Result<String> {
        Ok(self.0.clone())
    }
}

impl Chosen for Micro {
    fn rename(&mut self, _to: String) {}
}

#[test]
fn the_type_of_a_machine_may_be_chosen_at_run_time() {
    let refused = |command| Err(format!("{command} is not supported"));
    let machines: [Arc<Mutex<dyn Chosen>>; 2] =
        [Arc::new(Mutex::new(Tiny::default())), Arc::new(Mutex::new(Micro::default()))];
    for (machine, name) in machines.into_iter().zip(["web", "no name"]) {
        let expected = [refused("query-stopped"), Ok(json!({})), Ok(json!(name)), refused("stop"), refused("crash")];
        assert_eq!(execute_on(qmp::server(machine), &commands()), expected);
    }
}
