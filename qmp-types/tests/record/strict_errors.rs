//! The errors of a server's reader, in QEMU's words and order.

use qmp_types::private::Mode;
use qmp_types::{Error, Value};

use crate::sample::{BlockResizeArgs, BlockdevOptions, BlockdevRef, DeviceAddArgs, StatusInfo, events};
use crate::support::check_in;
use crate::types::{Chain, Choice, Endless, Outer, Scalars, Wide};

#[track_caller]
fn check<T: qmp_types::private::Field>(text: &str, expected: &str) {
    check_in::<T>(Mode::Strict, text, expected);
}

#[test]
fn missing_and_unexpected() {
    check::<BlockResizeArgs>("{}", "Parameter 'size' is missing");
    check::<BlockResizeArgs>("{'size': 1, 'x': 2}", "Parameter 'x' is unexpected");
    check::<()>("{'a': 1}", "Parameter 'a' is unexpected");
    check::<events::Stop>("{'a': 1}", "Parameter 'a' is unexpected");
    check::<Chain>("{'value': 1, 'next': {}}", "Parameter 'next.value' is missing");
    check::<Chain>("{'value': 1, 'list': [{'value': 2}, {'value': 3, 'y': 4}]}", "Parameter 'list[1].y' is unexpected");
    check::<Endless>("{'next': {'next': {}}}", "Parameter 'next.next.next' is missing");
    check::<DeviceAddArgs>("{'x': 1}", "Parameter 'driver' is missing");
}

#[test]
fn the_first_error_in_schema_order_is_reported() {
    check::<Chain>("{'list': 1, 'next': 2, 'value': 'x'}", "Invalid parameter type for 'value', expected: integer");
    check::<Chain>("{'list': 1, 'next': 2}", "Parameter 'value' is missing");
    check::<Chain>("{'list': 1, 'next': 2, 'value': 0}", "Invalid parameter type for 'next', expected: object");
    check::<Chain>("{'x': 0, 'list': 1, 'value': 0}", "Invalid parameter type for 'list', expected: array");
    check::<Chain>("{'x': 0, 'value': 0, 'list': [{'y': 1}]}", "Parameter 'list[0].value' is missing");
    check::<Chain>("{'x': 0, 'value': 0, 'list': [{'y': 1, 'value': 0}]}", "Parameter 'list[0].y' is unexpected");
}

#[test]
fn base_members_precede_those_of_the_branch() {
    check::<BlockdevOptions>(
        "{'filename': 1, 'node-name': 2, 'driver': 'file'}",
        "Invalid parameter type for 'node-name', expected: string",
    );
    check::<BlockdevOptions>("{'filename': 1}", "Parameter 'driver' is missing");
    check::<BlockdevOptions>("{'x': 1, 'driver': 'file'}", "Parameter 'filename' is missing");
    check::<BlockdevOptions>("{'filename': 'f', 'driver': 'null-co'}", "Parameter 'filename' is unexpected");
    check::<Choice>("{'kind': 'outer', 'how': 'middle', 'middle': 1}", "Parameter 'what' is missing");
    check::<Choice>(
        "{'m0': 'x', 'what': 'deep', 'middle': 1, 'how': 'middle', 'kind': 'outer'}",
        "Invalid parameter type for 'm0', expected: integer",
    );
    check::<Choice>("{'m0': 0, 'kind': 'outer', 'how': 'none'}", "Parameter 'm0' is unexpected");
    check::<Outer>("{'m0': 0, 'what': 'deep', 'middle': 1, 'how': 'middle'}", "Parameter 'm63' is missing");
}

#[test]
fn wrong_json_type() {
    for (text, expected) in [
        ("{'i64': 'x'}", "Invalid parameter type for 'i64', expected: integer"),
        ("{'i8': null}", "Invalid parameter type for 'i8', expected: integer"),
        ("{'number': '1'}", "Invalid parameter type for 'number', expected: number"),
        ("{'bool': 1}", "Invalid parameter type for 'bool', expected: boolean"),
        ("{'str': true}", "Invalid parameter type for 'str', expected: string"),
        ("{'str': null}", "Invalid parameter type for 'str', expected: string"),
        ("{'null': 0}", "Invalid parameter type for 'null', expected: null"),
        ("{'empty': []}", "Invalid parameter type for 'empty', expected: object"),
        ("{'u8s': {}}", "Invalid parameter type for 'u8s', expected: array"),
        ("{'u8s': null}", "Invalid parameter type for 'u8s', expected: array"),
        ("{'empty': {'a': 1}}", "Parameter 'empty.a' is unexpected"),
    ] {
        check::<Scalars>(text, expected);
    }
}

#[test]
fn integers_out_of_range() {
    for (text, expected) in [
        ("{'i64': 1.0}", "Invalid parameter type for 'i64', expected: integer"),
        ("{'i64': 1e0}", "Invalid parameter type for 'i64', expected: integer"),
        ("{'i64': 9223372036854775808}", "Invalid parameter type for 'i64', expected: integer"),
        ("{'i64': -9223372036854775809}", "Invalid parameter type for 'i64', expected: integer"),
        ("{'i8': 128}", "Parameter 'i8' expects int8_t"),
        ("{'i8': -129}", "Parameter 'i8' expects int8_t"),
        ("{'i16': 32768}", "Parameter 'i16' expects int16_t"),
        ("{'i32': 2147483648}", "Parameter 'i32' expects int32_t"),
        ("{'i8': 9223372036854775808}", "Invalid parameter type for 'i8', expected: integer"),
        ("{'u8': 256}", "Parameter 'u8' expects uint8_t"),
        ("{'u8': -1}", "Parameter 'u8' expects uint8_t"),
        ("{'u16': 65536}", "Parameter 'u16' expects uint16_t"),
        ("{'u32': 4294967296}", "Parameter 'u32' expects uint32_t"),
        ("{'u64': 18446744073709551616}", "Parameter 'u64' expects uint64"),
        ("{'u64': -9223372036854775809}", "Parameter 'u64' expects uint64"),
        ("{'u64': 1.0}", "Parameter 'u64' expects uint64"),
        ("{'u64': '1'}", "Parameter 'u64' expects uint64"),
        ("{'u8': '1'}", "Parameter 'u8' expects uint64"),
        ("{'u8s': [1, '1']}", "Parameter 'u8s[1]' expects uint64"),
        ("{'number': 1e400}", "Invalid parameter type for 'number', expected: number"),
        ("{'any': -1e400}", "Invalid parameter type for 'any', expected: number"),
        ("{'any': {'a': [1e400]}}", "Invalid parameter type for 'any', expected: number"),
    ] {
        check::<Scalars>(text, expected);
    }
}

#[test]
fn some_texts_have_only_the_local_name() {
    check::<Vec<Scalars>>("[{'u8': 256}]", "Parameter 'u8' expects uint8_t");
    check::<Scalars>("{'u8s': [256]}", "Parameter 'null' expects uint8_t");
    check::<StatusInfo>("{'running': true, 'status': 'x'}", "Parameter 'status' does not accept value 'x'");
    check::<events::StatusChanged>(
        "{'running': true, 'status': 1}",
        "Invalid parameter type for 'status', expected: string",
    );
    check::<Vec<BlockdevOptions>>("[{'driver': 'x', 'a': 1}]", "Parameter 'driver' does not accept value 'x'");
    check::<BlockdevOptions>(
        "{'driver': 'qcow2', 'file': {'driver': 'qcow2', 'file': 1}}",
        "Invalid parameter type for 'file', expected: BlockdevRef",
    );
    check::<Vec<BlockdevRef>>("[null]", "Invalid parameter type for 'null', expected: BlockdevRef");
    check::<BlockdevOptions>(
        "{'driver': 'qcow2', 'file': {'driver': 'file', 'filename': 1}}",
        "Invalid parameter type for 'file.filename', expected: string",
    );
}

#[test]
fn more_members_than_a_word_has_bits() {
    let members = |indices: &[usize]| {
        let members: Vec<_> = indices.iter().map(|index| format!("'m{index}': {index}")).collect();
        format!("{{{}}}", members.join(", "))
    };
    check::<Wide>(&members(&[0, 63, 64, 127, 128]), "Parameter 'm149' is missing");
    check::<Wide>(&members(&[149, 128, 127, 63, 0]), "Parameter 'm64' is missing");
    check::<Wide>(&members(&[0, 63, 64, 127, 128, 149, 140, 128]), "JSON parse error, duplicate key");
    check::<Wide>(&members(&[0, 63, 64, 127, 128, 149, 150]), "Parameter 'm150' is unexpected");
}

#[test]
fn duplicate_keys() {
    let expected = "JSON parse error, duplicate key";
    check::<StatusInfo>("{'running': true, 'running': true, 'status': 'paused'}", expected);
    check::<StatusInfo>(r#"{'running': true, 'st\u0061tus': 'paused', 'status': 'paused'}"#, expected);
    check::<BlockdevOptions>("{'filename': 'f', 'driver': 'file', 'driver': 'file'}", expected);
    check::<BlockdevOptions>("{'driver': 'file', 'filename': 'f', 'driver': 'file'}", expected);
    check::<DeviceAddArgs>("{'driver': 'a', 'x': 1, 'x': 2}", expected);
    check::<Value>("{'a': {'x': 1, 'x': 2}}", expected);
}

#[test]
fn invalid_json() {
    for (text, expected) in [
        ("", "expecting value"),
        ("{'a': }", "expecting value"),
        ("[1, ]", "expecting value"),
        ("[1 2]", "expected separator in list"),
        ("{'a': 1 'b'}", "expected separator in dict"),
        ("{'a': 1, }", "key is not a string in object"),
        ("{'a', 1}", "missing : in object pair"),
        ("{} {}", "more than one value"),
        ("tru", "invalid keyword, expected 'true'"),
        (r#""\x""#, "invalid escape sequence in string"),
        (r#""\ud800""#, r"\ud800 is not a valid Unicode character"),
        (r#""\ud800\u0041""#, r"\ud800 is not a valid Unicode character"),
        (r#""\udc00""#, r"\udc00 is not a valid Unicode character"),
        (r#""\u+123""#, r"\u+123 is not a valid Unicode character"),
        ("\"\t\"", "control character in string"),
        ("'a", "unterminated string"),
        ("01", "invalid number"),
        ("-", "invalid number"),
        ("1.", "invalid number"),
        ("1e+", "invalid number"),
    ] {
        check::<Value>(text, &format!("JSON parse error, {expected}"));
        let ignored = is_error_when_skipped(text);
        assert!(ignored, "skipping accepts {text}");
    }
}

/// Returns whether the text is an error in a value that a client skips.
fn is_error_when_skipped(text: &str) -> bool {
    crate::support::read::<()>(&format!("{{\"unknown\": {text}}}"), Mode::Lenient).is_err()
}

#[test]
fn error_texts_are_limited() {
    let long = "\u{e4}".repeat(100_000);
    let cut = "\u{e4}".repeat(512);
    check::<()>(&format!("{{'{long}': 1}}"), &format!("Parameter '{cut}' is unexpected"));
    check::<StatusInfo>(
        &format!("{{'running': true, 'status': 'x{long}'}}"),
        &format!("Parameter 'status' does not accept value 'x{}'", "\u{e4}".repeat(511)),
    );
}

#[test]
fn errors_become_generic_errors() {
    let mut value = false;
    let error = qmp_types::private::Reader::new("0", Mode::Strict).value(&mut value).unwrap_err();
    let error = Error::from(error);
    assert_eq!(error.desc(), Some("Invalid parameter type for 'null', expected: boolean"));
}
