//! Hostile input: depth, size, order of members.

use std::time::Duration;

use qmp_types::Value;
use qmp_types::private::{Field, Mode, Reader};
use rustix::time::{ClockId, clock_gettime};

use crate::sample::{BlockdevOptions, StatusInfo};
use crate::support::{read, write};
use crate::types::{Chain, Choice, Endless};

/// Runs on a stack of the default size of threads, 2 MiB.
fn on_a_small_stack(run: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(2 << 20).spawn(run).unwrap().join().unwrap();
}

/// Returns `head` repeated, then `leaf`, then `tail` repeated.
fn nested(levels: usize, head: &str, leaf: &str, tail: &str) -> String {
    format!("{}{leaf}{}", head.repeat(levels), tail.repeat(levels))
}

/// Checks that values are read and written at the limit of nesting, and rejected one level deeper.
fn check_depth<T: Field>(head: &str, leaf: &str, tail: &str) {
    for mode in [Mode::Strict, Mode::Lenient] {
        let depth = |text: &str| text.matches(['{', '[']).count();
        let levels = (Reader::DEPTH_LIMIT - depth(leaf)) / depth(head);
        let text = nested(levels, head, leaf, tail);
        let written = read::<T>(&text, mode).map(|value| write(&value));
        assert!(written.as_ref() == Ok(&text), "{mode:?} {head}: {:.200}", written.unwrap_or_else(|error| error));
        let expected = if mode == Mode::Strict { "JSON nesting depth limit exceeded" } else { "nested too deeply" };
        let error = read::<T>(&nested(levels + 1, head, leaf, tail), mode).map(drop).unwrap_err();
        assert!(error.ends_with(expected), "{mode:?} {error}");
    }
}

#[test]
fn nesting_does_not_overflow_the_stack() {
    on_a_small_stack(|| {
        check_depth::<Value>("[", "1", "]");
        check_depth::<Value>(r#"{"a": "#, "[]", "}");
        check_depth::<Chain>(r#"{"value": 1, "next": "#, r#"{"value": 1}"#, "}");
        check_depth::<Chain>(r#"{"value": 1, "list": ["#, "", "]}");
        check_depth::<Choice>(r#"{"kind": "nest", "inner": "#, r#"{"kind": "plain"}"#, "}");
        check_depth::<BlockdevOptions>(r#"{"driver": "qcow2", "file": "#, r#"{"driver": "null-co"}"#, "}");
    });
}

#[test]
fn nesting_in_skipped_or_wrong_values_does_not_overflow_the_stack() {
    on_a_small_stack(|| {
        let deep = nested(500_000, "[", "", "]");
        assert!(read::<()>(&format!("{{\"a\": {deep}}}"), Mode::Lenient).is_err());
        assert!(read::<Value>(&deep, Mode::Strict).is_err());
        let mut reader = Reader::new(&deep, Mode::Lenient).depth_limit(500_000);
        reader.skip().unwrap();
        let text = nested(1024, r#"{"next":"#, "{}", "}");
        assert_eq!(read::<Endless>(&text[..], Mode::Strict).unwrap_err(), "JSON nesting depth limit exceeded");
        let text = nested(1023, r#"{"x": 1, "value": 1, "next":"#, r#"{"value": ""}"#, "}");
        let path = ["next"; 1023].join(".");
        let expected = format!("Invalid parameter type for '{path}.value', expected: integer");
        assert_eq!(read::<Chain>(&text, Mode::Strict).unwrap_err(), expected);
    });
}

#[test]
fn the_depth_limit_is_configurable() {
    let read = |limit| Reader::new("[[1]]", Mode::Strict).depth_limit(limit).value(&mut Value::Null).is_ok();
    assert!(read(2));
    assert!(!read(1));
}

/// Returns the processor time of this thread, which does not depend on the load of the machine.
fn processor_time() -> Duration {
    clock_gettime(ClockId::ThreadCPUTime).try_into().unwrap()
}

/// Checks that the time to read is linear in the length of the text.
fn check_linear<T: Field>(text: impl Fn(usize) -> String, mode: Mode, size: usize) {
    let time = |size| {
        let text = text(size);
        let once = |_| {
            let start = processor_time();
            drop(read::<T>(&text, mode));
            processor_time() - start
        };
        (0..3).map(once).min().unwrap()
    };
    let (small, large) = (time(size), time(size * 8));
    assert!(large < small * 40 + Duration::from_millis(50), "{size}: {small:?}, eight times the size: {large:?}");
}

#[test]
fn many_members_take_linear_time() {
    let keys = |prefix: &'static str, suffix: &'static str| {
        move |size: usize| {
            let keys: Vec<_> = (0..size).map(|key| format!("\"k{key}\": [{key}]")).collect();
            format!("{prefix}{}{suffix}", keys.join(", "))
        }
    };
    for mode in [Mode::Strict, Mode::Lenient] {
        check_linear::<StatusInfo>(keys("{", "}"), mode, 2_500);
        check_linear::<BlockdevOptions>(keys("{", r#", "driver": "file"}"#), mode, 2_500);
        check_linear::<BlockdevOptions>(keys("{", r#", "driver": "nfs"}"#), mode, 2_500);
    }
    check_linear::<BlockdevOptions>(keys("{", "}"), Mode::Strict, 2_500);
    check_linear::<Value>(keys("{", "}"), Mode::Strict, 25_000);
}

#[test]
fn late_discriminators_take_linear_time() {
    let late = |leaf: &'static str| {
        move |size: usize| {
            let (levels, filler) = (size / 100, "\"x\": 0, ".repeat(100));
            let head = if leaf.is_empty() { r#"{"inner": "#.to_owned() } else { format!("{{{filler}\"inner\": ") };
            nested(levels, &head, r#"{"kind": "plain"}"#, r#", "kind": "nest"}"#)
        }
    };
    for mode in [Mode::Strict, Mode::Lenient] {
        check_linear::<Choice>(late(""), mode, 6_250);
        check_linear::<Choice>(late("filled"), mode, 6_250);
    }
    let text = late("filled")(102_300);
    assert!(read::<Choice>(&text, Mode::Lenient).is_ok());
}
