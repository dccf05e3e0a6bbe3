//! QEMU's complete schemas, through the whole path: bindings of both sides compile without a warning, random values of every
//! type survive a round trip, and mutated ones are judged as introspection data and a real QEMU judge them.
//!
//! The bindings are a crate of their own, written to the target folder at test time: QEMU's schemas are GPL, nothing made
//! of them is kept in the repository.

#[path = "full_schema/bindings.rs"]
mod bindings;
#[path = "full_schema/judge.rs"]
mod judge;
#[path = "full_schema/mutate.rs"]
mod mutate;
#[path = "full_schema/oracle.rs"]
mod oracle;
#[path = "full_schema/qemu.rs"]
mod qemu;
#[path = "full_schema/random.rs"]
mod random;
#[path = "full_schema/sources.rs"]
mod sources;

use std::collections::HashSet;
use std::process::Command;

use fastrand::Rng;
use qmp_schema::model::{Schema, TypeId, TypeKind};
use serde_json::Value;

use bindings::Bindings;
use judge::Judge;
use oracle::{Oracle, Role};
use random::Random;
use sources::Source;

#[test]
fn bindings_compile_without_a_warning() {
    let bindings = Bindings::of(&sources::all());
    bindings.cargo(&["clippy", "--all-targets", "--", "-D", "warnings"]);
    bindings.cargo(&["doc", "--no-deps"]);
    bindings.cargo(&["test", "--doc"]);
}

#[test]
fn random_values_of_every_type_survive_a_round_trip() {
    for source in sources::all() {
        let schema = source.load();
        let mut oracle = Oracle::start(&source);
        let mut random = Random::new(&schema, 1);
        let mut values = 0;
        let types = reachable(&schema);
        // Until every type was seen, which takes luck; five rounds at least, a bound for what cannot be seen.
        for round in 0..400 {
            if round >= 5 && types.iter().all(|&ty| random.seen(ty)) {
                break;
            }
            for (role, name, ty) in roots(&schema) {
                let Some(value) = random.value(ty) else { continue };
                let back = oracle.read(role, name, &value).unwrap_or_else(|error| panic!("{name}: {error}"));
                assert_eq!(difference(&value, &back, name), None);
                values += 1;
            }
        }
        let unseen = types.iter().filter(|&&ty| !random.seen(ty)).map(|&ty| &schema.ty(ty).def.name);
        assert_eq!(unseen.collect::<Vec<_>>(), Vec::<&String>::new(), "types of {source} without a value");
        println!("{source}: {values} values of {} types", types.len());
    }
}

#[test]
fn mutated_values_are_judged_as_introspection_says() {
    for source in sources::all() {
        let schema = source.load();
        let introspection = source.introspection();
        let judge = Judge::new(&introspection);
        let mut oracle = Oracle::start(&source);
        let mut random = Random::new(&schema, 2);
        let mut rng = Rng::with_seed(3);
        let (mut accepted, mut refused) = (0, 0);
        for _ in 0..40 {
            for command in schema.commands.iter().filter(|command| command.generate) {
                let Some(value) = command.arguments.and_then(|ty| random.value(ty)) else { continue };
                let mutant = mutate::mutate(&value, &mut rng);
                let name = &command.def.name;
                let valid = judge.valid(judge.arguments(name), &mutant);
                let read = oracle.read(Role::Arguments, name, &mutant);
                assert_eq!(read.is_ok(), valid, "{name}: {mutant}\nmade from {value}\nreader: {read:?}");
                *if valid { &mut accepted } else { &mut refused } += 1;
            }
        }
        println!("{source}: {accepted} mutants accepted, {refused} refused");
        assert!(accepted > 100 && refused > 100);
    }
}

#[test]
fn a_client_of_the_complete_schema_drives_qemu() {
    let Some(source) = sources::shared("qemu-7.2/qapi/qapi-schema.json").map(Source::of_debian) else { return };
    let Some(machine) = qemu::machine() else { return };
    let driver = Bindings::driver(&source);
    driver.cargo(&["build"]);
    let output = Command::new(driver.program()).arg(&machine.path).output().expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(machine.end().success());
    print!("{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn introspection_is_what_the_real_servers_answer() {
    for (entry, server) in [
        ("qemu-7.2/qapi/qapi-schema.json", qemu::emulator as fn() -> Option<qemu::Qemu>),
        ("qemu-7.2/storage-daemon/qapi/qapi-schema.json", qemu::storage_daemon),
    ] {
        let Some(source) = sources::shared(entry).map(Source::of_debian) else { continue };
        let Some(mut server) = server() else { continue };
        let (ours, theirs) = (source.introspection(), server.introspection());
        let (ours, theirs) = (ours.as_array().expect("a list"), theirs.as_array().expect("a list"));
        for (ours, theirs) in ours.iter().zip(theirs) {
            assert_eq!(ours, theirs, "{entry}");
        }
        assert_eq!(ours.len(), theirs.len());
        println!("{entry}: {} entries, all equal and in the same order", theirs.len());
    }
}

#[test]
fn what_qemu_refuses_is_refused_in_the_same_words() {
    let Some(source) = sources::shared("qemu-7.2/qapi/qapi-schema.json").map(Source::of_debian) else { return };
    let Some(mut qemu) = qemu::emulator() else { return };
    let schema = source.configured();
    let introspection = source.introspection();
    let judge = Judge::new(&introspection);
    let mut oracle = Oracle::start(&source);
    let mut random = Random::new(&schema, 4);
    let mut rng = Rng::with_seed(5);
    let mut compared = 0;
    for command in schema.commands.iter().filter(|command| command.generate).cycle().take(4000) {
        let Some(value) = command.arguments.and_then(|ty| random.value(ty)) else { continue };
        let mutant = mutate::mutate(&value, &mut rng);
        let name = &command.def.name;
        // Only what is refused before the command runs: a random command that runs can do anything.
        if judge.valid(judge.arguments(name), &mutant) || !mutant.is_object() || !qemu.has(name) {
            continue;
        }
        let Some(theirs) = qemu.refusal(name, &mutant) else { continue };
        let ours = oracle.read(Role::Arguments, name, &mutant).expect_err(name);
        // Which of several left-over members is named depends on QEMU's hash order.
        if !theirs.ends_with("is unexpected") {
            assert_eq!(ours, theirs, "{name}: {mutant}");
        } else {
            assert!(ours.ends_with("is unexpected"), "{name}: {mutant}\nours: {ours}\nQEMU's: {theirs}");
        }
        compared += 1;
    }
    println!("{compared} refusals compared with QEMU's");
    assert!(compared >= 300, "only {compared} refusals compared");
}

/// Whatever is read from the wire: arguments and returns of commands, data of events.
fn roots(schema: &Schema) -> impl Iterator<Item = (Role, &str, TypeId)> {
    let commands = schema.commands.iter().flat_map(|command| {
        let arguments = command.arguments.map(|ty| (Role::Arguments, command.def.name.as_str(), ty));
        arguments.into_iter().chain(command.returns.map(|ty| (Role::Return, command.def.name.as_str(), ty)))
    });
    let events =
        schema.events.iter().filter_map(|event| Some((Role::Event, event.def.name.as_str(), event.arguments?)));
    commands.chain(events)
}

/// The types that a value can be of or hold, bases and branches aside (they have no values of their own).
fn reachable(schema: &Schema) -> HashSet<TypeId> {
    let mut found = HashSet::new();
    for (_, _, root) in roots(schema) {
        collect(schema, root, &mut found);
    }
    found
}

fn collect(schema: &Schema, ty: TypeId, found: &mut HashSet<TypeId>) {
    if !found.insert(ty) {
        return;
    }
    match &schema.ty(ty).kind {
        TypeKind::Array(element) => collect(schema, *element, found),
        TypeKind::Alternate(alternate) => {
            alternate.branches.iter().for_each(|branch| collect(schema, branch.ty, found))
        }
        TypeKind::Object(object) => {
            schema.members(ty).iter().for_each(|member| collect(schema, member.ty, found));
            let branches = object.variants.iter().flat_map(|variants| &variants.branches);
            branches.for_each(|branch| collect(schema, branch.ty, found));
        }
        TypeKind::Builtin(_) | TypeKind::Enum(_) => {}
    }
}

/// Where two values differ, and how; 5 and 5.0 are the same number.
fn difference(a: &Value, b: &Value, path: &str) -> Option<String> {
    let same = match (a, b) {
        (Value::Number(x), Value::Number(y)) => x == y || x.as_f64() == y.as_f64() && (x.is_f64() || y.is_f64()),
        (Value::Array(x), Value::Array(y)) if x.len() == y.len() => {
            return x.iter().zip(y).enumerate().find_map(|(at, (x, y))| difference(x, y, &format!("{path}[{at}]")));
        }
        (Value::Object(x), Value::Object(y)) if x.keys().eq(y.keys()) => {
            return x.iter().find_map(|(key, x)| difference(x, &y[key], &format!("{path}.{key}")));
        }
        _ => a == b,
    };
    (!same).then(|| format!("{path}: {a} came back as {b}"))
}
