//! Requests as bytes: arguments that the typed client cannot send.

use serde_json::json;

use crate::support::Vm;

#[test]
fn what_the_schema_does_not_allow_is_refused_by_its_path() {
    let vm = Vm::start();
    let mut raw = vm.raw();
    for (request, desc) in [
        (r#"{"execute":"eject","arguments":{"idd":"ide1-cd0"}}"#, "Parameter 'idd' is unexpected"),
        (r#"{"execute":"memsave","arguments":{"val":0}}"#, "Parameter 'size' is missing"),
        (
            r#"{"execute":"set_link","arguments":{"name":"n","up":1}}"#,
            "Invalid parameter type for 'up', expected: boolean",
        ),
        (
            r#"{"execute":"netdev_add","arguments":{"id":"n","type":"moon"}}"#,
            "Parameter 'type' does not accept value 'moon'",
        ),
        (
            r#"{"execute":"blockdev-add","arguments":{"driver":"raw","node-name":"r","file":{"driver":"file"}}}"#,
            "Parameter 'file.filename' is missing",
        ),
        (r#"{"execute":"device_add","arguments":{"id":"d0"}}"#, "Parameter 'driver' is missing"),
    ] {
        assert_eq!(raw.ask(request)["error"], json!({"class": "GenericError", "desc": desc}), "{request}");
    }
    assert_eq!(vm.query_block().unwrap().len(), 2, "nothing was done");
}

#[test]
fn commands_may_come_in_one_piece_or_byte_by_byte() {
    let vm = Vm::start();
    let mut raw = vm.raw();
    raw.write(r#"{"execute":"query-name","id":1}{"execute":"query-uuid","id":[2]} {"execute":"query-kvm","id":null}"#);
    for id in [json!(1), json!([2]), json!(null)] {
        assert_eq!(raw.read()["id"], id);
    }
    for byte in "{ 'execute': 'query-status' }".chars() {
        raw.write(&byte.to_string());
    }
    assert_eq!(raw.read()["return"]["status"], "running");
}

#[test]
fn before_the_negotiation_nothing_else_works() {
    let vm = Vm::start();
    let mut raw = crate::support::Raw::connect(&vm.path("vm.sock"));
    raw.read();
    let error = &raw.ask(r#"{"execute":"query-status"}"#)["error"];
    assert_eq!(error["class"], "CommandNotFound");
    assert_eq!(error["desc"], "Expecting capabilities negotiation with 'qmp_capabilities'");
}

#[test]
fn two_clients_see_one_machine() {
    let vm = Vm::start();
    let mut raw = vm.raw();
    vm.stop().unwrap();
    assert_eq!(raw.read()["event"], "STOP");
    assert_eq!(raw.ask(r#"{"execute":"query-status"}"#)["return"]["status"], "paused");
}
