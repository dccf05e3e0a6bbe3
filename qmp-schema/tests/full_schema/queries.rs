//! Every query without arguments, typed: bindings of one version and of several, on QEMU and its storage daemon of three
//! generations.

use std::collections::BTreeMap;

use test_support::{Generation, Server, schemas};

use crate::bindings::Bindings;
use crate::sources::Source;

/// A machine with some of everything that is queried.
const MACHINE: &str = "-M pc,accel=tcg -m 64 -nodefaults -display none -S -blockdev null-co,node-name=disk0 \
                       -device virtio-blk-pci,drive=disk0,id=vd0 -netdev user,id=net0 -device e1000,netdev=net0 \
                       -chardev null,id=char0 -object iothread,id=io0 -device virtio-balloon-pci";

/// What the client does with members that the server lacks.
#[derive(Clone, Copy)]
enum Missing {
    Fill,
    Refuse,
}

#[test]
fn bindings_of_several_versions_decode_every_reply_of_each() {
    let old = schemas::named("qemu_7_2").map(Source::of);
    let new = schemas::named("qemu_9_1").map(Source::of);
    let (Some(old), Some(new), Some(newest)) = (old, new, Source::live(Generation::Sid)) else { return };
    let trixie = Source::live(Generation::Trixie);
    decodes_everywhere(&new.with("versions", [&old, &newest].into_iter().chain(&trixie)), Missing::Refuse);
}

#[test]
fn bindings_of_several_shared_versions_decode_every_reply_of_each() {
    let old = schemas::named("qemu_7_2").map(Source::of);
    let new = schemas::shared_named("qemu_10_0").map(Source::of);
    let (Some(old), Some(new), Some(newest)) = (old, new, Source::live(Generation::Sid)) else { return };
    decodes_everywhere(&new.with("shared_versions", [&old, &newest]), Missing::Refuse);
}

#[test]
fn bindings_of_one_version_decode_every_reply_of_older_and_newer_ones() {
    let new = schemas::shared_named("qemu_10_0").or_else(|| schemas::named("qemu_9_1")).map(Source::of);
    new.iter().for_each(|new| decodes_everywhere(new, Missing::Fill));
}

#[test]
fn bindings_of_a_server_decode_its_replies() {
    for generation in Generation::ALL {
        let source = Source::live(generation);
        source.iter().for_each(|source| decodes(source, Server::emulator(generation, MACHINE), Missing::Refuse));
    }
    let source = Source::live_storage_daemon();
    source.iter().for_each(|source| decodes(source, Server::storage_daemon(Generation::Sid), Missing::Refuse));
}

fn decodes_everywhere(source: &Source, missing: Missing) {
    for generation in Generation::ALL {
        decodes(source, Server::emulator(generation, MACHINE), missing);
        decodes(source, Server::storage_daemon(generation), missing);
    }
}

/// Builds a client of the schema, which executes all queries on the server.
fn decodes(source: &Source, server: Option<Server>, missing: Missing) {
    let Some(server) = server else { return };
    let mut program = Bindings::of(source).program("queries", &main(source));
    let missing = match missing {
        Missing::Fill => "fill",
        Missing::Refuse => "refuse",
    };
    let output = program.arg(server.socket()).arg(missing).output().expect("the program runs");
    assert!(output.status.success(), "{source}: {}", String::from_utf8_lossy(&output.stderr));
    print!("{source}: {}", String::from_utf8_lossy(&output.stdout));
}

/// The source of the program: a line for each query that needs no arguments in any version.
fn main(source: &Source) -> String {
    let mut queries = BTreeMap::new();
    for schema in source.versions() {
        for command in schema.commands.iter().filter(|command| command.def.name.starts_with("query-")) {
            let members = command.arguments.map(|id| schema.members(id)).unwrap_or_default();
            *queries.entry(command.def.name.clone()).or_insert(true) &= members.iter().all(|member| member.optional);
        }
    }
    let queries = queries.iter().filter(|(_, needs_no_arguments)| **needs_no_arguments);
    let lines: Vec<String> =
        queries.map(|(name, _)| format!("tally.query::<commands::{}>(&vm);", name.replace('-', "_"))).collect();
    assert!(lines.len() > 5);
    include_str!("queries_main.rs").replace("QUERIES", &lines.join("\n    "))
}
