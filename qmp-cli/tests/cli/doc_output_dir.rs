//! `qmp doc`: the files in the output directory.

use std::collections::HashSet;
use std::fs;

use expect_test::expect;

use crate::doc_manual::html_files;
use crate::support::{Folder, VM, transcript};

#[test]
fn every_file_has_a_page_of_its_own() {
    let folder = Folder::with(&[
        (
            "index.json",
            "{ 'include': 'a b.json' }\n{ 'include': 'sub/index.json' }\n{ 'include': 'definitions.json' }\n{ 'event': 'E' }",
        ),
        ("a b.json", "{ 'event': 'F' }"),
        ("definitions.json", "{ 'event': 'H' }"),
    ]);
    fs::create_dir(folder.path("sub")).expect("a folder");
    fs::write(folder.path("sub/index.json"), "{ 'event': 'G' }").expect("a file");
    folder.stdout("doc index.json -o manual --title T&T");
    let pages: HashSet<String> = html_files(&folder).into_keys().collect();
    assert_eq!(
        pages,
        ["index.html", "definitions.html", "index-2.html", "index-3.html", "a-20-b.html", "definitions-2.html"]
            .map(str::to_owned)
            .into()
    );
    assert!(folder.read("manual/index.html").contains("<h1>T&amp;T</h1>"));
}

#[test]
fn only_pages_of_an_earlier_run_are_removed() {
    let folder = Folder::with(&[("one.json", "{ 'event': 'E' }"), ("two.json", "{ 'event': 'E' }")]);
    folder.stdout("doc one.json -o manual");
    let page = folder.read("manual/one.html");
    let write = |name: &str, text: &str| fs::write(folder.path("manual").join(name), text).expect("a file");
    write("copy.html", &page);
    write("mine.html", "<!doctype html>\n<!-- mine.html: mine -->\n");
    write("one.txt", &page);
    write("broken.html", "\u{fffd}");
    fs::write(folder.path("manual/bytes.html"), b"\xff\xfe").expect("a file");
    fs::create_dir(folder.path("manual/folder.html")).expect("a folder");
    folder.stdout("doc two.json -o manual");
    let names =
        fs::read_dir(folder.path("manual")).expect("the folder").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().expect("UTF-8")).collect();
    names.sort();
    expect!["broken.html bytes.html copy.html definitions.html folder.html index.html index.js mine.html one.txt search.js style.css two.html"].assert_eq(&names.join(" "));
    write("two.html", "mine now");
    folder.stdout("doc one.json -o manual");
    assert_eq!(folder.read("manual/two.html"), "mine now");
}

#[test]
fn a_long_name_of_a_file_is_cut() {
    let (root, part) = (format!("{}.json", "\u{6f22}".repeat(60)), "%".repeat(80));
    let includes = format!("{{ 'include': '{part}.json' }}\n{{ 'include': '{part}2.json' }}\n{{ 'event': 'E' }}");
    let (one, two) = (format!("{part}.json"), format!("{part}2.json"));
    let folder = Folder::with(&[(&root, &includes), (&one, "{ 'event': 'F' }"), (&two, "{ 'event': 'G' }")]);
    folder.stdout(&format!("doc {root} -o manual"));
    let pages: HashSet<String> = html_files(&folder).into_keys().collect();
    let (root, part) = (&"-6f22-".repeat(60)[..100], &"-25-".repeat(80)[..100]);
    let expected =
        ["index".to_owned(), "definitions".to_owned(), root.to_owned(), part.to_owned(), format!("{part}-2")];
    assert_eq!(pages, expected.map(|name| format!("{name}.html")).into());
}

#[test]
fn foreign_files_are_not_overwritten() {
    for name in ["index.html", "definitions.html", "vm.html", "index.js", "search.js", "style.css"] {
        let folder = Folder::with(&[("vm.json", VM)]);
        fs::create_dir(folder.path("manual")).expect("a folder");
        fs::write(folder.path("manual").join(name), "mine").expect("a file");
        let said = folder.transcript("doc vm.json -o manual");
        assert_eq!(
            said,
            format!(
                "stderr: error: cannot write `manual/{name}`: the file exists and was not written by `qmp doc`\n\
                 stderr:  = help: name another directory, or remove the file\nstatus: 2\n"
            )
        );
        assert_eq!(folder.read(&format!("manual/{name}")), "mine");
        assert_eq!(fs::read_dir(folder.path("manual")).expect("the folder").count(), 1);
    }
}

#[test]
fn a_manual_is_written_over_an_earlier_one() {
    let folder = Folder::with(&[("vm.json", VM)]);
    folder.stdout("doc vm.json -o manual --title One");
    folder.stdout("doc vm.json -o manual --title Two");
    assert!(folder.read("manual/index.html").contains("<h1>Two</h1>"));
    fs::remove_file(folder.path("manual/style.css")).expect("the file was there");
    fs::create_dir(folder.path("manual/style.css")).expect("a folder");
    assert!(folder.transcript("doc vm.json -o manual").contains("was not written by `qmp doc`"));
}

#[test]
fn failures_of_doc() {
    let folder = Folder::with(&[("vm.json", VM), ("file", "")]);
    expect![[r#"
        stderr: error: cannot write a manual to `file`: it is not a directory
        stderr:  = help: name another directory
        status: 2
    "#]]
    .assert_eq(&folder.transcript("doc vm.json -o file"));
    expect![[r#"
        stderr: error: cannot read `absent.json`: No such file or directory (os error 2)
        status: 2
    "#]]
    .assert_eq(&folder.transcript("doc absent.json -o manual"));
    expect![[r#"
        stderr: error: the following required arguments were not provided:
        stderr:   --output <DIR>
        stderr:
        stderr: Usage: qmp doc --output <DIR> <FILE|ADDRESS>
        stderr:
        stderr: For more information, try '--help'.
        status: 2
    "#]]
    .assert_eq(&folder.transcript("doc vm.json"));
    let untitled = folder.command("doc vm.json -o manual --title").arg(" ").output().expect("the program runs");
    expect![[r#"
        stderr: error: invalid value ' ' for '--title <TITLE>': expected at least one visible character
        stderr:
        stderr: For more information, try '--help'.
        status: 2
    "#]]
    .assert_eq(&transcript(&untitled));
    assert!(!folder.path("manual").exists());
}
