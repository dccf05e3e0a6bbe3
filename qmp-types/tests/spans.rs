//! The spans of sessions and commands. The subscriber is that of the whole process, so this is a program of its own.

#[path = "server/machine.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod machine;
#[path = "sample/types_only.rs"]
mod sample;
#[path = "server/support.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod support;
#[path = "server/test_client.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod test_client;

use std::io::Write;
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Mutex};
use std::thread;

use test_client::Client;

/// A file in memory.
#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Vec<u8>>>);

impl Write for Memory {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("no panic").write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Memory {
    fn lines(&self) -> Vec<String> {
        let bytes = self.0.lock().expect("no panic");
        std::str::from_utf8(&bytes).expect("UTF-8").lines().map(str::to_owned).collect()
    }
}

#[test]
fn commands_have_spans_with_redacted_arguments() {
    let memory = Memory::default();
    let writer = memory.clone();
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_ansi(false)
        .without_time()
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::CLOSE)
        .with_writer(move || writer.clone())
        .init();
    let server = machine::server()
        .trace_arguments(|command, arguments| (command == "echo").then(|| arguments.replace("geheim", "***")));
    let (ours, theirs) = UnixStream::pair().expect("a pair");
    let serving = thread::spawn(move || server.serve_stream(theirs));
    let mut client = Client::new(ours);
    client.negotiate();
    client.call("{'execute': 'echo', 'arguments': {'password': 'geheim'}, 'id': 5}");
    client.call("{'execute': 'yield'}");
    client.call("{'execute': 'panic'}");
    drop(client);
    serving.join().expect("no panic").expect("no error");
    let lines = memory.lines();
    let line =
        |part: &str| lines.iter().find(|line| line.contains(part)).unwrap_or_else(|| panic!("{part}: {lines:#?}"));
    let echo = line("command=\"echo\"");
    let parts = ["qmp_session{session=1 ", "id=\"5\"", "***", "outcome=\"returned\"", "duration_us=", "oob=false"];
    assert!(parts.iter().all(|part| echo.contains(part)), "{echo}");
    assert!(!lines.concat().contains("geheim"));
    let yielded = line("command=\"yield\"");
    assert!(yielded.contains("outcome=\"returned\"") && !yielded.contains("arguments="), "{yielded}");
    assert!(line("a handler panicked").contains("qmp_command{command=\"panic\""), "logged within the span");
    assert!(line("qmp_session").contains(&format!("uid={}", rustix::process::geteuid().as_raw())));
}
