//! Introspection: the rules on a small schema, and the answers of real servers.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use expect_test::expect;
use qmp_schema::model::Conditions;
use qmp_schema::{LoadOptions, TypeNames, introspect, load, load_text};
use serde_json::Value;

/// What Debian 12's QEMU 7.2 was built with.
const DEBIAN: &[&str] = &[
    "CONFIG_CURSES",
    "CONFIG_DBUS_DISPLAY",
    "CONFIG_FDT",
    "CONFIG_FUSE",
    "CONFIG_GBM",
    "CONFIG_GTK",
    "CONFIG_LIBPMEM",
    "CONFIG_LINUX",
    "CONFIG_LINUX_IO_URING",
    "CONFIG_OPENGL",
    "CONFIG_POSIX",
    "CONFIG_REPLICATION",
    "CONFIG_SDL",
    "CONFIG_SECRET_KEYRING",
    "CONFIG_SPICE",
    "CONFIG_SPICE_PROTOCOL",
    "CONFIG_TCG",
    "CONFIG_TPM",
    "CONFIG_VDUSE_BLK_EXPORT",
    "CONFIG_VHOST_CRYPTO",
    "CONFIG_VHOST_USER_BLK_SERVER",
    "CONFIG_VNC",
    "CONFIG_ZSTD",
    "HAVE_HOST_BLOCK_DEVICE",
    "HAVE_IPPROTO_MPTCP",
    "TARGET_I386",
];

const SMALL: &str = "
    { 'enum': 'Kind', 'data': [ 'one', { 'name': 'two', 'if': 'TWO', 'features': [ { 'name': 'odd', 'if': 'ODD' } ] } ] }
    { 'struct': 'One', 'data': { 'sizes': [ 'size' ], '*any': 'any' }, 'if': 'ONE' }
    { 'union': 'Either', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': { 'one': 'One' } }
    { 'alternate': 'Reference', 'data': { 'either': 'Either', 'name': 'str' } }
    { 'command': 'put', 'data': { 'what': [ 'Reference' ] }, 'allow-oob': true, 'features': [ 'unstable' ] }
    { 'event': 'DONE' }";

fn small(conditions: &Conditions, names: TypeNames) -> String {
    let loaded = load_text("small.json", SMALL, &LoadOptions::default()).unwrap_or_else(|report| panic!("{report}"));
    introspect(&loaded.schema, conditions, names).replace("}, {\"name\": ", "},\n{\"name\": ")
}

#[test]
fn everything_by_number() {
    expect![[]].assert_eq(&small(&Conditions::Everything, TypeNames::Masked));
}

#[test]
fn numbers_do_not_depend_on_conditions() {
    expect![[]].assert_eq(&small(&Conditions::defined(["TWO"]), TypeNames::Masked));
}

#[test]
fn names_of_the_schema() {
    expect![[]].assert_eq(&small(&Conditions::defined(["ONE"]), TypeNames::Plain));
}

#[test]
fn the_system_emulators_answer() {
    let server = ["qemu-system-x86_64", "-M", "none", "-nodefaults", "-nographic", "-S", "-qmp"];
    compare("qapi/qapi-schema.json", &server, "unix:SOCKET,server=on,wait=off", 1051);
}

#[test]
fn the_storage_daemons_answer() {
    let server = ["qemu-storage-daemon", "--monitor", "chardev=c", "--chardev"];
    compare("storage-daemon/qapi/qapi-schema.json", &server, "socket,id=c,path=SOCKET,server=on,wait=off", 494);
}

/// Compares the introspection of a QEMU 7.2 schema with what the real server answers.
fn compare(entry: &str, server: &[&str], monitor: &str, entries: usize) {
    let Some(path) = schema(entry) else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let socket = folder.path().join("socket");
    let monitor = monitor.replace("SOCKET", &socket.display().to_string());
    let Some(_server) = start(server, &monitor) else { return };
    let loaded = load(path, &LoadOptions::default()).unwrap_or_else(|report| panic!("{report}"));
    let ours = introspect(&loaded.schema, &Conditions::defined(DEBIAN.iter().copied()), TypeNames::Masked);

    let theirs = entries_of(&ask(&socket)["return"]);
    assert_eq!(theirs.len(), entries);
    let ours = entries_of(&serde_json::from_str(&ours).expect("introspection is JSON"));
    assert_eq!(ours.difference(&theirs).collect::<Vec<_>>(), Vec::<&String>::new());
    assert_eq!(theirs.difference(&ours).collect::<Vec<_>>(), Vec::<&String>::new());
}

/// The entries as texts, since the order on the wire is free.
fn entries_of(list: &Value) -> BTreeSet<String> {
    list.as_array().into_iter().flatten().map(Value::to_string).collect()
}

#[allow(clippy::print_stdout, reason = "who runs the tests sees what is skipped")]
fn schema(entry: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let schemas = std::env::var_os("QMP_SHARED").map_or(beside, PathBuf::from).join("schemas/qemu-7.2");
    if !schemas.exists() {
        println!("skipped: {entry}: no folder {}", schemas.display());
        return None;
    }
    Some(schemas.join(entry))
}

#[allow(clippy::print_stdout, reason = "who runs the tests sees what is skipped")]
fn start(server: &[&str], monitor: &str) -> Option<Server> {
    let mut command = Command::new(server[0]);
    command.args(&server[1..]).arg(monitor).stdin(Stdio::null()).stderr(Stdio::null());
    match command.spawn() {
        Ok(child) => Some(Server(child)),
        Err(error) => {
            println!("skipped: introspection of {}: {error}", server[0]);
            None
        }
    }
}

/// A running server, killed when the test ends.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn ask(socket: &Path) -> Value {
    let connect = || UnixStream::connect(socket).map_err(|_| sleep(Duration::from_millis(50))).ok();
    let mut stream = (0..200).find_map(|_| connect()).expect("the server listens");
    let mut lines = BufReader::new(stream.try_clone().expect("a second handle")).lines();
    let commands = "{\"execute\": \"qmp_capabilities\"}\n{\"execute\": \"query-qmp-schema\"}\n";
    stream.write_all(commands.as_bytes()).expect("the server reads");
    let reply = lines.nth(2).expect("greeting and two replies").expect("text");
    serde_json::from_str(&reply).expect("a reply")
}
