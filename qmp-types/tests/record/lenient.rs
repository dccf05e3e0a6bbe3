//! The reader of a client, whose server may be newer than the schema, or broken.

use qmp_types::private::Mode;
use qmp_types::{Error, Value};

use crate::sample::{
    BlockdevOptions, BlockdevOptionsDriver, BlockdevRef, BlockdevRefOrNull, DeviceAddArgs, RunState, StatusInfo,
};
use crate::support::{check_in, read, write};
use crate::types::{Chain, Choice, Scalars, Wide};

#[track_caller]
fn check<T: qmp_types::private::Field>(text: &str, expected: &str) {
    check_in::<T>(Mode::Lenient, text, expected);
}

#[test]
fn unknown_members_are_skipped() {
    check::<StatusInfo>(
        r#"{"new": {"a": [1, {}, "x"]}, "running": true, "status": "paused", "newer": null}"#,
        r#"{"running": true, "status": "paused"}"#,
    );
}

#[test]
fn unknown_values_are_kept() {
    let status: StatusInfo = read(r#"{"running": true, "status": "dreaming"}"#, Mode::Lenient).unwrap();
    assert_eq!(status.status, RunState::Unknown("dreaming".to_owned()));
    assert_eq!(write(&status), r#"{"running": true, "status": "dreaming"}"#);
    check::<BlockdevRef>("1.5", "1.5");
    check::<BlockdevRef>("[null]", "[null]");
    assert_eq!(read("[null]", Mode::Lenient), Ok(BlockdevRef::Unknown(Value::Array(vec![Value::Null]))));
    check::<BlockdevRefOrNull>("true", "true");
}

#[test]
fn unknown_branches_are_kept_with_their_members() {
    let text = r#"{"url": "u", "node-name": "n", "driver": "nfs", "port": 1}"#;
    let options: BlockdevOptions = read(text, Mode::Lenient).unwrap();
    let BlockdevOptionsDriver::Unknown(branch) = &options.driver else { panic!("{options:?}") };
    assert_eq!(branch.value, "nfs");
    assert_eq!(branch.members["url"], "u");
    check::<BlockdevOptions>(text, r#"{"driver": "nfs", "node-name": "n", "port": 1, "url": "u"}"#);
    check::<Choice>(
        r#"{"how": "new", "kind": "outer", "x": 1, "common": 2}"#,
        r#"{"kind": "outer", "common": 2, "how": "new", "x": 1}"#,
    );
}

#[test]
fn the_first_of_duplicates_is_kept() {
    check::<Chain>(r#"{"value": 1, "value": 2}"#, r#"{"value": 1}"#);
    check::<DeviceAddArgs>(r#"{"driver": "a", "x": 1, "driver": "b", "x": 2}"#, r#"{"driver": "a", "x": 1}"#);
    check::<BlockdevOptions>(
        r#"{"filename": "f", "driver": "file", "driver": "null-co"}"#,
        r#"{"driver": "file", "filename": "f"}"#,
    );
}

#[test]
fn errors_name_the_path_the_expected_and_the_found() {
    check::<Chain>(r#"{"next": {"list": []}, "value": 0}"#, "`next.value`: required member is missing");
    check::<Chain>(r#"{"list": [{"value": 1}, {"value": "x"}]}"#, "`list[1].value`: expected integer, found string");
    check::<Scalars>(r#"{"u8": -1}"#, "`u8`: expected uint8_t, found a number out of its range");
    check::<Scalars>(r#"{"str": null}"#, "`str`: expected string, found null");
    check::<Vec<bool>>("{}", "expected array, found object");
    check::<Wide>("{}", "`m0`: required member is missing");
    check::<Value>("[}", "invalid JSON at byte 1: expecting value");
}

#[test]
fn errors_are_protocol_errors() {
    let mut value = false;
    let error = qmp_types::private::Reader::new("0", Mode::Lenient).value(&mut value).unwrap_err();
    assert!(Error::from(error).is_protocol());
}
