//! What calling code writes for arguments, and what is sent for it.

#![cfg(feature = "macros")]

use qmp::*;
use qmp_types::private::{Field, Mode, Reader, Writer, read};
use qmp_types::{Map, Properties, Value};

mod qmp {
    qmp_types::schema!("../qmp-schema/tests/codegen/arguments.json");
}

/// Checks what is sent for arguments.
fn check<A: Field>(arguments: impl Into<A>, expected: &str) {
    let mut text = Writer::new();
    arguments.into().write(&mut text);
    assert_eq!(String::from_utf8(text.into_bytes()).unwrap(), expected);
}

#[test]
fn setters_take_what_converts_and_options_of_it() {
    let path = String::from("/disk");
    check::<File>(File::new(&path).aio(Aio::Native), r#"{"filename": "/disk", "aio": "native"}"#);
    check::<File>(
        File::new(path).cache(Cache::new().direct(true).size(1)),
        r#"{"filename": "/disk", "cache": {"direct": true, "size": 1}}"#,
    );
    check::<Cache>(Cache::new().direct(None).size(Some(1 << 40)), r#"{"size": 1099511627776}"#);

    let name: Option<&str> = None;
    check::<Block>(Block::null(0).note(name).note(Some("b")), r#"{"driver": "null", "size": 0, "note": "b"}"#);
}

#[test]
fn unions_have_a_constructor_for_each_branch() {
    let disk = Block::host_device(4, "/dev/sda").read_only(true);
    check::<Block>(
        Block::raw(8, Format::new(disk)).note("top"),
        r#"{"driver": "raw", "size": 8, "note": "top", "file": {"driver": "host-device", "size": 4, "read-only": true, "filename": "/dev/sda"}}"#,
    );
    check::<Block>(Block::raw(8, Format::new("node")), r#"{"driver": "raw", "size": 8, "file": "node"}"#);
    // The setter has the plain name.
    check::<Block>(Block::note2(1, "f"), r#"{"driver": "note", "size": 1, "filename": "f"}"#);
}

#[test]
fn a_wrapped_branch_needs_no_wrapper() {
    let backend = Backend::socket(Socket::new("/run/a").mode(0o600));
    let expected = r#"{"backend": {"type": "socket", "data": {"path": "/run/a", "mode": 384}}}"#;
    check::<OpenArgs>(backend.clone(), expected);
    let BackendType::Socket(socket) = backend.type_ else { panic!("a socket") };
    assert_eq!(socket.path, "/run/a");
}

#[test]
fn lists_are_made_from_whatever_can_be_iterated_over() {
    check::<SetArgs>(["a", "b"], r#"{"names": ["a", "b"]}"#);
    check::<SetArgs>(vec!["a".to_owned()], r#"{"names": ["a"]}"#);
    check::<SetArgs>(SetArgs::new("a b".split(' ')), r#"{"names": ["a", "b"]}"#);
    check::<WalkArgs>(WalkArgs::new().nodes(["a"]).counts(1..3), r#"{"nodes": ["a"], "counts": [1, 2]}"#);
    check::<WalkArgs>(WalkArgs::new().counts([7]), r#"{"counts": [7]}"#);
}

#[test]
fn recursive_members_need_no_box() {
    let from = Node::new().name("a").next(Node::new().name("b"));
    check::<WalkArgs>(WalkArgs::new().from_(from), r#"{"from": {"next": {"name": "b"}, "name": "a"}}"#);
}

#[test]
fn any_takes_every_value() {
    check::<PutArgs>(PutArgs::new("/a", 1 << 20), r#"{"path": "/a", "value": 1048576}"#);
    check::<PutArgs>(PutArgs::new("/a", "b"), r#"{"path": "/a", "value": "b"}"#);
    check::<PutArgs>(PutArgs::new("/a", Value::Null), r#"{"path": "/a", "value": null}"#);
    check::<PutArgs>(
        PutArgs::new("/a", Properties::new().property("b", true)),
        r#"{"path": "/a", "value": {"b": true}}"#,
    );
    check::<WalkArgs>(WalkArgs::new().value(false), r#"{"value": false}"#);
}

#[test]
fn nothing_stands_for_no_arguments() {
    check::<WalkArgs>((), "{}");
    check::<Cache>((), "{}");
}

#[test]
fn properties_keep_the_types_of_json() {
    let nothing: Option<u8> = None;
    let plug = PlugArgs::new("nic")
        .id("net0")
        .property("mac", "52:54:00:12:34:56")
        .property("mq", true)
        .property("vectors", 10_u32)
        .property("queue", nothing)
        .property("aio", Aio::Threads)
        .property("iothreads", ["io0", "io1"])
        .properties(Properties::new().property("max", u64::MAX))
        .properties([("a", 1)]);
    let expected = r#"{"a": 1, "aio": "threads", "driver": "nic", "id": "net0", "iothreads": ["io0", "io1"], "mac": "52:54:00:12:34:56", "max": 18446744073709551615, "mq": true, "vectors": 10}"#;
    check::<Map<String, Value>>(plug, expected);
    check::<Map<String, Value>>(Properties::new().property("rate", 2.5), r#"{"rate": 2.5}"#);
}

/// `Clone::clone` and `NameArgs::new` are not hidden by setters of those names.
#[test]
#[expect(deprecated)]
fn setters_hide_no_other_function() {
    let arguments = NameArgs::new("t").new_("n").default_("d").clone_(true).property_("p").match_(true);
    let expected = r#"{"new": "n", "default": "d", "clone": true, "property": "p", "type": "t", "match": true}"#;
    check::<NameArgs>(arguments.clone(), expected);
}

/// What only servers build is built with setters on their side.
#[test]
fn values_that_servers_return_have_setters() {
    check::<Opened>(Opened::new().path("/run/a"), r#"{"path": "/run/a"}"#);
    let opened: Opened = read(&mut Reader::new(r#"{"path": "/run/a"}"#, Mode::Strict)).ok().unwrap();
    assert_eq!(opened, Opened::new().path(String::from("/run/a")));
}
