//! The output of the example programs.

use std::path::Path;
use std::process::Command;

use crate::support::{Dialogue, Server, example};

/// What a program prints, if it succeeds.
fn output(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Compares with a file beside this one; `UPDATE_EXPECT=1` in the environment overwrites it.
fn assert_golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs/golden").join(name);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, expected, "{} differs (UPDATE_EXPECT=1 overwrites it)", path.display());
}

/// A dialogue with the times taken out: they are never the same.
fn without_times(text: &str) -> String {
    let lines = text.lines().map(|line| match line.split_once(r#""timestamp": {"#) {
        Some((before, rest)) => format!("{before}\"timestamp\": {{..{}\n", &rest[rest.find('}').unwrap()..]),
        None => format!("{line}\n"),
    });
    lines.collect()
}

#[test]
fn quickstart() {
    assert_golden("quickstart.txt", &without_times(&output(&mut example("quickstart"))));
}

#[test]
fn asynchronous() {
    let expected = "running, with 2 processors and 2 drives\nmigration: active\nmigration: cancelled\n";
    assert_eq!(output(&mut example("asynchronous")), expected);
}

#[test]
fn testing() {
    assert_eq!(output(&mut example("testing")), "script: as expected\nmock: 100 seeds\nreplay: as recorded\n");
}

#[test]
fn client() {
    let server = Server::start();
    assert_golden("client.txt", &output(example("client").arg(server.path())));
}

#[test]
fn any_client() {
    let server = Server::start();
    assert_golden("any_client.txt", &output(example("any_client").arg(server.path())));
}

#[test]
fn events() {
    let server = Server::start();
    let mut events = Dialogue::start(example("events").arg(server.path()));
    events.until("listening");
    output(example("client").arg(server.path()));
    events.until("the machine waits");
    events.until("the machine goes on");
    let quit = ::examples::qmp::blocking::Client::connect_unix(server.path()).unwrap();
    quit.quit().unwrap();
    events.until("Shutdown");
    events.finish();
    server.wait();
}

#[test]
fn introspect() {
    let server = Server::start();
    assert_golden("introspect.txt", &output(example("introspect").arg(server.path())));
}

#[test]
fn composition() {
    assert_golden("composition.txt", &output(&mut example("composition")));
}

#[test]
fn compatible() {
    let server = Server::start();
    let told = output(example("compatible").arg(server.path()));
    assert_eq!(told, "0 differences, 0 of them would break this client\n");
}
