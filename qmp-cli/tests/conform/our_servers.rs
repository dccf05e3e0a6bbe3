//! Our own servers keep all rules.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::thread;
use std::time::Duration;

use ::examples::Machine;
use qmp_types::Context;
use qmp_types::server::{InputPolicy, Policy};
use tempfile::TempDir;
use test_support::{TIME_LIMIT, within};

use crate::support::{conform, json};

mod qmp {
    qmp_types::schema!("tests/conform/schema/urgent.json", handle_builtins = ["query-qmp-schema"]);
}

mod qga {
    qmp_types::schema!(
        "../examples/schema/agent.json",
        side = server,
        commands = ["guest-sync*", "guest-ping", "guest-info"]
    );
}

/// A guest agent.
struct Agent;

qmp_types::guest_agent_handlers!(crate::our_servers::qga, Agent);

/// What the schema of [`Urgent`] says, from the same file.
static INTROSPECTION: LazyLock<Vec<qmp::SchemaInfo>> = LazyLock::new(|| {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/conform/schema/urgent.json");
    let schema = qmp_schema::load(file, &Default::default()).expect("a valid schema").schema;
    let conditions = qmp_schema::model::Conditions::default();
    let text = qmp_schema::introspect(&schema, &conditions, qmp_schema::TypeNames::Masked);
    serde_json::from_str(&text).expect("JSON")
});

/// A server with a command that may overtake others, a slow one, and events.
struct Urgent;

#[qmp_types::handlers(crate::our_servers::qmp)]
impl Urgent {
    #[qmp_command]
    fn query_item(&self, name: String) -> qmp::Item {
        qmp::Item::new(name, 1)
    }

    #[qmp_command]
    fn query_urgent(&self, cx: &Context) -> qmp::Item {
        cx.emit(qmp::events::Tick::new(1));
        qmp::Item::new("urgent", 2)
    }

    #[qmp_command]
    fn set_item(&self, item: qmp::Item) {
        panic!("expected no probe that changes anything, found {item:?}");
    }

    #[qmp_command]
    fn set_old_item(&self, item: qmp::Item) {
        self.set_item(item);
    }

    #[qmp_command]
    fn query_qmp_schema(&self) -> Vec<qmp::SchemaInfo> {
        thread::sleep(Duration::from_millis(80));
        INTROSPECTION.clone()
    }
}

/// Serves with the server that `serve` runs.
fn serve(serve: fn(&Path) -> qmp_types::Result<()>) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let socket = folder.path().join("socket");
    let path = socket.clone();
    thread::spawn(move || serve(&path).expect("it serves"));
    assert!(within(TIME_LIMIT, || socket.exists().then_some(())).is_some(), "it listens");
    (folder, socket)
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Runtime::new().expect("a runtime")
}

/// Tries the server and returns the rules that could not be tried.
fn keeps_the_rules(options: &str, socket: &Path) -> Vec<String> {
    let report = json(&conform(&format!("{options} --invasive --timeout 10 --format json"), socket));
    let rules = report["rules"].as_array().expect("rules");
    let broken: Vec<_> = rules.iter().filter(|rule| rule.get("found").is_some()).collect();
    assert!(broken.is_empty(), "{broken:#?}");
    let not_tried = rules.iter().filter(|rule| rule["result"] == "not-tried");
    not_tried.map(|rule| rule["rule"].as_str().expect("a name").to_owned()).collect()
}

#[test]
fn the_blocking_server_keeps_the_rules() {
    let (_folder, socket) = serve(|path| ::examples::qmp::server(Machine::default()).serve_unix(path));
    keeps_the_rules("", &socket);
}

#[test]
fn the_tokio_server_keeps_the_rules() {
    let (_folder, socket) =
        serve(|path| runtime().block_on(::examples::qmp::server(Machine::default()).tokio().serve_unix(path)));
    keeps_the_rules("", &socket);
}

#[test]
fn the_blocking_server_lets_commands_overtake() {
    let (_folder, socket) = serve(|path| qmp::server(Urgent).serve_unix(path));
    assert_eq!(keeps_the_rules("", &socket), ["negotiation/unoffered-capability"]);
}

#[test]
fn a_server_that_rejects_deprecated_commands_keeps_the_rules() {
    let (_folder, socket) = serve(|path| {
        let policy = Policy::default().deprecated_input(InputPolicy::Reject);
        qmp::server(Urgent).policy(policy).serve_unix(path)
    });
    keeps_the_rules("", &socket);
}

#[test]
fn the_tokio_server_lets_commands_overtake() {
    let (_folder, socket) = serve(|path| runtime().block_on(qmp::server(Urgent).tokio().serve_unix(path)));
    assert_eq!(keeps_the_rules("", &socket), ["negotiation/unoffered-capability"]);
}

#[test]
fn the_guest_agents_keep_the_rules() {
    let (_folder, socket) = serve(|path| qga::server(Agent).guest_agent().serve_unix(path));
    assert_eq!(keeps_the_rules("--agent", &socket), [""; 0]);
    let (_folder, socket) = serve(|path| runtime().block_on(qga::server(Agent).guest_agent().tokio().serve_unix(path)));
    assert_eq!(keeps_the_rules("--agent", &socket), [""; 0]);
}
