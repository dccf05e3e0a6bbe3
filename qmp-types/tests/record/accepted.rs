//! The input that both modes accept, and how it is written.

use qmp_types::private::{Mode, Writer};
use qmp_types::{Null, Value};

use crate::sample::{BlockResizeArgs, BlockdevOptions, BlockdevRefOrNull, DeviceAddArgs, StatusInfo, events};
use crate::support::{check, check_in, write};
use crate::types::Choice;

#[test]
fn members_in_any_order() {
    check::<StatusInfo>(r#"{"running": true, "status": "paused"}"#, r#"{"running": true, "status": "paused"}"#);
    check::<StatusInfo>(
        r#" { "status":"post-migrate" ,"singlestep":false,"running":true } "#,
        r#"{"running": true, "singlestep": false, "status": "post-migrate"}"#,
    );
}

#[test]
fn the_dialects_differ() {
    let single = r#"{'size': 1, 'device': 'a"b'}"#;
    check_in::<BlockResizeArgs>(Mode::Strict, single, r#"{"device": "a\"b", "size": 1}"#);
    check_in::<BlockResizeArgs>(Mode::Lenient, single, "invalid JSON at byte 1: key is not a string in object");
    check_in::<BlockdevRefOrNull>(Mode::Strict, "'a'", r#""a""#);
    check_in::<BlockdevRefOrNull>(Mode::Lenient, "'a'", "invalid JSON at byte 0: expecting value");
    check_in::<String>(Mode::Strict, r#""\'""#, r#""'""#);
    check_in::<String>(Mode::Lenient, r#""\'""#, "invalid JSON at byte 1: invalid escape sequence in string");
    check_in::<String>(Mode::Strict, "\"\u{FFFF}\"", "JSON parse error, invalid UTF-8 sequence in string");
    check_in::<String>(Mode::Lenient, "\"\u{FFFF}\"", r#""\uFFFF""#);
    check_in::<String>(Mode::Strict, r#""\uFDD0""#, "JSON parse error, \\uFDD0 is not a valid Unicode character");
    check_in::<String>(Mode::Lenient, r#""\uFDD0""#, r#""\uFDD0""#);
    check_in::<f64>(Mode::Strict, "0e5", "JSON parse error, more than one value");
    check_in::<f64>(Mode::Lenient, "0e5", "0.0");
}

#[test]
fn keys_may_be_escaped() {
    check::<BlockdevOptions>(r#"{"dr\u0069ver": "null-co"}"#, r#"{"driver": "null-co"}"#);
    check::<BlockdevOptions>(
        r#"{"f\u0069lename": "f", "dr\u0069ver": "f\u0069le"}"#,
        r#"{"driver": "file", "filename": "f"}"#,
    );
}

#[test]
fn a_discriminator_at_any_position() {
    let expected =
        r#"{"driver": "qcow2", "node-name": "n", "file": {"driver": "file", "filename": "f"}, "backing": null}"#;
    check::<BlockdevOptions>(expected, expected);
    check::<BlockdevOptions>(
        r#"{"backing": null, "node-name": "n", "file": {"filename": "f", "driver": "file"}, "driver": "qcow2"}"#,
        expected,
    );
}

#[test]
fn nested_branches_with_many_members() {
    let wide: Vec<_> = (0..150).map(|index| format!("\"m{index}\": {index}")).collect();
    let (head, wide) =
        (r#""kind": "outer", "outer": 1, "how": "middle", "what": "deep", "middle": 2"#, wide.join(", "));
    let expected = format!("{{{head}, {wide}}}");
    check::<Choice>(&expected, &expected);
    let backwards: Vec<_> = expected[1..expected.len() - 1].rsplit(", ").collect();
    check::<Choice>(&format!("{{{}}}", backwards.join(",")), &expected);
}

#[test]
fn alternates_are_chosen_by_json_type() {
    check::<BlockdevRefOrNull>("null", "null");
    check::<BlockdevRefOrNull>(r#""a""#, r#""a""#);
    check::<BlockdevRefOrNull>(r#"{"driver": "null-co"}"#, r#"{"driver": "null-co"}"#);
}

#[test]
fn members_outside_of_the_schema_are_kept() {
    check::<DeviceAddArgs>(
        r#"{"bus": [1, {"a": null}], "driver": "d", "addr": "0x1"}"#,
        r#"{"driver": "d", "addr": "0x1", "bus": [1, {"a": null}]}"#,
    );
}

#[test]
fn no_members() {
    check::<()>(" { } ", "{}");
    check::<events::Stop>("{}", "{}");
    check_in::<()>(Mode::Lenient, r#"{"a": [{}, []]}"#, "{}");
}

#[test]
fn integers_are_exact() {
    check::<i64>("-9223372036854775808", "-9223372036854775808");
    check::<i64>("9223372036854775807", "9223372036854775807");
    check::<i64>("-0", "0");
    check::<u64>("18446744073709551615", "18446744073709551615");
    check::<u64>("-1", "18446744073709551615");
    check::<u64>("-9223372036854775808", "9223372036854775808");
    check::<Vec<i8>>("[-128,127]", "[-128, 127]");
    check::<Vec<u8>>("[0,255]", "[0, 255]");
    check::<Vec<i16>>("[-32768, 32767]", "[-32768, 32767]");
    check::<Vec<u16>>("[65535]", "[65535]");
    check::<Vec<i32>>("[-2147483648, 2147483647]", "[-2147483648, 2147483647]");
    check::<Vec<u32>>("[4294967295]", "[4294967295]");
}

#[test]
fn integers_of_every_length() {
    for digits in 0..20 {
        let power = 10_u64.pow(digits);
        for value in [power - 1, power, power + power / 10] {
            assert_eq!(write(&value), value.to_string());
        }
        let Ok(power) = i64::try_from(power) else { continue };
        for value in [1 - power, -power, -power - 1] {
            assert_eq!(write(&value), value.to_string());
        }
    }
}

#[test]
fn numbers_accept_integers_and_are_exact() {
    check::<Vec<f64>>(
        "[1, -1.5e3, 0.1, 1e300, 1E-7, 18446744073709551616, -0.0]",
        "[1.0, -1500.0, 0.1, 1e300, 1e-7, 1.8446744073709552e19, -0.0]",
    );
}

#[test]
fn any_accepts_every_value() {
    let text = r#"{"a": [null, true, -1, 18446744073709551615, 1.0, "x"], "b": {}, "c": []}"#;
    check::<Value>(text, text);
    check::<Null>("null", "null");
}

#[test]
fn strings_are_written_in_ascii() {
    check::<String>(
        "\"\\u0000\\b\\f\\n\\r\\t\\u001F \\\"'\\\\/\\/~\u{7f}\u{e4}\u{20ac}\u{1F600}\\uD83D\\ude00\"",
        r#""\u0000\b\f\n\r\t\u001F \"'\\//~\u007F\u00E4\u20AC\uD83D\uDE00\uD83D\uDE00""#,
    );
}

#[test]
fn a_writer_appends() {
    let mut writer = Writer::append_to(b"x".to_vec());
    writer.literal("[");
    writer.signed(i64::MIN);
    writer.bytes_mut().push(b']');
    assert_eq!(writer.into_bytes(), b"x[-9223372036854775808]");
}

#[test]
fn numbers_that_json_lacks_are_written_as_null() {
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(write(&value), "null");
    }
}
