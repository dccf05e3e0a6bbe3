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
    expect![[r#"
        [{"name": "put", "meta-type": "command", "arg-type": "0", "ret-type": "1", "allow-oob": true, "features": ["unstable"]},
        {"name": "DONE", "meta-type": "event", "arg-type": "1"},
        {"name": "0", "meta-type": "object", "members": [{"name": "what", "type": "[2]"}]},
        {"name": "1", "meta-type": "object", "members": []},
        {"name": "[2]", "meta-type": "array", "element-type": "2"},
        {"name": "2", "meta-type": "alternate", "members": [{"type": "3"}, {"type": "str"}]},
        {"name": "3", "meta-type": "object", "members": [{"name": "kind", "type": "4"}], "tag": "kind", "variants": [{"case": "one", "type": "5"}, {"case": "two", "type": "1"}]},
        {"name": "str", "meta-type": "builtin", "json-type": "string"},
        {"name": "4", "meta-type": "enum", "members": [{"name": "one"},
        {"name": "two", "features": ["odd"]}], "values": ["one", "two"]},
        {"name": "5", "meta-type": "object", "members": [{"name": "sizes", "type": "[int]"},
        {"name": "any", "type": "any", "default": null}]},
        {"name": "[int]", "meta-type": "array", "element-type": "int"},
        {"name": "int", "meta-type": "builtin", "json-type": "int"},
        {"name": "any", "meta-type": "builtin", "json-type": "value"}]"#]].assert_eq(&small(&Conditions::Everything, TypeNames::Masked));
}

#[test]
fn numbers_do_not_depend_on_conditions() {
    expect![[r#"
        [{"name": "put", "meta-type": "command", "arg-type": "0", "ret-type": "1", "allow-oob": true, "features": ["unstable"]},
        {"name": "DONE", "meta-type": "event", "arg-type": "1"},
        {"name": "0", "meta-type": "object", "members": [{"name": "what", "type": "[2]"}]},
        {"name": "1", "meta-type": "object", "members": []},
        {"name": "[2]", "meta-type": "array", "element-type": "2"},
        {"name": "2", "meta-type": "alternate", "members": [{"type": "3"}, {"type": "str"}]},
        {"name": "3", "meta-type": "object", "members": [{"name": "kind", "type": "4"}], "tag": "kind", "variants": [{"case": "one", "type": "5"}, {"case": "two", "type": "1"}]},
        {"name": "str", "meta-type": "builtin", "json-type": "string"},
        {"name": "4", "meta-type": "enum", "members": [{"name": "one"},
        {"name": "two", "features": []}], "values": ["one", "two"]},
        {"name": "[int]", "meta-type": "array", "element-type": "int"},
        {"name": "int", "meta-type": "builtin", "json-type": "int"},
        {"name": "any", "meta-type": "builtin", "json-type": "value"}]"#]].assert_eq(&small(&Conditions::defined(["TWO"]), TypeNames::Masked));
}

#[test]
fn names_of_the_schema() {
    expect![[r#"
        [{"name": "put", "meta-type": "command", "arg-type": "q_obj_put-arg", "ret-type": "q_empty", "allow-oob": true, "features": ["unstable"]},
        {"name": "DONE", "meta-type": "event", "arg-type": "q_empty"},
        {"name": "q_obj_put-arg", "meta-type": "object", "members": [{"name": "what", "type": "[Reference]"}]},
        {"name": "q_empty", "meta-type": "object", "members": []},
        {"name": "[Reference]", "meta-type": "array", "element-type": "Reference"},
        {"name": "Reference", "meta-type": "alternate", "members": [{"type": "Either"}, {"type": "str"}]},
        {"name": "Either", "meta-type": "object", "members": [{"name": "kind", "type": "Kind"}], "tag": "kind", "variants": [{"case": "one", "type": "One"}]},
        {"name": "str", "meta-type": "builtin", "json-type": "string"},
        {"name": "Kind", "meta-type": "enum", "members": [{"name": "one"}], "values": ["one"]},
        {"name": "One", "meta-type": "object", "members": [{"name": "sizes", "type": "[int]"},
        {"name": "any", "type": "any", "default": null}]},
        {"name": "[int]", "meta-type": "array", "element-type": "int"},
        {"name": "int", "meta-type": "builtin", "json-type": "int"},
        {"name": "any", "meta-type": "builtin", "json-type": "value"}]"#]].assert_eq(&small(&Conditions::defined(["ONE"]), TypeNames::Plain));
}

#[test]
fn the_system_emulators_answer() {
    let server = "qemu-system-x86_64 -M none -nodefaults -nographic -S -qmp unix:SOCKET,server=on,wait=off";
    compare("qapi/qapi-schema.json", server, 1051);
}

#[test]
fn the_storage_daemons_answer() {
    let server = "qemu-storage-daemon --chardev socket,id=c,path=SOCKET,server=on,wait=off --monitor chardev=c";
    compare("storage-daemon/qapi/qapi-schema.json", server, 494);
}

/// Compares the introspection of a QEMU 7.2 schema with what the real server answers.
fn compare(entry: &str, server: &str, entries: usize) {
    let Some(path) = schema(entry) else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let socket = folder.path().join("socket");
    let Some(_server) = start(&server.replace("SOCKET", &socket.display().to_string())) else { return };
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
fn start(command: &str) -> Option<Server> {
    let mut words = command.split(' ');
    let program = words.next().unwrap_or_default();
    match Command::new(program).args(words).stdin(Stdio::null()).stderr(Stdio::null()).spawn() {
        Ok(child) => Some(Server(child)),
        Err(error) => {
            println!("skipped: introspection of {program}: {error}");
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
