//! Arguments are judged before the handler runs (section 6).

use crate::support::{check, check_error};

fn refused(name: &str, arguments: &str, desc: &str) {
    check_error(format!("{{'execute': '{name}', 'arguments': {arguments}}}"), desc);
}

#[test]
fn members() {
    check_error("{'execute': 'block_resize'}", "Parameter 'size' is missing");
    refused("block_resize", "{'device': 1, 'x': 1}", "Invalid parameter type for 'device', expected: string");
    refused("block_resize", "{'x': 1}", "Parameter 'size' is missing");
    refused("block_resize", "{'size': 1, 'x': 1}", "Parameter 'x' is unexpected");
    refused("block_resize", "{'size': 1.0}", "Invalid parameter type for 'size', expected: integer");
    refused("block_resize", "{'size': null}", "Invalid parameter type for 'size', expected: integer");
    refused("stop", "{'x': 1}", "Parameter 'x' is unexpected");
    refused("stop", r#"{"x\u0000y'": 1}"#, "Parameter 'x\0y'' is unexpected");
}

#[test]
fn unions_and_alternates() {
    let add = |arguments: &str| format!("{{'execute': 'blockdev-add', 'arguments': {arguments}}}");
    check(add("{'driver': 'qcow2', 'file': 'f', 'backing': null}"), &[r#"{"return": {}}"#]);
    refused("blockdev-add", "{'driver': 'x'}", "Parameter 'driver' does not accept value 'x'");
    refused("blockdev-add", "{'driver': 'qcow2'}", "Parameter 'file' is missing");
    refused("blockdev-add", "{'driver': 'null-co', 'filename': 'f'}", "Parameter 'filename' is unexpected");
    refused(
        "blockdev-add",
        "{'driver': 'qcow2', 'file': 1}",
        "Invalid parameter type for 'file', expected: BlockdevRef",
    );
    refused("blockdev-add", "{'driver': 'qcow2', 'file': {'driver': 'file'}}", "Parameter 'file.filename' is missing");
}

#[test]
fn numbers_that_no_reply_could_repeat() {
    let input = "{'execute': 'echo', 'arguments': {'v': 1e400}}";
    let output = crate::support::replies(input);
    assert!(output[0]["error"].is_object(), "{output:?}");
}
