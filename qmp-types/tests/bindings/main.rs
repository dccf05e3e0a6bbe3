//! Bindings of difficult schemas compile without a warning.

#![cfg(feature = "macros")]
#![deny(warnings)]

macro_rules! bindings {
    ($($name:ident: ($($arguments:tt)*);)*) => {
        $(mod $name {
            qmp_types::schema!($($arguments)*);
        })*
    };
}

bindings! {
    names: ("tests/bindings/names.json");
    names_closed: ("tests/bindings/names.json", enums = closed);
    large: ("tests/bindings/large.json");
    structs: ("../qmp-schema/tests/codegen/structs.json");
    enums: ("../qmp-schema/tests/codegen/enums.json");
    enums_closed: ("../qmp-schema/tests/codegen/enums.json", enums = closed);
    unions: ("../qmp-schema/tests/codegen/unions.json");
    unions_closed: ("../qmp-schema/tests/codegen/unions.json", enums = closed);
    alternates: ("../qmp-schema/tests/codegen/alternates.json");
    alternates_closed: ("../qmp-schema/tests/codegen/alternates.json", enums = closed);
    recursion: ("../qmp-schema/tests/codegen/recursion.json");
    commands: ("../qmp-schema/tests/codegen/commands.json");
    builtins: ("../qmp-schema/tests/codegen/builtins.json", handle_builtins = ["query-commands"]);
    docs: ("../qmp-schema/tests/codegen/docs.json");
    all_types: ("tests/bindings/names.json", commands = [], events = []);
    types: ("../qmp-schema/tests/codegen/types.json");
    arguments: ("../qmp-schema/tests/codegen/arguments.json");
    arguments_closed: ("../qmp-schema/tests/codegen/arguments.json", enums = closed);
    versions: ("../qmp-schema/tests/codegen/versions.json", also = ["../qmp-schema/tests/codegen/versions-1.0.json"]);
    versions_closed: ("../qmp-schema/tests/codegen/versions.json", also = [("old", "../qmp-schema/tests/codegen/versions-1.0.json")], version = "new", enums = closed);
    one_type: ("../qmp-schema/tests/codegen/structs.json", types = ["Unreached"]);
}

/// The calls that the documentation of commands shows, in the schemas `docs` and `commands` of the generator's tests.
#[expect(dead_code, deprecated, reason = "that it compiles is the test")]
mod calls {
    use qmp_types::{Map, Value};

    use super::commands::{HalfFreeArgs, Info, SeveralArgs};
    use super::docs::unstable::UnstableCommands;
    use super::docs::{EjectArgs, Mode, ModeInfo};
    use super::{commands, docs};

    fn of_docs(client: &docs::blocking::Client, id: &str, force: bool, mode: Mode, undocumented: i64, x: i64) {
        let _reply = client.query_mode();
        let _ = client.shake(x);
        let _ = client.eject(EjectArgs::new(id).force(force).mode(mode.clone()));
        let _reply = client.blockdev_backup(ModeInfo::new(mode).undocumented(undocumented));
    }

    fn of_commands(
        client: &commands::blocking::Client,
        device: String,
        type_: i64,
        limit: u64,
        driver: &str,
        arguments: Map<String, Value>,
    ) {
        let _ = client.plain();
        let _reply = client.one(device.clone());
        let _reply = client.several(SeveralArgs::new(type_).limit(limit));
        let _ = client.named(Info::new(device));
        let _ = client.free(arguments);
        let _ = client.half_free(HalfFreeArgs::new(driver));
    }
}

/// The prelude hides nothing of Rust's own, although the schema has types of those names; the others come along.
#[expect(dead_code, reason = "that it compiles is the test")]
mod glob_import {
    use super::names::prelude::*;

    #[expect(clippy::box_collection, clippy::partialeq_to_none, reason = "Rust's own names are the test")]
    fn of_rust(value: Option<Box<Vec<String>>>) -> Result<String, std::fmt::Error> {
        let value = Some(value.map(|list| list.concat())).flatten();
        if None == value { Err(std::fmt::Error) } else { Ok(String::new()) }
    }

    fn of_the_schema() -> Values {
        Values::Ab
    }
}

/// Names pass rustc's lints in a file, too, where rustc lints what it does not in a macro; and generated code does not use
/// deprecated parts of itself without saying so.
#[allow(dead_code, unused_imports, unreachable_pub)]
mod in_files {
    mod enums {
        include!("../../../qmp-schema/tests/codegen/enums.rs");
    }
    mod structs {
        include!("../../../qmp-schema/tests/codegen/structs.rs");
    }
    mod docs {
        include!("../../../qmp-schema/tests/codegen/docs.rs");
    }
    mod enums_closed {
        include!("../../../qmp-schema/tests/codegen/enums-closed.rs");
    }
}

/// A blank value of a recursive type is finite, even if the schema's type has no finite value.
#[test]
fn blank_values_are_finite() {
    use qmp_types::private::{Field, Writer};

    let mut writer = Writer::new();
    recursion::WalkArgs::blank().write(&mut writer);
    let text = String::from_utf8(writer.into_bytes()).expect("the writer writes ASCII");
    assert!(text.contains(r#""kind": "leaf""#), "{text}");
}

/// Clashing names keep their order: the first of them is the plain one.
#[test]
fn clashes_are_numbered() {
    use names::Values;
    assert_eq!(Values::Ab.as_str(), "ab");
    assert_eq!(Values::Ab2.as_str(), "AB");
    assert_eq!(Values::_4.as_str(), "4");
    assert_eq!(Values::Self_.as_str(), "self");
}

/// In generated bindings, names are found by a hash that generator and runtime compute alike.
#[test]
fn every_value_is_found_by_its_text() {
    macro_rules! check {
        ($($type:ident: $count:literal),*) => {$(
            assert_eq!(large::$type::ALL.len(), $count);
            for value in large::$type::ALL {
                assert_eq!(value.as_str().parse().as_ref(), Ok(value));
            }
            assert!("m".parse::<large::$type>().is_err());
        )*};
    }
    check!(Three: 3, Four: 4, Hundred: 100, Most: 255, TooMany: 300);
}
