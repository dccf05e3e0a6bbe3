//! A strict reader that skips unknown members of the outermost object, for commands that ignore unknown arguments.

use qmp_types::private::{Field, Mode, Reader};

use crate::sample::{BlockResizeArgs, BlockdevOptions};
use crate::support::write;
use crate::types::Chain;

#[track_caller]
fn check<T: Field>(text: &str, expected: &str) {
    let mut value = T::blank();
    let read = Reader::new(text, Mode::Strict).skip_unknown(true).value(&mut value);
    assert_eq!(read.map_or_else(|error| error.to_string(), |()| write(&value)), expected, "of {text}");
}

#[test]
fn unknown_members_of_the_outermost_object_are_skipped() {
    check::<BlockResizeArgs>("{'x': [{'y': 1}], 'size': 1, 'z': null}", r#"{"size": 1}"#);
    check::<BlockdevOptions>("{'x': 1, 'driver': 'null-co', 'y': 2}", r#"{"driver": "null-co"}"#);
    check::<()>("{'a': 1}", "{}");
}

#[test]
fn everything_else_stays_strict() {
    check::<BlockResizeArgs>("{'x': 1}", "Parameter 'size' is missing");
    check::<BlockResizeArgs>("{'x': 1, 'size': 'a'}", "Invalid parameter type for 'size', expected: integer");
    check::<BlockResizeArgs>("{'x': 1, 'size': 1, 'size': 2}", "JSON parse error, duplicate key");
    check::<Chain>("{'x': 1, 'value': 1, 'next': {'value': 2, 'x': 3}}", "Parameter 'next.x' is unexpected");
    check::<Chain>("{'x': 1, 'value': 1, 'list': [{'x': 3, 'value': 2}]}", "Parameter 'list[0].x' is unexpected");
}
