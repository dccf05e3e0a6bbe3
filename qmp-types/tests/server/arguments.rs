//! Arguments are checked before the handler runs.

use crate::support::{check, check_error};

fn check_arguments_error(name: &str, arguments: &str, desc: &str) {
    check_error(format!("{{'execute': '{name}', 'arguments': {arguments}}}"), desc);
}

#[test]
fn members() {
    check_error("{'execute': 'block_resize'}", "Parameter 'size' is missing");
    check_arguments_error(
        "block_resize",
        "{'device': 1, 'x': 1}",
        "Invalid parameter type for 'device', expected: string",
    );
    check_arguments_error("block_resize", "{'x': 1}", "Parameter 'size' is missing");
    check_arguments_error("block_resize", "{'size': 1, 'x': 1}", "Parameter 'x' is unexpected");
    check_arguments_error("block_resize", "{'size': 1.0}", "Invalid parameter type for 'size', expected: integer");
    check_arguments_error("block_resize", "{'size': null}", "Invalid parameter type for 'size', expected: integer");
    check_arguments_error("stop", "{'x': 1}", "Parameter 'x' is unexpected");
    check_arguments_error("stop", r#"{"x\u0000y'": 1}"#, "Parameter 'x\0y'' is unexpected");
}

#[test]
fn unions_and_alternates() {
    let add = |arguments: &str| format!("{{'execute': 'blockdev-add', 'arguments': {arguments}}}");
    check(add("{'driver': 'qcow2', 'file': 'f', 'backing': null}"), &[r#"{"return": {}}"#]);
    check_arguments_error("blockdev-add", "{'driver': 'x'}", "Parameter 'driver' does not accept value 'x'");
    check_arguments_error("blockdev-add", "{'driver': 'qcow2'}", "Parameter 'file' is missing");
    check_arguments_error(
        "blockdev-add",
        "{'driver': 'null-co', 'filename': 'f'}",
        "Parameter 'filename' is unexpected",
    );
    check_arguments_error(
        "blockdev-add",
        "{'driver': 'qcow2', 'file': 1}",
        "Invalid parameter type for 'file', expected: BlockdevRef",
    );
    check_arguments_error(
        "blockdev-add",
        "{'driver': 'qcow2', 'file': {'driver': 'file'}}",
        "Parameter 'file.filename' is missing",
    );
}

#[test]
fn infinite_numbers_are_rejected() {
    let input = "{'execute': 'echo', 'arguments': {'v': 1e400}}";
    let output = crate::support::replies(input);
    assert!(output[0]["error"].is_object(), "{output:?}");
}
