//! `qmp schema`.

use expect_test::expect;

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
        # The schema of a server, made of its answer to `query-qmp-schema`.
        #
        # The answer does not name types: each is named here after its first use, and a
        # comment above it lists its uses. Nor does it say how wide integers are: all
        # are `int`.

        { 'command': 'query-status',
          'returns': 'StatusInfo' }

        { 'command': 'stop',
          'data': { 'id': 'str', '*force': 'bool' },
          'features': [ 'deprecated' ] }

        { 'event': 'STOPPED',
          'data': { 'at': 'int' } }

        # Returned by `query-status`.
        { 'struct': 'StatusInfo',
          'data': { 'status': 'Status', '*size': 'int' } }

        # Member `status` of `StatusInfo`.
        { 'enum': 'Status',
          'data': [ 'on', 'off' ] }
    "#]]
    .assert_eq(&folder.read("told.json"));
    for docs in ["lenient", "qemu-8.2", "qemu-10.0", "qemu-10.2"] {
        expect![["status: 0\n"]].assert_eq(&folder.transcript(&format!("check --docs {docs} told.json")));
    }
    assert_eq!(folder.stdout("introspect told.json"), dump);
}

#[test]
fn other_text_is_not_a_dump() {
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
