//! QEMU's complete schemas, through the whole path: bindings of both sides compile without a warning, random values of every
//! type survive a round trip, and mutated ones are judged as introspection data and a real QEMU judge them.
//!
//! The bindings are a crate of their own, written to the target folder at test time: QEMU's schemas are GPL, nothing made
//! of them is kept in the repository.

mod bindings;
mod connection;
mod judge;
mod mock;
mod mutate;
mod oracle;
mod queries;
mod random;
mod servers;
mod sources;

use std::collections::HashSet;

use fastrand::Rng;
use qmp_schema::model::{Schema, TypeId, TypeKind};
use serde_json::Value;

use bindings::Bindings;
use judge::Judge;
use oracle::{Oracle, Role};
use random::Random;
use sources::Source;
use test_support::schemas;

#[test]
fn bindings_compile_without_a_warning() {
    sources::available().iter().for_each(compile_without_a_warning);
}

#[test]
fn bindings_of_shared_schemas_compile_without_a_warning() {
    sources::shared().iter().for_each(compile_without_a_warning);
}

fn compile_without_a_warning(source: &Source) {
    let bindings = Bindings::of(source);
    bindings.cargo(&["clippy", "--lib", "--", "-D", "warnings"]);
    bindings.cargo(&["doc", "--no-deps", "--lib"]);
    bindings.cargo(&["test", "--doc"]);
}

#[test]
fn random_values_of_every_type_survive_a_round_trip() {
    sources::available().iter().for_each(values_survive);
}

#[test]
fn random_values_of_shared_schemas_survive_a_round_trip() {
    sources::shared().iter().for_each(values_survive);
}

fn values_survive(source: &Source) {
    let schema = source.load();
    let mut oracle = Oracle::start(source);
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

/// Bindings of several versions take the values of each. (A server's own schema does not say how wide its integers are, so it is
/// not among the versions.)
#[test]
fn random_values_of_several_versions_survive_a_round_trip() {
    let [old, middle, new] = ["qemu_7_2", "qemu_8_1", "qemu_9_1"].map(|name| schemas::named(name).map(Source::of));
    let (Some(old), Some(middle), Some(new)) = (old, middle, new) else { return };
    let versions = new.with("file_versions", [&old, &middle]);
    Bindings::of(&versions).cargo(&["clippy", "--lib", "--", "-D", "warnings"]);
    Bindings::of(&versions).cargo(&["doc", "--no-deps", "--lib"]);
    let mut oracle = Oracle::start(&versions);
    for (seed, schema) in versions.versions().enumerate() {
        let mut random = Random::new(&schema, seed as u64);
        let mut values = 0;
        for _ in 0..20 {
            for (role, name, ty) in roots(&schema) {
                let Some(value) = random.value(ty) else { continue };
                let back = oracle.read(role, name, &value).unwrap_or_else(|error| panic!("{name}: {error}: {value}"));
                assert_eq!(difference(&value, &back, name), None);
                values += 1;
            }
        }
        println!("version {seed} of {versions}: {values} values");
    }
}

#[test]
fn mutated_values_are_judged_as_introspection_says() {
    sources::available().iter().for_each(mutants_are_judged);
}

#[test]
fn mutated_values_of_shared_schemas_are_judged_as_introspection_says() {
    sources::shared().iter().for_each(mutants_are_judged);
}

fn mutants_are_judged(source: &Source) {
    let schema = source.load();
    let introspection = source.introspection();
    let judge = Judge::new(&introspection);
    let mut oracle = Oracle::start(source);
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
