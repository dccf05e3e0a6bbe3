//! The generated Rust of each kind of definition: `codegen/NAME.json` becomes `codegen/NAME.rs`.
//!
//! `UPDATE_EXPECT=1 cargo test -p qmp-schema --test codegen` writes the expected files anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use expect_test::expect_file;
use qmp_schema::{Config, Side};

fn check(name: &str, config: Config) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/codegen");
    let expansion = config.expand(folder.join(format!("{name}.json"))).unwrap_or_else(|report| panic!("{report}"));
    expect_file![folder.join(format!("{name}.rs"))].assert_eq(&expansion.items);
}

/// Types, commands, events and what a server handles; without the clients, which `commands` shows.
fn server() -> Config {
    Config::new().side(Side::Server)
}

#[test]
fn structs() {
    check("structs", server());
}

#[test]
fn enums() {
    check("enums", server());
    check("enums-closed", server().closed_enums(true));
}

#[test]
fn unions() {
    check("unions", server());
    check("unions-closed", server().closed_enums(true));
}

#[test]
fn alternates() {
    check("alternates", server());
    check("alternates-closed", server().closed_enums(true));
}

#[test]
fn recursion() {
    check("recursion", server());
}

#[test]
fn commands_and_events() {
    check("commands", Config::new());
}

#[test]
fn arguments() {
    check("arguments", Config::new().side(Side::Client));
}

/// The user-interface tests of the macros compile the result.
#[test]
fn client_traits() {
    check("client-traits", Config::new().side(Side::Client));
}

/// The user-interface tests of the macros compile the result.
#[test]
fn out_of_band() {
    check("out-of-band", server());
}

#[test]
fn builtins() {
    check("builtins", Config::new().side(Side::Server).handle_builtin("query-commands"));
}

#[test]
fn docs() {
    check("docs", Config::new());
    check("docs-off", Config::new().docs(false));
}

#[test]
fn versions() {
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/codegen/versions-1.0.json");
    check("versions", Config::new().also([old]).version("2.0"));
}

#[test]
fn types() {
    check("types", Config::new().conditions([] as [&str; 0]));
}

/// The sample that the runtime's tests use, in the parts that they take: types; a server of two commands; clients.
#[test]
fn sample() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../qmp-types/tests/sample");
    let expand = |config: Config| match config.expand(folder.join("schema.json")) {
        Ok(expansion) => expansion.items,
        Err(report) => panic!("{report}"),
    };
    let config = Config::new().typed_gen_false(true);
    let (items, selected) = (expand(config.clone()), expand(config.commands(["query-status", "stop"])));
    let serde = "::qmp_types::private::serde_impls!";
    let (server, clients) = ("/// The reply to `query-qmp-schema`", "/// An event of the schema");
    let types = format!("{}{}", between(&items, "", server), between(&items, serde, ""));
    for (file, part) in [
        ("types.rs", types.as_str()),
        ("server.rs", between(&selected, server, clients)),
        ("client.rs", between(&items, clients, serde)),
    ] {
        expect_file![folder.join(file)].assert_eq(&format!("// Generated from `schema.json`.\n\n{part}"));
    }
}

/// The part of a text from one mark up to the next, both at their first place; to the end for an empty one.
fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let start = text.find(from).expect("the part begins");
    let end = if to.is_empty() { text.len() } else { text.find(to).expect("the part ends") };
    &text[start..end]
}

/// A command does not hide a method that every client has: its own method has another name.
#[test]
fn methods_of_clients_are_not_hidden() {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../qmp-types/src");
    let read = |file: &str| fs::read_to_string(runtime.join(file)).unwrap();
    let inherent = ["client/blocking.rs", "client/tokio.rs", "private/client.rs"].map(read);
    let of_traits = ["client/adapters.rs", "client/execute.rs"].map(read);
    let inherent = inherent.iter().flat_map(|source| functions(source, "pub "));
    let of_traits = of_traits.iter().flat_map(|source| functions(source, "fn "));
    let methods: BTreeSet<&str> = inherent.chain(of_traits).collect();
    assert!(methods.len() > 20, "{methods:?}");

    let folder = tempfile::tempdir().unwrap();
    let schema = folder.path().join("schema.json");
    let command = |name: &&str| format!("{{ 'command': '{}' }}\n", name.replace('_', "-"));
    fs::write(&schema, methods.iter().map(command).collect::<String>()).unwrap();
    let items = Config::new().expand(&schema).unwrap_or_else(|report| panic!("{report}")).items;
    let hidden: Vec<_> = methods.iter().filter(|name| items.contains(&format!("fn {name}(&self"))).collect();
    assert!(hidden.is_empty(), "commands hide the clients' {hidden:?}: add them to `CLIENT_METHODS`");
}

/// Returns the names of the indented functions whose lines begin so.
fn functions<'s>(source: &'s str, begin: &'static str) -> impl Iterator<Item = &'s str> {
    let lines = source.lines().filter(|line| line.starts_with(' ')).map(str::trim_start);
    let heads = lines.filter_map(move |line| line.starts_with(begin).then(|| line.split_once("fn ")).flatten());
    heads.filter_map(|(_, rest)| rest.split(['(', '<']).next())
}
