//! `Eq` and `Hash` of generated types.

use std::collections::HashSet;
use std::fmt::Debug;
use std::hash::Hash;

use qmp_types::private::{Field, Mode};

use crate::sample::{BlockdevOptions, BlockdevRefOrNull, DeviceAddArgs, RunState, StatusInfo, events};
use crate::support::read;

/// Checks that each text is a value of its own, and that it is the same value when it is read again.
fn check<T: Field + Debug + Eq + Hash>(texts: &[&str]) {
    let value = |text: &&str| read::<T>(text, Mode::Lenient).unwrap_or_else(|error| panic!("{text}: {error}"));
    let mut values: HashSet<T> = texts.iter().map(value).collect();
    assert_eq!(values.len(), texts.len());
    assert!(texts.iter().all(|text| values.remove(&value(text))));
    assert_hashes_differ::<T>(texts);
}

/// Every part counts for the hash, too.
fn assert_hashes_differ<T: Field + Hash>(texts: &[&str]) {
    use std::hash::{BuildHasher, RandomState};
    let state = RandomState::new();
    let hash = |text: &&str| state.hash_one(read::<T>(text, Mode::Lenient).unwrap());
    assert_eq!(texts.iter().map(hash).collect::<HashSet<_>>().len(), texts.len());
}

#[test]
fn every_part_counts() {
    check::<StatusInfo>(&[
        r#"{"running": true, "status": "paused"}"#,
        r#"{"running": false, "status": "paused"}"#,
        r#"{"running": true, "status": "running"}"#,
        r#"{"running": true, "status": "dreaming"}"#,
        r#"{"running": true, "singlestep": false, "status": "paused"}"#,
    ]);
    check::<BlockdevOptions>(&[
        r#"{"driver": "null-co"}"#,
        r#"{"driver": "null-co", "node-name": "n"}"#,
        r#"{"driver": "file", "filename": "n"}"#,
        r#"{"driver": "file", "filename": "m"}"#,
        r#"{"driver": "qcow2", "file": {"driver": "null-co"}}"#,
        r#"{"driver": "qcow2", "file": {"driver": "null-co"}, "backing": null}"#,
        r#"{"driver": "nfs"}"#,
        r#"{"driver": "nfs", "port": 1}"#,
    ]);
    check::<BlockdevRefOrNull>(&["null", r#""a""#, r#""b""#, r#"{"driver": "null-co"}"#, "[1]", "[2]"]);
    check::<DeviceAddArgs>(&[r#"{"driver": "d"}"#, r#"{"driver": "d", "x": 1}"#, r#"{"driver": "d", "x": 2}"#]);
    check::<Vec<RunState>>(&["[]", r#"["paused"]"#, r#"["paused", "paused"]"#, r#"["running"]"#]);
}

#[test]
fn events_have_them_too() {
    check::<events::StatusChanged>(&[
        r#"{"running": true, "status": "paused"}"#,
        r#"{"running": true, "status": "running"}"#,
    ]);
}
