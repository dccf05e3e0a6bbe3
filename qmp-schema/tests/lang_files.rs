//! Files: unreadable ones, include loops, and the list of files of a schema.

use std::fs;
use std::path::{Path, PathBuf};

use qmp_schema::diagnostic::Rule;
use qmp_schema::{LoadOptions, Report, load, load_text, open};
use tempfile::TempDir;

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

fn refused(path: &Path) -> Report {
    load(path, &LoadOptions::default()).expect_err("refused")
}

fn rules(report: &Report) -> Vec<Rule> {
    report.diagnostics().iter().map(|diagnostic| diagnostic.rule).collect()
}

#[test]
fn a_root_that_cannot_be_read() {
    let folder = folder(&[("latin1.json", b"# Caf\xe9")]);
    let at = format!("{}:1:6: error: ", folder.path().join("latin1.json").display());
    for (name, rule, begins) in [
        ("absent.json", Rule::Unreadable, "error: "),
        ("", Rule::Unreadable, "error: "),
        ("/dev/zero", Rule::Unreadable, "error: "),
        ("latin1.json", Rule::NotUtf8, &at),
    ] {
        let path = folder.path().join(name);
        let opened = open(&path, &LoadOptions::default()).expect_err("refused");
        for report in [refused(&path), opened] {
            assert_eq!(rules(&report), [rule]);
            assert!(report.to_string().starts_with(begins), "{report}");
            assert_eq!(report.files().collect::<Vec<_>>(), [path.as_path()]);
        }
    }
}

#[test]
fn includes_nested_too_deep() {
    let folder = tempfile::tempdir().expect("a folder");
    for index in 0..=251 {
        let text = format!("{{ 'include': 'f{}.json' }}", index + 1);
        fs::write(folder.path().join(format!("f{index}.json")), text).expect("a file");
    }
    assert_eq!(rules(&refused(&folder.path().join("f0.json"))), [Rule::IncludeTooDeep]);
    fs::write(folder.path().join("f251.json"), "").expect("a file");
    assert_eq!(rules(&refused(&folder.path().join("f0.json"))), [Rule::IncludeTooDeep]);
    assert!(load(folder.path().join("f1.json"), &LoadOptions::default()).is_ok());
}

#[test]
fn a_file_includes_itself() {
    let folder = folder(&[("a.json", b"{ 'include': './a.json' }")]);
    assert_eq!(rules(&refused(&folder.path().join("a.json"))), [Rule::IncludeLoop]);
}

#[test]
fn the_files_of_a_refused_schema_are_known() {
    let root = b"{ 'include': 'part.json' } { 'include': 'absent.json' } { 'enum': 'bad', 'data': [] }";
    let folder = folder(&[("root.json", root), ("part.json", b"")]);
    let report = refused(&folder.path().join("root.json"));
    let names: Vec<PathBuf> = ["root.json", "part.json", "absent.json"].map(|name| folder.path().join(name)).into();
    assert_eq!(report.files().collect::<Vec<_>>(), names);
    assert_eq!(rules(&report), [Rule::Unreadable, Rule::TypeCase]);
}

#[test]
fn a_text_includes_files_beside_its_name() {
    let folder = folder(&[("part.json", b"{ 'enum': 'Part', 'data': [] }")]);
    let name = folder.path().join("no-file.json");
    let text = "{ 'include': 'part.json' } { 'struct': 'Whole', 'data': { 'part': 'Part' } }";
    let loaded = load_text(name.to_str().expect("UTF-8"), text, &LoadOptions::default()).expect("loads");
    assert_eq!(loaded.schema.sources.files().len(), 2);
}

#[test]
fn a_lost_file_does_not_cascade() {
    let text = "{ 'include': '/absent/types.json' }
        { 'command': 'some_thing', 'data': 'Absent', 'returns': 'int' }
        { 'union': 'Any', 'base': 'Absent', 'discriminator': 'kind', 'data': { 'a': 'Absent' } }";
    let report = load_text("text", text, &LoadOptions::default()).expect_err("refused");
    assert_eq!(rules(&report), [Rule::Unreadable]);
}
