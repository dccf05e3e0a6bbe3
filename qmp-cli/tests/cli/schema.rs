//! `qmp schema`, and the real server.

use expect_test::expect;

use crate::reached::reached;
use crate::support::{Folder, VM};

#[test]
fn a_dump_becomes_a_schema_file() {
    let folder = Folder::with(&[("vm.json", VM)]);
    let dump = folder.stdout("introspect vm.json");
    folder.serve("vm.sock", dump.trim().to_owned());
    expect![["status: 0\n"]].assert_eq(&folder.transcript("schema vm.sock -o told.json"));
    expect![[r#"
        # Server: version 1.0.0
        #
        # What a server says about itself by `query-qmp-schema`.
        #
        # It does not tell what its types are called, so they are named here by where they are first used, and where that is stands
        # above each. It does not tell how wide its integers are either: all are `int`.

        { 'command': 'query-status',
          'returns': 'StatusInfo' }

        { 'command': 'stop',
          'data': { 'id': 'str', '*force': 'bool' },
          'features': [ 'deprecated' ] }

        { 'event': 'STOPPED',
          'data': { 'at': 'int' } }

        # What `query-status` returns.
        { 'struct': 'StatusInfo',
          'data': { 'status': 'Status', '*size': 'int' } }

        # Member `status` of `StatusInfo`.
        { 'enum': 'Status',
          'data': [ 'on', 'off' ] }
    "#]].assert_eq(&folder.read("told.json"));
    for docs in ["lenient", "qemu-8.2", "qemu-10.0", "qemu-10.2"] {
        expect![["status: 0\n"]].assert_eq(&folder.transcript(&format!("check --docs {docs} told.json")));
    }
    assert_eq!(folder.stdout("introspect told.json"), dump);
}

#[test]
fn what_is_no_dump() {
    let folder = Folder::with(&[("vm.json", VM)]);
    expect![[r#"
        stderr: error: expected a reply to `query-qmp-schema`, found other text in `vm.json`
        stderr:  = help: if it is a schema in the QAPI language, `qmp check vm.json` checks it, and `qmp introspect vm.json` prints its introspection data
        status: 2
    "#]]
    .assert_eq(&folder.transcript("schema vm.json"));
    expect![[r#"
        stderr: error: expected a reply to `query-qmp-schema`, found other text in `<stdin>`
        stderr:  = help: if it is a schema in the QAPI language, `qmp check -` checks it, and `qmp introspect -` prints its introspection data
        status: 2
    "#]]
    .assert_eq(&folder.transcript_of("schema -", b"{ \"event\": \"E\" }"));
    expect![[r#"
        stderr: error: cannot read `absent.json`: No such file or directory (os error 2)
        status: 2
    "#]]
    .assert_eq(&folder.transcript("schema absent.json"));
}

#[test]
fn real_servers_tell_their_schemas() {
    let folder = Folder::with(&[]);
    let servers = [folder.qemu("qemu.sock"), folder.storage_daemon("daemon.sock")];
    for (server, socket) in servers.into_iter().zip(["qemu.sock", "daemon.sock"]) {
        let Some(_server) = server else { continue };
        let live = folder.stdout(&format!("introspect {socket}"));
        assert!(live.contains(r#""blockdev-add""#));
        folder.stdout(&format!("schema {socket} -o told.json"));
        folder.stdout("check told.json");
        let (live, told) = (reached(&live), reached(&folder.stdout("introspect told.json")));
        assert!(live.len() > 400, "{}", live.len());
        live.iter().zip(&told).for_each(|(live, told)| assert_eq!(live, told));
        assert_eq!(live.len(), told.len());
    }
}

#[test]
fn the_real_qemu_is_compatible_with_its_schema() {
    let folder = Folder::with(&[]);
    let Some(_qemu) = folder.qemu("qmp.sock") else { return };
    folder.stdout("schema qmp.sock -o told.json");
    expect![[r#"
        0 breaking, 0 note, 0 fine
        status: 0
    "#]]
    .assert_eq(&folder.transcript("diff told.json qmp.sock"));
    folder.stdout("doc qmp.sock -o manual");
    assert!(folder.read("manual/index.js").contains("block_resize"));
}
