//! A machine with its server, and clients of it.

use std::io::{BufRead, BufReader, Write};
use std::ops::Deref;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use examples::qmp::blocking::Client;
use examples::{Config, Machine, qmp};
use qmp_schema::model::Schema;
use qmp_schema::{LoadOptions, load};
use qmp_types::blocking::ExpectedEvent;
use qmp_types::{Error, Event};
use serde_json::Value;
use tempfile::TempDir;

/// No test waits longer.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// A machine that is served at a socket of its own, and a client, to which it derefs.
pub(crate) struct Vm {
    client: Client,
    pub(crate) machine: Machine,
    dir: TempDir,
}

impl Vm {
    pub(crate) fn start() -> Self {
        Self::with(Config::default())
    }

    pub(crate) fn with(config: Config) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let machine = Machine::new(config);
        let listener = UnixListener::bind(dir.path().join("vm.sock")).unwrap();
        let server = qmp::server(machine.clone());
        thread::spawn(move || server.serve(listener));
        let client = Client::connect_unix(dir.path().join("vm.sock")).unwrap();
        Self { client, machine, dir }
    }

    /// A path in a directory that goes with the test.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// The same, as commands take it.
    pub(crate) fn file(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    /// Another connection, by bytes, negotiated.
    pub(crate) fn raw(&self) -> Raw {
        let mut raw = Raw::connect(&self.path("vm.sock"));
        assert!(raw.read()["QMP"].is_object());
        assert_eq!(raw.ask(r#"{"execute":"qmp_capabilities"}"#), serde_json::json!({"return": {}}));
        raw
    }
}

impl Deref for Vm {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

/// The machine's schema, without its Rust.
pub(crate) fn schema() -> Schema {
    load(concat!(env!("CARGO_MANIFEST_DIR"), "/schema/vm.json"), &LoadOptions::default()).unwrap().schema
}

/// The event that was expected.
#[track_caller]
pub(crate) fn happened<E: Event>(expected: ExpectedEvent<E>) -> E {
    expected.timeout(PATIENCE).wait().unwrap().event
}

/// A connection by bytes.
pub(crate) struct Raw(BufReader<UnixStream>);

impl Raw {
    pub(crate) fn connect(path: &std::path::Path) -> Self {
        let stream = UnixStream::connect(path).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        Self(BufReader::new(stream))
    }

    pub(crate) fn stream(&self) -> &UnixStream {
        self.0.get_ref()
    }

    pub(crate) fn write(&mut self, text: &str) {
        self.0.get_mut().write_all(text.as_bytes()).unwrap();
    }

    /// The next message; null at the end of the connection.
    pub(crate) fn read(&mut self) -> Value {
        let mut line = String::new();
        match self.0.read_line(&mut line).unwrap() {
            0 => Value::Null,
            _ => {
                assert!(line.ends_with("\r\n"), "{line:?}");
                serde_json::from_str(&line).unwrap()
            }
        }
    }

    pub(crate) fn ask(&mut self, text: &str) -> Value {
        self.write(text);
        self.read()
    }
}

/// A refusal's class and description.
#[track_caller]
pub(crate) fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> (String, String) {
    let error = result.unwrap_err();
    let class = error.class().unwrap_or_else(|| panic!("not refused by the server: {error}"));
    (class.as_str().to_owned(), error.desc().unwrap().to_owned())
}

/// The description of a refusal of class `GenericError`.
#[track_caller]
pub(crate) fn generic<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    let (class, desc) = refusal(result);
    assert_eq!(class, "GenericError", "{desc}");
    desc
}

/// Asserts that a device was not found.
#[track_caller]
pub(crate) fn assert_not_found<T: std::fmt::Debug>(result: Result<T, Error>, device: &str) {
    assert_eq!(refusal(result), ("DeviceNotFound".to_owned(), format!("Device '{device}' not found")));
}
