//! `qmp doc`: the manual as a whole.

use std::collections::{HashMap, HashSet};
use std::fs;

use expect_test::expect;
use test_support::schemas::{self, CompleteSchema};

use crate::support::{Folder, VM};

#[test]
fn a_manual_of_a_server_names_it() {
    let folder = Folder::with(&[("vm.json", VM)]);
    let dump = folder.stdout("introspect vm.json");
    folder.serve("vm.sock", dump.trim().to_owned());
    folder.stdout("doc vm.sock -o manual");
    let page = folder.read("manual/index.html");
    let (start, _) = page.split_once("<section>").expect("a module");
    expect![[r#"

        <h1>QMP reference</h1>
        <p>This manual describes the server at <code>vm.sock</code>, version 1.0.0.</p>
        <p>Servers show neither documentation nor conditions nor the width of integers, and they hide the names of types. Types are named after their first use: <code>query-block</code> returns a <code>BlockInfo</code>.</p>
    "#]].assert_eq(start.split_once("<main>").expect("a main part").1);
    assert_eq!(folder.transcript_of("doc - -o manual", dump.as_bytes()), "status: 0\n");
    let page = folder.read("manual/index.html");
    assert!(page.contains("Servers show neither") && !page.contains("the server at"));
    assert!(folder.path("manual/schema.html").exists());
}

#[test]
fn no_link_is_dead() {
    schemas::published().into_iter().filter(is_qemu).for_each(links_lead_somewhere);
}

#[test]
fn no_link_is_dead_in_shared_schemas() {
    schemas::shared().into_iter().filter(is_qemu).for_each(links_lead_somewhere);
}

fn is_qemu(schema: &CompleteSchema) -> bool {
    schema.name.starts_with("qemu")
}

fn links_lead_somewhere(schema: CompleteSchema) {
    let folder = manual(&schema);
    let files = html_files(&folder);
    let anchors: HashSet<String> = files
        .iter()
        .flat_map(|(file, text)| attributes(text, " id=\"").map(move |id| format!("{file}#{id}")))
        .collect();
    for (file, text) in &files {
        for link in attributes(text, " href=\"").filter(|link| !link.contains("://") && !link.ends_with(".css")) {
            let target = if link.starts_with('#') { format!("{file}{link}") } else { link.to_owned() };
            assert!(anchors.contains(&target) || files.contains_key(&target), "{file}: {link}");
        }
    }
    let index = folder.read("manual/index.js");
    for target in index.lines().flat_map(found) {
        assert!(anchors.contains(&target), "{target}");
    }
    assert!(anchors.len() > 3900, "{}", anchors.len());
}

/// A folder with the manual of a schema.
pub(crate) fn manual(schema: &CompleteSchema) -> Folder {
    let folder = Folder::with(&[]);
    folder.stdout(&format!("doc {} -o manual", schema.path.display()));
    folder
}

#[test]
fn headings_go_in_order() {
    schemas::named("qemu_9_1").into_iter().for_each(headings_descend_by_one);
}

#[test]
fn headings_of_shared_schemas_go_in_order() {
    schemas::shared_named("qemu_10_0").into_iter().for_each(headings_descend_by_one);
}

fn headings_descend_by_one(schema: CompleteSchema) {
    let folder = manual(&schema);
    for (file, text) in html_files(&folder) {
        let levels = text.split("<h").skip(1).filter_map(|rest| rest.get(..1)?.parse::<u32>().ok());
        let levels: Vec<u32> = levels.collect();
        let is_next = |pair: &[u32]| pair[1] > 1 && pair[1] <= pair[0] + 1;
        assert!(levels[0] == 1 && levels.windows(2).all(is_next), "{file}: {levels:?}");
    }
}

#[test]
fn pages_are_well_formed() {
    schemas::named("qemu_9_1").into_iter().for_each(|schema| check_pages(&manual(&schema)));
    let schema = "{ 'command': 'search', 'data': { 'found': 'int' } } { 'command': 'found' } { 'event': 'COMMANDS' }";
    let folder = Folder::with(&[("commands.json", schema)]);
    folder.stdout("doc commands.json -o manual");
    check_pages(&folder);
}

/// Checks that every tag is closed in order and every id is unique.
fn check_pages(folder: &Folder) {
    for (file, text) in html_files(folder) {
        let mut open: Vec<&str> = Vec::new();
        for tag in text.split('<').skip(1) {
            let (name, _) = tag.split_once([' ', '>']).expect("the end of a tag");
            match name.strip_prefix('/') {
                Some(name) => assert_eq!(open.pop(), Some(name), "{file}: {tag}"),
                None if ["meta", "link", "input"].contains(&name) || name.starts_with('!') => {}
                None => open.push(name),
            }
        }
        assert_eq!(open, [""; 0], "{file}");
        let mut ids = HashSet::new();
        attributes(&text, " id=\"").for_each(|id| assert!(ids.insert(id), "{file}: {id}"));
    }
}

/// The addresses in a line of the search index: a definition and its members.
fn found(line: &str) -> Vec<String> {
    let Ok(row) = serde_json::from_str::<serde_json::Value>(line.trim_end_matches(',')) else { return Vec::new() };
    let text = |value: &serde_json::Value| value.as_str().expect("a string").to_owned();
    let address = text(&row[2]);
    let members = row[4].as_array().expect("names").iter().map(|member| format!("{address}:{}", text(member)));
    members.chain([address.clone()]).collect()
}

pub(crate) fn html_files(folder: &Folder) -> HashMap<String, String> {
    let entries = fs::read_dir(folder.path("manual")).expect("the folder").map(|entry| entry.expect("an entry"));
    let names = entries.map(|entry| entry.file_name().into_string().expect("UTF-8"));
    let pages = names.filter(|name| name.ends_with(".html"));
    pages.map(|name| (name.clone(), folder.read(&format!("manual/{name}")))).collect()
}

fn attributes<'t>(html: &'t str, start: &str) -> impl Iterator<Item = &'t str> {
    html.split(start).skip(1).filter_map(|rest| rest.split_once('"')).map(|(value, _)| value)
}
