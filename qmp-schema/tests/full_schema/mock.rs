//! Mocks of complete schemas: their answers are valid by introspection data, and typed clients read them.

use std::fmt::Write;

use qmp_schema::model::Command;
use qmp_schema::{TypeNames, introspect};
use serde_json::Value;
use test_support::schemas;

use crate::bindings::Bindings;
use crate::judge::Judge;
use crate::sources::Source;

#[test]
fn typed_clients_read_what_a_mock_answers() {
    reads_answers(schemas::named("qemu_7_2").map(Source::of_debian));
    reads_answers(schemas::named("qemu_9_1").map(Source::of));
}

#[test]
fn typed_clients_read_what_a_mock_of_a_shared_schema_answers() {
    reads_answers(schemas::shared_named("qemu_10_0").map(Source::of));
}

/// Builds a client of the schema, which executes each command that needs no arguments on a mock, again and again.
fn reads_answers(source: Option<Source>) {
    let Some(source) = source else { return };
    let schema = source.configured();
    let folder = tempfile::tempdir().expect("a folder");
    let introspection = folder.path().join("introspection.json");
    let exact = introspect(&schema, &source.conditions, TypeNames::IntegerWidths);
    std::fs::write(&introspection, exact).expect("a file to write");
    let output = Bindings::of(&source).program("mock", &main(&source)).arg(&introspection).output().expect("it runs");
    assert!(output.status.success(), "{source}: {}", String::from_utf8_lossy(&output.stderr));

    let entries = source.introspection();
    let judge = Judge::new(&entries);
    let answers = String::from_utf8(output.stdout).expect("text");
    for answer in answers.lines() {
        let (command, value) = answer.split_once(' ').expect("a command and its answer");
        let value: Value = serde_json::from_str(value).expect("JSON");
        assert!(judge.valid(judge.returns(command), &value), "{source}: {answer}");
    }
    println!("{source}: {} answers judged", answers.lines().count());
    assert!(answers.lines().count() > 1000);
}

/// The source of the client: one row per command that needs no arguments.
fn main(source: &Source) -> String {
    let schema = source.configured();
    let needs_none = |command: &&Command| {
        let mut arguments = command.arguments.into_iter().flat_map(|ty| schema.members(ty));
        command.success_response && arguments.all(|member| member.optional)
    };
    let mut main = include_str!("mock_main.rs").to_owned();
    for command in schema.commands.iter().filter(needs_none).filter(|command| command.def.name != "qmp_capabilities") {
        let _ =
            writeln!(main, "    (\"{}\", read::<commands::{}>),", command.def.name, command.def.name.replace('-', "_"));
    }
    main + "];\n"
}
