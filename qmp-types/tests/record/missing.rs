//! Required members that an older server does not send.

#[cfg(feature = "macros")]
use std::{
    io::Write,
    sync::{Arc, Mutex},
};

use qmp_types::private::{Field, Mode, Reader};
use qmp_types::{MissingMembers, Value};

use crate::sample::{BlockdevOptions, RunState, StatusInfo};
use crate::support::write;
use crate::types::{Chain, Choice, Endless, Wide};

fn read<T: Field>(text: &str, missing: MissingMembers) -> Result<T, String> {
    let mut value = T::blank();
    let mut reader = Reader::new(text, Mode::Lenient).missing_members(missing);
    reader.value(&mut value).map_err(|error| error.to_string())?;
    Ok(value)
}

#[track_caller]
fn check<T: Field>(text: &str, filled: &str, refused: &str) {
    let written = read::<T>(text, MissingMembers::Fill).map_or_else(|error| error, |value| write(&value));
    assert_eq!(written, filled, "of {text}");
    assert_eq!(read::<T>(text, MissingMembers::Refuse).err().as_deref(), Some(refused), "of {text}");
}

#[test]
fn every_missing_member_gets_the_empty_value_of_its_type() {
    check::<StatusInfo>("{}", r#"{"running": false, "status": ""}"#, "`running`: required member is missing");
    check::<StatusInfo>(
        r#"{"running": true}"#,
        r#"{"running": true, "status": ""}"#,
        "`status`: required member is missing",
    );
    let status: StatusInfo = read("{}", MissingMembers::Fill).unwrap();
    assert_eq!(status.status, RunState::Unknown(String::new()));
    check::<Vec<Chain>>(
        r#"[{"next": {"list": [{}]}}]"#,
        r#"[{"value": 0, "next": {"value": 0, "list": [{"value": 0}]}}]"#,
        "`[0].next.list[0].value`: required member is missing",
    );
    let wide = r#"{"m0": 0, "m63": 0, "m64": 0, "m127": 0, "m128": 0, "m149": 0}"#;
    check::<Wide>("{}", wide, "`m0`: required member is missing");
}

#[test]
fn a_missing_discriminator_keeps_the_members_of_its_branch() {
    check::<BlockdevOptions>(
        r#"{"filename": "f", "node-name": "n", "size": {"a": 1}}"#,
        r#"{"driver": "", "node-name": "n", "filename": "f", "size": {"a": 1}}"#,
        "`driver`: required member is missing",
    );
    check::<BlockdevOptions>("{}", r#"{"driver": ""}"#, "`driver`: required member is missing");
    check::<BlockdevOptions>(
        r#"{"driver": "qcow2"}"#,
        r#"{"driver": "qcow2", "file": null}"#,
        "`file`: required member is missing",
    );
    check::<Choice>(r#"{"kind": "outer"}"#, r#"{"kind": "outer", "how": ""}"#, "`how`: required member is missing");
    check::<Choice>(
        r#"{"kind": "nest"}"#,
        r#"{"kind": "nest", "inner": {"kind": ""}}"#,
        "`inner`: required member is missing",
    );
    check::<Choice>(
        r#"{"kind": "outer", "middle": 5}"#,
        r#"{"kind": "outer", "how": "", "middle": 5}"#,
        "`how`: required member is missing",
    );
}

#[test]
fn a_type_that_requires_itself_is_filled_to_some_depth() {
    let value = write(&read::<Endless>("{}", MissingMembers::Fill).unwrap());
    let value: Value = serde_json::from_str(&value).unwrap_or_default();
    let depth = std::iter::successors(Some(&value), |value| value.get("next")).count();
    assert!((2..10).contains(&depth), "{value}");
}

#[test]
fn a_servers_reader_fills_nothing() {
    let mut status = StatusInfo::blank();
    let mut reader = Reader::new("{}", Mode::Strict).missing_members(MissingMembers::Fill);
    assert_eq!(reader.value(&mut status).unwrap_err().to_string(), "Parameter 'running' is missing");
}

#[cfg(feature = "macros")]
#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Vec<u8>>>);

#[cfg(feature = "macros")]
impl Write for Memory {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(feature = "macros")]
#[test]
fn a_member_is_logged_once_with_its_path() {
    mod once {
        qmp_types::schema!("tests/record/missing.json", crate = ::qmp_types);
    }
    let memory = Memory::default();
    let writer = memory.clone();
    let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
    tracing::subscriber::with_default(subscriber, || {
        for _ in 0..3 {
            let text = r#"{"disks": [{"name": "a", "size": 5}, {"name": "}]"}, {"size": 1, "later": {"k": "v"}}]}"#;
            let state: once::Machine = read(text, MissingMembers::Fill).unwrap();
            assert_eq!((state.disks.len(), state.disks[1].size, &*state.disks[2].name), (3, 0, ""));
            let other: once::Other = read(r#"{"list": [ 1 , [ ] ], "port": 3}"#, MissingMembers::Fill).unwrap();
            assert_eq!(write(&other), r#"{"kind": "", "list": [1, []], "port": 3}"#);
        }
    });
    let log = String::from_utf8(memory.0.lock().unwrap().clone()).unwrap();
    let lines: Vec<&str> = log.lines().map(|line| line.split_once("WARN").unwrap().1).collect();
    assert_eq!(lines.len(), 3, "{log}");
    for (line, (path, object)) in
        lines.iter().zip([("disks[1].size", "Disk"), ("disks[2].name", "Disk"), ("kind", "Other")])
    {
        assert!(line.contains(&format!("`{path}`: required member is missing; ")), "{line}");
        assert!(line.contains(&format!("object=\"{object}\"")), "{line}");
    }
}
