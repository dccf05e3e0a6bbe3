//! The bindings and the real servers: QEMU of three generations.

use fastrand::Rng;
use qmp_schema::compat::{Change, ChangeKind, Impact, compare};
use qmp_schema::model::{Command, Conditions};
use qmp_schema::{TypeNames, import, import_with_conditions, introspect, introspect_conditions};
use test_support::schemas::{self, CompleteSchema};
use test_support::{Generation, Server};

use crate::bindings::Bindings;
use crate::connection::Connection;
use crate::judge::Judge;
use crate::mutate;
use crate::oracle::{Oracle, Role};
use crate::random::Random;
use crate::sources::Source;

/// A machine with a disk.
const MACHINE: &str = "-M pc,accel=tcg -nodefaults -display none -S \
                       -blockdev null-co,node-name=disk0 -device virtio-blk-pci,drive=disk0,id=vd0";

#[test]
fn a_client_of_the_nearest_schema_drives_qemu() {
    drives(schemas::named("qemu_7_2").map(Source::of_debian), Generation::Bookworm);
    drives(schemas::named("qemu_9_1").map(Source::of), Generation::Trixie);
    drives(schemas::named("qemu_9_1").map(Source::of), Generation::Sid);
}

#[test]
fn a_client_of_the_schema_written_from_introspection_drives_qemu() {
    for generation in Generation::ALL {
        drives(Source::written(generation), generation);
    }
}

#[test]
fn a_client_of_the_shared_schema_drives_qemu() {
    drives(schemas::shared_named("qemu_10_0").map(Source::of), Generation::Trixie);
}

/// Builds a client of the schema, which goes through a session with a machine and ends it.
fn drives(source: Option<Source>, generation: Generation) {
    let Some(source) = source else { return };
    let Some(machine) = Server::emulator(generation, MACHINE) else { return };
    let mut driver = Bindings::of(&source).program("drive", include_str!("drive_main.rs"));
    let output = driver.arg(machine.socket()).output().expect("the program runs");
    assert!(output.status.success(), "{source}: {}", String::from_utf8_lossy(&output.stderr));
    assert!(machine.wait().success());
    print!("{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn introspection_is_what_the_real_server_answers() {
    answers_the_same(schemas::named("qemu_7_2"), Server::bare_emulator);
}

#[test]
fn introspection_of_a_shared_schema_is_what_the_real_server_answers() {
    answers_the_same(schemas::shared_named("storage_daemon_7_2"), Server::storage_daemon);
}

fn answers_the_same(schema: Option<CompleteSchema>, start: fn(Generation) -> Option<Server>) {
    let Some(source) = schema.map(Source::of_debian) else { return };
    let Some(server) = start(Generation::Bookworm) else { return };
    let (ours, theirs) = (source.introspection(), Connection::to(&server).introspection());
    let (ours, theirs) = (ours.as_array().expect("a list"), theirs.as_array().expect("a list"));
    for (ours, theirs) in ours.iter().zip(theirs) {
        assert_eq!(ours, theirs, "{source}");
    }
    assert_eq!(ours.len(), theirs.len());
    println!("{source}: {} entries, all equal and in the same order", theirs.len());
}

/// A schema file and the server of the same version: the file's items that are not built in are one line for each condition.
#[test]
fn conditions_that_a_server_was_built_without_break_nothing() {
    for (schema, server) in [
        (schemas::named("qemu_7_2"), Server::bare_emulator(Generation::Bookworm)),
        (schemas::shared_named("qemu_10_0"), Server::bare_emulator(Generation::Trixie)),
        (schemas::shared_named("storage_daemon_7_2"), Server::storage_daemon(Generation::Bookworm)),
        (schemas::shared_named("storage_daemon_10_0"), Server::storage_daemon(Generation::Trixie)),
    ] {
        let (Some(schema), Some(server)) = (schema.map(Source::of), server) else { continue };
        let theirs = Connection::to(&server).introspection().to_string();
        let theirs = import("the server", &theirs).unwrap_or_else(|report| panic!("{report}")).schema;
        let file = schema.load();
        let (all, names) = (Conditions::Everything, TypeNames::Masked);
        // A generated client has its schema as introspection data, with the conditions beside it.
        let (own, conditions) = (introspect(&file, &all, names), introspect_conditions(&file, &all, names));
        let own = import_with_conditions("the client", &own, &conditions);
        for old in [file, own.unwrap_or_else(|report| panic!("{report}")).schema] {
            let changes = compare(&old, &theirs);
            let breaking: Vec<_> = changes.iter().filter(|change| change.client == Impact::Breaking).collect();
            assert!(breaking.is_empty(), "{schema}: {breaking:#?}");
            let is_condition = |change: &&Change| matches!(change.kind, ChangeKind::ConditionDisabled { .. });
            let disabled = changes.iter().filter(is_condition).count();
            assert!(disabled > 0, "{schema}: {changes:#?}");
            println!("{schema}: {disabled} conditions, {} other changes", changes.len() - disabled);
        }
    }
}

#[test]
fn arguments_that_qemu_rejects_are_rejected_in_the_same_words() {
    rejects_in_the_same_words(schemas::named("qemu_7_2").map(Source::of_debian), Generation::Bookworm);
    for generation in Generation::ALL {
        rejects_in_the_same_words(Source::live(generation), generation);
    }
}

fn rejects_in_the_same_words(source: Option<Source>, generation: Generation) {
    let Some(source) = source else { return };
    let Some(server) = Server::bare_emulator(generation) else { return };
    let mut qemu = Connection::to(&server);
    let schema = source.configured();
    let introspection = source.introspection();
    let judge = Judge::new(&introspection);
    let mut oracle = Oracle::start(&source);
    let mut random = Random::new(&schema, 4);
    let mut rng = Rng::with_seed(5);
    let mut compared = 0;
    // QEMU checks these arguments by hand, which a server does not report.
    let is_checked = |command: &&Command| command.generate && command.def.name != "device_add";
    for command in schema.commands.iter().filter(is_checked).cycle().take(4000) {
        let Some(value) = command.arguments.and_then(|ty| random.value(ty)) else { continue };
        let mutant = mutate::mutate(&value, &mut rng);
        let name = &command.def.name;
        // Only what is rejected before the command runs: a random command that runs can do anything.
        if judge.valid(judge.arguments(name), &mutant) || !mutant.is_object() || !qemu.has(name) {
            continue;
        }
        let Some(theirs) = qemu.rejection(name, &mutant) else { continue };
        // A server does not report how wide its integers are.
        if source.is_reported() && theirs.contains("' expects ") {
            continue;
        }
        let ours = oracle.read(Role::Arguments, name, &mutant).expect_err(name);
        let comparable = |error| comparable(error, source.is_reported());
        assert_eq!(comparable(&ours), comparable(&theirs), "{name}: {mutant}\nours: {ours}\nQEMU's: {theirs}");
        compared += 1;
    }
    println!("{source}: {compared} rejections compared with QEMU's");
    assert!(compared >= 300, "only {compared} rejections compared");
}

/// The part of an error's text that does not vary. QEMU's hash order decides which of several unexpected members it names, and a
/// server does not report the names of alternates.
fn comparable(error: &str, is_reported: bool) -> &str {
    const UNEXPECTED: &str = "is unexpected";
    match error.rsplit_once(' ') {
        _ if error.ends_with(UNEXPECTED) => UNEXPECTED,
        Some((start, name)) if is_reported && name.starts_with(|first: char| first.is_ascii_uppercase()) => start,
        _ => error,
    }
}
