//! Tests of the expansion of `schema!`.

use std::fs;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use super::expand;

const SAMPLE: &str = "../qmp-types/tests/sample/schema.json";

/// Counts the occurrences of a name in the tokens.
fn count(tokens: TokenStream, name: &str) -> usize {
    let occurrences = tokens.into_iter().map(|token| match token {
        TokenTree::Group(group) => count(group.stream(), name),
        TokenTree::Ident(ident) => usize::from(ident == name),
        _ => 0,
    });
    occurrences.sum()
}

#[test]
fn the_items_are_those_of_the_build_script() {
    let out = tempfile::tempdir().unwrap();
    let configured = qmp_schema::configure().side(qmp_schema::Side::Server).commands(["query-*"]).docs(false);
    configured.compile_to(SAMPLE, out.path()).unwrap();
    let items = fs::read_to_string(out.path().join("schema.items.rs")).unwrap();
    let items: TokenStream = items.parse().unwrap();

    let expansion = expand(quote!(#SAMPLE, side = server, commands = ["query-*"], docs = false)).to_string();
    assert!(expansion.contains(&items.to_string()));
}

#[test]
fn every_file_is_watched() {
    let package = tempfile::tempdir().unwrap();
    write(package.path(), "a.json", "{ 'include': 'b.json' }");
    write(package.path(), "b.json", "{ 'command': 'stop' }");
    let path = package.path().join("a.json").display().to_string();
    let expansion = expand(quote!(#path));
    assert_eq!(count(expansion.clone(), "compile_error"), 0);
    assert_eq!(count(expansion.clone(), "include_bytes"), 2);
    assert!(expansion.to_string().contains("b.json\""));
}

#[test]
fn a_schema_with_mistakes_is_one_error() {
    let package = tempfile::tempdir().unwrap();
    write(package.path(), "bad.json", "{ 'command': 'stop', 'returns': 'Nothing' }\n{ 'struct': 'S', 'dta': {} }");
    let path = package.path().join("bad.json").display().to_string();
    let expansion = expand(quote!(#path));
    assert_eq!(count(expansion.clone(), "compile_error"), 1);
    assert_eq!(count(expansion.clone(), "include_bytes"), 1);
    let text = expansion.to_string();
    assert!(text.contains("Nothing") && text.contains("dta"), "{text}");
    assert!(!text.contains('\u{1b}'), "{text}");
}

#[test]
fn a_file_that_is_not_there_is_one_error() {
    let expansion = expand(quote!("no/such.json"));
    assert_eq!(count(expansion.clone(), "compile_error"), 1);
    assert_eq!(count(expansion, "include_bytes"), 0);
}

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).unwrap();
}
