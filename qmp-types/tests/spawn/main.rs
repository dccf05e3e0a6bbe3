//! Clients that start their server: what they own, and what they report when it does not start or dies.

mod failures;
mod ownership;

use std::process::Command;
use std::time::Duration;

use qmp_types::client::{Process, Spawn};
use qmp_types::{ClientOptions, Error, Value, blocking};
use serde_json::json;
use test_support::{Generation, within};

const LIMIT: Duration = Duration::from_secs(20);

/// The two clients.
#[derive(Debug, Clone, Copy)]
enum Twin {
    Blocking,
    #[cfg(feature = "tokio")]
    Tokio,
}

const TWINS: &[Twin] = &[
    Twin::Blocking,
    #[cfg(feature = "tokio")]
    Twin::Tokio,
];

/// A client of either kind.
enum Client {
    Blocking(blocking::Client),
    #[cfg(feature = "tokio")]
    Tokio(tokio::runtime::Runtime, qmp_types::tokio::Client),
}

impl Client {
    fn spawn(twin: Twin, spawn: Spawn) -> Result<Self, Error> {
        match twin {
            Twin::Blocking => blocking::Client::spawn(spawn).map(Self::Blocking),
            #[cfg(feature = "tokio")]
            Twin::Tokio => {
                let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
                let runtime = runtime.expect("a runtime");
                let client = runtime.block_on(qmp_types::tokio::Client::spawn(spawn))?;
                Ok(Self::Tokio(runtime, client))
            }
        }
    }

    fn call(&self, name: &str) -> Result<Value, Error> {
        match self {
            Self::Blocking(client) => client.timeout(LIMIT).call_raw(name, &json!({})),
            #[cfg(feature = "tokio")]
            Self::Tokio(runtime, client) => runtime.block_on(client.timeout(LIMIT).call_raw(name, &json!({}))),
        }
    }

    fn process(&self) -> Process {
        match self {
            Self::Blocking(client) => client.process(),
            #[cfg(feature = "tokio")]
            Self::Tokio(_, client) => client.process(),
        }
        .expect("the client has started it")
    }
}

/// Returns QEMU without a machine, with these options.
fn emulator(generation: Generation, options: &str) -> Option<Spawn> {
    let mut command = generation.program("qemu-system-x86_64")?;
    command.args("-M none -nodefaults -display none -S".split(' '));
    Some(Spawn::from(command).args(options.split_whitespace()))
}

const MONITOR: &str = "-chardev socket,id=c,fd=0 -mon chardev=c,mode=control";

/// Returns a shell that executes a script.
fn shell(script: &str) -> Spawn {
    Spawn::new("sh").args(["-c", script])
}

/// Returns whether a process, or a zombie of it, exists.
fn exists(id: u32) -> bool {
    std::fs::exists(format!("/proc/{id}")).expect("/proc is there")
}

#[test]
fn qemu_and_its_storage_daemon_take_the_descriptor() {
    for (generation, &twin) in Generation::ALL.into_iter().flat_map(|g| TWINS.iter().map(move |twin| (g, twin))) {
        let daemon = generation
            .program("qemu-storage-daemon")
            .map(|command| Spawn::from(command).args("--chardev socket,id=c,fd=0 --monitor chardev=c".split(' ')));
        for spawn in [emulator(generation, MONITOR), daemon].into_iter().flatten() {
            let client = Client::spawn(twin, spawn).unwrap();
            let id = client.process().id();
            assert!(client.call("query-version").unwrap()["qemu"]["major"].is_u64());
            assert!(exists(id));
            drop(client);
            within(LIMIT, || (!exists(id)).then_some(())).expect("it has ended and was reaped");
        }
    }
}

#[test]
fn the_guest_agent_listens_on_a_socket() {
    for (generation, &twin) in Generation::ALL.into_iter().flat_map(|g| TWINS.iter().map(move |twin| (g, twin))) {
        let Some(command) = generation.program("qemu-ga") else { continue };
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).into_os_string();
        let spawn = Spawn::from(command)
            .args(["-m".into(), "unix-listen".into(), "-p".into(), path("socket")])
            .args(["-t".into(), folder.path().into(), "-f".into(), path("pid")])
            .listening_at(folder.path().join("socket"))
            .options(ClientOptions::new().guest_agent());
        let agent = Client::spawn(twin, spawn).unwrap();
        assert_eq!(agent.call("guest-ping").unwrap(), json!({}));
    }
}

#[test]
fn a_slow_start_and_a_flood_of_messages() {
    let Some(command) = Generation::Bookworm.program("qemu-system-x86_64") else { return };
    let program = command.get_program().display().to_string();
    let script = format!(
        "sleep 0.3; head -c 1000000 /dev/zero | tr '\\0' x >&2; echo >&2; echo last >&2; \
         exec {program} -M none -nodefaults -display none {MONITOR}"
    );
    for &twin in TWINS {
        let (sender, copied) = std::sync::mpsc::channel();
        let client = Client::spawn(twin, shell(&script).forward_stderr(Lines(sender))).unwrap();
        client.call("query-status").unwrap();
        assert_eq!(client.process().stderr(), "last\n");
        drop(client);
        assert!(copied.iter().sum::<usize>() > 1_000_000);
    }
}

/// A sink that counts bytes.
struct Lines(std::sync::mpsc::Sender<usize>);

impl std::io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.send(bytes.len()).expect("a receiver");
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Environment and folder are those of the command.
#[test]
fn a_command_of_the_standard_library() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new("sh");
    command.args(["-c", "echo $GREETING $PWD >&2; exit 3"]).env("GREETING", "hello").current_dir(folder.path());
    let error = blocking::Client::spawn(command).unwrap_err();
    let output = format!("hello {}", folder.path().canonicalize().unwrap().display());
    assert!(error.to_string().ends_with(&format!("exit status: 3; it printed:\n  {output}")), "{error}");
}
