//! The generated Rust of each kind of definition: `codegen/NAME.json` becomes `codegen/NAME.rs`.
//!
//! `UPDATE_EXPECT=1 cargo test -p qmp-schema --test codegen` writes the expected files anew.

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
